"""What a browser can be made to send: forged forms, foreign hosts, planted sessions, ways out."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from tests.factories import PASSWORD, code_of
from tests.journeys.doorways import doorways

pytestmark = pytest.mark.django_db
# What a form carries against forgery is new each time.
TOKEN = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": ?"[^"]+"|n" value="[^"]{64}"'
)
ELSEWHERE = ("https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)")


def test_no_page_takes_a_form_that_was_not_asked_for():
    found = list(doorways(get_resolver()))
    exempt = {route for route, _name, view in found if getattr(view, "csrf_exempt", False)}
    # Programs send a token of their own; a browser's session is asked for the form's all the same.
    assert {route for route in exempt if not route.startswith("api/")} == set()
    assert len(found) > 200


def test_neither_page_nor_door_for_programs_takes_a_forged_form(
    district_mediator, district_case, clock
):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(district_mediator)
    note = reverse("case_note", args=[district_case.case_id])
    before = district_case.case.timeline.count()
    said = forger.post(note, {"text": "x", "kind": "call", "reach": "office"})
    assert said.status_code == 403
    task = reverse("api-task-claim", args=[1])
    assert forger.post(task, {}, content_type="application/json").status_code == 403
    assert district_case.case.timeline.count() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_method_is_smuggled_into_a_form(client, district_mediator, district_case, clock, method):
    client.force_login(district_mediator)
    path = reverse("case", args=[district_case.case_id])
    said = {"_method": method.upper(), "csrfmiddlewaretoken": "x"}
    override = {"HTTP_X_HTTP_METHOD_OVERRIDE": method.upper()}
    assert client.get(path, said, **override).status_code == 200
    assert client.post(path, said, **override).status_code in (403, 405)
    assert getattr(client, method)(path).status_code == 405
    api = reverse("api-case", args=[district_case.case_id])
    assert client.get(api, **override).status_code == 200
    assert getattr(client, method)(api).status_code == 405


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
def test_no_foreign_host_gets_into_a_link(client, district_mediator, settings, header):
    settings.ALLOWED_HOSTS = ["testserver"]
    client.force_login(district_mediator)
    answer = client.get(reverse("meeting_feeds"), **{header: "evil.example"})
    assert answer.status_code == (400 if header == "HTTP_HOST" else 200)
    assert b"evil.example" not in answer.content


def log_in(client, user, **more):
    said = {"username": user.username, "password": PASSWORD, "code": code_of(user), **more}
    return client.post(reverse("login"), said)


def test_a_planted_session_is_not_the_one_that_logs_in(client, district_mediator):
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    client.get(reverse("login"))
    log_in(client, district_mediator)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert kept != "a" * 32
    assert client.get("/").status_code == 200
    planted = Client()
    planted.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert planted.get("/").status_code == 302


def test_a_session_ends_at_the_door(client, district_mediator):
    client.force_login(district_mediator)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("logout"))
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("away", ELSEWHERE)
def test_no_way_leads_out_of_the_house(client, district_mediator, away):
    assert log_in(client, district_mediator, next=away).url == "/"
    for name in ("set_language", "password_change", "second_factor"):
        answer = client.post(reverse(name), {"next": away, "language": "en"})
        assert "evil" not in answer.headers.get("Location", "")
        assert f'href="{away}"' not in answer.content.decode()
        assert f'action="{away}"' not in answer.content.decode()


def test_a_refusal_says_the_same_of_what_is_there_and_what_is_not(
    client, other_mediator, district_case, clock
):
    client.force_login(other_mediator)
    there = client.get(reverse("case", args=[district_case.case_id]))
    nowhere = client.get(reverse("case", args=[district_case.case_id + 10**6]))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    number = district_case.case_id
    said = [
        TOKEN.sub("", page.text).replace(f"/{key}/", "/N/")
        for page, key in ((there, number), (nowhere, number + 10**6))
    ]
    assert said[0] == said[1]
    api = [
        client.get(reverse("api-case", args=[pk])).json()
        for pk in (district_case.case_id, district_case.case_id + 10**6)
    ]
    for answer in api:
        answer.pop("instance", None)
    assert api[0] == api[1]


@pytest.mark.parametrize(
    "query",
    [
        "order=parties__name", "sort=-id_index", "ordering=parties__phone", "expand=parties",
        "fields=parties__id_number", "parties__name=x", "case__sealed=1", "level=3",
    ],
)  # fmt: skip
def test_a_program_cannot_ask_beyond_what_is_described(client, district_mediator, query, clock):
    client.force_login(district_mediator)
    for name in ("api-cases", "api-tasks", "api-aids", "api-meetings"):
        assert client.get(f"{reverse(name)}?{query}").status_code == 400, name


@pytest.mark.parametrize(
    "after", ["-1", "x", "9" * 40, "2026-13-01,1", "%00", "1;select", "' or 1"]
)
def test_nonsense_in_an_address_is_no_fault_of_the_house(client, leader, after, clock):
    client.force_login(leader)
    for name in ("worklist", "cases", "performances", "responses", "inbox", "meetings", "docket"):
        for key in ("after", "before", "page", "q", "day", "state", "tab"):
            assert client.get(reverse(name), {key: after}).status_code in (200, 302, 403), name
