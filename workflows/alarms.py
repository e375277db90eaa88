"""Alarms: telling people that a deadline is near or gone, and that something is stuck."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from arbitration.domain import courts
from arbitration.models import AgreementReview
from disputes.domain.clocks import stop_clock
from disputes.models import Deadline, Recusal
from disputes.permissions import can_view
from law.calendar import load_calendar
from legal_aid.domain import reviews
from legal_aid.domain.clocks import due_applications
from notices.domain.inbox import notify
from notices.models import Notice
from offices.domain.people import people_where
from offices.duties import Role
from offices.models import Posting, User
from workflows.above import people_above
from workflows.distributing import files_of, leavers
from workflows.models import StuckTimer

BATCH = 500
# Who is told at the office above of what is late at a desk whose head holds the file herself.
ABOVE = (Role.HEAD, Role.LEADER, Role.FEDERATION_CLERK)
# Rights that end with their last day; nobody here acts on them.
EXPIRING = ("REVIEW_APPLY", "COURT_CONFIRM", "SUE_15", "SETASIDE_30")


def alarm_deadlines(*, at):
    """Tell handlers of deadlines to be met by today, and heads too of those gone; return how many.

    A deadline alarms on the last working day on which the office can still act in time, and
    again, one level up, when it is over. May run as often as one likes.
    """
    told = alarm_near(at=at) + alarm_overdue(at=at) + tell_of_exit(at=at)
    return told + expire_rights(at=at) + courts.end_passed_limits(at=at)


def alarm_near(*, at):
    """Tell the holders of files whose deadlines are to be met by today; return how many."""
    near = _kept().filter(alarm_on__lte=timezone.localdate(at), alarmed_at__isnull=True)
    return sum(_alarm_near(deadline, at=at) for deadline in near.order_by("alarm_on")[:BATCH])


def alarm_overdue(*, at):
    """Tell holders of files whose deadlines are over, and one level up; return how many."""
    gone = _kept().filter(due_legal__lt=timezone.localdate(at), overdue_alarmed_at__isnull=True)
    return sum(_alarm_overdue(deadline, at=at) for deadline in gone.order_by("due_legal")[:BATCH])


def tell_of_exit(*, at):
    """Tell the holders of files whose applicants were promised nothing within 15 days.

    She may go to arbitration at any time, and from now on must be told so
    (劳动争议调解仲裁法 article 14(3)). Returns how many.
    """
    over = _running().filter(
        rule__rule_id="MED_STAT_EXIT",
        due_legal__lt=timezone.localdate(at),
        overdue_alarmed_at__isnull=True,
    )
    verb = N_("%(number)s: no agreement in 15 days, tell the applicant of arbitration")
    near = Notice.Kind.DEADLINE
    return sum(
        _alarm(deadline, _holders(deadline, at), verb, at=at, due=deadline.due_legal, kind=near)
        for deadline in over[:BATCH]
    )


def expire_rights(*, at):
    """Let the parties' own terms after the end of a case expire; return how many did."""
    over = _running().filter(rule__rule_id__in=EXPIRING, due_legal__lt=timezone.localdate(at))
    expired = list(over.order_by("due_legal")[:BATCH])
    for deadline in expired:
        state = Deadline.State.EXPIRED
        stop_clock(deadline, on=deadline.due_legal, at=at, state=state)
    return len(expired)


def _kept():
    return _running().kept_by_offices()


def _running():
    return Deadline.objects.filter(
        state=Deadline.State.RUNNING, armed=True, proceeding__isnull=False
    ).select_related(
        "proceeding__handler", "proceeding__office", "proceeding__desk", "proceeding__case"
    )


@transaction.atomic
def _alarm_near(deadline, *, at):
    verb = N_("%(number)s: a deadline ends on %(due)s")
    _tell(deadline, _holders(deadline, at), verb, at=at, due=deadline.alarm_on)
    return _mark(deadline, "alarmed_at", at)


def _alarm_overdue(deadline, *, at):
    verb = N_("%(number)s: a deadline has passed (%(due)s)")
    people = {each.pk: each for each in (*_holders(deadline, at), *_above(deadline, at))}
    return _alarm(deadline, people.values(), verb, at=at, due=deadline.due_legal)


def _above(deadline, at):
    """Return who stands one level above the holder of the file: the heads of her office.

    Where she is the head herself, the heads of the office above it for whom the case exists.
    """
    handler, case = deadline.proceeding.handler, deadline.proceeding.case
    heads = [head for head in _heads(deadline, at) if head != handler]
    if heads:
        return heads
    on, above = timezone.localdate(at), deadline.proceeding.desk.parent_id
    people = _people(Posting.objects.filter(office=above, role__in=ABOVE), at) if above else []
    return [each for each in people if can_view(each, case, on=on)]


@transaction.atomic
def _alarm(deadline, recipients, verb, *, at, due, kind=Notice.Kind.OVERDUE):
    _tell(deadline, recipients, verb, at=at, due=due, kind=kind)
    return _mark(deadline, "overdue_alarmed_at", at)


def _mark(deadline, field, at):
    setattr(deadline, field, at)
    deadline.save(update_fields=[field])
    return 1


def _tell(deadline, recipients, verb, *, at, due, kind=Notice.Kind.DEADLINE):
    notify(
        recipients,
        verb,
        kind=kind,
        url=reverse("case", args=[deadline.case_id]),
        key=f"deadline-{deadline.pk}-{verb[12:30]}-{due}",
        at=at,
        number=deadline.proceeding.number,
        due=due,
    )


def tell_of_leavers(*, at):
    """Tell heads whose people leave, or have left, with open files; return how many leave."""
    on = timezone.localdate(at)
    postings = list(leavers(on))
    for posting in postings:
        heads = people_where("assign_cases", on=on, office=posting.office)
        for head in heads.exclude(pk=posting.user_id):
            _tell_of_leaver(posting, head, at=at)
    return len(postings)


def _tell_of_leaver(posting, head, *, at):
    # Files that are hidden from her, or not hers to hand on, are neither counted nor mentioned.
    files = files_of(posting.user, head, on=timezone.localdate(at)).filter(desk=posting.office)
    number = files.count()
    if number:
        notify(
            [head],
            N_(
                "%(person)s leaves or has left and holds open files at %(office)s: %(files)s."
                " Hand them on"
            ),
            kind=Notice.Kind.COURSE,
            url=reverse("leaver", args=[posting.user_id]),
            key=f"leaver-{posting.pk}-{posting.until}",
            at=at,
            person=posting.user,
            office=posting.office,
            files=number,
        )


def alarm_unassigned(*, at):
    """Tell heads, and those above them, of files that nobody took over within one working day
    after a recusal (conflict rule C8); return of how many. The clock of the case runs on.
    """
    today, calendar = timezone.localdate(at), load_calendar()
    rows = Recusal.objects.filter(
        granted=True, proceeding__closed_at__isnull=True, proceeding__handler__isnull=True
    ).select_related("proceeding__desk", "proceeding__case")
    late = [
        row
        for row in rows.order_by("pk")[:BATCH]
        if calendar.workday_after(timezone.localdate(row.decided_at), 1) < today
    ]
    for row in late:
        _tell_unassigned(row, on=today, at=at)
    return len(late)


def _tell_unassigned(recusal, *, on, at):
    proceeding = recusal.proceeding
    heads = people_where("assign_cases", on=on, office=proceeding.desk)
    seeing = [head for head in heads if can_view(head, proceeding.case, on=on)]
    notify(
        {person.pk: person for person in [*seeing, *people_above(proceeding, on=on)]}.values(),
        N_("%(number)s has had no handler for more than a working day after a recusal"),
        kind=Notice.Kind.OVERDUE,
        url=reverse("case", args=[proceeding.case_id]),
        key=f"recusal-{recusal.pk}-late",
        at=at,
        number=proceeding.number,
    )


def alarm_late_reviews(*, at):
    """Tell the holders of files whose lawyer's opinion is overdue, once; return how many.

    The mediation waits for nothing.
    """
    today = timezone.localdate(at)
    late = reviews.late_reviews(on=today)[:BATCH]
    for review in late:
        proceeding = review.proceeding
        heads = people_where("assign_cases", on=today, office=proceeding.desk)
        holders = [proceeding.handler] if proceeding.handler else list(heads)
        notify(
            [*holders, review.lawyer],
            N_("%(number)s: the lawyer's opinion is overdue"),
            kind=Notice.Kind.DEADLINE,
            url=reverse("case_aid", args=[proceeding.case_id]),
            key=f"review-late-{review.pk}-{review.due_on}",
            at=at,
            number=proceeding.number,
        )
        reviews.note_late(review, at=at)
    return len(late)


def alarm_aid(*, at):
    """Tell the administrators of legal aid whose decision, lawyer or review is due; return how
    many applications they were told of today.
    """
    today = timezone.localdate(at)
    told = due_applications(on=today)
    for application, clock in told:
        people = people_where("administer_aid", on=today, office=application.centre)
        notify(
            people,
            N_("%(number)s: legal aid must be decided or a lawyer found by %(due)s"),
            kind=Notice.Kind.DEADLINE,
            url=reverse("application", args=[application.pk]),
            key=f"aid-{application.pk}-{clock.rule.rule_id}",
            at=at,
            number=application.number,
            due=clock.alarm_on,
        )
    return len(told)


def alarm_agreements(*, at):
    """Tell reviewing arbitrators of terms to be met by today, heads of those gone; return how many.

    Five working days from acceptance (劳动人事争议仲裁办案规则 article 76).
    """
    today = timezone.localdate(at)
    rows = AgreementReview.objects.filter(
        deadline__state=Deadline.State.RUNNING, deadline__alarm_on__lte=today
    )
    rows = rows.select_related("deadline", "reviewer", "office").order_by("deadline__alarm_on")
    return sum(_alarm_agreement(row, today=today, at=at) for row in rows[:BATCH])


def _alarm_agreement(row, *, today, at):
    deadline = row.deadline
    over = deadline.due_legal < today
    if deadline.overdue_alarmed_at or (deadline.alarmed_at and not over):
        return 0
    people = people_where("decide_docket", on=today, office=row.office) if over else [row.reviewer]
    notify(
        people,
        N_("%(number)s: the review of an agreement ends on %(due)s"),
        kind=Notice.Kind.OVERDUE if over else Notice.Kind.DEADLINE,
        url=reverse("agreement_reviews"),
        key=f"agreement-{row.pk}-{'over' if over else 'near'}-{deadline.due_legal}",
        at=at,
        number=row.number,
        due=deadline.due_legal,
    )
    return _mark(deadline, "overdue_alarmed_at" if over else "alarmed_at", at)


def alarm_stuck(*, at):
    """Tell the administrators of clocks that could not do their work."""
    stuck = list(StuckTimer.objects.all()[:BATCH])
    for each in stuck:
        notify(
            _people(Posting.objects.filter(role=Role.SYSTEM_ADMINISTRATOR), at),
            N_("A clock is stuck and needs somebody to look at it"),
            kind=Notice.Kind.FAULT,
            url=reverse("stuck"),
            key=f"stuck-{each.task_id}",
            at=at,
        )
    return len(stuck)


def alarm_damaged_log(verification):
    """Tell the auditors of a ``Verification`` that found the audit log damaged."""
    auditors = Posting.objects.filter(role__in=[Role.AUDITOR, Role.AUDIT_ADMINISTRATOR])
    notify(
        _people(auditors, verification.at),
        N_("The audit log was found damaged"),
        kind=Notice.Kind.FAULT,
        url=reverse("audit"),
        key=f"audit-{verification.pk}",
        at=verification.at,
    )


def _holders(deadline, at):
    handler = deadline.proceeding.handler
    return [handler] if handler else _heads(deadline, at)


def _heads(deadline, at):
    # Of a case outside of this house those of the desk from which it is chased.
    here = Posting.objects.filter(office=deadline.proceeding.desk_id)
    heads = _people(here.filter(role__in=[Role.HEAD, Role.COMMISSION_HEAD]), at)
    heads = heads or _people(here.filter(role=Role.FEDERATION_CLERK), at)
    return [head for head in heads if not head.walls.filter(case=deadline.case_id).exists()]


def _people(postings, at):
    active = postings.active(timezone.localdate(at))
    return list(User.objects.filter(postings__in=active, is_active=True).distinct())
