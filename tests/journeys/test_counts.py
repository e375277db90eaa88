"""What a page costs does not grow with what the house holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disputes.domain.notes import add_note
from tests import factories
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db


def queries_of(client, path):
    """Return how many queries the page at *path* asks, once everything that is kept is known."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("path", "queries"), [("/", 13), ("/?tab=office", 13), ("/cases/", 13)])
def test_a_list_asks_the_same_for_one_row_and_for_fifty(
    client, clock, register, district_mediator, path, queries
):
    client.force_login(district_mediator)
    factories.make_case(register.guta, by=district_mediator)
    assert queries_of(client, path) == queries
    for _each in range(49):
        factories.make_case(register.guta, by=district_mediator)
    assert queries_of(client, path) == queries


def test_a_case_asks_the_same_with_one_entry_and_with_fifty(
    client, clock, district_case, district_mediator
):
    client.force_login(district_mediator)
    path = reverse("case", args=[district_case.case_id])
    assert queries_of(client, path) == 15
    for number in range(50):
        add_note(
            district_case,
            text=f"第{number}次通话",
            kind="call",
            reach="office",
            at=MONDAY,
            by=district_mediator,
        )
    assert queries_of(client, path) == 15
