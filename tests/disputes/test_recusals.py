"""Recusals: asked for, decided, and the wall that follows."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from disputes.domain import recusals
from disputes.domain.assigning import assign
from disputes.domain.refusals import AlreadyClosed
from disputes.models import Named, Recusal, Wall
from disputes.permissions import can_view, readable_cases
from notices.models import Notice
from offices.duties import Role
from tests.factories import MONDAY, make_case, make_user
from tests.workflows.test_mediation_flow import accept
from tests.workflows.walking import open_titles, task_of
from workflows.courses import withdraw
from workflows.worklist import steps_for

TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY + timedelta(hours=5), tick=True):
        yield


@pytest.fixture
def case(register, district_mediator, regional_head):
    """A mediation that is under way in the hands of 张敏."""
    proceeding = make_case(register.guta, by=district_mediator)
    accept(proceeding, mediator=district_mediator, head=regional_head)
    proceeding.refresh_from_db()
    return proceeding


def ask(proceeding, person, *, by, **facts):
    facts = {
        "asker": Recusal.Asker.APPLICANT,
        "form": Recusal.Form.ORAL,
        "ground": Recusal.Ground.KIN,
        "reason": "是单位经理的妻子",
        "asked_on": TODAY,
        **facts,
    }
    return recusals.ask_recusal(proceeding, person=person, **facts, at=MONDAY, by=by)


def decide(recusal, *, by, granted=True):
    return recusals.decide_recusal(
        recusal, granted=granted, decision="属实", at=MONDAY + timedelta(hours=1), by=by
    )


def test_a_recusal_becomes_a_wall_and_the_file_is_nobodys(
    case, district_mediator, regional_head, register
):
    colleague = make_user("guta2", "周洋", office=register.guta, role=Role.MEDIATOR)
    Named.objects.create(case=case.case, user=district_mediator, reason="x", at=MONDAY)
    recusal = decide(ask(case, district_mediator, by=colleague), by=regional_head)
    assert (recusal.granted, recusal.decided_by) == (True, regional_head)
    assert Wall.objects.get().user == district_mediator
    assert not can_view(district_mediator, case.case, on=TODAY)
    assert not Named.objects.exists()
    case.refresh_from_db()
    assert case.handler is None
    # Its steps wait for whoever may take them up; the head was told to name another.
    assert open_titles(case) == ["mediate"]
    task = task_of(case, "mediate")
    assert (task.owner, task.status) == (None, "NEW")
    assert steps_for(colleague, on=TODAY).filter(pk=task.pk).exists()
    assert not steps_for(district_mediator, on=TODAY).exists()
    told = Notice.objects.filter(recipient=regional_head, verb__contains="no handler")
    assert told.exists()


def test_the_clock_runs_on(case, district_mediator, regional_head):
    clock = case.deadlines.get(rule__rule_id="MED_CLOSE", state="running")
    decide(ask(case, district_mediator, by=regional_head), by=regional_head)
    assert case.deadlines.get(pk=clock.pk).due_legal == clock.due_legal


def test_what_is_refused_changes_nothing(case, district_mediator, regional_head):
    recusal = decide(
        ask(case, district_mediator, by=regional_head), by=regional_head, granted=False
    )
    assert recusal.granted is False
    assert not Wall.objects.exists()
    case.refresh_from_db()
    assert case.handler == district_mediator


def test_the_wall_takes_the_place_beside_the_handler_too(case, register, regional_head):
    member = make_user("guta2", "周洋", office=register.guta, role=Role.MEDIATOR)
    assign(case, [member])
    decide(ask(case, member, by=regional_head), by=regional_head)
    assert not case.assignments.exists()
    assert not readable_cases(member, on=TODAY).filter(pk=case.case_id).exists()


def test_the_head_s_own_is_decided_by_the_committee(case, district_mediator, regional_head):
    recusal = ask(case, regional_head, by=district_mediator)
    assert list(recusals.deciders_of(recusal, on=TODAY)) == [district_mediator]
    with pytest.raises(recusals.NotOnOneself):
        decide(recusal, by=regional_head)
    assert decide(recusal, by=district_mediator).by_committee
    assert not can_view(regional_head, case.case, on=TODAY)


def test_a_second_head_decides_about_the_first(case, register, regional_head, district_mediator):
    second = make_user("gutazr2", "副主任", office=register.guta, role=Role.HEAD)
    recusal = ask(case, regional_head, by=district_mediator)
    assert list(recusals.deciders_of(recusal, on=TODAY)) == [second]


def test_requests_that_cannot_be(case, district_mediator, other_mediator, regional_head):
    with pytest.raises(recusals.NotHere):
        ask(case, other_mediator, by=regional_head)
    with pytest.raises(recusals.NotYet):
        ask(case, district_mediator, by=regional_head, asked_on=TODAY + timedelta(days=1))
    recusal = ask(case, district_mediator, by=regional_head)
    with pytest.raises(recusals.AskedBefore):
        ask(case, district_mediator, by=regional_head)
    decide(recusal, by=regional_head)
    with pytest.raises(recusals.Decided):
        decide(recusal, by=regional_head)
    with pytest.raises(recusals.KeptAway):
        ask(case, district_mediator, by=regional_head)


def test_nothing_is_asked_of_a_closed_proceeding(case, district_mediator, regional_head):
    withdraw(case, reason="和解", at=MONDAY + timedelta(hours=2), by=district_mediator)
    case.refresh_from_db()
    with pytest.raises(AlreadyClosed):
        ask(case, district_mediator, by=regional_head)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"reason": ""}, "recusal_says_why"),
        ({"granted": True}, "recusal_decided_whole"),
        ({"decided": "herself"}, "recusal_decided_by_another"),
    ],
)
def test_the_database_keeps_the_rules_of_recusals(case, district_mediator, facts, constraint):
    row = {"reason": "亲属", "asker": "applicant", "form": "oral", "ground": "kin", **facts}
    if row.pop("decided", None):
        row |= {"granted": True, "decision": "是", "decided_at": MONDAY}
        row["decided_by"] = district_mediator
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Recusal.objects.create(
            proceeding=case,
            person=district_mediator,
            asked_on=date(2026, 9, 7),
            recorded_at=MONDAY,
            **row,
        )


def test_it_is_asked_and_decided_on_pages(client, case, district_mediator, regional_head):
    client.force_login(district_mediator)
    answers = {
        "person": district_mediator.pk,
        "asker": "herself",
        "form": "written",
        "asked_on": TODAY,
        "ground": "interest",
        "reason": "持有该公司股份",
    }
    door = reverse("recusal_ask", args=[case.case_id])
    assert client.post(door, {**answers, "reason": ""}).status_code == 422
    assert client.post(door, answers).status_code == 302
    recusal = Recusal.objects.get()
    page = reverse("recusal", args=[recusal.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"granted": "yes", "decision": "是"}).status_code == 403
    client.force_login(regional_head)
    assert client.post(page, {"granted": "yes"}).status_code == 422
    assert client.post(page, {"granted": "yes", "decision": "属实"}).status_code == 302
    assert client.get(page).status_code == 200
    client.force_login(district_mediator)
    for url in (page, door, reverse("case", args=[case.case_id])):
        assert client.get(url).status_code == 404


def test_strangers_and_those_above_do_not_ask(client, case, other_mediator, leader, register):
    recusal = ask(case, case.handler, by=case.handler)
    colleague = make_user("guta2", "周洋", office=register.guta, role=Role.MEDIATOR)
    for person, status in ((other_mediator, 404), (leader, 403), (colleague, 403)):
        client.force_login(person)
        for door in (
            reverse("recusal_ask", args=[case.case_id]),
            reverse("recusal", args=[recusal.pk]),
        ):
            assert client.get(door).status_code == status, (person, door)
            assert client.post(door).status_code == status, (person, door)
