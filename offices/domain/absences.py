"""Being away, and who acts meanwhile."""

from datetime import timedelta

from django.db import transaction

from offices.domain.refusals import (
    AbsenceOver,
    AlreadyAway,
    AwayTooLong,
    EndsBeforeItBegins,
    SubstituteAway,
    SubstituteElsewhere,
)
from offices.duties import ROLE_DUTIES
from offices.models import Absence, Posting, User

LONGEST_DAYS = 366
# What one does on files: a substitute holds one of these where the person away holds it.
WORK = {"mediate", "arbitrate", "docket_cases", "review_cases", "accept_cases"}


@transaction.atomic
def enter_absence(user, *, since, until, substitute=None, at, by):
    """Let *user* be away from *since* to *until*, dates included; return the ``Absence``.

    Raises the refusals of ``check_absence``.
    """
    # Two absences of one person entered at the same moment are judged one after the other.
    User.objects.select_for_update().get(pk=user.pk)
    check_absence(user, since=since, until=until, substitute=substitute)
    return Absence.objects.create(
        user=user, since=since, until=until, substitute=substitute, made_at=at, made_by=by
    )


def check_absence(user, *, since, until, substitute=None):
    """Raise the refusal that speaks against this absence, if any."""
    if until < since:
        raise EndsBeforeItBegins
    if until - since > timedelta(days=LONGEST_DAYS):
        raise AwayTooLong
    if user.absences.overlapping(since, until).exists():
        raise AlreadyAway
    if substitute is not None:
        _check_substitute(user, substitute, since, until)


def _check_substitute(user, substitute, since, until):
    if not possible_substitutes(user, on=since).filter(pk=substitute.pk).exists():
        raise SubstituteElsewhere
    if substitute.absences.overlapping(since, until).exists():
        raise SubstituteAway


def possible_substitutes(user, *, on):
    """Return who does the same work at the same office on the date *on*, as a queryset by name."""
    found = set()
    for posting in user.postings.active(on):
        for other in Posting.objects.active(on).filter(office=posting.office_id):
            if WORK & ROLE_DUTIES[posting.role] & ROLE_DUTIES[other.role]:
                found.add(other.user_id)
    people = User.objects.filter(pk__in=found, is_active=True).exclude(pk=user.pk)
    return people.order_by("name", "pk")


@transaction.atomic
def end_absence(absence, *, on):
    """Let the person of *absence* be back on the date *on*; raises ``AbsenceOver``."""
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    if absence.until < on:
        raise AbsenceOver
    absence.until = max(on, absence.since) - timedelta(days=1)
    absence.save(update_fields=["until"])
    return absence
