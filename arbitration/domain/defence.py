"""The respondent answers, or does not."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day, lock, one_of, refuse_second
from arbitration.domain.refusals import CounterclaimLate, Missing, TermNotOver
from arbitration.models import Defence
from disputes.domain import clocks
from disputes.domain.service.recording import record_service
from disputes.domain.timeline import Kind, Reach, record
from disputes.domain.words import house_words
from disputes.models import Deadline, ServedPaper, ServiceMethod

# What can only come with a defence that arrived.
WITH_A_DEFENCE = {
    "received_on": None,
    "copy_served_on": None,
    "counter_claim": False,
    "counter_joined": False,
    "counter_decided_on": None,
    "jurisdiction_objection": False,
}
WITH_A_COUNTERCLAIM = {"counter_joined": False, "counter_decided_on": None}


@transaction.atomic
def record_defence(
    proceeding,
    *,
    received,
    received_on=None,
    waived=False,
    copy_served_on=None,
    counter_claim=False,
    counter_joined=False,
    counter_decided_on=None,
    jurisdiction_objection=False,
    note="",
    at,
    by=None,
):
    """Record the defence that came on *received_on*, or that none came within its term.

    A late defence is taken and marked. A counterclaim that the commission accepted and joined
    on *counter_decided_on* lets the 45 days of the award start again
    (劳动人事争议仲裁办案规则 articles 33, 36, 46(四)). Returns the ``Defence``.
    """
    lock(proceeding)
    facts = _plain(
        received=received,
        received_on=received_on,
        waived=waived and not received,
        copy_served_on=copy_served_on,
        counter_claim=counter_claim,
        counter_joined=counter_joined,
        counter_decided_on=counter_decided_on,
        jurisdiction_objection=jurisdiction_objection,
        note=note,
    )
    check_defence(proceeding, **facts, today=timezone.localdate(at))
    defence = Defence.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    _end_term(defence, at=at, by=by)
    if defence.received:
        _pass_on(defence, at=at, by=by)
    if defence.counter_claim:
        _decide_counterclaim(defence, at=at, by=by)
    _write_down(defence, at=at, by=by)
    return defence


def check_defence(proceeding, *, today, **facts):
    """Raise a ``Refusal`` when the defence cannot be recorded like this."""
    refuse_second(proceeding, "defence")
    facts = _plain(**facts)
    until = term_of(proceeding)
    if not facts["received"]:
        if until and today <= until and not facts["waived"]:
            raise TermNotOver(field="received", day=until)
        return
    copy = proceeding.services.served().filter(paper=ServedPaper.APPLICATION_COPY).first()
    check_day(
        facts["received_on"],
        field="received_on",
        today=today,
        after=copy and copy.served_on,
        what=_("when the application was served"),
    )
    _check_with_it(today=today, until=until, **facts)


def term_of(proceeding):
    """Return the last date of the term of the defence, None when it is not known."""
    deadline = (
        Deadline.objects.filter(proceeding=proceeding, rule__rule_id="ARB_DEFENSE")
        .order_by("pk")
        .last()
    )
    return deadline and deadline.due_legal


def is_late(proceeding):
    """Return whether the defence came after its term: taken, but marked."""
    defence, until = one_of(proceeding, "defence"), term_of(proceeding)
    return bool(defence and until and defence.received and defence.received_on > until)


def serve_defence_copy(proceeding, *, served_on, at, by=None):
    """Record that the applicant got the copy of the defence on *served_on*; ends ARB_SERVE_DEF."""
    for party in proceeding.case.parties.filter(role="applicant"):
        record_service(
            proceeding,
            party,
            paper=ServedPaper.DEFENCE_COPY,
            served_on=served_on,
            method=ServiceMethod.DIRECT,
            at=at,
            by=by,
        )
    clocks.stop_clocks(proceeding, "ARB_SERVE_DEF", on=served_on, at=at, by=by)


def end_passed_terms(proceeding, *, on, at, by=None):
    """Let terms of the defence that ended before the date *on* come to rest."""
    passed = Deadline.objects.running().filter(
        proceeding=proceeding, rule__rule_id="ARB_DEFENSE", due_legal__lt=on
    )
    for deadline in passed:
        clocks.stop_clock(
            deadline, on=deadline.due_legal, at=at, by=by, state=Deadline.State.EXPIRED
        )


def _plain(**facts):
    """Return *facts* without what cannot be: nothing comes with a defence that did not come."""
    if not facts["received"]:
        return facts | WITH_A_DEFENCE
    return facts if facts["counter_claim"] else facts | WITH_A_COUNTERCLAIM


def _check_with_it(*, today, until, **facts):
    since = {"today": today, "after": facts["received_on"], "what": _("when the defence came")}
    if facts["copy_served_on"]:
        check_day(facts["copy_served_on"], field="copy_served_on", **since)
    if facts["counter_claim"]:
        if until and facts["received_on"] > until:
            raise CounterclaimLate(field="counter_claim", day=until)
        check_day(facts["counter_decided_on"], field="counter_decided_on", **since)
    if facts["jurisdiction_objection"] and not facts["note"].strip():
        raise Missing(field="note", what=_("the objection and what was decided on it"))


def _end_term(defence, *, at, by):
    proceeding, until = defence.proceeding, term_of(defence.proceeding)
    if until is None:
        return
    ending = {"at": at, "by": by}
    if defence.received:
        ending |= {"on": defence.received_on}
    elif defence.waived:
        reason = house_words(N_("The respondent waived the rest of the term"))
        ending |= {"on": timezone.localdate(at), "reason": reason}
    else:
        ending |= {"on": until, "state": Deadline.State.EXPIRED}
    clocks.stop_clocks(proceeding, "ARB_DEFENSE", **ending)


def _pass_on(defence, *, at, by):
    proceeding = defence.proceeding
    clocks.start_clock(
        proceeding.case,
        "ARB_SERVE_DEF",
        on=defence.received_on,
        at=at,
        by=by,
        proceeding=proceeding,
    )
    if defence.copy_served_on:
        serve_defence_copy(proceeding, served_on=defence.copy_served_on, at=at, by=by)


def _decide_counterclaim(defence, *, at, by):
    proceeding, on = defence.proceeding, defence.counter_decided_on
    clocks.start_clock(
        proceeding.case, "ARB_COUNTER", on=defence.received_on, at=at, by=by, proceeding=proceeding
    )
    clocks.stop_clocks(proceeding, "ARB_COUNTER", on=on, at=at, by=by)
    award = clocks.find_clock(proceeding.case, "ARB_AWARD", proceeding=proceeding)
    if defence.counter_joined and award:
        reason = house_words(N_("Counterclaim joined"))
        clocks.restart_clock(award, on=on, at=at, by=by, reason=reason)


def _write_down(defence, *, at, by):
    proceeding = defence.proceeding
    verb = N_("No defence within the term")
    if defence.waived:
        verb = N_("The respondent waived the term of the defence")
    elif defence.received:
        verb = N_("Defence received late") if is_late(proceeding) else N_("Defence received")
    common = {"at": at, "by": by, "proceeding": proceeding, "kind": Kind.PAPER}
    record(proceeding.case, verb, text=defence.note, reach=Reach.OFFICE, **common)
    if defence.counter_joined:
        record(proceeding.case, N_("Counterclaim joined"), **common)
