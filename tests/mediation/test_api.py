"""A program plans sessions, records them, writes and signs agreements, as the desk does."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.urls import reverse

from mediation.models import Agreement, Enforceability, Session
from tests.factories import MONDAY
from tests.program import send, version_of
from tests.workflows.test_mediation_flow import accept, meet

pytestmark = pytest.mark.django_db
PLAN = {
    "starts_at": "2026-09-10T09:00:00+08:00",
    "ends_at": "2026-09-10T11:00",
    "mode": "on_site",
    "place": "302室",
}
RECORD = {
    "started_at": "2026-09-07T13:00",
    "ended_at": "2026-09-07T14:00",
    "mode": "on_site",
    "place": "302室",
    "attendance": "双方到场",
    "recusal_told": True,
    "statements": "双方陈述",
    "result": "settled",
}


@pytest.fixture
def mediated(time_machine, district_case, district_mediator, regional_head):
    accept(district_case, mediator=district_mediator, head=regional_head)
    time_machine.move_to(MONDAY + timedelta(hours=6))
    return district_case


@pytest.fixture
def program(client, mediated, district_mediator):
    client.force_login(district_mediator)
    return client


@pytest.fixture
def planned(program, mediated, district_mediator):
    body = PLAN | {"host": district_mediator.pk}
    return send(program, "api-planned-sessions", body, mediated.pk).json()


def test_a_session_is_planned_once_told_of_and_called_off(program, mediated, district_mediator):
    body = PLAN | {"host": district_mediator.pk}
    made = send(program, "api-planned-sessions", body, mediated.pk, idempotency_key="s1")
    assert made.status_code == 201, made.json()
    assert made.json()["starts_at"] == "2026-09-10T09:00:00+08:00"
    again = send(program, "api-planned-sessions", body, mediated.pk, idempotency_key="s1")
    assert again.json() == made.json()
    assert program.get(made["Location"]).json() == made.json()
    (row,) = program.get(reverse("api-planned-sessions", args=[mediated.pk])).json()

    taken = send(program, "api-planned-sessions", body, mediated.pk)
    assert taken.status_code == 409, taken.json()

    etag = version_of(program, "api-planned-session", row["id"])
    notice = {"on": "2026-09-07", "method": "handed"}
    told = send(program, "api-planned-session-notice", notice, row["id"], if_match=etag)
    assert told.json()["notified_on"] == "2026-09-07", told.json()
    late = send(program, "api-planned-session-cancel", None, row["id"], if_match=etag)
    assert late.status_code == 412
    off = send(program, "api-planned-session-cancel", None, row["id"])
    assert off.json()["cancelled"] is True


@pytest.mark.parametrize(
    ("change", "status", "named"),
    [
        ({"starts_at": "x"}, 400, "starts_at"),
        ({"host": 10**9}, 400, "host"),
        ({"ends_at": "2026-09-10T08:00"}, 422, "ends_at"),
        ({"place": ""}, 422, "place"),
        ({"nothing": 1}, 400, "nothing"),
    ],
)
def test_what_cannot_be_is_not_planned(program, mediated, district_mediator, change, status, named):
    body = PLAN | {"host": district_mediator.pk} | change
    answer = send(program, "api-planned-sessions", body, mediated.pk)
    assert answer.status_code == status, answer.json()
    assert set(answer.json()["errors"]) == {named}


def test_the_record_of_a_session_does_the_step(program, mediated, district_mediator):
    body = RECORD | {"host": district_mediator.pk}
    wrong = send(program, "api-session-record", body | {"recusal_told": False}, mediated.pk)
    assert set(wrong.json()["errors"]) == {"recusal_told"}
    done = send(program, "api-session-record", body, mediated.pk)
    assert (done.status_code, done.json()["status"]) == (200, "done"), done.json()
    assert Session.objects.get().result == "settled"
    (held,) = program.get(reverse("api-sessions", args=[mediated.case_id])).json()
    assert "statements" not in held
    late = send(program, "api-session-record", body, mediated.pk)
    assert late.status_code == 409
    assert late.json()["detail"]


@pytest.fixture
def items(mediated, district_mediator):
    meet(mediated, by=district_mediator, at=MONDAY + timedelta(hours=5), result="settled")
    debtor = mediated.case.parties.get(kind="employer").pk
    days = [
        {"due_on": "2026-09-30", "amount": "7300.00"},
        {"due_on": "2026-10-30", "amount": "7300.00"},
    ]
    return [
        {"debtor": debtor, "content": "支付七月工资", "amount": "14600.00", "instalments": days}
    ]


def put(client, pk, items, **headers):
    return send(client, "api-agreement", {"items": items}, pk, method="put", **headers)


def test_terms_are_overwritten_only_by_who_names_the_version(program, mediated, items):
    assert program.get(reverse("api-agreement", args=[mediated.pk])).status_code == 404
    first = put(program, mediated.pk, items)
    assert first.status_code == 200, first.json()
    assert first.json()["amount"] == "14600.00"
    etag = version_of(program, "api-agreement", mediated.pk)

    assert put(program, mediated.pk, items).status_code == 428
    other = [items[0] | {"content": "支付八月工资"}]
    assert put(program, mediated.pk, other, if_match=etag).status_code == 200
    late = put(program, mediated.pk, items, if_match=etag)
    assert late.status_code == 412
    assert "八月" in Agreement.objects.get().terms


@pytest.mark.parametrize(
    ("change", "status"),
    [({"amount": "1.00"}, 422), ({"debtor": 10**9}, 400), ({"instalments": []}, 422)],
)
def test_terms_that_do_not_add_up_are_refused(program, mediated, items, change, status):
    assert put(program, mediated.pk, [items[0] | change]).status_code == status
    assert put(program, mediated.pk, []).status_code == 422
    assert not Agreement.objects.exists()


def test_signatures_are_recorded_and_taken_back(program, mediated, items):
    put(program, mediated.pk, items)
    paper = {"method": "paper", "signed_on": "2026-09-07"}
    for who in ("worker", "employer"):
        signed = send(program, "api-agreement-signatures", paper | {"who": who}, mediated.pk)
        assert signed.status_code == 200, signed.json()
    assert [row["who"] for row in signed.json()["signatures"]] == ["worker", "employer"]
    etag = version_of(program, "api-agreement", mediated.pk)
    assert put(program, mediated.pk, items, if_match=etag).status_code == 409
    drawn = send(
        program,
        "api-agreement-signatures",
        paper | {"who": "mediator", "method": "pad"},
        mediated.pk,
    )
    assert set(drawn.json()["errors"]) == {"file"}
    back = send(
        program, "api-agreement-signatures", None, mediated.pk, method="delete", if_match=etag
    )
    assert back.json()["signatures"] == []


@pytest.fixture
def in_force(program, mediated, items):
    """An agreement that took effect with the step of the course, all of it by a program."""
    put(program, mediated.pk, items)
    for who in ("worker", "employer", "mediator", "seal"):
        paper = {"who": who, "method": "paper", "signed_on": "2026-09-07"}
        assert send(program, "api-agreement-signatures", paper, mediated.pk).status_code == 200
    (line,) = program.get(reverse("api-tasks")).json()["results"]
    task = program.get(reverse("api-task", args=[line["id"]])).json()
    answers = {
        field["name"]: field["initial"] for field in task["form"] if field["initial"] is not None
    }
    done = send(program, "api-task-complete", answers, line["id"])
    assert (done.status_code, done.json().get("status")) == (200, "done"), done.json()
    made = program.get(reverse("api-agreement", args=[mediated.pk])).json()
    assert (made["effective_on"], made["missing"]) == ("2026-09-07", [])
    return mediated


@pytest.mark.parametrize("way", ["review", "court"])
def test_of_an_agreement_in_force_one_joint_application_is_made(program, in_force, way):
    etag = version_of(program, "api-agreement", in_force.pk)
    body = {"way": way, "applied_on": "2026-09-07"}
    early = send(
        program, "api-agreement-joint-application", body | {"applied_on": "2026-09-08"}, in_force.pk
    )
    assert (early.status_code, set(early.json()["errors"])) == (422, {"applied_on"})
    made = send(program, "api-agreement-joint-application", body, in_force.pk, if_match=etag)
    assert (made.status_code, made.json()["way"]) == (200, way), made.json()
    again = send(program, "api-agreement-joint-application", body, in_force.pk)
    assert (again.status_code, set(again.json()["errors"])) == (409, {"way"})
    late = send(program, "api-agreement-joint-application", body, in_force.pk, if_match=etag)
    assert late.status_code == 412
    assert Enforceability.objects.get().way == way


def test_an_instalment_is_noted_as_performed_with_its_proof(program, in_force):
    agreement = program.get(reverse("api-agreement", args=[in_force.pk])).json()
    first, second = (row["id"] for row in agreement["items"][0]["instalments"])
    etag = version_of(program, "api-instalment", first)
    body = {"state": "performed", "performed_on": "2026-09-07", "proof": "银行回单"}
    done = send(program, "api-instalment-performance", body, first, if_match=etag)
    assert done.status_code == 200, done.json()
    assert body.items() <= done.json().items()
    assert program.get(reverse("api-instalment", args=[first])).json() == done.json()
    late = send(program, "api-instalment-performance", body, first, if_match=etag)
    assert late.status_code == 412
    refused = [
        send(program, "api-instalment-performance", wrong, second)
        for wrong in (
            {"state": "unperformed"}, body | {"performed_on": ""},
            body | {"performed_on": "2026-09-08"},
        )
    ]  # fmt: skip
    told = [(answer.status_code, *answer.json()["errors"]) for answer in refused]
    assert told == [(422, "state"), (422, "performed_on"), (422, "performed_on")]


def test_nothing_is_performed_under_an_agreement_that_is_not_in_force(program, mediated, items):
    put(program, mediated.pk, items)
    pk = Agreement.objects.get().term_rows.get().instalments.first().pk
    body = {"state": "performed", "performed_on": "2026-09-07"}
    assert send(program, "api-instalment-performance", body, pk).status_code == 422
    body = {"way": "court", "applied_on": "2026-09-07"}
    answer = send(program, "api-agreement-joint-application", body, mediated.pk)
    assert answer.status_code == 404


def test_strangers_find_nothing_and_readers_do_not_act(
    client, program, planned, mediated, items, other_mediator, leader
):
    put(program, mediated.pk, items)
    instalment = Agreement.objects.get().term_rows.get().instalments.first().pk
    doors = [
        ("get", "api-planned-sessions", mediated.pk),
        ("post", "api-planned-sessions", mediated.pk),
        ("get", "api-planned-session", planned["id"]),
        ("post", "api-planned-session-cancel", planned["id"]),
        ("post", "api-planned-session-notice", planned["id"]),
        ("post", "api-session-record", mediated.pk),
        ("get", "api-agreement", mediated.pk),
        ("put", "api-agreement", mediated.pk),
        ("post", "api-agreement-signatures", mediated.pk),
        ("delete", "api-agreement-signatures", mediated.pk),
        ("post", "api-agreement-joint-application", mediated.pk),
        ("get", "api-instalment", instalment),
        ("post", "api-instalment-performance", instalment),
    ]
    for user, status in ((other_mediator, 404), (leader, 403)):
        client.force_login(user)
        found = {
            (name, method): send(client, name, None, key, method=method).status_code
            for method, name, key in doors
        }
        assert set(found.values()) == {status}, found


@pytest.mark.django_db(transaction=True)
def test_of_two_who_overwrite_at_once_one_reads_that_it_changed(program, mediated, items):
    put(program, mediated.pk, items)
    etag = version_of(program, "api-agreement", mediated.pk)
    barrier, statuses = threading.Barrier(2), []

    def run(text):
        try:
            barrier.wait()
            new = [items[0] | {"content": text}]
            statuses.append(put(program, mediated.pk, new, if_match=etag).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(text,)) for text in ("甲稿", "乙稿")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 412]
