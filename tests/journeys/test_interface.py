"""The interface for programs holds what its description promises, to everybody in every role."""

import json
import threading
from datetime import timedelta
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
import requests
import schemathesis
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis.specs.openapi import checks as openapi

from disputes.examples import EXAMPLE
from notices.domain.delivery import deliver_due
from notices.domain.preferences import reach
from notices.models import Message
from offices.domain.tokens import issue_token
from offices.models import Scope, User
from tests.factories import MONDAY, make_case
from tests.notices.receivers import mail_server, receiving
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import task_of

ROLES = [
    "district_mediator",
    "regional_head",
    "reporter",
    "arbitration_clerk",
    "lawyer",
    "leader",
    "auditor",
    "administrator",
]
CHECKS = (
    schemathesis.checks.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
)
EXAMPLES = 2


def token_of(user):
    return issue_token(user, name="x", scopes=list(Scope), days=30, at=timezone.now())[1]


@pytest.mark.django_db
def test_the_description_is_sound(client):
    answer = client.get(reverse("schema"), {"format": "json"})
    description = json.loads(answer.content)
    validate(description)
    doors = [door for path in description["paths"].values() for door in path.values()]
    names = [door["operationId"] for door in doors]
    assert len(names) == len(set(names)) > 25
    assert all(door["tags"] and door.get("description") for door in doors)
    assert all({"200", "201"} & set(door["responses"]) for door in doors)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_nobody_meets_a_fault_or_an_answer_that_was_not_described(
    request, role, register, district_mediator, regional_head, client
):
    case = make_case(register.guta, by=district_mediator)
    accept(case, mediator=district_mediator, head=regional_head)
    user = request.getfixturevalue(role)
    client.force_login(user)
    description = json.loads(client.get(reverse("schema"), {"format": "json"}).content)
    schema = schemathesis.openapi.from_dict(description)
    known = {
        "cases": case.case_id,
        "deadlines": case.deadlines.first().pk,
        "tasks": task_of(case, "mediate").pk,
        "offices": register.guta.pk,
    }
    for found in schema.get_all_operations():
        _try(found.ok(), client, known)


def _try(operation, client, known):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def knock(case):
        for key in ("pk", "id"):
            if key in case.path_parameters:
                case.path_parameters[key] = known.get(case.path.split("/")[3], 1)
        answer = _call(client, case)
        case.validate_response(answer, checks=CHECKS)

    knock()


def _call(client, case):
    """Send *case* as a program would and return the answer as the checks read it."""
    sent = case.as_transport_kwargs(base_url="http://testserver")
    headers = {
        f"HTTP_{name.upper().replace('-', '_')}": str(value).encode("ascii", "ignore").decode()
        for name, value in (case.headers or {}).items()
        # The session says who asks.
        if name.lower() != "authorization"
    }
    body = json.dumps(sent["json"], default=str) if "json" in sent else ""
    answer = client.generic(
        case.method,
        case.formatted_path,
        body,
        content_type="application/json",
        QUERY_STRING=urlencode(sent.get("params") or {}, doseq=True),
        **headers,
    )
    request = requests.Request(case.method, f"http://testserver{case.formatted_path}")
    return schemathesis.Response(
        status_code=answer.status_code,
        headers={name: [value] for name, value in answer.headers.items()},
        content=b"".join(answer),
        request=request.prepare(),
        elapsed=0.0,
        verify=False,
    )


class Program:
    """A plain program: an address, a token, JSON."""

    def __init__(self, url, token):
        self.url, self.token = url, token

    def ask(self, method, path, body=None, **headers):
        """Return (status, headers, body read as JSON)."""
        headers |= {"Authorization": f"Bearer {self.token}"}
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        path = path if path.startswith("http") else self.url + path
        request = Request(path, data, headers, method=method)  # noqa: S310
        try:
            with urlopen(request, timeout=30) as answer:  # noqa: S310
                return answer.status, answer.headers, json.loads(answer.read() or b"null")
        except HTTPError as error:
            return error.code, error.headers, json.loads(error.read())


def answers_for(task):
    """Fill in the form of *task* as its description asks: yes, the first choice, a few words."""
    usual = {"boolean": True, "text": "按登记内容办理", "integer": 3, "decimal": "14600.00"}
    filled = {}
    for field in task["form"]:
        if field["type"] == "boolean":
            filled[field["name"]] = True
        elif field["initial"] not in (None, "", []):
            filled[field["name"]] = field["initial"]
        elif field["required"]:
            choices = [choice["value"] for choice in field["choices"]]
            if field["type"] == "choice":
                filled[field["name"]] = choices[0]
            else:
                filled[field["name"]] = usual[field["type"]]
    return filled


def test_a_plain_program_files_a_case_does_its_steps_and_reads_the_deadline(
    live_server, register, district_mediator, regional_head
):
    mediator = Program(live_server.url, token_of(district_mediator))
    head = Program(live_server.url, token_of(regional_head))
    status, _headers, description = mediator.ask("GET", "/api/schema/?format=json")
    assert status == 200
    example = description["paths"]["/api/v1/cases/"]["post"]["requestBody"]["content"]
    application = next(iter(example["application/json"]["examples"].values()))["value"]
    assert application == EXAMPLE

    today = timezone.localdate().isoformat()
    application |= {"occurred_on": today, "received_on": today}
    status, headers, case = mediator.ask("POST", "/api/v1/cases/", application)
    assert status == 201, case
    place = headers["Location"]

    done = []
    for _ in range(3):
        tasks = [
            task
            for program in (head, mediator)
            for task in program.ask("GET", "/api/v1/tasks/")[2]["results"]
            if task["case"] == case["id"]
        ]
        _status, headers, task = head.ask("GET", f"/api/v1/tasks/{tasks[0]['id']}/")
        status, _headers, claimed = head.ask(
            "POST", f"/api/v1/tasks/{task['id']}/claim/", {}, **{"If-Match": headers["ETag"]}
        )
        assert (status, claimed["mine"]) == (200, True)
        status, _headers, said = head.ask(
            "POST", f"/api/v1/tasks/{task['id']}/complete/", answers_for(task)
        )
        assert (status, said.get("status")) == (200, "done"), (task, said)
        done.append(task["step"])
    assert done == ["examine", "consult", "decide"]

    deadlines = mediator.ask("GET", f"{place}deadlines/")[2]
    term = next(row for row in deadlines if row["rule"] == "MED_CLOSE")
    _status, _headers, found = head.ask("GET", f"/api/v1/deadlines/{term['id']}/")
    explained = found["explanation"]
    assert explained["article"]
    assert explained["days"][-1]["on"] == explained["due_legal"]
    assert [step["text"] for step in explained["steps"]]


@pytest.mark.django_db(transaction=True)
def test_of_page_and_program_at_once_one_wins_and_the_other_reads_a_sentence(
    district_case, district_mediator, regional_head
):
    task = task_of(district_case, "examine")
    clients = {}
    for name, user in (("page", district_mediator), ("program", regional_head)):
        clients[name] = Client()
        clients[name].force_login(user)
    barrier, answers = threading.Barrier(2), {}

    def run(name, send):
        try:
            barrier.wait()
            answers[name] = send()
        finally:
            connections.close_all()

    url = reverse("api-task-complete", args=[task.pk])
    yes = {"in_scope": True, "complete": True}
    threads = [
        threading.Thread(
            target=run,
            args=(
                "page",
                lambda: clients["page"].post(
                    f"/steps/{task.pk}/", {"in_scope": "yes", "complete": "yes"}
                ),
            ),
        ),
        threading.Thread(
            target=run,
            args=(
                "program",
                lambda: clients["program"].post(url, yes, content_type="application/json"),
            ),
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert statuses in ({"page": 302, "program": 409}, {"page": 409, "program": 200})
    late = next(answer for answer in answers.values() if answer.status_code == 409)
    assert "已" in late.content.decode()
    assert district_case.examinations.count() == 1


@pytest.mark.slow
@pytest.mark.django_db
def test_nothing_that_leaves_a_full_house_holds_a_name_a_number_or_a_case(
    settings, clock, tmp_path
):
    """All demo stories with every channel on: what went out tells nobody anything."""
    from django.core.management import call_command

    from disputes.models import Case, Party, Proceeding

    with mail_server(settings) as postman, receiving() as receiver:
        settings.GATEWAYS = {
            name: {"url": receiver.url, "token": ""} for name in ("sms", "wecom", "dingtalk")
        }
        call_command("demo", cases=12, verbosity=0)
        for number, user in enumerate(User.objects.order_by("pk")):
            reach(
                user,
                email=f"p{number}@example.org",
                mobile=f"1540000{number:04d}",
                quiet_from=None,
                quiet_until=None,
                digest_at=MONDAY.time(),
            )
        call_command("demo", cases=30, more=True, verbosity=0)
        while deliver_due(at=timezone.now() + timedelta(days=365)):
            pass

    said = [str(mail["Subject"]) + mail.get_payload(decode=True).decode() for mail in postman.mails]
    said += [str(body) for body in receiver.bodies]
    assert len(said) > 50
    assert not Message.objects.filter(state="waiting").exists()
    everything = "\n".join(said)
    secrets = [party.name for party in Party.objects.all()]
    secrets += [party.id_number for party in Party.objects.all()]
    secrets += [party.phone for party in Party.objects.all()]
    secrets += Case.objects.values_list("matter_number", flat=True)
    secrets += Proceeding.objects.values_list("number", flat=True)
    assert [secret for secret in set(secrets) if secret and secret in everything] == []
