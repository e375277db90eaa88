"""A program plans, changes and cancels meetings, invites to them and answers."""

import pytest
from django.urls import reverse

from mediation.models import Meeting
from tests.mediation.meetings.acts import NOW
from tests.program import send, version_of

pytestmark = pytest.mark.django_db
BODY = {
    "name": "联席会议（2026年第3次）",
    "kind": "joint",
    "day": "2026-09-24",
    "begins": "14:00",
    "ends": "16:00",
    "repeat": "once",
    "holidays": "next",
    "place": "301会议室",
    "quorum": 0,
}


@pytest.fixture
def program(client, time_machine, coordinator):
    time_machine.move_to(NOW)
    client.force_login(coordinator)
    return client


@pytest.fixture
def body(coordinator, court_liaison):
    return BODY | {
        "office": coordinator.postings.get().office_id,
        "agencies": [court_liaison.postings.get().office_id],
    }


@pytest.fixture
def planned(program, body):
    return send(program, "api-meetings", body).json()


def changed(body, **values):
    return {
        k: v for k, v in body.items() if k not in ("office", "agencies", "repeat", "holidays")
    } | values


def test_a_meeting_is_planned_once_as_a_draft(program, body):
    made = send(program, "api-meetings", body, idempotency_key="m1")
    assert made.status_code == 201, made.json()
    assert made.json()["status"] == "draft"
    assert send(program, "api-meetings", body, idempotency_key="m1").json() == made.json()
    assert Meeting.objects.count() == 1
    wrong = send(program, "api-meetings", body | {"day": "2026-09-01"})
    assert set(wrong.json()["errors"]) == {"day"}


def test_a_meeting_is_changed_by_who_names_the_version_and_cancelled(program, planned, body):
    pk = planned["id"]
    etag = version_of(program, "api-meeting", pk)
    new = changed(body, place="302会议室")
    assert send(program, "api-meeting", new, pk, method="put").status_code == 428
    done = send(program, "api-meeting", new, pk, method="put", if_match=etag)
    assert done.json()["place"] == "302会议室", done.json()
    late = send(program, "api-meeting", body, pk, method="put", if_match=etag)
    assert late.status_code == 412
    off = send(program, "api-meeting-cancel", {"reason": "改期"}, pk)
    assert off.json()["status"] == "cancelled"
    again = send(program, "api-meeting-cancel", {"reason": "改期"}, pk)
    assert again.status_code == 409


def test_who_is_invited_answers_and_others_know_nothing(
    client, program, planned, court_liaison, other_mediator
):
    pk = planned["id"]
    client.force_login(court_liaison)
    assert client.get(reverse("api-meeting", args=[pk])).status_code == 404
    client.force_login(other_mediator)
    doors = ("api-meeting", "api-meeting-agenda")
    assert {client.get(reverse(n, args=[pk])).status_code for n in doors} == {404}
    acts = ("api-meeting-cancel", "api-meeting-invite", "api-meeting-reply")
    assert {send(client, n, None, pk).status_code for n in acts} == {404}
    assert send(client, "api-meetings", BODY).status_code == 403

    client.force_login(Meeting.objects.get().by)
    assert send(client, "api-meeting-invite", None, pk).json()["status"] == "invited"
    client.force_login(court_liaison)
    assert send(client, "api-meeting-cancel", {"reason": "x"}, pk).status_code == 403
    assert set(send(client, "api-meeting-reply", {"answer": "declined"}, pk).json()["errors"]) == {
        "note"
    }
    said = send(client, "api-meeting-reply", {"answer": "accepted"}, pk).json()
    assert "accepted" in [row["answer"] for row in said["participants"]]
    assert client.get(reverse("api-meeting-agenda", args=[pk])).json() == []
