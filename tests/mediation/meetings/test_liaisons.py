"""The register of liaison officers."""

from datetime import date

import pytest
from django.urls import reverse

from mediation.domain.meetings.people import delegates_of
from mediation.models import Liaison
from tests.mediation.meetings.acts import NOW

pytestmark = pytest.mark.django_db


def test_a_coordinator_keeps_the_officers_and_nobody_else(
    client, coordinator, court_liaison, register, time_machine
):
    time_machine.move_to(NOW)
    address = reverse("meeting_liaisons")
    client.force_login(court_liaison)
    assert client.get(address).status_code == 403
    client.force_login(coordinator)
    entry = {"office": register.court.pk, "rank": "A", "name": "王立", "since": "2026-09-01"}
    assert client.post(address, entry).status_code == 302
    assert "王立" in client.get(address).content.decode()
    assert client.post(address, entry | {"name": "李明", "since": "2026-09-05"}).status_code == 302
    assert Liaison.objects.get(name="王立").until == date(2026, 9, 4)
    found = delegates_of([register.court], convener=register.federation, on=NOW.date())
    assert [each.name for each in found] == ["李明"]
    row = Liaison.objects.get(name="李明")
    assert client.post(reverse("meeting_liaison_end", args=[row.pk])).status_code == 302
    row.refresh_from_db()
    assert row.until == NOW.date()
