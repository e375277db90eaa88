"""The description of the interface for machines: made once per language, linked, with examples.

A program that follows it needs nothing else: each answer says by a link which call takes its
keys, each call shows what is sent and what comes back.
"""

from copy import deepcopy
from functools import lru_cache

from django.utils.translation import get_language, override
from drf_spectacular.generators import SchemaGenerator

from offices.rest.samples import sample_of

ROOT = "/api/v1/"
KEY = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}
# From which answers the keys of the rows behind each noun of a path come: operation, expression.
SOURCES = {
    "aid": [("apply_for_aid", "#/id"), ("list_aid", "#/results/0/id")],
    "cases": [("file_case", "#/id"), ("list_cases", "#/results/0/id")],
    "consultations": [("book_consultation", "#/id"), ("list_consultations", "#/results/0/id")],
    "deadlines": [("list_deadlines", "#/0/id")],
    "documents": [("add_document", "#/id"), ("list_documents", "#/0/id")],
    "instalments": [("read_agreement", "#/items/0/instalments/0/id")],
    "matters": [("list_matters", "#/results/0/id")],
    "meetings": [("plan_meeting", "#/id"), ("list_meetings", "#/results/0/id")],
    "offices": [("list_offices", "#/results/0/id")],
    "papers": [("issue_paper", "#/id"), ("list_papers", "#/results/0/id")],
    "planned-sessions": [("plan_session", "#/id"), ("list_planned_sessions", "#/0/id")],
    "proceedings": [("list_proceedings", "#/0/id")],
    "tasks": [("list_tasks", "#/results/0/id")],
}


class Generator(SchemaGenerator):
    """Makes the description once per language: it does not change while the house runs."""

    def get_schema(self, request=None, public=False):
        return deepcopy(describe(get_language()))


@lru_cache(maxsize=4)
def describe(language):
    """Return the description in *language*; not to be changed."""
    with override(language):
        schema = SchemaGenerator().get_schema(request=None, public=True)
        doors = {
            door["operationId"]: (path, door)
            for path, methods in schema["paths"].items()
            for door in methods.values()
        }
        # The answers of two steps may look alike: which it is says the address.
        answers = schema["components"]["schemas"]["StepAnswers"]
        answers["anyOf"] = answers.pop("oneOf")
        _name_keys(doors)
        _link(doors)
        _show(schema, doors)
        schema["tags"] = _tags(doors)
    return schema


def _name_keys(doors):
    for _path, door in doors.values():
        for each in door.get("parameters", ()):
            if each["in"] == "path":
                each["schema"] = dict(KEY)


def _link(doors):
    for name, (path, _door) in doors.items():
        noun, _slash, rest = path.removeprefix(ROOT).partition("/")
        for source, pointer in SOURCES.get(noun, ()) if rest.startswith("{id}") else ():
            answer = _answer(doors[source][1])
            links = answer.setdefault("links", {})
            parameters = {"id": f"$response.body{pointer}"}
            links[name] = {"operationId": name, "parameters": parameters}


def _answer(door):
    return next(part for code, part in door["responses"].items() if code[0] == "2")


def _show(schema, doors):
    """Put an example beside every body that is sent or answered and has none."""
    parts = schema["components"]["schemas"]
    for _path, door in doors.values():
        bodies = [door["requestBody"]] if "requestBody" in door else []
        for body in (*bodies, *door["responses"].values()):
            for kind, media in body.get("content", {}).items():
                if "json" in kind and not media.get("examples") and "schema" in media:
                    media["example"] = sample_of(media["schema"], parts)


def _tags(doors):
    from offices.rest.catalogue import TITLES

    names = sorted({tag for _path, door in doors.values() for tag in door["tags"]})
    return [{"name": name, "description": str(TITLES.get(name, name))} for name in names]
