"""Office hours of lawyers, by place and day."""

from django.db import transaction
from django.utils import timezone

from legal_aid.domain.pool import check_available
from legal_aid.domain.refusals import DutyKept, EndsBeforeItBegins, LawyerTaken, PlaceTaken
from legal_aid.models import Consultation, Duty


@transaction.atomic
def put_on_duty(centre, *, lawyer, place, starts_at, ends_at):
    """Put *lawyer* on duty at the office *place* between two aware moments.

    Raises ``EndsBeforeItBegins``, ``LawyerTaken``, ``PlaceTaken``, and what
    ``pool.check_available`` raises.
    """
    if ends_at <= starts_at:
        raise EndsBeforeItBegins
    check_available(lawyer, on=timezone.localdate(starts_at))
    same_time = Duty.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    # The exclusion constraints keep it so when two people write at once.
    if same_time.filter(lawyer=lawyer).exists():
        raise LawyerTaken
    if same_time.filter(place=place).exists():
        raise PlaceTaken
    return Duty.objects.create(
        centre=centre, lawyer=lawyer, place=place, starts_at=starts_at, ends_at=ends_at
    )


@transaction.atomic
def take_off_duty(duty):
    """Cross *duty* off the roster. Raises ``DutyKept`` while somebody counts on it."""
    if Consultation.objects.filter(duty=duty).exists():
        raise DutyKept
    duty.delete()
