"""Reviewing a mediation agreement and giving it the force of a statement.

劳动人事争议仲裁办案规则 articles 74 to 79. What was said in mediation never comes here: the
commission gets the agreement and the joint application.
"""

from copy import copy

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import people
from arbitration.domain.guards import check_day
from arbitration.domain.refusals import (
    ConflictNotDeclared,
    Mediated,
    Missing,
    TermOver,
    WalledOff,
)
from arbitration.domain.refusals import reviews as refusals
from arbitration.models import AgreementReview
from disputes import signals
from disputes.domain import clocks, numbers
from disputes.domain.conflicts import refuse_conflict
from disputes.domain.timeline import Kind, record
from disputes.models import Deadline, Tier
from law.calendar import load_calendar
from law.deadlines import compute
from law.grounds import APPROVED
from law.rules import rule_on

Refusal, Result = AgreementReview.Refusal, AgreementReview.Result
CLOCK, EXECUTION = "ARB_REVIEW_DECIDE", "EXEC_2Y"
MARK = "审"
FACTS = ("terms", "amount", "performance_by", "confirms_relationship", "effective_on")


@transaction.atomic
def register(mediation, *, office, applied_on, due_on, at, by=None, **agreement):
    """Register at the commission *office* that both parties want the agreement reviewed.

    *mediation* is the proceeding in which they agreed, *agreement* the FACTS of what they hand
    in, *applied_on* the day on which they did, *due_on* the last on which they could: 15 days
    from the day of effect (劳动人事争议仲裁办案规则 article 74). A late application is registered,
    too: it is refused in writing. Returns the review. Raises ``ReviewedAlready``.
    """
    check_day(applied_on, field="applied_on", today=timezone.localdate(at))
    if _under_way(mediation).exists():
        raise refusals.ReviewedAlready
    year = timezone.localdate(at).year
    serial = numbers.next_in_series(office, kind=MARK, year=year)
    row = AgreementReview.objects.create(
        mediation=mediation,
        office=office,
        number=numbers.format_number(office, kind=MARK, year=year, serial=serial),
        applied_on=applied_on,
        worker_signed_on=applied_on,
        employer_signed_on=applied_on,
        due_on=due_on,
        at=at,
        by=by,
        **{name: agreement[name] for name in FACTS},
    )
    _note(row, N_("%(office)s registered the review of the agreement"), at=at, by=by,
          office=office.name)  # fmt: skip
    return row


@transaction.atomic
def accept(review, *, reviewer, conflict_declared, decided_on, at, by=None):
    """Accept the application and name the *reviewer*; five working days begin.

    Raises a ``Refusal`` where ``check_acceptance`` does.
    """
    review = _lock(review)
    facts = {
        "reviewer": reviewer,
        "conflict_declared": conflict_declared,
        "decided_on": decided_on,
    }
    check_acceptance(review, **facts, today=timezone.localdate(at))
    deadline = clocks.start_clock(review.mediation.case, CLOCK, on=decided_on, at=at, by=by)
    _save(review, **facts, deadline=deadline)
    _note(review, N_("The commission accepted the review of the agreement"), at=at, by=by)
    return review


def check_acceptance(review, *, reviewer, conflict_declared, decided_on, today):
    """Raise a ``Refusal`` when the application cannot be accepted like this."""
    _refuse_decided(review)
    if review.confirms_relationship:
        raise refusals.NotReviewable
    if review.applied_on > review.due_on:
        raise refusals.AppliedLate(day=review.due_on)
    _check_decided_on(review, decided_on, today=today)
    check_reviewer(review, reviewer, on=today)
    if not conflict_declared:
        raise ConflictNotDeclared(field="conflict_declared")


def check_reviewer(review, person, *, on):
    """Raise a ``Refusal`` unless *person* may examine the agreement on the date *on*.

    Who mediated a matter does not decide about it (劳动人事争议仲裁办案规则 article 11).
    """
    field, case = "reviewer", review.mediation.case
    if person is None:
        raise Missing(field=field, what=_("who examines the agreement"))
    if people.mediators_of(case).filter(pk=person.pk).exists():
        raise Mediated(field=field, person=person)
    if case.walls.filter(user=person).exists():
        raise WalledOff(field=field, person=person)
    refuse_conflict(_as_decided(review), person, on=on, field=field)
    people.check_duty(person, "arbitrate", _as_decided(review), on=on, field=field)


@transaction.atomic
def refuse(review, *, refusal, reasons, decided_on, at, by=None):
    """Do not accept the application, on a ground of article 75 and with reasons."""
    review = _lock(review)
    facts = {"refusal": refusal, "reasons": reasons, "decided_on": decided_on}
    check_refusal(review, **facts, today=timezone.localdate(at))
    _save(review, **facts)
    _note(review, N_("The commission did not accept the review of the agreement"), at=at, by=by,
          text=f"{review.get_refusal_display()}：{reasons}")  # fmt: skip
    _tell(review, "refused", on=decided_on, at=at, by=by)
    return review


def check_refusal(review, *, refusal, reasons, decided_on, today):
    """Raise a ``Refusal`` when the application cannot be refused like this."""
    _refuse_decided(review)
    if refusal == Refusal.LATE and review.applied_on <= review.due_on:
        raise refusals.AppliedInTime(field="refusal", day=review.due_on)
    if refusal == Refusal.RELATIONSHIP and not review.confirms_relationship:
        raise refusals.NoRelationship(field="refusal")
    if not reasons.strip():
        raise Missing(field="reasons", what=_("the reasons"))
    _check_decided_on(review, decided_on, today=today)


@transaction.atomic
def extend(review, *, reason, approved_on, approved_by, at, by=None):
    """Give the examination five working days more, once, before its term ends (article 76)."""
    review = _lock(review)
    check_extension(
        review,
        reason=reason,
        approved_on=approved_on,
        approved_by=approved_by,
        today=timezone.localdate(at),
    )
    clocks.extend_clock(
        review.deadline,
        amount=review.deadline.rule.extension_amount,
        on=approved_on,
        at=at,
        by=by,
        reason=reason,
        ground=APPROVED.code,
        approved_by=approved_by,
    )
    _save(review, extended_by=approved_by, extend_reason=reason)
    _note(review, N_("Term of the review extended"), at=at, by=by, text=reason)
    return review


def check_extension(review, *, reason, approved_on, approved_by, today):
    """Raise a ``Refusal`` when the term cannot be extended like this."""
    _refuse_unexamined(review)
    if review.extended_by_id:
        raise refusals.ExtendedBefore
    if not reason.strip():
        raise Missing(field="reason", what=_("why more time is needed"))
    check_day(
        approved_on,
        field="approved_on",
        today=today,
        after=review.decided_on,
        what=_("when the application was accepted"),
    )
    if approved_on > review.deadline.due_legal:
        raise TermOver(field="approved_on", day=review.deadline.due_legal)
    people.check_duty(
        approved_by, "decide_docket", _as_decided(review), on=approved_on, field="approved_by"
    )


@transaction.atomic
def make_statement(review, *, ended_on, at, by):
    """End the examination with a statement that says what the agreement says (article 77)."""
    review = _lock(review)
    check_end(review, ended_on=ended_on, today=timezone.localdate(at), by=by)
    _end(review, Result.STATEMENT, on=ended_on, at=at, by=by)
    _note(review, N_("The commission made a statement of the agreement"), at=at, by=by)
    return review


@transaction.atomic
def decline(review, *, flaw, reasons, ended_on, at, by):
    """End the examination without a statement, on a ground of article 78 and with reasons."""
    review = _lock(review)
    check_end(review, ended_on=ended_on, today=timezone.localdate(at), by=by, reasons=reasons)
    _end(review, Result.DECLINED, on=ended_on, at=at, by=by, flaw=flaw, reasons=reasons)
    _note(review, N_("The commission made no statement of the agreement"), at=at, by=by,
          text=f"{review.get_flaw_display()}：{reasons}")  # fmt: skip
    _tell(review, "refused", on=ended_on, at=at, by=by)
    return review


def check_end(review, *, ended_on, today, by, reasons="-"):
    """Raise a ``Refusal`` when *by* cannot end the examination like this."""
    _refuse_unexamined(review)
    if by != review.reviewer:
        raise refusals.NotTheReviewer
    if not reasons.strip():
        raise Missing(field="reasons", what=_("the reasons"))
    _check_ended_on(review, ended_on, today=today)


@transaction.atomic
def withdraw(review, *, ended_on, at, by=None):
    """Let one party, or both, take the application back before both have the statement."""
    review = _lock(review)
    check_withdrawal(review, ended_on=ended_on, today=timezone.localdate(at))
    _end(
        review, Result.WITHDRAWN, on=ended_on, at=at, by=by,
        worker_received_on=None, employer_received_on=None,
    )  # fmt: skip
    _note(review, N_("The review of the agreement was withdrawn"), at=at, by=by)
    _tell(review, "withdrawn", on=ended_on, at=at, by=by)
    return review


def check_withdrawal(review, *, ended_on, today):
    """Raise a ``Refusal`` when the application cannot be taken back any more (article 76)."""
    if review.state == "in_force":
        raise refusals.StatementInForce
    if not review.is_open:
        raise refusals.ReviewDecided
    _check_ended_on(review, ended_on, today=today)


@transaction.atomic
def serve(review, *, worker_received_on, employer_received_on, at, by=None):
    """Record who signed for the statement, and when; with the second it is in force (article 77).

    From the last day of performance it can be enforced for two years (民事诉讼法 article 250).
    """
    review = _lock(review)
    facts = {
        "worker_received_on": worker_received_on,
        "employer_received_on": employer_received_on,
    }
    check_service(review, **facts, today=timezone.localdate(at))
    _save(review, **facts)
    since = review.in_force_since
    if since:
        begin = max(since, review.performance_by or since)
        clocks.start_clock(
            review.mediation.case, EXECUTION, on=begin, at=at, by=by, proceeding=review.mediation
        )
        _note(review, N_("The statement of the agreement is in force since %(day)s"), at=at, by=by,
              day=since)  # fmt: skip
        _tell(review, "granted", on=since, at=at, by=by)
    return review


def check_service(review, *, worker_received_on, employer_received_on, today):
    """Raise a ``Refusal`` when the service cannot be recorded like this."""
    if review.state != "serving":
        raise refusals.NoStatementToServe
    received = {
        "worker_received_on": worker_received_on,
        "employer_received_on": employer_received_on,
    }
    if not any(received.values()):
        raise Missing(field="worker_received_on", what=_("who signed for the statement"))
    for field, day in received.items():
        if day is not None:
            check_day(
                day,
                field=field,
                today=today,
                after=review.ended_on,
                what=_("when the statement was made"),
            )


def reviewers_for(review, *, on):
    """Return the people who may examine the agreement on the date *on*, as a queryset by name."""
    return people.arbitrators_for(_as_decided(review), on=on)


def last_day(effective_on):
    """Return the last date to apply for the review of an agreement in effect since then."""
    return compute(rule_on("REVIEW_APPLY", effective_on), effective_on, load_calendar()).legal


def review_of(mediation):
    """Return the last review of the agreement of the proceeding *mediation*, or None."""
    return AgreementReview.objects.filter(mediation=mediation).order_by("pk").last()


def _under_way(mediation):
    rows = AgreementReview.objects.filter(mediation=mediation, refusal="")
    return rows.filter(result__in=["", Result.STATEMENT])


def _as_decided(review):
    """Return the mediation as if it stood before the commission: who decides is asked of this."""
    asked = copy(review.mediation)
    asked.office = asked.desk = review.office
    asked.tier = Tier.ARBITRATION
    return asked


def _lock(review):
    rows = AgreementReview.objects.select_for_update(of=("self",))
    return rows.select_related("mediation__case", "office", "deadline__rule", "reviewer").get(
        pk=review.pk
    )


def _save(review, **facts):
    for name, value in facts.items():
        setattr(review, name, value)
    review.save(update_fields=list(facts))


def _end(review, result, *, on, at, by, **facts):
    _save(review, result=result, ended_on=on, **facts)
    if review.deadline and review.deadline.state == Deadline.State.RUNNING:
        clocks.stop_clock(review.deadline, on=on, at=at, by=by)


def _refuse_decided(review):
    if review.state != "waiting":
        raise refusals.ReviewDecided


def _refuse_unexamined(review):
    if review.state != "examined":
        raise refusals.NotUnderExamination


def _check_decided_on(review, day, *, today):
    check_day(
        day, field="decided_on", today=today, after=review.applied_on, what=_("when both applied")
    )


def _check_ended_on(review, day, *, today):
    after = review.decided_on or review.applied_on
    check_day(day, field="ended_on", today=today, after=after, what=_("when the review began"))


def _note(review, verb, *, at, by, **facts):
    record(
        review.mediation.case,
        verb,
        at=at,
        by=by,
        proceeding=review.mediation,
        kind=Kind.PAPER,
        key=True,
        **facts,
    )


def _tell(review, result, *, on, at, by):
    signals.agreement_reviewed.send(
        AgreementReview, proceeding=review.mediation, result=result, on=on, at=at, by=by
    )
