"""Telling those who brought a matter to legal aid what was decided about it."""

from django.urls import reverse
from django.utils import timezone

from legal_aid.permissions import visible_applications
from notices.domain.inbox import notify
from notices.models import Kind


def tell_people(application, verb, *, proceeding, at, by):
    """Tell who handed *application* in, and who mediates the case in *proceeding* (or None).

    Whoever decided, *by*, knows; for whom the application does not exist any more, hears nothing.
    """
    handler = proceeding.handler if proceeding else None
    people = {each.pk: each for each in (application.received_by, handler) if each}
    people.pop(by.pk, None)
    on = timezone.localdate(at)
    notify(
        [
            each
            for each in people.values()
            if each.is_active
            and visible_applications(each, on=on).filter(pk=application.pk).exists()
        ],
        verb,
        kind=Kind.AID,
        url=reverse("application", args=[application.pk]),
        key=f"{Kind.AID}-{application.pk}-{at:%Y%m%d%H%M%S}",
        at=at,
        number=application.number,
    )
