"""Every door on the way of a case: 404 for strangers, 403 for colleagues without the duty."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from viewflow.workflow.models import Task

from arbitration.acts import ACTS
from disputes.domain.case_papers import issue_paper
from disputes.domain.evidence import add_evidence
from disputes.domain.recusals import ask_recusal
from disputes.domain.reveals import FIELDS
from disputes.domain.roster.speaking import record_consents
from disputes.models import CaseGrant, Named, Recusal
from offices.duties import Role
from papers.domain import converting
from tests import factories
from tests.disputes.rosters import rostered
from tests.factories import MONDAY
from tests.journeys import leaks
from tests.legal_aid.doors import DOORS as AID_DOORS
from tests.workflows.test_mediation_flow import accept, meet, sign
from workflows.commission import WAYS
from workflows.courses import leave_for_arbitration
from workflows.leaving import PATHS

pytestmark = pytest.mark.django_db


def _numbers(case):
    return case.roster.values_list("number", flat=True)


# Doors of a case, each with the rows that it opens for.
DOORS = {
    "case": lambda case: [case.pk],
    "case_note": lambda case: [case.pk],
    "case_meeting": lambda case: [case.pk],
    "case_materials": lambda case: [case.pk],
    "upload_begin": lambda case: [case.pk],
    **{name: lambda case: [case.pk] for name in PATHS},
    **dict.fromkeys(
        ("case_access", "case_seal", "case_name", "case_inspect", "recusal_ask", "case_consents"),
        lambda case: [case.pk],
    ),
    "name_strike": lambda case: case.named.values_list("pk", flat=True),
    "grant_end": lambda case: case.grants.values_list("pk", flat=True),
    "recusal": lambda case: Recusal.objects.filter(proceeding__case=case).values_list(
        "pk", flat=True
    ),
    **{
        name: lambda case: [case.pk]
        for name in (
            "roster",
            "roster_template",
            "roster_rejects",
            "roster_export",
            "roster_election",
            "roster_consents",
        )
    },
    "case_counsel": lambda case: [(case.pk, act) for act in ("respondent", "capacity", "referral")],
    "member": lambda case: [(case.pk, number) for number in _numbers(case)],
    "member_act": lambda case: [
        (case.pk, number, act) for number in _numbers(case) for act in ("alone", "off", "result")
    ],
    "case_calculators": lambda case: [case.pk],
    "case_calculator": lambda case: [(case.pk, "severance")],
    "turn_clock": lambda case: [
        (pk, "suspend") for pk in case.deadlines.values_list("pk", flat=True)
    ],
    "desk": lambda case: case.proceedings.values_list("pk", flat=True),
    "desk_act": lambda case: [
        (pk, name) for pk in case.proceedings.values_list("pk", flat=True) for name in ACTS
    ],
    "commission_way": lambda case: [
        (pk, name) for pk in case.proceedings.values_list("pk", flat=True) for name in WAYS
    ],
    "step": lambda case: Task.objects.filter(
        process__course__proceeding__case=case, flow_task_type="HUMAN"
    ).values_list("pk", flat=True),
    "deadline": lambda case: case.deadlines.values_list("pk", flat=True),
    "response": lambda case: case.responses.exclude(measure="known").values_list("pk", flat=True),
    "material": lambda case: case.evidence.values_list("pk", flat=True),
    "material_preview": lambda case: case.evidence.values_list("pk", flat=True),
    "material_page": lambda case: [(pk, 1) for pk in case.evidence.values_list("pk", flat=True)],
    **{
        name: lambda case: case.proceedings.values_list("pk", flat=True)
        for name in (
            "mediation_sessions",
            "record_draft",
            "agreement_terms",
            "agreement_sign",
            "agreement_take_back",
            "agreement_after",
            "agreement_apply",
        )
    },
    "case_papers": lambda case: [case.pk],
    "case_evidence": lambda case: [case.pk],
    "case_evidence_act": lambda case: [(case.pk, act) for act in ("list", "exchange", "opinion")],
    "case_dossiers": lambda case: [case.pk],
    "paper_draft": lambda case: [(case.pk, "power_of_attorney")],
    "paper_draft_page": lambda case: [(case.pk, f"{case.pk}-0", 1)],
    **{
        name: lambda case: case.papers.values_list("paper", flat=True)
        for name in ("paper", "paper_word", "paper_pdf", "paper_void")
    },
    "paper_page": lambda case: [
        (paper, 1) for paper in case.papers.values_list("paper", flat=True)
    ],
    "confirm": lambda case: case.proceedings.values_list("pk", flat=True),
    "party_field": lambda case: [
        (party.pk, field) for party in case.parties.all() for field in FIELDS
    ],
}
DOORS |= AID_DOORS
STATIONS = ("filed", "accepted", "settled", "in arbitration")


def doors_of(case):
    """Return every address at which something of *case* is behind the door: (name, path)."""
    found = []
    for name, keys in DOORS.items():
        for key in keys(case):
            args = key if isinstance(key, tuple) else (key,)
            found.append((name, reverse(name, args=args)))
    return found


def answers(client, doors):
    """Return {(method, path): status} of every door, knocked at in both ways."""
    return {
        (method, path): getattr(client, method)(path).status_code
        for _name, path in doors
        for method in ("get", "post")
    }


@pytest.fixture
def case(request, monkeypatch, clock, district_case, district_mediator, regional_head):
    """A case of 古塔区 with a file in it, at the station of its way that the test asks for."""
    station = getattr(request, "param", "accepted")
    picture = SimpleUploadedFile("工资条.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64, "image/png")
    add_evidence(district_case, file=picture, at=MONDAY, by=district_mediator)
    monkeypatch.setattr(converting, "PROGRAMS", ())
    issue_paper(
        district_case,
        "recusal_application",
        typed={"回避对象": "甲", "回避理由": "同学"},
        at=MONDAY,
        by=district_mediator,
    )
    _keep_to_few(district_case, district_mediator)
    if station != "filed":
        accept(district_case, mediator=district_mediator, head=regional_head)
    if station == "settled":
        meet(district_case, by=district_mediator, at=MONDAY + timedelta(hours=3), result="settled")
        record_consents(
            district_case, numbers=[1, 2], given=True, on=MONDAY.date(),
            at=MONDAY + timedelta(hours=4), by=district_mediator,
        )  # fmt: skip
        sign(district_case, by=district_mediator, at=MONDAY + timedelta(hours=4))
    if station == "in arbitration":
        leave_for_arbitration(district_case, at=MONDAY + timedelta(hours=5), by=district_mediator)
    clock.shift(timedelta(hours=6))
    return district_case.case


def _keep_to_few(proceeding, mediator):
    """Ask for a recusal, name somebody and let somebody in: each has a door of its own."""
    rostered(proceeding, 2, by=mediator)
    told = {"case": proceeding.case, "user": mediator, "reason": "经办"}
    Named.objects.create(**told, at=MONDAY)
    CaseGrant.objects.create(
        **told, kind=CaseGrant.Kind.REASON, granted_at=MONDAY, until=MONDAY.date()
    )
    # Of somebody who has nothing to do here: whoever is asked to keep away does no step meanwhile.
    deputy = factories.make_user("gutafz", "方正", office=proceeding.office, role=Role.HEAD)
    ask_recusal(
        proceeding, person=deputy, asker="applicant", form="oral", ground="other", reason="同学",
        asked_on=MONDAY.date(), at=MONDAY, by=mediator,
    )  # fmt: skip


def test_no_door_with_a_key_is_forgotten_here():
    keyed = {
        name
        for name, entries in get_resolver().reverse_dict.lists()
        if isinstance(name, str) and any(params for entry in entries for _p, params in entry[0])
    }
    # The others are walked, or their test named, in the table of leaks.
    assert set(DOORS) <= keyed <= set(DOORS) | set(leaks.DOORS)


def test_no_two_doors_share_a_name():
    names = [
        (name, len(entries))
        for name, entries in get_resolver().reverse_dict.lists()
        if isinstance(name, str)
    ]
    assert [name for name, count in names if count > 1] == []


@pytest.mark.parametrize("case", STATIONS, indirect=True)
def test_a_mediator_of_another_district_finds_nothing(client, case, other_mediator):
    client.force_login(other_mediator)
    doors = doors_of(case)
    assert {name for name, _path in doors} == set(DOORS)
    assert set(answers(client, doors).values()) <= {404, 405}
    only_post = [name for name, path in doors if client.get(path).status_code == 405]
    assert list(dict.fromkeys(only_post)) == [
        "case_note",
        "case_materials",
        "upload_begin",
        "name_strike",
        "grant_end",
        "record_draft",
        "agreement_take_back",
        "agreement_apply",
        "paper_void",
    ]


def test_nobody_enters_without_logging_in(client, case):
    doors = doors_of(case)
    for name, path in doors:
        for method in ("get", "post"):
            answer = getattr(client, method)(path)
            assert (name, answer.status_code) == (name, 302)
            assert answer.url.startswith("/login/")


def test_a_colleague_without_the_duty_is_refused_and_not_lied_to(client, case, register):
    colleague = factories.make_user(
        "gutabs", "邓琳", office=register.guta, role=Role.FEDERATION_CLERK
    )
    client.force_login(colleague)
    doors = doors_of(case)
    acting = [door for door in doors if door[0] in {"withdraw", "arbitrate", "handler"}]
    assert set(answers(client, acting).values()) == {403}
    steps = [door for door in doors if door[0] == "step"]
    # A step that is done says so to who may read the case.
    assert set(answers(client, steps).values()) == {403, 409}
    reading = [door for door in doors if door[0] in {"case", "deadline", "material"}]
    assert {client.get(path).status_code for _name, path in reading} == {200}


def test_a_mediator_does_not_give_files_away(client, district_case, district_mediator):
    client.force_login(district_mediator)
    path = reverse("handler", args=[district_case.case_id])
    assert client.get(path).status_code == 403
    assert client.post(path, {"reason": "换人"}).status_code == 403
