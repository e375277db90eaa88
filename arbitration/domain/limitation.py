"""What filing for arbitration does to the limitation of the claims."""

from django.utils.translation import gettext_noop as N_

from disputes.domain import clocks
from disputes.domain.words import house_words
from disputes.models import Deadline

RULES = ("LIMITATION", "LIMITATION_WAGE")


def stop_limitation(case, *, on, at, by=None):
    """End the running limitation of *case*: the application came on the date *on*.

    In time or not is for the other side to plead, never for the commission to ask
    (劳动争议调解仲裁法 article 27, 法释〔2025〕12号 article 20).
    """
    for deadline in _running(case):
        clocks.stop_clock(
            deadline,
            on=max(on, deadline.started_on),
            at=at,
            by=by,
            reason=house_words(N_("Applied for arbitration")),
        )


def renew_limitation(case, *, on, at, by=None, service=None):
    """Let the limitation of *case* run anew after the date *on*, when its proceeding ended.

    民法典 article 195, 劳动人事争议仲裁办案规则 article 27. *service* is that of the notice.
    """
    for deadline in _running(case):
        clocks.restart_clock(
            deadline,
            on=max(on, deadline.started_on),
            at=at,
            by=by,
            reason=house_words(N_("Arbitration refused: limitation runs anew")),
            service=service,
        )


def _running(case):
    return Deadline.objects.running().filter(case=case, rule__rule_id__in=RULES)
