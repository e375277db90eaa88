"""The description of the interface as a page shows it, made from the one for machines."""

import json
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.rest.description import describe

# In the order in which somebody who begins needs them.
TITLES = {
    "cases": _("Cases"),
    "proceedings": _("Proceedings"),
    "tasks": pgettext_lazy("interface", "Steps"),
    "deadlines": _("Deadlines"),
    "documents": pgettext_lazy("interface", "Documents"),
    "papers": pgettext_lazy("interface", "Papers"),
    "services": _("Service of papers"),
    "sessions": pgettext_lazy("interface", "Sessions"),
    "agreements": pgettext_lazy("interface", "Agreements"),
    "aid": _("Legal aid"),
    "meetings": pgettext_lazy("interface", "Meetings"),
    "offices": _("Offices"),
    "calculators": _("Calculators"),
}


# What each door does, for readers of the page; the description for machines is English.
SAID = {
    "read_agreement": _("The agreement, its terms, and who has signed"),
    "write_agreement_terms": _("Write the terms one by one; text and sum follow from them"),
    "sign_agreement": _("Record a signature or the seal over the text as it stands"),
    "take_back_signatures": _("Take all signatures back, so that the terms can be changed"),
    "apply_jointly": _("Record the joint application for review or confirmation"),
    "read_instalment": _("What is to be done by one day, and what became of it"),
    "note_performance": _("Note whether an instalment was performed"),
    "apply_for_aid": _("Hand in an application for legal aid for the worker of a case"),
    "list_matters": _("Matters that wait for the lawyer's answer or that she works on"),
    "read_matter": _("How a matter stands"),
    "list_consultations": _("Consultations that you read, newest first"),
    "read_consultation": _("When a consultation is or was, and what came of it"),
    "book_consultation": _("Book a talk with a lawyer"),
    "list_papers": _("The papers of a case that you read, newest first"),
    "list_paper_kinds": _("The kinds of papers that can be issued, with what they still ask"),
    "issue_paper": _("Issue a paper: number, document and hash; it stays"),
    "read_paper": _("What is known of a paper"),
    "download_paper_word": _("The Word document of a paper"),
    "download_paper_pdf": _("The PDF of a paper"),
    "list_services": _("What is served in a case, and on whom, newest first"),
    "owe_service": _("Let a paper stand to be served on a party"),
    "read_service": _("How one paper was served on one recipient, and what proves it"),
    "prove_service": _("Record the proof of service; the clocks start from its day"),
    "send_paper": _("Record that a paper went out; its proof is awaited"),
    "return_paper": _("Record that a paper came back; it stands to be served again"),
    "correct_service": _("Mend a service by a further entry; the clocks are counted again"),
    "void_paper": _("Declare a paper void; its number stays taken"),
    "list_planned_sessions": _("The planned sessions of a mediation, the earliest first"),
    "read_planned_session": _("One planned session"),
    "plan_session": _("Plan a session: the room and the mediator are taken"),
    "cancel_planned_session": _("Call a planned session off"),
    "note_session_notice": _("Note how and when the parties were told of a session"),
    "record_session": _("Write the record of a session; the step is done with it"),
    "plan_meeting": _("Plan a meeting or a series as a draft; nobody is told yet"),
    "change_meeting": _("Change a meeting or its series; who was invited is told"),
    "cancel_meeting": _("Cancel a meeting with a reason"),
    "invite_to_meeting": _("Send the invitations to a meeting"),
    "answer_invitation": _("Say whether you come to a meeting"),
    "list_agenda": _("The agenda of a meeting, as far as you are let into it"),
    "list_agreements": _("The agreements made at the desks where you work on the case"),
    "list_aid": _("Applications for legal aid, newest first"),
    "read_aid": _("How an application for legal aid stands"),
    "calculators": _("The calculators there are"),
    "list_cases": _("Cases that you may see, newest first"),
    "file_case": _("File a case, as at the desk: the same questions, the same refusals"),
    "file_cases": _("File up to 100 cases, or none when something is wrong with one"),
    "read_case": _("A case as far as you read it; the rest is empty"),
    "list_timeline": _("What happened in a case, newest first"),
    "list_deadlines": _("The deadlines of a case: those that run first"),
    "read_deadline": _("A deadline, and how it was counted: day by day, article by article"),
    "list_documents": _("The materials of a case that you read, newest first"),
    "add_document": _("Hand in a file to a case"),
    "read_document": _("What is known of a material"),
    "download_document": _("The file itself"),
    "list_meetings": _("Meetings that you may see"),
    "read_meeting": _("When and where a meeting is"),
    "list_offices": _("The active offices of the register"),
    "read_office": _("One office"),
    "list_proceedings": _("The proceedings of a case, in order"),
    "read_proceeding": _("How far one proceeding is: its office, its handler, its outcome"),
    "list_sessions": _("When people met in mediation and with what result"),
    "list_tasks": _("Open steps that you may do, or all at your offices, most urgent first"),
    "read_task": _("A step, and what its form asks for now"),
    "claim_task": _("Take a step that belongs to nobody yet"),
    "complete_task": _("Complete a step with the answers of its form, or nothing happens"),
    "reassign_task": _("Change the handler of the case at whose step this is"),
}


@dataclass
class Door:
    """One call: method, path, what it does, what it takes and gives, as (name, type, words)."""

    method: str
    path: str
    name: str
    text: str
    parameters: list = field(default_factory=list)
    body: list = field(default_factory=list)
    variants: list = field(default_factory=list)
    answer: list = field(default_factory=list)
    codes: list = field(default_factory=list)
    sent: str = ""
    answered: str = ""


@lru_cache(maxsize=4)
def described(language):
    """Return the doors as [(group, its title, [Door])], what everybody needs first."""
    schema = describe(language)
    parts, groups = schema["components"]["schemas"], {}
    for path, methods in schema["paths"].items():
        for method, door in methods.items():
            groups.setdefault(door["tags"][0], []).append(_door(path, method, door, parts))
    return [(name, title, groups[name]) for name, title in TITLES.items()]


def _door(path, method, door, parts):
    body = _json(door.get("requestBody", {}))
    answer = next((_json(part) for code, part in door["responses"].items() if code[0] == "2"), {})
    names = [part["$ref"] for part in _parts(body, parts).get("anyOf", []) if "$ref" in part]
    return Door(
        method=method.upper(),
        path=path,
        name=door["operationId"],
        text=SAID.get(door["operationId"]) or door.get("description") or door["summary"],
        parameters=[
            (each["name"], _type(each["schema"], parts), each.get("description", ""))
            for each in door.get("parameters", [])
        ],
        body=_fields(body, parts),
        variants=[(_name(ref), _fields({"$ref": ref}, parts)) for ref in names],
        answer=_fields(answer, parts),
        codes=sorted(door["responses"]),
        sent=_example(door.get("requestBody", {})),
        answered=_example(next(p for c, p in door["responses"].items() if c[0] == "2")),
    )


def _example(part):
    """Return the example beside the body of *part*, as text; "" without one."""
    media = part.get("content", {}).get("application/json", {})
    shown = media.get("example") or next(
        (each["value"] for each in media.get("examples", {}).values()), None
    )
    return json.dumps(shown, ensure_ascii=False, indent=2) if shown else ""


def _json(part):
    content = part.get("content", {})
    found = content.get("application/json") or next(iter(content.values()), {})
    return found.get("schema", {})


def _parts(schema, parts):
    return parts.get(_name(schema["$ref"]), {}) if "$ref" in schema else schema


def _name(ref):
    return ref.rpartition("/")[2]


def _fields(schema, parts):
    schema = _parts(schema, parts)
    if schema.get("type") == "array":
        schema = _parts(schema["items"], parts)
    required = schema.get("required", ())
    return [
        (
            name,
            _type(each, parts),
            each.get("title") or each.get("description", ""),
            name in required,
        )
        for name, each in schema.get("properties", {}).items()
    ]


def _type(schema, parts):
    """Return the type of *schema* in a word or two, with its choices."""
    if "$ref" in schema:
        return _name(schema["$ref"])
    if "allOf" in schema or "oneOf" in schema:
        told = [_type(each, parts) for each in schema.get("allOf") or schema["oneOf"]]
        return " | ".join(told)
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        kind = " | ".join(kind)
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"] if value not in (None, ""))
    if kind == "array":
        return f"[{_type(schema.get('items', {}), parts)}]"
    return schema.get("format", kind)
