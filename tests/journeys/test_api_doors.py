"""Every door for programs: 401 for nobody, 404 for strangers, 403 for colleagues without the duty."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from viewflow.workflow.models import Task

from disputes.domain.evidence import add_evidence
from disputes.models import Wall
from offices.domain.tokens import issue_token
from offices.models import Scope
from tests.factories import MONDAY
from tests.workflows.test_mediation_flow import accept

pytestmark = pytest.mark.django_db

# Doors of a case, each with the keys of the rows that it opens for.
API_DOORS = {
    **dict.fromkeys(
        (
            "api-case",
            "api-proceedings",
            "api-deadlines",
            "api-timeline",
            "api-documents",
            "api-sessions",
            "api-agreements",
            "api-papers",
            "api-paper-kinds",
        ),
        lambda case: [case.pk],
    ),
    "api-proceeding": lambda case: case.proceedings.values_list("pk", flat=True),
    "api-deadline": lambda case: case.deadlines.values_list("pk", flat=True),
    "api-document": lambda case: case.evidence.values_list("pk", flat=True),
    "api-document-content": lambda case: case.evidence.values_list("pk", flat=True),
    **dict.fromkeys(
        ("api-task", "api-task-claim", "api-task-complete", "api-task-reassign"),
        lambda case: Task.objects.filter(
            process__course__proceeding__case=case, flow_task_type="HUMAN"
        ).values_list("pk", flat=True),
    ),
}
ACTING = {"api-task-claim", "api-task-complete", "api-task-reassign"}


@pytest.fixture
def case(time_machine, district_case, district_mediator, regional_head):
    time_machine.move_to(MONDAY + timedelta(hours=6))
    picture = SimpleUploadedFile("工资条.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "image/png")
    add_evidence(district_case, file=picture, at=MONDAY, by=district_mediator)
    accept(district_case, mediator=district_mediator, head=regional_head)
    return district_case.case


def knock(client, case, **headers):
    """Return {(name, status)} of every door of *case*, knocked at in its way."""
    found = set()
    for name, keys in API_DOORS.items():
        for key in keys(case):
            path = reverse(name, args=[key])
            if name in ACTING:
                answer = client.post(path, {}, content_type="application/json", **headers)
            else:
                answer = client.get(path, **headers)
            found.add((name, answer.status_code))
    return found


@pytest.mark.parametrize("name", ["api-aid", "api-meeting"])
def test_what_is_not_there_for_her_is_not_found(client, district_mediator, name):
    client.force_login(district_mediator)
    assert client.get(reverse(name, args=[1])).status_code == 404
    assert client.get(reverse(f"{name}s")).json()["results"] == []


def test_a_stranger_finds_nothing(client, case, other_mediator):
    client.force_login(other_mediator)
    assert knock(client, case) == {(name, 404) for name in API_DOORS}


def test_nobody_enters_without_saying_who(client, case):
    assert knock(client, case) == {(name, 401) for name in API_DOORS}


def test_a_wall_wins_over_the_duty(client, case, district_mediator):
    Wall.objects.create(case=case, user=district_mediator, reason="亲属", at=MONDAY)
    client.force_login(district_mediator)
    assert knock(client, case) == {(name, 404) for name in API_DOORS}
    assert client.get(reverse("api-cases")).json()["results"] == []
    assert client.get(reverse("api-tasks")).json()["results"] == []


def test_who_only_reported_the_case_reads_how_it_stands(client, time_machine, register, reporter):
    from tests.factories import make_case

    time_machine.move_to(MONDAY)
    case = make_case(register.guta, by=reporter).case
    client.force_login(reporter)
    body = client.get(reverse("api-case", args=[case.pk])).json()
    assert body["read"] == "status"
    hidden = ("cause", "grade", "level", "step", "parties", "deadlines", "facts", "claims")
    assert [body[name] for name in hidden] == [None] * len(hidden)
    line = client.get(reverse("api-cases")).json()["results"][0]
    assert (line["step"], line["deadline"]) == (None, None)
    found = dict(knock(client, case))
    assert {name for name, status in found.items() if status == 200} == {
        "api-case",
        "api-proceeding",
        "api-proceedings",
        "api-sessions",
        "api-agreements",
        "api-task",
    }


def test_a_leader_above_reads_the_outline(client, case, leader):
    client.force_login(leader)
    body = client.get(reverse("api-case", args=[case.pk])).json()
    assert (body["read"], body["facts"], body["claims"]) == ("outline", None, None)
    assert "韩玉兰" not in str(body)
    assert client.get(reverse("api-documents", args=[case.pk])).status_code == 403


def test_no_answer_holds_a_name_a_number_or_a_telephone(client, case, district_mediator):
    worker = case.parties.get(kind="worker")
    client.force_login(district_mediator)
    pages = [reverse("api-cases"), reverse("api-tasks")]
    pages += [reverse(name, args=[key]) for name, keys in API_DOORS.items() for key in keys(case)]
    for path in pages:
        text = b"".join(client.get(path)).decode(errors="ignore")
        # The form of a step may speak of the applicant, as on its page.
        names = () if "/tasks/" in path else (worker.name,)
        for secret in (*names, worker.id_number, worker.phone, worker.address):
            assert secret not in text, path


@pytest.mark.parametrize("scope", list(Scope))
def test_a_token_opens_what_its_scope_says_and_no_more(client, case, district_mediator, scope):
    _row, token = issue_token(
        district_mediator, name="x", scopes=[scope], days=30, at=timezone.now()
    )
    found = dict(knock(client, case, HTTP_AUTHORIZATION=f"Bearer {token}"))
    opened = {name for name, status in found.items() if status != 403}
    reading = set(API_DOORS) - ACTING
    expected = {Scope.CASES_READ: reading, Scope.TASKS_WRITE: ACTING}.get(scope, set())
    # To give the file away is the head's.
    assert opened - {"api-task-reassign"} <= expected
    if scope == Scope.CASES_READ:
        assert opened == reading
