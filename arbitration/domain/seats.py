"""What members of the panel disclose, and who takes whose seat."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import panels, schedule
from arbitration.domain.guards import check_day, lock, one_of
from arbitration.domain.people import check_duty
from arbitration.domain.refusals import (
    DecidesOnHimself,
    DoneBefore,
    KinNeverStays,
    Missing,
    NoPanel,
    NotSeated,
    SatTwice,
    SeatUnfit,
)
from arbitration.models import Disclosure, PanelChange
from disputes.domain.assigning import assign
from disputes.domain.timeline import Reach, record
from offices.domain import bookings

Seat = PanelChange.Seat


@transaction.atomic
def disclose(proceeding, *, person, relation, text, disclosed_on, at, by=None):
    """Record what *person*, a member of the panel, disclosed on the date *disclosed_on*.

    Until it is decided, he does not sit (劳动争议调解仲裁法 article 33,
    劳动人事争议仲裁办案规则 article 11). Returns the ``Disclosure``.
    """
    lock(proceeding)
    facts = {"person": person, "relation": relation, "text": text, "disclosed_on": disclosed_on}
    check_disclosure(proceeding, **facts, today=timezone.localdate(at))
    row = Disclosure.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    _note(proceeding, N_("%(person)s disclosed a relation"), text=text, at=at, by=by, person=person)
    return row


def check_disclosure(proceeding, *, person, relation, text, disclosed_on, today):
    """Raise a ``Refusal`` when nothing can be disclosed like this."""
    if person not in seated(proceeding):
        raise NotSeated(field="person", person=person)
    if not text.strip():
        raise Missing(field="text", what=_("what is disclosed"))
    if open_disclosures(proceeding).filter(person=person).exists():
        raise DoneBefore(field="person")
    check_day(disclosed_on, field="disclosed_on", today=today, after=proceeding.accepted_on)


@transaction.atomic
def decide_disclosure(proceeding, *, disclosure, stays, reasons, decided_on, decided_by, at, by):
    """Decide, as the head of the commission, whether who disclosed may stay on the panel."""
    lock(proceeding)
    facts = {
        "stays": stays,
        "reasons": reasons,
        "decided_on": decided_on,
        "decided_by": decided_by,
    }
    check_disclosure_decision(
        proceeding, disclosure=disclosure, **facts, today=timezone.localdate(at)
    )
    for name, value in facts.items():
        setattr(disclosure, name, value)
    disclosure.save(update_fields=list(facts))
    verb = N_("%(person)s stays on the panel") if stays else N_("%(person)s leaves the panel")
    _note(proceeding, verb, text=reasons, at=at, by=by, person=disclosure.person)
    return disclosure


def check_disclosure_decision(
    proceeding, *, disclosure, stays, reasons, decided_on, decided_by, today
):
    """Raise a ``Refusal`` when a disclosure cannot be decided on like this."""
    if disclosure is None or not open_disclosures(proceeding).filter(pk=disclosure.pk).exists():
        raise DoneBefore(field="disclosure")
    if decided_by == disclosure.person:
        raise DecidesOnHimself
    check_duty(decided_by, "decide_docket", proceeding, on=today, field="disclosure")
    if stays and disclosure.relation == Disclosure.Relation.KIN:
        raise KinNeverStays(field="stays")
    if not reasons.strip():
        raise Missing(field="reasons", what=_("the reasons"))
    check_day(
        decided_on,
        field="decided_on",
        today=today,
        after=disclosure.disclosed_on,
        what=_("when it was disclosed"),
    )


@transaction.atomic
def change_member(
    proceeding, *, seat, person, ground, reason, changed_on, notified_on, at, by=None
):
    """Give the *seat* of the panel to *person*, and tell the parties.

    A hearing that is set stays where it is, when the new arbitrator is free. Returns the
    ``PanelChange``.
    """
    lock(proceeding)
    facts = {
        "seat": seat,
        "person": person,
        "ground": ground,
        "reason": reason,
        "changed_on": changed_on,
        "notified_on": notified_on,
    }
    check_change(proceeding, **facts, today=timezone.localdate(at))
    panel = one_of(proceeding, "arbitral_panel")
    row = PanelChange.objects.create(
        proceeding=proceeding,
        seat=seat,
        before=getattr(panel, seat),
        after=person,
        ground=ground,
        reason=reason,
        changed_on=changed_on,
        notified_on=notified_on,
        at=at,
        by=by,
    )
    setattr(panel, seat, person)
    panel.save(update_fields=[seat])
    assign(proceeding, seated(proceeding)[1:])
    if seat == Seat.PRESIDING:
        _preside(proceeding, person, at=at, by=by)
    ahead = schedule.hearing_ahead(proceeding)
    if ahead:
        bookings.book(schedule.wish_of(ahead), by=by)
    _write_down(row, at=at, by=by)
    return row


def check_change(proceeding, *, seat, person, ground, reason, changed_on, notified_on, today):
    """Raise a ``Refusal`` when the seat cannot go to *person* like this."""
    panel = one_of(proceeding, "arbitral_panel")
    if panel is None:
        raise NoPanel
    if not reason.strip():
        raise Missing(field="reason", what=_("why the seat changes"))
    if seat in (Seat.SECOND, Seat.THIRD) and panel.sole:
        raise NotSeated(field="seat", person=person)
    if person in seated(proceeding):
        raise SatTwice(field="person", person=person)
    check = panels.check_clerk if seat == Seat.CLERK else panels.check_arbitrator
    check(proceeding, person, field="person", on=today)
    check_day(changed_on, field="changed_on", today=today, after=proceeding.accepted_on)
    check_day(
        notified_on,
        field="notified_on",
        today=today,
        after=changed_on,
        what=_("when the seat changed"),
    )
    if seat != Seat.CLERK:
        _check_free(proceeding, person)


def seated(proceeding):
    """Return the members of the panel, the clerk last; [] before there is one."""
    panel = one_of(proceeding, "arbitral_panel")
    if panel is None:
        return []
    return panel.arbitrators + ([panel.clerk] if panel.clerk else [])


def open_disclosures(proceeding):
    """Return the disclosures on which nobody has decided yet, as a queryset."""
    return proceeding.disclosures.filter(stays__isnull=True)


def check_fit(proceeding):
    """Raise ``SeatUnfit`` when an arbitrator may not sit: his disclosure is open or speaks
    against him, or he is walled off from the case.
    """
    panel = one_of(proceeding, "arbitral_panel")
    if panel is None:
        return
    unfit = set(proceeding.disclosures.exclude(stays=True).values_list("person", flat=True))
    unfit |= set(proceeding.case.walls.values_list("user", flat=True))
    for person in panel.arbitrators:
        if person.pk in unfit:
            raise SeatUnfit(person=person)


def _check_free(proceeding, person):
    ahead = schedule.hearing_ahead(proceeding)
    if ahead:
        wish = replace(schedule.wish_of(ahead), room=None, people=(person,))
        bookings.check_free(wish, person_field="person")


def _preside(proceeding, person, *, at, by):
    ahead = schedule.hearing_ahead(proceeding)
    if ahead:
        ahead.presiding = person
        ahead.save(update_fields=["presiding"])
    panels.give_file(proceeding, person, at=at, by=by)


def _write_down(row, *, at, by):
    record(
        row.proceeding.case,
        N_("Panel changed: %(after)s instead of %(before)s"),
        at=at,
        by=by,
        proceeding=row.proceeding,
        key=True,
        after=row.after,
        before=row.before or "—",
    )
    _note(row.proceeding, N_("Why the panel changed"), text=row.reason, at=at, by=by)


def _note(proceeding, verb, *, text, at, by, **facts):
    record(
        proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=proceeding,
        text=text,
        reach=Reach.OFFICE,
        **facts,
    )
