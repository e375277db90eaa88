"""Asking a lawyer for an opinion, and getting it."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.clocks import find_clock
from disputes.domain.conflicts import conflicts_of
from disputes.domain.refusals import Refusal
from disputes.domain.timeline import record
from disputes.look.words import say_day
from disputes.models import CaseGrant, Wall
from legal_aid.domain.words import in_house_language
from legal_aid.models import ClaimOpinion, Finding, Return, Review
from legal_aid.signals import review_left
from notices.domain.inbox import notify
from notices.models import Notice
from offices.domain.people import people_where

# How long the lawyer reads the file after her opinion was due, in calendar days.
READS_ON = timedelta(days=30)


class NotALawyer(Refusal):
    """Somebody without the duty to review cases."""

    sentence = _("This person does not review cases as a lawyer today.")
    field = "lawyer"


class LawyerHasConflict(Refusal):
    """The lawyer is in the dispute herself, or is walled off from it."""

    sentence = _("This lawyer has a conflict of interest in this dispute. Choose another.")
    field = "lawyer"


class DueTooEarly(Refusal):
    """An opinion that was due before it was asked for."""

    sentence = _("The opinion cannot be due before today.")
    field = "due_on"


class DueTooLate(Refusal):
    """The review ends with the mediation, so this opinion would come too late."""

    sentence = _("By that day the mediation will have ended by law.")
    field = "due_on"


class AlreadyAsked(Refusal):
    """One opinion at a time."""

    sentence = _("A lawyer has been asked for her opinion already.")
    field = "lawyer"


class NothingAsked(Refusal):
    """No opinion is awaited."""

    sentence = _("No lawyer's opinion is awaited in this case.")


class NotIn(Refusal):
    """There is no opinion to hand back."""

    sentence = _("The opinion is not in yet.")


class NotYours(Refusal):
    """Somebody else was asked."""

    sentence = _("Another lawyer was asked for this opinion.")


class ConflictNotDeclared(Refusal):
    """No word on conflicts of interest."""

    sentence = _("Declare that you have no conflict of interest, or give the review back.")
    field = "conflict_declared"


@transaction.atomic
def ask_review(proceeding, *, lawyer, due_on, at, by):
    """Ask *lawyer* for her opinion by the date *due_on*.

    She sees the names of the parties first; the file opens when she accepts. Raises the refusals
    of ``check_asking``.
    """
    check_asking(proceeding, lawyer=lawyer, due_on=due_on, at=at)
    review = Review.objects.create(
        proceeding=proceeding,
        lawyer=lawyer,
        asked_on=timezone.localdate(at),
        due_on=due_on,
        asked_by=by,
    )
    _tell(review, N_("A lawyer was asked for her opinion"), at=at, by=by)
    notify(
        [lawyer],
        N_("You are asked for an opinion on a case"),
        kind=Notice.Kind.COURSE,
        url=reverse("review", args=[review.pk]),
        key=f"review-{review.pk}",
        at=at,
    )
    return review


@transaction.atomic
def accept(review, *, conflict_declared, at, by):
    """Take the review, having declared that there is no conflict: now the file opens.

    She reads the case until 30 days after the opinion is due. Raises ``NotYours``,
    ``NothingAsked``, ``ConflictNotDeclared``, ``LawyerHasConflict``.
    """
    row = _lock(review, by)
    if not conflict_declared:
        raise ConflictNotDeclared
    if _has_conflict(row.proceeding, by, on=timezone.localdate(at)):
        raise LawyerHasConflict
    row.accepted_at, row.conflict_declared = at, True
    row.save()
    _open_file(row, at=at, by=by)
    _tell(row, N_("The lawyer has taken the review"), at=at, by=by)
    return row


@transaction.atomic
def decline(review, *, reason, has_conflict, at, by):
    """Give the review back unread. With a conflict of interest the case is walled off from her.

    The office may ask another lawyer. Raises ``NotYours``, ``NothingAsked``.
    """
    row = _lock(review, by)
    row.decline_reason, row.cancelled_at = reason, at
    row.save()
    if has_conflict:
        with in_house_language():
            words = gettext("declared a conflict of interest")
        defaults = {"reason": words, "at": at}
        Wall.objects.get_or_create(case=row.proceeding.case, user=by, defaults=defaults)
    _tell(row, N_("The lawyer gave the review back"), at=at, by=by)
    review_left.send(Review, review=row, at=at, by=by)
    return row


def _lock(review, by):
    rows = Review.objects.select_for_update(of=("self",)).select_related("proceeding__case")
    row = rows.get(pk=review.pk)
    if row.lawyer_id != by.pk:
        raise NotYours
    if not row.is_offered:
        raise NothingAsked
    return row


def check_asking(proceeding, *, lawyer, due_on, at):
    """Raise the refusal that speaks against asking *lawyer*, if any."""
    on = timezone.localdate(at)
    if open_review(proceeding):
        raise AlreadyAsked
    if not lawyers(on=on).filter(pk=lawyer.pk).exists():
        raise NotALawyer
    if _has_conflict(proceeding, lawyer, on=on):
        raise LawyerHasConflict
    if due_on < on:
        raise DueTooEarly
    term = find_clock(proceeding.case, "MED_CLOSE", proceeding=proceeding)
    if term and term.armed and due_on > term.due_legal:
        raise DueTooLate(
            _("The mediation ends by law on %(day)s. Ask for the opinion by then.")
            % {"day": say_day(term.due_legal, year=True)}
        )


def lawyers(*, on):
    """Return the people who review cases as lawyers on the date *on*."""
    return people_where("review_cases", on=on)


def open_review(proceeding):
    """Return the ``Review`` that is awaited in *proceeding*, or None."""
    return (
        Review.objects.filter(
            proceeding=proceeding, submitted_at__isnull=True, cancelled_at__isnull=True
        )
        .select_related("lawyer")
        .first()
    )


@transaction.atomic
def submit_review(
    proceeding, *, facts, opinion, recommendation, risk, at, by, bottom_line="",
    conflict_declared=True, findings=(), claims=(),
):  # fmt: skip
    """Hand in the awaited opinion. The timeline says that it is there and nothing of it.

    *bottom_line* is for the union and the client alone. *findings* are dicts of the columns of
    ``Finding``, *claims* of those of ``ClaimOpinion``. Raises ``NothingAsked``, ``NotYours``,
    ``ConflictNotDeclared``.
    """
    review = open_review(proceeding)
    if review is None:
        raise NothingAsked
    if review.lawyer != by:
        raise NotYours
    if not conflict_declared or review.accepted_at is None:
        raise ConflictNotDeclared
    review.facts, review.opinion, review.bottom_line = facts, opinion, bottom_line
    review.recommendation, review.risk = recommendation, risk
    review.conflict_declared, review.submitted_at = True, at
    review.save()
    review.findings.all().delete()
    review.claim_opinions.all().delete()
    Finding.objects.bulk_create(Finding(review=review, **each) for each in findings)
    ClaimOpinion.objects.bulk_create(ClaimOpinion(review=review, **each) for each in claims)
    _tell(review, N_("The lawyer's opinion is in"), at=at, by=by)
    return review


@transaction.atomic
def return_review(review, *, reason, due_on, at, by):
    """Hand the opinion back to be done again by the date *due_on*; what it said is kept.

    Raises ``NotIn``, ``AlreadyAsked``, ``DueTooEarly``.
    """
    row = Review.objects.select_for_update(of=("self",)).select_related("proceeding__case")
    row = row.get(pk=review.pk)
    if row.submitted_at is None:
        raise NotIn
    if open_review(row.proceeding):
        raise AlreadyAsked
    if due_on < timezone.localdate(at):
        raise DueTooEarly
    Return.objects.create(review=row, reason=reason, at=at, by=by, said=row.opinion)
    row.submitted_at, row.due_on, row.late_told_at = None, due_on, None
    row.save()
    _open_file(row, at=at, by=by)
    _tell(row, N_("The lawyer's opinion was handed back"), at=at, by=by)
    notify(
        [row.lawyer],
        N_("An opinion of yours was handed back"),
        kind=Notice.Kind.COURSE,
        url=reverse("review", args=[row.pk]),
        key=f"review-{row.pk}-{row.returns.count()}",
        at=at,
    )
    return row


def late_reviews(*, on):
    """Return the reviews that are overdue on the date *on* and of which nobody was told yet."""
    rows = Review.objects.filter(
        submitted_at__isnull=True,
        cancelled_at__isnull=True,
        late_told_at__isnull=True,
        due_on__lt=on,
    )
    return list(rows.select_related("proceeding__handler", "proceeding__desk", "lawyer"))


def note_late(review, *, at):
    """Note that it was told at *at* that *review* is overdue."""
    review.late_told_at = at
    review.save(update_fields=["late_told_at"])


@transaction.atomic
def cancel_reviews(proceeding, *, at, by=None):
    """Call off the opinion that is awaited, if one is; the lawyer no longer reads the case."""
    review = open_review(proceeding)
    if review:
        cancel_review(review, at=at, by=by)


@transaction.atomic
def cancel_review(review, *, at, by=None):
    """Call off *review*; from today the lawyer no longer reads the case."""
    if not review.is_open:
        raise NothingAsked
    review.cancelled_at = at
    review.save(update_fields=["cancelled_at"])
    review_left.send(Review, review=review, at=at, by=by)
    if review.engagement_id is not None:
        # She still works on the matter: its file stays open to her.
        _tell(review, N_("The lawyer's review was called off"), at=at, by=by)
        return review
    CaseGrant.objects.filter(
        case=review.proceeding.case, user=review.lawyer, kind=CaseGrant.Kind.LAWYER
    ).update(until=timezone.localdate(at) - timedelta(days=1))
    _tell(review, N_("The lawyer's review was called off"), at=at, by=by)
    return review


def _open_file(review, *, at, by):
    until = review.due_on + READS_ON
    grant, made = CaseGrant.objects.get_or_create(
        case=review.proceeding.case,
        user=review.lawyer,
        kind=CaseGrant.Kind.LAWYER,
        defaults={"granted_at": at, "granted_by": by, "until": until},
    )
    if not made:
        until = max(until, grant.until or until)
    # Says which proceeding she was asked about last, and so whose sessions she reads.
    if not made and grant.until is None:
        # The matter of legal aid that she was given keeps the file open without an end.
        until = None
    grant.granted_at, grant.granted_by, grant.until = at, by, until
    grant.reason, grant.proceeding = review.proceeding.number, review.proceeding
    grant.save()


def _has_conflict(proceeding, lawyer, *, on):
    known = conflicts_of(proceeding, lawyer, on=on)
    return any(each.blocks for each in known) or proceeding.case.walls.filter(user=lawyer).exists()


def _tell(review, verb, *, at, by):
    record(review.proceeding.case, verb, at=at, by=by, proceeding=review.proceeding)
