"""The description of the interface is sound, shows examples that fit, and is followed by walks."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from offices.rest.catalogue import SAID, TITLES
from offices.rest.description import describe
from tests.factories import make_case
from tests.journeys.machine import walk
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import task_of

ROLES = [
    "district_mediator", "regional_head", "reporter", "arbitration_clerk", "lawyer", "leader",
    "auditor", "administrator", "aid_administrator", "coordinator",
]  # fmt: skip
# For a longer run: WALKS=200 STEPS=20 bin/test tests/journeys/test_description.py
WALKS, STEPS = int(os.environ.get("WALKS", "4")), int(os.environ.get("STEPS", "6"))
LINTER = Path(settings.BASE_DIR) / "node_modules/.bin/spectral"


@pytest.fixture(scope="module", params=["zh-hans", "en"])
def description(request):
    return json.loads(json.dumps(describe(request.param), default=str))


def doors_of(description):
    return [door for path in description["paths"].values() for door in path.values()]


def test_the_description_is_sound(description):
    validate(description)
    doors = doors_of(description)
    names = [door["operationId"] for door in doors]
    assert len(names) == len(set(names)) > 80
    assert all(door["tags"] and door.get("description") for door in doors)
    assert all({"200", "201"} & set(door["responses"]) for door in doors)
    assert {tag for door in doors for tag in door["tags"]} == set(TITLES)


def test_every_parameter_says_what_it_is(description):
    mute = [
        (door["operationId"], each["name"])
        for door in doors_of(description)
        for each in door.get("parameters", [])
        if each["in"] != "path" and not each.get("description")
    ]
    assert mute == []


def test_every_example_fits_what_is_described(description):
    shown, wrong = Counter(), []
    for door in doors_of(description):
        bodies = [door.get("requestBody", {}), *door["responses"].values()]
        for media in (media for body in bodies for media in body.get("content", {}).items()):
            kind, part = media
            if "json" not in kind:
                continue
            examples = [part["example"]] if "example" in part else []
            examples += [each["value"] for each in part.get("examples", {}).values()]
            shown[door["operationId"]] += len(examples)
            judge = OAS31Validator({**part["schema"], "components": description["components"]})
            wrong += [
                (door["operationId"], error.message)
                for example in examples
                for error in judge.iter_errors(example)
            ]
    assert wrong == []
    assert set(shown) == {door["operationId"] for door in doors_of(description)}
    assert 0 not in shown.values()


def test_every_door_is_told_in_the_language_of_the_page():
    doors = {door["operationId"]: door for door in doors_of(describe("zh-hans"))}
    told = [
        name for name, door in doors.items() if name in SAID or not door["description"].isascii()
    ]
    assert set(doors) - set(told) == set()


@pytest.mark.django_db
def test_it_is_handed_out_to_everybody_in_her_language(client):
    for language in ("zh-hans", "en"):
        answer = client.get(reverse("schema"), {"format": "json"}, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 200
    assert json.loads(answer.content)["openapi"].startswith("3.1")


@pytest.mark.skipif(not LINTER.exists(), reason="the linter comes with npm ci")
def test_a_linter_finds_nothing(description, tmp_path):
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(description, ensure_ascii=False))
    rules = Path(settings.BASE_DIR) / "tests/data/spectral.yaml"
    found = subprocess.run(
        [LINTER, "lint", "--ruleset", rules, "--fail-severity", "warn", file],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_nobody_who_follows_the_description_meets_a_fault_or_a_surprise(
    request, role, register, district_mediator, regional_head, settings
):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_CLASSES": []}
    case = make_case(register.guta, by=district_mediator)
    accept(case, mediator=district_mediator, head=regional_head)
    known = {
        "cases": case.case_id,
        "proceedings": case.pk,
        "deadlines": case.deadlines.first().pk,
        "tasks": task_of(case, "mediate").pk,
        "offices": register.guta.pk,
    }
    seen = walk(request.getfixturevalue(role), known=known, walks=WALKS, steps=STEPS)
    assert sum(seen.values()) > WALKS
    if "WALKS" in os.environ:
        answers = Counter()
        for (_name, code), number in seen.items():
            answers[code] += number
        print(role, dict(answers), f"{len({name for name, _code in seen})} calls")
