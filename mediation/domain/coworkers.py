"""Several workers of one case that is not collective: nobody speaks for them, each signs.

Who signed stands on the roster. The worker's day of the agreement is that of the last of them
(劳动争议调解仲裁法 article 14).
"""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.domain.roster import speaking
from disputes.domain.roster.entries import present
from disputes.domain.roster.speaking import each_signs
from disputes.look.outline import party_name
from disputes.models import SettlementConsent


class Signed(NamedTuple):
    """That one of several workers signed, on a date, on paper."""

    signed_on: date
    method: str = _("on paper, noted on the roster")
    sha256: str = ""

    def get_method_display(self):
        """Return how she signed, in words."""
        return self.method


class EachWorkerSigns(Refusal):
    """One day for several workers."""

    sentence = _(
        "Several workers settle, and nobody signs for another: hand in the roster and record"
        " there on which day each of them signed."
    )
    field = "worker_signed_on"


def day_of(proceeding):
    """Return the date on which the last of the workers signed; None while one has not."""
    counts = speaking.consents_of(proceeding)
    if not counts["every"] or counts["given"] < counts["every"]:
        return None
    return _signed(proceeding).order_by("-on").values_list("on", flat=True).first()


def check(proceeding, *, worker_signed_on):
    """Return the workers' day; raises ``EachWorkerSigns`` when another is said.

    *worker_signed_on* is what counts where one worker is at the table, or where representatives
    speak for many.
    """
    if not each_signs(proceeding.case):
        return worker_signed_on
    last = day_of(proceeding)
    if worker_signed_on not in (None, last):
        raise EachWorkerSigns
    return last


def elements_of(proceeding):
    """Return (name, ``Signed`` or None) of each worker, in the order of the roster."""
    days = dict(_signed(proceeding).values_list("member", "on"))
    members = present(proceeding.case).select_related("party").order_by("number")
    return [
        (party_name(member.party), Signed(days[member.pk]) if member.pk in days else None)
        for member in members
    ]


def is_signed(proceeding):
    """Return whether one of several workers has signed."""
    return each_signs(proceeding.case) and _signed(proceeding).exists()


def take_back(proceeding):
    """Take back what each worker signed, so that the text can be changed."""
    if each_signs(proceeding.case):
        SettlementConsent.objects.filter(proceeding=proceeding).delete()


def _signed(proceeding):
    return SettlementConsent.objects.filter(
        proceeding=proceeding, given=True, member__in=present(proceeding.case)
    )
