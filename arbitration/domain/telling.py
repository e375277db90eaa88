"""Telling those who sit at a hearing when it is."""

from django.urls import reverse
from django.utils import timezone

from disputes.look.words import say_time
from disputes.permissions import can_view
from notices.domain.inbox import notify
from notices.models import Kind


def tell_panel(hearing, verb, *, at, by=None):
    """Tell the panel of *hearing* and the holder of the file *verb*, but not *by*, who did it."""
    proceeding, begins = hearing.proceeding, timezone.localtime(hearing.starts_at)
    on = timezone.localdate(at)
    notify(
        [person for person in _people(proceeding, by) if can_view(person, proceeding.case, on=on)],
        verb,
        kind=Kind.HEARING,
        url=reverse("case", args=[proceeding.case_id]),
        key=f"hearing-{hearing.pk}-{at:%Y%m%d%H%M%S}",
        at=at,
        number=proceeding.number,
        day=begins.date(),
        time=say_time(begins),
    )


def _people(proceeding, by):
    panel = getattr(proceeding, "arbitral_panel", None)
    seats = ("presiding", "second", "third", "clerk")
    sitting = [getattr(panel, seat) for seat in seats] if panel else []
    people = {person.pk: person for person in [*sitting, proceeding.handler] if person}
    if by:
        people.pop(by.pk, None)
    return people.values()
