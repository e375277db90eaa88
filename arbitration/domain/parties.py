"""Parties that are added under way, and objections to jurisdiction."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import awards
from arbitration.domain.claims import refuse_hearing_within
from arbitration.domain.defence import term_of
from arbitration.domain.guards import check_day, lock
from arbitration.domain.refusals import (
    Decided,
    DoneBefore,
    Missing,
    NoObjection,
    NotDocketed,
    NotTheirs,
    ObjectionLate,
)
from arbitration.domain.service import check_way
from arbitration.models import AddedParty, JurisdictionObjection
from disputes.domain import clocks
from disputes.domain.service.recording import record_service
from disputes.domain.service.ways import counts_from
from disputes.domain.timeline import Kind, record
from disputes.domain.words import house_label
from disputes.models import Party, ServedPaper


@transaction.atomic
def add_party(
    proceeding,
    *,
    facts,
    ground,
    reason="",
    decided_on,
    served_on,
    method,
    receipt,
    service_reason="",
    witnesses="",
    at,
    by=None,
):
    """Add a party on the date *decided_on*, and serve the application on it.

    *facts* are fields of ``Party`` (role respondent or third, kind, name …). The term of the award
    starts again after *decided_on* (劳动人事争议仲裁办案规则 article 46(一)); a respondent has its
    own term to answer. Returns the ``AddedParty``.
    """
    lock(proceeding)
    service = {"served_on": served_on, "method": method, "receipt": receipt}
    left = {"service_reason": service_reason, "witnesses": witnesses}
    check_addition(
        proceeding,
        facts=facts,
        ground=ground,
        reason=reason,
        decided_on=decided_on,
        **service,
        **left,
        today=timezone.localdate(at),
    )
    party = Party.objects.create(case=proceeding.case, **facts)
    row = AddedParty.objects.create(
        proceeding=proceeding,
        party=party,
        ground=ground,
        reason=reason,
        decided_on=decided_on,
        at=at,
        by=by,
    )
    service |= {"reason": service_reason, "witnesses": witnesses}
    record_service(proceeding, party, paper=ServedPaper.APPLICATION_COPY, at=at, by=by, **service)
    _move_clocks(row, at=at, by=by)
    record(
        proceeding.case,
        N_("A party was added"),
        at=at,
        by=by,
        proceeding=proceeding,
        key=True,
        text=house_label(row, "ground"),
    )
    return row


def check_addition(
    proceeding,
    *,
    facts,
    ground,
    reason,
    decided_on,
    served_on,
    method,
    receipt,
    service_reason="",
    witnesses="",
    today,
):
    """Raise a ``Refusal`` when no party can be added like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    if awards.of(proceeding):
        raise Decided
    if facts["role"] == Party.Role.APPLICANT:
        raise NotTheirs(field="role")
    if proceeding.case.parties.filter(name=facts["name"]).exists():
        raise DoneBefore(field="name")
    if ground == AddedParty.Ground.OTHER and not reason.strip():
        raise Missing(field="reason", what=_("why the party is added"))
    check_day(
        decided_on,
        field="decided_on",
        today=today,
        after=proceeding.accepted_on,
        what=_("when the case was docketed"),
    )
    check_way(
        Party(case=proceeding.case, **facts),
        proceeding=proceeding,
        paper=ServedPaper.APPLICATION_COPY,
        served_on=served_on,
        method=method,
        receipt=receipt,
        reason=service_reason,
        witnesses=witnesses,
        today=today,
        after=decided_on,
        what=_("when it was decided"),
    )
    if facts["role"] == Party.Role.RESPONDENT:
        refuse_hearing_within(proceeding, counts_from(served_on, method), field="served_on")


@transaction.atomic
def raise_objection(proceeding, *, party, raised_on, grounds, at, by=None):
    """Record that the respondent *party* says another commission is competent.

    In writing and before the term of the defence ends (劳动人事争议仲裁办案规则 article 10).
    """
    lock(proceeding)
    facts = {"party": party, "raised_on": raised_on, "grounds": grounds}
    check_objection(proceeding, **facts, today=timezone.localdate(at))
    row = JurisdictionObjection.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    for deadline in _objection_clocks(proceeding):
        clocks.stop_clock(deadline, on=max(raised_on, deadline.started_on), at=at, by=by)
    record(
        proceeding.case,
        N_("Objection to jurisdiction"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        text=grounds,
    )
    return row


def check_objection(proceeding, *, party, raised_on, grounds, today):
    """Raise a ``Refusal`` when the objection cannot be recorded like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    if party.role != Party.Role.RESPONDENT:
        raise NotTheirs(field="party")
    if proceeding.jurisdiction_objections.filter(party=party).exists():
        raise DoneBefore(field="party")
    if not grounds.strip():
        raise Missing(field="grounds", what=_("the grounds"))
    check_day(
        raised_on,
        field="raised_on",
        today=today,
        after=proceeding.accepted_on,
        what=_("when the case was docketed"),
    )
    until = term_of(proceeding)
    if until and raised_on > until:
        raise ObjectionLate(field="raised_on", day=until)


@transaction.atomic
def decide_objection(proceeding, *, upheld, reasons, decided_on, office=None, at, by=None):
    """Decide on the open objection; upheld, the case goes to the commission *office*.

    Raises ``NoObjection``. Returns the ``JurisdictionObjection``.
    """
    lock(proceeding)
    facts = {"reasons": reasons, "decided_on": decided_on}
    check_objection_decision(proceeding, **facts, today=timezone.localdate(at))
    row = open_objection(proceeding)
    row.upheld, row.reasons, row.decided_on = upheld, reasons, decided_on
    row.transferred_to = office if upheld else None
    row.save(update_fields=["upheld", "reasons", "decided_on", "transferred_to"])
    verb = N_("Objection to jurisdiction upheld") if upheld else N_("Objection rejected")
    record(
        proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        key=True,
        text=reasons,
    )
    return row


def check_objection_decision(proceeding, *, reasons, decided_on, today):
    """Raise a ``Refusal`` when no objection can be decided like this."""
    row = open_objection(proceeding)
    if row is None:
        raise NoObjection
    if not reasons.strip():
        raise Missing(field="reasons", what=_("the reasons"))
    check_day(
        decided_on,
        field="decided_on",
        today=today,
        after=row.raised_on,
        what=_("when the objection came"),
    )


def open_objection(proceeding):
    """Return the objection that waits for a decision, or None."""
    return proceeding.jurisdiction_objections.filter(upheld__isnull=True).first()


def _move_clocks(row, *, at, by):
    proceeding = row.proceeding
    award = clocks.find_clock(proceeding.case, "ARB_AWARD", proceeding=proceeding)
    if award:
        reason = house_label(row, "ground")
        clocks.restart_clock(award, on=row.decided_on, at=at, by=by, reason=reason)


def _objection_clocks(proceeding):
    return proceeding.deadlines.running().filter(rule__rule_id="ARB_JURIS_OBJ")
