"""A program files a case, does its steps and reads its deadlines, as a person would on the pages."""

from datetime import timedelta

import pytest
from django.urls import NoReverseMatch, reverse

from disputes.examples import EXAMPLE
from disputes.models import Case, Proceeding
from offices.models import AnsweredCall
from offices.rest.repeats import forget_calls
from tests.factories import MONDAY, make_case
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import task_of
from workflows.courses import claim_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(time_machine):
    moment = MONDAY + timedelta(hours=1)
    time_machine.move_to(moment)
    return moment


@pytest.fixture
def program(client, district_mediator, now):
    client.force_login(district_mediator)
    return client


def send(client, name, body, *args, **headers):
    return client.post(reverse(name, args=args), body, content_type="application/json", **headers)


def application(program, **changes):
    return {**EXAMPLE, **changes}


def test_a_case_is_filed_as_at_the_desk(program, register):
    answer = send(program, "api-cases", application(program))
    assert answer.status_code == 201, answer.json()
    body = answer.json()
    case = Case.objects.get(pk=body["id"])
    assert answer["Location"] == f"/api/v1/cases/{case.pk}/"
    assert (body["cause"], body["read"], body["facts"]) == ("wages", "full", EXAMPLE["facts"])
    assert case.parties.get(kind="worker").name == EXAMPLE["worker_name"]
    assert body["claims"][0]["amount"] == "14600.00"
    assert program.get(answer["Location"]).json() == body


def test_what_the_desk_would_refuse_is_refused_by_field(program):
    wrong = application(
        program, worker_phone="1", cause="nothing", claims=[{"kind": "wage_arrears"}]
    )
    answer = send(program, "api-cases", wrong)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert {"worker_phone", "cause", "claims.0.amount"} <= set(answer.json()["errors"])
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "body", [[], "x", {"claims": {}}, {"claims": [1]}, {"nothing": 1}, {"cause": {"a": 1}}]
)
def test_what_is_no_application_is_said_so(program, body):
    answer = send(program, "api-cases", body)
    assert answer.status_code == 400, answer.content


def test_who_may_not_file_is_refused(client, now, leader):
    client.force_login(leader)
    assert send(client, "api-cases", EXAMPLE).status_code == 403


def test_sent_twice_under_a_key_it_is_filed_once(program):
    first = send(program, "api-cases", application(program), HTTP_IDEMPOTENCY_KEY="k1")
    again = send(program, "api-cases", application(program), HTTP_IDEMPOTENCY_KEY="k1")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again["Location"] == first["Location"]
    assert again["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == 1

    other = send(
        program, "api-cases", application(program, cause="overtime"), HTTP_IDEMPOTENCY_KEY="k1"
    )
    assert other.status_code == 422
    assert forget_calls(before=MONDAY + timedelta(days=1)) == 1


def test_a_key_of_a_refused_call_may_be_used_again(program):
    send(program, "api-cases", {}, HTTP_IDEMPOTENCY_KEY="k1")
    assert not AnsweredCall.objects.exists()
    good = send(program, "api-cases", application(program), HTTP_IDEMPOTENCY_KEY="k1")
    assert good.status_code == 201


def test_an_answer_that_is_kept_opens_nothing_that_was_closed_since(program, district_mediator):
    from disputes.models import Wall

    body = application(program)
    pk = send(program, "api-cases", body, HTTP_IDEMPOTENCY_KEY="k1").json()["id"]
    both = {"cases": [body, body]}
    second = send(program, "api-cases-together", both, HTTP_IDEMPOTENCY_KEY="k2").json()
    for case in (pk, second[1]["id"]):
        Wall.objects.create(case_id=case, user=district_mediator, reason="亲属", at=MONDAY)
    for name, sent, key in (("api-cases", body, "k1"), ("api-cases-together", both, "k2")):
        again = send(program, name, sent, HTTP_IDEMPOTENCY_KEY=key)
        assert again.status_code == 404
        assert EXAMPLE["facts"] not in again.content.decode()
    assert Case.objects.count() == 3


def test_keys_of_others_count_for_nothing(program, client, regional_head):
    send(program, "api-cases", application(program), HTTP_IDEMPOTENCY_KEY="k1")
    client.force_login(regional_head)
    answer = send(client, "api-cases", application(program), HTTP_IDEMPOTENCY_KEY="k1")
    assert answer.status_code == 201
    assert Case.objects.count() == 2


def test_many_cases_are_filed_together_or_not_at_all(program):
    good = application(program)
    wrong = {**good, "cause": "nothing"}
    answer = send(program, "api-cases-together", {"cases": [good, wrong, good]})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {"cases.1.cause"}
    assert not Case.objects.exists()

    answer = send(program, "api-cases-together", {"cases": [good, good]})
    assert answer.status_code == 201, answer.json()
    assert len(answer.json()) == Case.objects.count() == 2


@pytest.mark.parametrize("body", [{}, {"cases": []}, {"cases": [{}] * 101}, [], {"cases": "x"}])
def test_a_list_that_is_none_is_refused(program, body):
    assert send(program, "api-cases-together", body).status_code == 400


@pytest.fixture
def filed(register, district_mediator, now):
    return make_case(register.guta, by=district_mediator)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 1),
        ({"state": "closed"}, 0),
        ({"state": "open", "tier": "2"}, 1),
        ({"tier": "3"}, 0),
        ({"received_from": "2026-09-07", "received_until": "2026-09-07"}, 1),
        ({"received_from": "2026-09-08"}, 0),
        ({"q": "韩玉兰"}, 1),
        ({"q": "没有"}, 0),
    ],
)
def test_cases_are_narrowed_by_what_may_be_seen(program, filed, query, number):
    assert len(program.get(reverse("api-cases"), query).json()["results"]) == number


@pytest.mark.parametrize(
    "query", [{"state": "x"}, {"tier": "9"}, {"received_from": "x"}, {"id_number": "1"}]
)
def test_a_filter_that_is_none_is_refused(program, query):
    answer = program.get(reverse("api-cases"), query)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == set(query)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    program, register, district_mediator, django_assert_max_num_queries, rows
):
    for _ in range(rows):
        make_case(register.guta, by=district_mediator)
    with django_assert_max_num_queries(11):
        assert len(program.get(reverse("api-cases")).json()["results"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_worklist_asks_the_same_number_of_queries(
    client, register, regional_head, district_mediator, now, django_assert_max_num_queries, rows
):
    for _ in range(rows):
        make_case(register.guta, by=district_mediator)
    client.force_login(regional_head)
    with django_assert_max_num_queries(12):
        assert len(client.get(reverse("api-tasks")).json()["results"]) == rows


def test_a_proceeding_is_read_by_itself_as_in_its_case(program, client, filed, reporter):
    url = reverse("api-proceeding", args=[filed.pk])
    (row,) = program.get(reverse("api-proceedings", args=[filed.case_id])).json()
    assert program.get(url).json() == row
    assert program.get(reverse("api-proceeding", args=[filed.pk + 1])).status_code == 404
    # She had no part in this case.
    client.force_login(reporter)
    assert client.get(url).status_code == 404


def test_who_reported_a_case_reads_the_office_of_its_proceeding_and_not_the_handler(
    client, register, reporter, district_mediator, regional_head, now
):
    proceeding = make_case(register.guta, by=reporter)
    accept(proceeding, mediator=district_mediator, head=regional_head)
    url = reverse("api-proceeding", args=[proceeding.pk])
    found = []
    for user in (regional_head, reporter):
        client.force_login(user)
        found.append(client.get(url).json())
    assert [row["handler"] for row in found] == [str(district_mediator), None]
    assert found[0]["office"] == found[1]["office"]


def test_a_deadline_is_explained_line_by_line(program, filed):
    (row,) = [
        each
        for each in program.get(reverse("api-deadlines", args=[filed.case_id])).json()
        if each["rule"] == "MED_ACCEPT"
    ]
    found = program.get(reverse("api-deadline", args=[row["id"]])).json()
    assert found["explanation"]["article"]
    assert [day["number"] for day in found["explanation"]["days"]][-1] == 3
    assert found["due_legal"] == found["explanation"]["due_legal"]


def test_a_step_tells_its_form_and_is_done_with_it(client, filed, regional_head):
    client.force_login(regional_head)
    (line,) = client.get(reverse("api-tasks")).json()["results"]
    assert (line["step"], line["status"], line["mine"]) == ("examine", "open", False)
    task = client.get(reverse("api-task", args=[line["id"]])).json()
    asked = {field["name"]: field for field in task["form"]}
    assert asked["in_scope"]["type"] == "boolean"
    assert asked["in_scope"]["required"]

    claimed = send(client, "api-task-claim", {}, line["id"]).json()
    assert (claimed["status"], claimed["mine"]) == ("claimed", True)

    wrong = send(client, "api-task-complete", {"in_scope": False, "complete": True}, line["id"])
    assert set(wrong.json()["errors"]) == {"note"}

    done = send(client, "api-task-complete", {"in_scope": True, "complete": True}, line["id"])
    assert (done.status_code, done.json()["status"]) == (200, "done")
    again = send(client, "api-task-complete", {"in_scope": True, "complete": True}, line["id"])
    assert again.status_code == 409
    assert again.json()["detail"]


def test_a_step_that_changed_is_not_overwritten(client, filed, regional_head, register):
    from offices.duties import Role
    from tests.factories import make_user

    client.force_login(regional_head)
    task = task_of(filed, "examine")
    url = reverse("api-task", args=[task.pk])
    etag = client.get(url)["ETag"]
    other = make_user("gutafu", "崔岩", office=register.guta, role=Role.HEAD)
    claim_step(task, by=other, at=MONDAY)

    answer = send(
        client, "api-task-reassign", {"handler": other.pk, "reason": "x"}, task.pk,
        HTTP_IF_MATCH=etag,
    )  # fmt: skip
    assert answer.status_code == 412
    assert Proceeding.objects.get(pk=filed.pk).handler is None
    held = send(client, "api-task-complete", {"in_scope": True, "complete": True}, task.pk)
    assert held.status_code == 403


def test_the_head_reassigns_and_the_mediator_does_not(
    client, filed, regional_head, district_mediator
):
    task = task_of(filed, "examine")
    body = {
        "handler": district_mediator.pk,
        "reason": "熟悉该企业",
        "conflict_declared": True,
    }
    client.force_login(district_mediator)
    assert send(client, "api-task-reassign", body, task.pk).status_code == 403
    client.force_login(regional_head)
    etag = client.get(reverse("api-task", args=[task.pk]))["ETag"]
    assert send(client, "api-task-reassign", body, task.pk, HTTP_IF_MATCH=etag).status_code == 200
    assert Proceeding.objects.get(pk=filed.pk).handler == district_mediator
    assert send(client, "api-task-reassign", {"handler": 0}, task.pk).status_code == 400


def test_a_document_is_handed_in_and_read(program, filed):
    from django.core.files.uploadedfile import SimpleUploadedFile

    url = reverse("api-documents", args=[filed.case_id])
    picture = SimpleUploadedFile("工资条.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "image/png")
    said = {"purpose": "证明工资标准", "source": "公司发放", "pages": "2", "is_original": "true"}
    made = program.post(url, {"file": picture, **said}, HTTP_IDEMPOTENCY_KEY="d1")
    assert made.status_code == 201, made.content
    assert made.json() | {"purpose": "证明工资标准", "pages": 2, "is_original": True} == made.json()
    assert program.post(url, {"file": picture, "pages": "0"}).status_code == 400
    (row,) = program.get(url).json()
    assert row == made.json()
    content = program.get(reverse("api-document-content", args=[row["id"]]))
    assert b"".join(content.streaming_content).startswith(b"\x89PNG")
    assert program.post(url, {}).status_code == 400
    bad = SimpleUploadedFile("x.exe", b"MZ", "application/x-msdownload")
    assert program.post(url, {"file": bad}).status_code == 422


def test_the_timeline_and_the_worklist_are_turned_by_cursor(program, filed, district_mediator):
    url, titles = reverse("api-timeline", args=[filed.case_id]) + "?page_size=1", []
    while url:
        body = program.get(url).json()
        titles += [entry["id"] for entry in body["results"]]
        url = body["next"]
    assert titles == sorted(titles, reverse=True)
    assert titles
    assert program.get(reverse("api-tasks"), {"whose": "nobody"}).status_code == 400


@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/cases/x/", "/api/"])
def test_an_address_that_leads_nowhere_is_told_as_a_problem(program, path):
    answer = program.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "没有这个地址。"
    assert program.get("/nothing/")["Content-Type"].startswith("text/html")


def test_what_breaks_inside_is_told_as_a_problem_without_a_reason(program, monkeypatch):
    from disputes.api import cases

    def broken(*args):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(cases, "narrowed", broken)
    program.raise_request_exception = False
    answer = program.get(reverse("api-cases"))
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in answer.content.decode()


ASKED = {
    "id_number": "210799198805170046",
    "worker_phone": "15400000001",
    "ordering": "parties__id_number",
    "order_by": "-facts",
    "expand": "parties",
    "fields": "facts",
    "include": "deadlines",
    "parties__name": "韩玉兰",
}


@pytest.mark.parametrize("name", sorted(ASKED))
def test_nothing_is_filtered_sorted_or_expanded_by_what_is_not_offered(
    program, filed, regional_head, name
):
    from django.urls import get_resolver

    doors = {
        door for door in get_resolver().reverse_dict
        if isinstance(door, str) and door.startswith("api-") and "calculator" not in door
    }  # fmt: skip
    tried = 0
    for door in sorted(doors):
        for args in ((), (filed.case_id,)):
            try:
                path = reverse(door, args=args)
            except NoReverseMatch:
                continue
            answer = program.get(path, {name: ASKED[name]})
            assert answer.status_code in (400, 405), (path, answer.status_code)
            tried += 1
    assert tried == len(doors)
