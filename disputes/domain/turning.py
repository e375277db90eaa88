"""Turning the clock of a deadline by hand: suspend, resume, restart, extend, note the answer.

Each act rests on a ground that the law accepts, and says who decided, why, and on what paper. A
room above may have more to do for its own time limits: it registers its verb here.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from disputes.domain import clocks
from disputes.domain.timeline import Kind, record
from disputes.domain.turn_refusals import (
    AlreadySuspended,
    ApproverMissing,
    BeforeLastEvent,
    DayAhead,
    EvidenceMissing,
    NoGround,
    NotSuspended,
    NotTheirs,
    Over,
    ReasonMissing,
    ToldBefore,
)
from disputes.models import Cause, Deadline, EmploymentForm, Party, Proceeding
from law.calendar import load_calendar
from law.extensions import extend_due
from law.grounds import BOTH_PARTIES, find_ground, grounds_of
from law.models import DeadlineRule
from law.refusals import ExtensionRefused, LawRefusal
from law.rules import rule_on
from offices.duties import ROLE_DUTIES
from offices.models import Posting, User

ACTS = ("suspend", "resume", "restart", "extend", "answer")
# What rests on no ground of the law: that it goes on, and that what was awaited came.
GROUNDLESS = ("resume", "answer")
State = Deadline.State
# Whose time limits the heads of this house's offices extend; others are extended elsewhere, and
# the paper that says so is what counts here.
OURS = {DeadlineRule.Stage.MEDIATION, DeadlineRule.Stage.ARBITRATION, DeadlineRule.Stage.LETTERS}
# What makes the time of a party shorter or longer needs its paper.
NEEDS_PAPER = ("suspend", "extend")
IN_CHARGE = [
    role for role, duties in ROLE_DUTIES.items() if duties & {"assign_cases", "decide_docket"}
]
_SAID = {
    "suspend": N_("Clock suspended: %(title)s"),
    "resume": N_("Clock resumed: %(title)s"),
    "restart": N_("Clock started again: %(title)s"),
    "extend": N_("Time limit extended: %(title)s"),
}
_verbs = {}


def register(rule_id, act, verb):
    """Let *verb* do *act* for deadlines of *rule_id*: it is called like ``turn``, without *act*."""
    _verbs[rule_id, act] = verb


def acts_open(deadline):
    """Return which of ACTS the law and the state of *deadline* allow."""
    if deadline.state == State.SUSPENDED:
        return [
            act
            for act in ("resume", "restart")
            if act == "resume" or grounds_of(deadline.rule, act)
        ]
    if deadline.state != State.RUNNING or deadline.rule.direction == "backward":
        return []
    found = [act for act in ("suspend", "restart", "extend") if grounds_of(deadline.rule, act)]
    awaited = (deadline.rule.rule_id, "answer") in _verbs
    return ["answer", *found] if awaited else found


def needs_approver(deadline, act, ground):
    """Return whether a person in charge at the office must have approved *act* of *deadline*."""
    if act == "suspend":
        return deadline.rule.rule_id == "ARB_AWARD"
    return act == "extend" and ground != BOTH_PARTIES.code and deadline.rule.stage in OURS


@transaction.atomic
def turn(deadline, act, *, on, reason, at, by, **facts):
    """Do *act* to *deadline* with the date *on*; return the deadline with its new dates.

    *facts*: ground (a code of ``law.grounds``), evidence, approved_by, notified_on, and amount for
    an extension, in the unit in which the rule is extended. *on* is the first day that does not
    count, the first that counts again, the day from which it starts again, or the day of the
    approval. Raises the refusals of ``turn_refusals`` and ``law.refusals.ExtensionRefused``.
    """
    deadline = (
        Deadline.objects.select_for_update(of=("self",))
        .select_related("rule", "case", "proceeding__desk")
        .get(pk=deadline.pk)
    )
    check(deadline, act, on=on, reason=reason, today=timezone.localdate(at), **facts)
    verb = _verbs.get((deadline.rule.rule_id, act))
    if verb:
        verb(deadline, on=on, reason=reason, at=at, by=by, **facts)
        deadline.refresh_from_db()
        return deadline
    getattr(clocks, f"{act}_clock")(deadline, on=on, reason=reason, at=at, by=by, **facts)
    _note(deadline, act, reason=reason, at=at, by=by)
    return deadline


def check(deadline, act, *, on, reason, today, ground="", evidence=None, **facts):
    """Raise the refusal that speaks against *act*, if any; arguments as for ``turn``."""
    if deadline.state not in (State.RUNNING, State.SUSPENDED):
        raise clocks.NotRunning
    if act == "suspend" and deadline.state == State.SUSPENDED:
        raise AlreadySuspended(field="on")
    if act == "resume" and deadline.state != State.SUSPENDED:
        raise NotSuspended(field="on")
    if act not in GROUNDLESS and find_ground(deadline.rule, act, ground) is None:
        raise NoGround(field="ground")
    _check_day(deadline, act, on, today)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if act in NEEDS_PAPER and evidence is None:
        raise EvidenceMissing(field="evidence")
    _check_approval(deadline, act, ground, on, today, **facts)


def _check_day(deadline, act, on, today):
    if on > today:
        raise DayAhead(field="on", day=on)
    last = deadline.events.order_by("on").values_list("on", flat=True).last()
    earliest = max(deadline.started_on, last or deadline.started_on)
    if on < earliest:
        raise BeforeLastEvent(field="on", day=earliest)
    runs_on = deadline.state == State.SUSPENDED or act not in ("suspend", "restart")
    if not runs_on and on > deadline.due_legal:
        raise Over(field="on", day=deadline.due_legal)


def _check_approval(
    deadline, act, ground, on, today, approved_by=None, notified_on=None, amount=None
):
    needed = needs_approver(deadline, act, ground)
    if needed and approved_by is None:
        raise ApproverMissing(field="approved_by")
    if approved_by and not people_in_charge(deadline, on=on).filter(pk=approved_by.pk).exists():
        raise NotTheirs(field="approved_by")
    if notified_on and notified_on > today:
        raise DayAhead(field="notified_on", day=notified_on)
    if notified_on and act == "extend" and notified_on < on:
        raise ToldBefore(field="notified_on", day=on)
    if act == "extend":
        _check_length(deadline, on, amount)


def _check_length(deadline, on, amount):
    events = clocks.events_of([deadline.pk]).get(deadline.pk, ())
    if amount is not None and amount < 1:
        raise ExtensionRefused(_("An extension lasts at least one day."))
    rule = _rule_of_length(deadline)
    extend_due(
        rule,
        deadline.started_on,
        load_calendar(),
        events,
        on=on,
        amount=amount,
        # Who approved it is asked before; what counts here is time and length.
        approved_by=rule.extension_approver,
        length=deadline.amount,
    )


def _rule_of_length(deadline):
    """Return the rule that says how far *deadline* may be extended.

    The mediation of platform work by 15 days in all, whatever the parties agree on
    (人社厅发〔2024〕4号); any other as they agree.
    """
    if deadline.rule.rule_id != "MED_CLOSE" or not _is_platform(deadline.case):
        return deadline.rule
    try:
        return rule_on("PLATFORM_MED_CLOSE", deadline.started_on)
    except LawRefusal:
        return deadline.rule


def _is_platform(case):
    workers = case.parties.filter(
        role=Party.Role.APPLICANT, employment_form=EmploymentForm.PLATFORM
    )
    return case.cause == Cause.PLATFORM or workers.exists()


def _note(deadline, act, *, reason, at, by):
    record(
        deadline.case,
        _SAID[act],
        at=at,
        by=by,
        proceeding=proceeding_of(deadline),
        kind=Kind.CLOCK,
        text=reason,
        key=True,
        title=deadline.rule.title_zh,
    )


def proceeding_of(deadline):
    """Return the proceeding of *deadline*, or that in which its case is or was last."""
    if deadline.proceeding:
        return deadline.proceeding
    rows = Proceeding.objects.filter(case=deadline.case_id).select_related("desk", "case")
    return rows.latest("ordinal")


def people_in_charge(deadline, *, on):
    """Return who may approve for the desk of *deadline* on the date *on*, as a queryset by name.

    Whoever is walled off from the case is not among them.
    """
    postings = Posting.objects.active(on).filter(
        office=proceeding_of(deadline).desk, role__in=IN_CHARGE
    )
    return (
        User.objects.filter(is_active=True, pk__in=postings.values("user"))
        .exclude(walls__case=deadline.case_id)
        .order_by("name", "pk")
    )
