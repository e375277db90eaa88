"""Mediation from step to step, as people do it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from viewflow.workflow.models import Process

from disputes.models import Case, Deadline, Outcome, Proceeding, Tier
from mediation.domain import acceptance, agreements, appointment, choice, failure, sessions
from tests import factories
from tests.factories import MONDAY
from tests.workflows.walking import do, open_titles, task_of, timers
from workflows.courses import (
    StepTaken,
    change_handler,
    complete_step,
    leave_for_arbitration,
    withdraw,
)
from workflows.timers import fire_due

pytestmark = pytest.mark.django_db


def accept(proceeding, *, mediator, head, at=MONDAY):
    """Walk from the filed application to an appointed mediator."""
    do(proceeding, "examine", acceptance.examine, by=mediator, at=at, in_scope=True, complete=True)
    consult(proceeding, by=mediator, at=at, answer="agreed")
    do(proceeding, "decide", acceptance.decide, by=head, at=at, accepted=True)
    do(
        proceeding,
        "appoint",
        appointment.appoint,
        by=head,
        at=at,
        mediator=mediator,
        reason="熟悉该行业",
        conflict_declared=True,
    )
    proceeding.refresh_from_db()


def consult(proceeding, *, by, at, answer):
    do(
        proceeding,
        "consult",
        acceptance.consult,
        by=by,
        at=at,
        asked_at=at,
        method="phone",
        answer=answer,
    )


def meet(proceeding, *, by, at, result):
    do(
        proceeding,
        "mediate",
        sessions.record_session,
        by=by,
        at=at,
        started_at=at - timedelta(hours=1),
        ended_at=at,
        mode="on_site",
        place="调解室一",
        attendance="双方到场",
        recusal_told=True,
        statements="双方陈述",
        host=by,
        result=result,
        next_at=at + timedelta(days=1) if result == "adjourned" else None,
    )


def sign(proceeding, *, by, at):
    day = timezone.localdate(at)
    do(
        proceeding,
        "agreement",
        agreements.sign_agreement,
        by=by,
        at=at,
        terms="单位于9月30日前支付工资14600元。",
        amount="14600.00",
        performance_by=day + timedelta(days=10),
        performance_mode="once",
        confirms_relationship=False,
        copies=3,
        worker_signed_on=day,
        employer_signed_on=day,
        mediator_signed_on=day,
        sealed_on=day,
        handed_over=True,
    )


@pytest.fixture
def accepted(district_case, district_mediator, regional_head):
    accept(district_case, mediator=district_mediator, head=regional_head)
    return district_case


def test_a_filed_case_waits_to_be_examined_and_its_clocks_run(district_case):
    assert open_titles(district_case) == ["examine"]
    running = set(
        Deadline.objects.running()
        .filter(case=district_case.case)
        .values_list("rule__rule_id", flat=True)
    )
    assert running == {"MED_ACCEPT", "MED_STAT_EXIT", "LIMITATION"}


def test_an_incomplete_application_goes_through_correction_and_back(
    district_case, district_mediator
):
    do(
        district_case,
        "examine",
        acceptance.examine,
        by=district_mediator,
        at=MONDAY,
        in_scope=True,
        complete=False,
        missing="身份证复印件",
    )
    assert open_titles(district_case) == ["correction"]
    do(
        district_case,
        "correction",
        acceptance.receive_correction,
        by=district_mediator,
        at=MONDAY,
        received="身份证复印件",
        received_on=MONDAY.date(),
    )
    assert open_titles(district_case) == ["examine"]


def test_mediation_that_settles_closes_the_case_at_its_tier(accepted, district_mediator):
    meet(accepted, by=district_mediator, at=MONDAY + timedelta(hours=3), result="settled")
    assert open_titles(accepted) == ["agreement"]
    sign(accepted, by=district_mediator, at=MONDAY + timedelta(hours=4))
    accepted.refresh_from_db()
    assert accepted.outcome == Outcome.SETTLED
    case = Case.objects.get(pk=accepted.case_id)
    assert (case.defence_line, case.ended_at is not None) == (Tier.REGIONAL, True)
    assert open_titles(accepted) == []
    assert Process.objects.get(course__proceeding=accepted).status == "DONE"


def test_a_session_that_is_to_be_continued_leaves_the_step_open(accepted, district_mediator):
    meet(accepted, by=district_mediator, at=MONDAY + timedelta(hours=3), result="adjourned")
    assert open_titles(accepted) == ["mediate"]
    meet(accepted, by=district_mediator, at=MONDAY + timedelta(days=1), result="settled")
    assert open_titles(accepted) == ["agreement"]


def test_mediation_ends_by_itself_when_its_term_is_over(accepted):
    deadline = Deadline.objects.get(proceeding=accepted, rule__rule_id="MED_CLOSE")
    (timer,) = timers(accepted)
    assert timezone.localdate(timer.scheduled) == deadline.due_legal + timedelta(days=1)
    assert fire_due(at=timer.scheduled - timedelta(seconds=1)) == 0
    assert fire_due(at=timer.scheduled) == 1
    assert fire_due(at=timer.scheduled) == 0
    assert open_titles(accepted) == ["failure"]
    assert failure.of(accepted).reason == "expired"


def test_an_expired_enterprise_case_goes_on_to_its_region_by_itself(
    register, enterprise_mediator, enterprise_head
):
    proceeding = factories.make_case(register.enterprise, consents={"next_tier": True})
    accept(proceeding, mediator=enterprise_mediator, head=enterprise_head)
    (timer,) = timers(proceeding)
    assert fire_due(at=timer.scheduled) == 1
    proceeding.refresh_from_db()
    assert proceeding.outcome == Outcome.EXPIRED
    following = Proceeding.objects.get(case=proceeding.case, ordinal=2)
    assert (following.office, following.tier) == (register.guta, Tier.REGIONAL)
    assert open_titles(following) == ["examine"]


def test_without_her_consent_an_expired_case_waits_for_the_applicants_choice(
    register, enterprise_mediator, enterprise_head
):
    proceeding = factories.make_case(register.enterprise)
    accept(proceeding, mediator=enterprise_mediator, head=enterprise_head)
    (timer,) = timers(proceeding)
    fire_due(at=timer.scheduled)
    assert open_titles(proceeding) == ["failure"]


def test_refusal_leaves_the_choice_to_the_applicant(
    client, district_case, district_mediator, regional_head
):
    do(
        district_case,
        "examine",
        acceptance.examine,
        by=district_mediator,
        at=MONDAY,
        in_scope=True,
        complete=True,
    )
    consult(district_case, by=district_mediator, at=MONDAY, answer="refused")
    do(
        district_case,
        "decide",
        acceptance.decide,
        by=regional_head,
        at=MONDAY,
        accepted=False,
        reasons="对方不同意调解",
        notice_served_on=MONDAY.date(),
        notice_method="handed",
    )
    assert open_titles(district_case) == ["choice"]
    # Beside the choice stand her right and until when she can use it.
    client.force_login(district_mediator)
    step = reverse("step", args=[task_of(district_case, "choice").pk])
    shown = client.get(step).content.decode()
    limitation = district_case.case.deadlines.get(
        rule__rule_id="LIMITATION", state=Deadline.State.RUNNING
    )
    assert reverse("deadline", args=[limitation.pk]) in shown
    assert 'class="fx-right"' in shown
    do(
        district_case,
        "choice",
        choice.record_choice,
        by=district_mediator,
        at=MONDAY,
        choice="arbitration",
        on=MONDAY.date(),
    )
    district_case.refresh_from_db()
    assert district_case.outcome == Outcome.REFUSED
    following = Proceeding.objects.get(case=district_case.case, ordinal=2)
    assert (following.tier, open_titles(following)) == (Tier.ARBITRATION, ["receive"])


def test_a_case_may_be_withdrawn_in_the_middle_and_nothing_fires_afterwards(
    accepted, district_mediator
):
    (timer,) = timers(accepted)
    withdraw(accepted, reason="已私下和解", at=MONDAY + timedelta(days=1), by=district_mediator)
    assert (open_titles(accepted), timers(accepted).count()) == ([], 0)
    assert fire_due(at=timer.scheduled + timedelta(days=9)) == 0
    accepted.refresh_from_db()
    assert accepted.outcome == Outcome.WITHDRAWN


def test_the_worker_may_leave_for_arbitration_from_any_step(accepted, district_mediator):
    following = leave_for_arbitration(accepted, at=MONDAY + timedelta(days=1), by=district_mediator)
    accepted.refresh_from_db()
    assert accepted.outcome == Outcome.TO_ARBITRATION
    assert (following.tier, open_titles(following)) == (Tier.ARBITRATION, ["receive"])
    assert (open_titles(accepted), timers(accepted).count()) == ([], 0)


def test_open_steps_follow_the_file_to_its_new_handler(accepted, regional_head):
    change_handler(
        accepted,
        handler=regional_head,
        reason="休假",
        conflict_declared=True,
        at=MONDAY,
        by=regional_head,
    )
    meet(accepted, by=regional_head, at=MONDAY + timedelta(hours=3), result="settled")
    assert open_titles(accepted) == ["agreement"]


def test_a_step_that_was_done_is_not_done_twice(district_case, district_mediator, regional_head):
    task = task_of(district_case, "examine")
    facts = {"in_scope": True, "complete": True, "by": district_mediator, "at": MONDAY}
    complete_step(task, acceptance.examine, **facts)
    with pytest.raises(StepTaken, match="张敏"):
        complete_step(task, acceptance.examine, **{**facts, "by": regional_head})
    assert acceptance.last_examination(district_case).by == district_mediator
