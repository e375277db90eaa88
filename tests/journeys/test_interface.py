"""The interface for programs holds what its description promises, to everybody in every role."""

import json
import threading
from datetime import timedelta
from email.header import decode_header, make_header
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from disputes.examples import EXAMPLE
from disputes.models import Case, Party, Proceeding
from legal_aid.models import Application, Consultation
from notices.domain.delivery import deliver_due
from notices.domain.events import fan_out, subscribe
from notices.domain.fanout import send_digests
from notices.domain.preferences import reach
from notices.models import Message
from offices.domain.tokens import issue_token
from offices.models import Scope, User
from tests.factories import MONDAY
from tests.notices.receivers import mail_server, receiving
from tests.workflows.walking import task_of
from workflows.events import events_seen


def token_of(user):
    return issue_token(user, name="x", scopes=list(Scope), days=30, at=timezone.now())[1]


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


def words_of(mail):
    """Return everything that *mail* says: its subject, and each part that can be read."""
    parts = [part for part in mail.walk() if not part.is_multipart()]
    said = [part.get_payload(decode=True).decode() for part in parts]
    return "\n".join([str(make_header(decode_header(mail["Subject"]))), *said])


@pytest.fixture
def full_house(settings, clock, tmp_path):
    """All demo stories with every way out open, and what went out on each: a dict of texts."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with mail_server(settings) as postman, receiving() as gateway, receiving() as hooked:
        settings.GATEWAYS = {
            name: {"url": gateway.url, "token": ""} for name in ("sms", "wecom", "dingtalk")
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
            subscribe(user, name="全部", url=hooked.url, types=(), at=MONDAY)
        call_command("demo", cases=30, more=True, verbosity=0)
        later = timezone.now() + timedelta(days=1)
        while fan_out(events_seen, at=later):
            pass
        send_digests(at=later)
        while deliver_due(at=later):
            pass
        yield {
            "mail": [words_of(mail) for mail in postman.mails],
            "gateway": [str(body) for body in gateway.bodies],
            "webhook": [json.dumps(body, ensure_ascii=False) for body in hooked.bodies],
        }


@pytest.mark.slow
@pytest.mark.django_db
def test_nothing_that_leaves_a_full_house_holds_a_name_a_number_or_a_case(full_house):
    """All demo stories with every channel on: what went out tells nobody anything."""
    for channel, texts in full_house.items():
        assert len(texts) > 20, channel
    assert not Message.objects.filter(state="waiting").exists()
    found = {
        (channel, secret)
        for channel, texts in full_house.items()
        for everything in ["\n".join(texts)]
        for secret in secrets()
        if secret in everything
    }
    assert found == set()


def secrets():
    """Return what the demo's people would not want read: names, numbers, addresses, cases."""
    found = set()
    for party in Party.objects.all():
        found |= {party.name, party.id_number, party.phone, party.address, party.contact_name}
    for person in Consultation.objects.all():
        found |= {person.name, person.phone, person.employer}
    found |= set(Case.objects.values_list("matter_number", flat=True))
    found |= set(Proceeding.objects.values_list("number", flat=True))
    found |= set(Application.objects.values_list("number", flat=True))
    found |= set(Case.objects.values_list("facts", flat=True))
    return {each for each in found if each and len(each) > 1}
