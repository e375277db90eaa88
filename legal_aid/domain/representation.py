"""Working on a matter: the log, the closing report, the rating, the check of quality."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from legal_aid.domain import reviews
from legal_aid.domain.applications import tell
from legal_aid.domain.assignment import close_file
from legal_aid.domain.refusals import (
    CheckedAlready,
    ClosedAlready,
    NotAtWork,
    NotHers,
    NothingLogged,
    NotYetDay,
    OwnWork,
)
from legal_aid.domain.words import in_house_language
from legal_aid.models import Closing, Engagement, WorkEntry


@transaction.atomic
def log_work(engagement, *, on, kind, hours, text, at, by):
    """Write into the log what *by* did on the date *on*, for *hours* (Decimal).

    Raises ``NotHers``, ``NotAtWork``, ``NotYetDay``.
    """
    row = _lock(engagement, by)
    if on > timezone.localdate(at):
        raise NotYetDay
    return WorkEntry.objects.create(engagement=row, on=on, kind=kind, hours=hours, text=text, at=at)


def hours_of(engagement):
    """Return the hours of the log of *engagement*, as Decimal."""
    return engagement.work.aggregate(n=Sum("hours"))["n"] or Decimal(0)


@transaction.atomic
def close(engagement, *, outcome, recovered, report, at, by):
    """Hand in the closing report: *recovered* is in yuan. The matter ends, the file closes.

    Raises ``NotHers``, ``NotAtWork``, ``NothingLogged``.
    """
    row = _lock(engagement, by)
    if not row.work.exists():
        raise NothingLogged
    closing = Closing.objects.create(
        engagement=row, outcome=outcome, recovered=recovered, report=report, closed_at=at
    )
    with in_house_language():
        row.ended_at, row.end_reason = at, _("closing report handed in")
    row.save()
    for review in row.reviews.filter(submitted_at=None, cancelled_at=None):
        reviews.cancel_review(review, at=at, by=by)
    close_file(row, at=at)
    tell(row.application, N_("The lawyer's closing report is in"), at=at, by=by)
    return closing


@transaction.atomic
def rate(closing, *, rating, words, at, by):
    """Write down how the client rates the help, 1 to 5. Raises ``OwnWork``, ``CheckedAlready``."""
    row = Closing.objects.select_for_update(of=("self",)).select_related("engagement__lawyer")
    row = row.get(pk=closing.pk)
    if row.engagement.lawyer.user_id == by.pk:
        raise OwnWork
    if row.rating is not None:
        raise CheckedAlready
    row.rating, row.rating_words = rating, words
    row.save()
    return row


@transaction.atomic
def check_quality(closing, *, quality, words, at, by):
    """Score the work from 0 to 100. Raises ``OwnWork``, ``CheckedAlready``."""
    row = Closing.objects.select_for_update(of=("self",)).select_related("engagement__lawyer")
    row = row.get(pk=closing.pk)
    if row.engagement.lawyer.user_id == by.pk:
        raise OwnWork
    if row.checked_at is not None:
        raise CheckedAlready
    row.quality, row.quality_words, row.checked_by, row.checked_at = quality, words, by, at
    row.save()
    return row


def closing_of(application):
    """Return the ``Closing`` of *application* with its lawyer, or None."""
    rows = Closing.objects.filter(engagement__application=application)
    return rows.select_related(
        "engagement__lawyer__user", "checked_by", "dossier", "archived_by"
    ).first()


def _lock(engagement, by):
    rows = Engagement.objects.select_for_update(of=("self",)).select_related(
        "lawyer__user", "application__case", "application__centre"
    )
    row = rows.get(pk=engagement.pk)
    if row.lawyer.user_id != by.pk:
        raise NotHers
    if Closing.objects.filter(engagement=row).exists():
        raise ClosedAlready
    if not row.is_active:
        raise NotAtWork
    return row
