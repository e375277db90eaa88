"""Arbitration from the receipt of the application to the service of the award."""

from datetime import date, datetime, timedelta

import pytest

from arbitration.domain import awards, defence, docket, hearings, panels, receipts, service
from disputes.models import Case, Outcome
from tests.factories import MONDAY, SHANGHAI
from tests.workflows.walking import do, open_titles

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + timedelta(days=1)
HEARING = datetime(2026, 10, 12, 9, tzinfo=SHANGHAI)
AFTER_HEARING = HEARING + timedelta(hours=3)


def receive(proceeding, clerk, **facts):
    facts = {"signed_on": MONDAY.date(), "complete": True, **facts}
    do(
        proceeding, "receive", receipts.receive, by=clerk, at=MONDAY,
        received_on=MONDAY.date(), **facts,
    )  # fmt: skip


def docket_case(proceeding, head, **facts):
    facts = {
        "docketed": True,
        "notice_served_on": TUESDAY.date(),
        "notice_method": "direct",
    } | facts
    do(proceeding, "docket", docket.decide, by=head, at=TUESDAY, **facts)


def prepare(proceeding, clerk, arbitrator):
    do(
        proceeding, "panel", panels.form_panel, by=clerk, at=TUESDAY, sole=True,
        presiding=arbitrator, reason="简单案件", conflict_declared=True, notified_on=TUESDAY.date(),
    )  # fmt: skip
    do(
        proceeding, "serve_copy", service.serve_copy, by=clerk, at=TUESDAY,
        served_on=TUESDAY.date(), method="direct", receipt="单位前台签收",
    )  # fmt: skip
    proceeding.refresh_from_db()


def answer(proceeding, clerk):
    do(
        proceeding, "defence", defence.record_defence, by=clerk, at=MONDAY + timedelta(days=4),
        received=True, received_on=date(2026, 9, 10),
    )  # fmt: skip


def set_hearing(proceeding, clerk):
    do(
        proceeding, "set_hearing", hearings.set_hearing, by=clerk, at=MONDAY + timedelta(days=7),
        starts_at=HEARING, ends_at=HEARING + timedelta(hours=2), mode="room", new_room="第一仲裁庭",
        notified_on=date(2026, 9, 14), notice_method="direct",
    )  # fmt: skip


def hear(proceeding, arbitrator, result, **facts):
    facts = {"applicant_present": True, "respondent_present": True, **facts}
    do(
        proceeding, "hearing", hearings.hold_hearing, by=arbitrator, at=AFTER_HEARING,
        mediation_tried=True, record="双方陈述、举证、质证。", result=result, **facts,
    )  # fmt: skip


@pytest.fixture
def docketed(arbitration_case, arbitration_clerk, commission_head):
    receive(arbitration_case, arbitration_clerk)
    docket_case(arbitration_case, commission_head)
    return arbitration_case


@pytest.fixture
def ready(docketed, arbitration_clerk, arbitrator):
    prepare(docketed, arbitration_clerk, arbitrator)
    return docketed


def test_an_incomplete_application_is_corrected_before_it_is_docketed(
    arbitration_case, arbitration_clerk
):
    receive(
        arbitration_case,
        arbitration_clerk,
        complete=False,
        missing="证据清单",
        asked_on=MONDAY.date(),
    )
    assert open_titles(arbitration_case) == ["correction"]
    do(
        arbitration_case, "correction", receipts.receive_correction, by=arbitration_clerk,
        at=TUESDAY, received="证据清单", received_on=TUESDAY.date(),
    )  # fmt: skip
    assert open_titles(arbitration_case) == ["docket"]


def test_a_refused_application_closes_the_case(
    arbitration_case, arbitration_clerk, commission_head
):
    receive(arbitration_case, arbitration_clerk)
    docket_case(arbitration_case, commission_head, docketed=False, reasons="不属于受案范围")
    arbitration_case.refresh_from_db()
    assert (arbitration_case.outcome, open_titles(arbitration_case)) == (Outcome.REFUSED, [])


def test_panel_and_service_of_the_copy_run_beside_each_other(docketed):
    assert open_titles(docketed) == ["panel", "serve_copy"]


def test_the_hearing_is_set_while_the_answer_is_awaited(ready):
    assert open_titles(ready) == ["defence", "set_hearing"]


def test_an_award_per_claim_is_served_and_closes_the_case(ready, arbitration_clerk, arbitrator):
    answer(ready, arbitration_clerk)
    set_hearing(ready, arbitration_clerk)
    assert open_titles(ready) == ["hearing"]
    hear(ready, arbitrator, "concluded")
    assert open_titles(ready) == ["award"]
    claim = ready.case.claims.get()
    do(
        ready, "award", awards.decide, by=arbitrator, at=AFTER_HEARING + timedelta(days=1),
        kind="award", decided_on=date(2026, 10, 13), reasons="工资应足额支付。",
        claims=[
            {
                "claim": claim, "supported": "full", "amount_awarded": claim.amount, "paper": "",
                "override_reason": "",
            }
        ],
    )  # fmt: skip
    assert open_titles(ready) == ["serve"]
    served = {"served_on": date(2026, 10, 14), "method": "direct", "receipt": "签收"}
    services = [{"party": party, **served} for party in ready.case.parties.all()]
    do(
        ready, "serve", service.serve_award, by=arbitration_clerk,
        at=AFTER_HEARING + timedelta(days=3), services=services,
    )  # fmt: skip
    ready.refresh_from_db()
    assert ready.outcome == Outcome.FINAL_AWARD
    case = Case.objects.get(pk=ready.case_id)
    assert (case.ended_at is not None, case.defence_line) == (True, 3)
    assert open_titles(ready) == []


def test_an_adjourned_hearing_is_set_again(ready, arbitration_clerk, arbitrator):
    answer(ready, arbitration_clerk)
    set_hearing(ready, arbitration_clerk)
    hear(ready, arbitrator, "adjourned")
    assert open_titles(ready) == ["set_hearing"]


def test_an_absent_applicant_is_treated_as_having_withdrawn(ready, arbitration_clerk, arbitrator):
    answer(ready, arbitration_clerk)
    set_hearing(ready, arbitration_clerk)
    hear(ready, arbitrator, "applicant_absent", applicant_present=False)
    ready.refresh_from_db()
    assert (ready.outcome, open_titles(ready)) == (Outcome.DEEMED_WITHDRAWN, [])


def test_an_answer_that_never_came_does_not_hold_the_case(ready, arbitration_clerk, arbitrator):
    set_hearing(ready, arbitration_clerk)
    assert open_titles(ready) == ["defence", "hearing"]
    hear(ready, arbitrator, "concluded")
    assert open_titles(ready) == ["award"]
