"""The one notice of a collective case."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day, lock, refuse_second
from arbitration.domain.refusals import Missing, NoPanel, NotDocketed
from arbitration.domain.refusals.common import Told
from arbitration.models import CollectiveNotice, Panel
from disputes.domain import clocks
from disputes.domain.timeline import Kind, record

CLOCK = "ARB_COLLECTIVE_NOTICE"


class NotCollective(Told):
    """Ordinary cases have a notice for each thing."""

    sentence = _("This case is not collective: each thing has its own notice.")


class BeforeTheNotice(Told):
    """What the notice announces lies ahead of it."""

    sentence = _("This must lie after the day of the notice.")


@transaction.atomic
def notify(proceeding, *, notified_on, defence_until, proof_until, hearing_at, place, at, by=None):
    """Record that the parties were told everything at once on the date *notified_on*.

    *hearing_at* is an aware moment. Within five working days of docketing
    (劳动人事争议仲裁办案规则 article 64). Returns the ``CollectiveNotice``.
    """
    lock(proceeding)
    facts = {
        "notified_on": notified_on,
        "defence_until": defence_until,
        "proof_until": proof_until,
        "hearing_at": hearing_at,
        "place": place,
    }
    check_notice(proceeding, **facts, today=timezone.localdate(at))
    row = CollectiveNotice.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    clocks.stop_clocks(proceeding, CLOCK, on=notified_on, at=at, by=by)
    record(
        proceeding.case,
        N_("Parties of the collective case told of panel, terms and hearing at once on %(day)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        key=True,
        day=notified_on,
    )
    return row


def check_notice(proceeding, *, notified_on, defence_until, proof_until, hearing_at, place, today):
    """Raise a ``Refusal`` when the notice cannot have been given like this."""
    refuse_second(proceeding, "collective_notice")
    if proceeding.accepted_on is None:
        raise NotDocketed
    if not proceeding.case.collective:
        raise NotCollective
    if not Panel.objects.filter(proceeding=proceeding).exists():
        raise NoPanel
    check_day(
        notified_on,
        field="notified_on",
        today=today,
        after=proceeding.accepted_on,
        what=_("when the case was docketed"),
    )
    ahead = {
        "defence_until": defence_until,
        "proof_until": proof_until,
        "hearing_at": timezone.localdate(hearing_at),
    }
    for field, day in ahead.items():
        if day <= notified_on:
            raise BeforeTheNotice(field=field)
    if not place.strip():
        raise Missing(field="place", what=_("where the hearing is"))
