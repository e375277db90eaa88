"""Giving an application to a lawyer: who fits, how much she has, and her answer."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import pgettext

from disputes.domain.clocks import find_clock
from disputes.domain.refusals import Refusal
from disputes.models import CaseGrant, Wall
from legal_aid.domain import reviews
from legal_aid.domain.applications import mediation_of, tell
from legal_aid.domain.conflicts import Check, check_conflicts
from legal_aid.domain.pool import check_available, with_load
from legal_aid.domain.refusals import (
    FullyLoaded,
    LawyerAssigned,
    NoLawyerAtWork,
    NotHers,
    NotOffered,
    NotToAssign,
)
from legal_aid.domain.words import in_house_language
from legal_aid.models import Application, Engagement, Lawyer, Review
from notices.domain.inbox import notify
from notices.models import Notice

# How soon the opinion of a lawyer who took a matter is due, in calendar days.
OPINION_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Candidate:
    """A lawyer who could be given a matter: why she, or the sentence that keeps her from it."""

    lawyer: Lawyer
    reason: str
    blocked: str = ""
    rank: tuple = ()


def candidates(application, *, on):
    """Return the ``Candidate`` list for *application* on the date *on*, the best first.

    Those who are good at the cause and serve the district come first, among them who has the
    least in hand; who is kept from it comes last, with the reason.
    """
    case = application.case
    county = _county_of(case)
    rows = with_load(
        Lawyer.objects.filter(centre=application.centre)
        .select_related("user", "firm")
        .prefetch_related("leaves")
    )
    check = Check(case, on=on)
    found = [_candidate(row, application, county, on, check) for row in rows]
    return sorted(found, key=lambda each: each.rank)


def _candidate(lawyer, application, county, on, check):
    fits = application.case.cause in lawyer.specialities
    near = not lawyer.areas or county in lawyer.areas
    blocked = _blocked(lawyer, on, check)
    said = [_("%(load)d of %(most)d in hand") % {"load": lawyer.load, "most": lawyer.most_open}]
    if fits:
        said.append(_("good at %(cause)s") % {"cause": application.case.get_cause_display()})
    if near and county:
        said.append(_("serves %(county)s") % {"county": county})
    rank = (bool(blocked), not fits, not near, lawyer.load / lawyer.most_open, lawyer.pk)
    return Candidate(lawyer, pgettext("list", "; ").join(said), blocked, rank)


def _blocked(lawyer, on, check):
    try:
        check_available(lawyer, on=on)
        check.refuse(lawyer)
        _check_load(lawyer)
    except Refusal as refusal:
        return str(refusal)
    return ""


def check_fit(application, *, lawyer, on):
    """Raise what keeps *lawyer* from *application* on the date *on*, if anything does.

    ``LicenceExpired``, ``NotServing``, ``OnLeave``, ``Conflicted``, ``FirmConflicted``,
    ``FullyLoaded``.
    """
    check_available(lawyer, on=on)
    check_conflicts(application.case, lawyer, on=on)
    _check_load(with_load(Lawyer.objects.filter(pk=lawyer.pk)).get())


def _check_load(lawyer):
    if lawyer.load >= lawyer.most_open:
        raise FullyLoaded


@transaction.atomic
def offer(application, *, lawyer, at, by):
    """Offer *application* to *lawyer*, who sees the names of the parties and nothing else yet.

    Why she is kept with the offer. Raises ``NotToAssign``, ``LawyerAssigned`` and what
    ``check_fit`` raises.
    """
    row = Application.objects.select_for_update(of=("self",)).select_related("case", "centre")
    row = row.get(pk=application.pk)
    if not row.may_assign:
        raise NotToAssign
    if current_of(row):
        raise LawyerAssigned
    on = timezone.localdate(at)
    check_fit(row, lawyer=lawyer, on=on)
    with in_house_language():
        chosen = next(each for each in candidates(row, on=on) if each.lawyer == lawyer)
    engagement = Engagement.objects.create(
        application=row, lawyer=lawyer, offered_at=at, offered_by=by, because=chosen.reason
    )
    _notify(engagement, at=at)
    return engagement


def current_of(application):
    """Return the ``Engagement`` that is offered or under way in *application*, or None."""
    rows = Engagement.objects.filter(
        application=application, declined_at__isnull=True, ended_at__isnull=True
    )
    return rows.select_related("lawyer__user", "lawyer__firm").first()


@transaction.atomic
def accept(engagement, *, at, by):
    """Take the matter, having declared that there is no conflict; only now the file opens.

    Raises ``NotHers``, ``NotOffered``, and what ``check_available`` and ``check_conflicts`` raise.
    """
    row = _lock_offer(engagement, by)
    on = timezone.localdate(at)
    check_available(row.lawyer, on=on)
    check_conflicts(row.application.case, row.lawyer, on=on)
    row.declared_at, row.has_conflict, row.accepted_at = at, False, at
    row.save()
    open_file(row, at=at, by=by)
    _begin_review(row, at=at, by=by)
    tell(row.application, N_("A lawyer has taken the matter"), at=at, by=by)
    return row


@transaction.atomic
def declare_conflict(engagement, *, conflict, at, by):
    """Say that there is a conflict of interest: the offer ends, the case is walled off from her.

    *conflict* is read by the centre alone. Raises ``NotHers``, ``NotOffered``.
    """
    row = _lock_offer(engagement, by)
    row.declared_at, row.has_conflict = at, True
    row.declined_at, row.decline_reason = at, conflict
    row.save()
    case = row.application.case
    with in_house_language():
        words = _("declared a conflict of interest")
    Wall.objects.get_or_create(
        case=case, user=row.lawyer.user, defaults={"reason": words, "at": at}
    )
    return row


@transaction.atomic
def decline(engagement, *, reason, at, by):
    """Decline the matter for another *reason*. Raises ``NotHers``, ``NotOffered``."""
    row = _lock_offer(engagement, by)
    row.declined_at, row.decline_reason = at, reason
    row.save()
    return row


@transaction.atomic
def replace(application, *, reason, at, by):
    """End the work of the lawyer of *application* for a *reason*: another is to be chosen.

    The file closes for her. Raises ``NoLawyerAtWork``.
    """
    row = current_of(application)
    if row is None:
        raise NoLawyerAtWork
    row.ended_at, row.end_reason = at, reason
    row.save()
    for review in row.reviews.filter(submitted_at=None, cancelled_at=None):
        reviews.cancel_review(review, at=at, by=by)
    close_file(row, at=at)
    tell(row.application, N_("The lawyer was changed"), at=at, by=by)
    return row


def _begin_review(engagement, *, at, by):
    """Let the lawyer give her opinion beside the mediation, if one is under way."""
    proceeding = mediation_of(engagement.application.case)
    if proceeding is None or proceeding.closed_at or reviews.open_review(proceeding):
        return
    on = timezone.localdate(at)
    term = find_clock(proceeding.case, "MED_CLOSE", proceeding=proceeding)
    due_on = on + OPINION_WITHIN
    Review.objects.create(
        proceeding=proceeding,
        lawyer=by,
        engagement=engagement,
        asked_on=on,
        due_on=max(min(due_on, term.alarm_on), on) if term else due_on,
        asked_by=engagement.offered_by,
        accepted_at=at,
        conflict_declared=True,
    )


def open_file(engagement, *, at, by):
    """Let the lawyer of *engagement* read the case: the desk of its regional mediation."""
    case = engagement.application.case
    CaseGrant.objects.update_or_create(
        case=case,
        user=engagement.lawyer.user,
        kind=CaseGrant.Kind.LAWYER,
        defaults={
            "granted_at": at,
            "granted_by": by,
            "reason": engagement.application.number,
            "proceeding": mediation_of(case),
            "until": None,
        },
    )


def close_file(engagement, *, at):
    """Let the lawyer of *engagement* read the case no more, from the day of *at*."""
    rows = CaseGrant.objects.filter(
        case=engagement.application.case,
        user=engagement.lawyer.user,
        kind=CaseGrant.Kind.LAWYER,
    )
    rows.update(until=timezone.localdate(at) - timedelta(days=1))


def _lock_offer(engagement, by):
    row = Engagement.objects.select_for_update(of=("self",)).select_related(
        "lawyer__user", "lawyer__firm", "application__case", "application__centre"
    )
    row = row.get(pk=engagement.pk)
    if row.lawyer.user_id != by.pk:
        raise NotHers
    if not row.is_offered:
        raise NotOffered
    return row


def _notify(engagement, *, at):
    notify(
        [engagement.lawyer.user],
        N_("You are asked to take a matter of legal aid"),
        kind=Notice.Kind.ASSIGNED,
        url=reverse("engagement", args=[engagement.pk]),
        key=f"engagement-{engagement.pk}",
        at=at,
    )


def _county_of(case):
    proceeding = case.proceedings.select_related("office").order_by("-ordinal").first()
    return proceeding.office.county if proceeding else ""
