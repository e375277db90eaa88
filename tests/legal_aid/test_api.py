"""A program applies for aid, decides, assigns; a lawyer's program takes the matter; talks."""

from datetime import timedelta

import pytest
from django.urls import reverse

from legal_aid.models import Application
from tests.factories import MONDAY, make_lawyer
from tests.legal_aid.acts import AT, apply
from tests.program import send, version_of

pytestmark = pytest.mark.django_db
AID = {
    "help_kind": "mediation",
    "stage": "mediation",
    "received_on": "2026-09-07",
    "facts": "七月起未发工资。",
    "household": 3,
    "income": "3000.00",
    "promised": True,
}


@pytest.fixture
def now(time_machine):
    time_machine.move_to(AT + timedelta(hours=1))


@pytest.fixture
def program(client, now, district_case, district_mediator):
    client.force_login(district_mediator)
    return client


@pytest.fixture
def application(now, district_case, register, aid_administrator):
    return apply(district_case.case, register, by=aid_administrator)


def test_aid_is_applied_for_once(program, register, district_case):
    body = AID | {"centre": register.aid_centre.pk}
    case = district_case.case_id
    wrong = send(program, "api-case-aid", body | {"promised": False}, case)
    assert set(wrong.json()["errors"]) == {"promised"}
    made = send(program, "api-case-aid", body, case, idempotency_key="a1")
    assert made.status_code == 201, made.json()
    assert send(program, "api-case-aid", body, case, idempotency_key="a1").json() == made.json()
    assert send(program, "api-case-aid", body, case).status_code == 409
    assert Application.objects.count() == 1


def test_the_centre_decides_and_assigns_and_the_lawyer_takes_it(
    client, application, aid_administrator, lawyer
):
    pooled, pk = make_lawyer(lawyer), application.pk
    client.force_login(aid_administrator)
    etag = version_of(client, "api-aid", pk)
    wrong = send(client, "api-aid-decide", {"decision": "refused", "reasons": ""}, pk)
    assert wrong.status_code == 422
    done = send(client, "api-aid-decide", {"decision": "granted"}, pk, if_match=etag)
    assert done.json()["decision"] == "granted", done.json()
    assert send(client, "api-aid-decide", {"decision": "refused"}, pk).status_code == 409
    late = send(client, "api-aid-assign", {"lawyer": str(pooled.pk)}, pk, if_match=etag)
    assert late.status_code == 412
    assert send(client, "api-aid-assign", {"lawyer": "x"}, pk).status_code == 400
    assert send(client, "api-aid-assign", {"lawyer": str(pooled.pk)}, pk).status_code == 200

    client.force_login(lawyer)
    (matter,) = client.get(reverse("api-matters")).json()["results"]
    taken = send(client, "api-matter-accept", {"no_conflict": True}, matter["id"])
    assert taken.json()["accepted_at"], taken.json()
    work = {"on": "2026-09-07", "hours": "1.5", "kind": "talk", "text": "会见"}
    assert send(client, "api-matter-decline", {"reason": "x"}, matter["id"]).status_code == 409
    logged = send(client, "api-matter-log", work, matter["id"])
    assert logged.status_code in (200, 400), logged.json()


def test_a_stranger_finds_nothing(client, application, other_mediator, district_mediator, lawyer):
    client.force_login(other_mediator)
    assert client.get(reverse("api-aid", args=[application.pk])).status_code == 404
    acts = (
        "ahead",
        "assign",
        "opinion",
        "decide",
        "object",
        "review",
        "change",
        "rate",
        "quality",
        "end",
    )
    found = {send(client, f"api-aid-{act}", None, application.pk).status_code for act in acts}
    assert found == {404}
    assert send(client, "api-case-aid", AID, application.case_id).status_code == 404
    # She works on the case and reads how the application stands; to decide is not hers.
    client.force_login(district_mediator)
    assert client.get(reverse("api-aid", args=[application.pk])).status_code == 200
    assert (
        send(client, "api-aid-decide", {"decision": "granted"}, application.pk).status_code == 403
    )
    client.force_login(lawyer)
    assert client.get(reverse("api-matter", args=[1])).status_code == 404
    matters = ("accept", "conflict", "decline", "log", "close")
    assert {send(client, f"api-matter-{act}", None, 1).status_code for act in matters} == {404}


def test_a_talk_is_booked_written_down_and_its_asker_masked(
    client, program, lawyer, other_mediator, district_mediator
):
    pooled = make_lawyer(lawyer)
    body = {
        "lawyer": pooled.pk,
        "mode": "phone",
        "starts_at": (MONDAY + timedelta(days=1)).isoformat(),
        "ends_at": (MONDAY + timedelta(days=1, hours=1)).isoformat(),
        "name": "韩玉兰",
        "question": "七月起未发工资，怎么办？",
    }
    made = send(program, "api-consultations", body)
    assert made.status_code == 201, made.json()
    row = made.json()
    assert row["name"] == "韩*兰"
    assert send(program, "api-consultations", body).status_code == 409
    client.force_login(other_mediator)
    assert client.get(reverse("api-consultation", args=[row["id"]])).status_code == 404
    assert send(client, "api-consultation-cancel", None, row["id"]).status_code == 404
    client.force_login(lawyer)
    told = {"name": "韩玉兰", "question": "工资", "answer": "先申请调解。", "result": "mediate"}
    held = send(client, "api-consultation-record", told, row["id"])
    assert held.json()["held_at"], held.json()
    assert send(client, "api-consultation-cancel", None, row["id"]).status_code == 409
    client.force_login(district_mediator)
    assert len(client.get(reverse("api-consultations")).json()["results"]) == 1
