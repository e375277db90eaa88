"""A program issues papers as a person does on the page, and reads no others."""

from datetime import timedelta

import pytest
from django.urls import reverse

from disputes.models import CasePaper
from papers.domain import converting
from tests.factories import MONDAY
from tests.mediation.acts import accept
from tests.program import send, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_office(monkeypatch):
    monkeypatch.setattr(converting, "PROGRAMS", ())


@pytest.fixture
def case(time_machine, district_case, regional_head):
    accept(district_case, by=regional_head)
    time_machine.move_to(MONDAY + timedelta(days=1, hours=2))
    return district_case.case


@pytest.fixture
def program(client, case, district_mediator):
    client.force_login(district_mediator)
    return client


@pytest.fixture
def paper(program, case):
    return send(program, "api-papers", {"kind": "acceptance_notice"}, case.pk).json()


def test_a_paper_is_issued_once_and_read(program, case):
    body = {"kind": "acceptance_notice"}
    made = send(program, "api-papers", body, case.pk, idempotency_key="p1")
    assert made.status_code == 201, made.json()
    again = send(program, "api-papers", body, case.pk, idempotency_key="p1")
    assert again.json() == made.json() == program.get(made["Location"]).json()
    assert CasePaper.objects.count() == 1
    assert made.json()["number"].startswith("古塔")
    listed = program.get(reverse("api-papers", args=[case.pk])).json()["results"]
    assert listed == [made.json()]


def test_the_kinds_say_what_the_case_does_not(program, case):
    kinds = {
        each["kind"]: each
        for each in program.get(reverse("api-paper-kinds", args=[case.pk])).json()
    }
    assert kinds["application"]["needed"] == ["单位住所", "法定代表人"]
    wrong = send(program, "api-papers", {"kind": "application"}, case.pk)
    assert wrong.status_code == 422
    assert "法定代表人" in wrong.json()["detail"]
    fields = {"单位住所": "古塔区演示路 1 号", "法定代表人": "赵样例"}
    good = send(program, "api-papers", {"kind": "application", "fields": fields}, case.pk)
    assert good.status_code == 201


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"kind": "nothing"}, "kind"),
        ({}, "kind"),
        ({"kind": "acceptance_notice", "fields": {"x": "y"}}, "fields.x"),
        ({"kind": "power_of_attorney", "party": 10**9}, "party"),
    ],
)
def test_what_cannot_be_issued_is_refused_by_field(program, case, body, named):
    answer = send(program, "api-papers", body, case.pk)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {named}


def test_the_word_document_is_handed_out_and_a_pdf_only_where_it_can_be_made(program, paper):
    word = program.get(reverse("api-paper-word", args=[paper["id"]]))
    assert word.content.startswith(b"PK")
    assert program.get(reverse("api-paper-pdf", args=[paper["id"]])).status_code == 422


def test_a_paper_is_declared_void_by_who_saw_it_last(program, paper):
    etag = version_of(program, "api-paper", paper["id"])
    body = {"reason": "文书写错"}
    done = send(program, "api-paper-void", body, paper["id"], if_match=etag)
    assert done.json()["void_reason"] == "文书写错"
    late = send(program, "api-paper-void", body, paper["id"], if_match=etag)
    assert late.status_code == 412
    again = send(program, "api-paper-void", body, paper["id"])
    assert again.status_code == 409
    assert again.json()["detail"]


def test_a_stranger_finds_no_paper(client, program, paper, other_mediator, leader, case):
    doors = ("api-paper", "api-paper-word", "api-paper-pdf")
    client.force_login(other_mediator)
    for name in doors:
        assert client.get(reverse(name, args=[paper["id"]])).status_code == 404
    assert send(client, "api-paper-void", {"reason": "x"}, paper["id"]).status_code == 404
    client.force_login(leader)
    for name in doors:
        assert client.get(reverse(name, args=[paper["id"]])).status_code == 403
    assert send(client, "api-paper-void", {"reason": "x"}, paper["id"]).status_code == 403
    assert send(client, "api-papers", {"kind": "acceptance_notice"}, case.pk).status_code == 403
