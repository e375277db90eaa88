"""The simplified procedure, back to the ordinary one, and mediation that is commissioned."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from arbitration.domain import commissioned, simplified
from arbitration.domain.refusals import (
    AwardsAreFormal,
    CommissionedNow,
    DoneBefore,
    FigureMissing,
    FormalService,
    HeardAlready,
    Missing,
    NotCommissioned,
    NotDocketed,
    NotEntitled,
    NoticeUnconfirmed,
    NotSimple,
    NotSimplified,
    SimplifiedAlready,
    TermOver,
    TooMuchForSimple,
)
from arbitration.models import CommissionedMediation, SimplifiedProcedure
from disputes.domain.service import correcting, recording
from disputes.models import Case, Deadline, ServedPaper, Service, ServiceMethod
from law import edition
from law.models import LocalParameter
from tests.arbitration.acts import (
    at,
    bring_to,
    clock,
    day,
    hold,
    party,
    seat,
    serve,
    serve_copy,
    set_hearing,
    take_on,
    titles,
)

Ground = SimplifiedProcedure.Ground
Result = CommissionedMediation.Result


@pytest.fixture
def docketed(arbitration_case):
    take_on(arbitration_case)
    return arbitration_case


@pytest.fixture
def ready(arbitration_case, arbitrator):
    """Docketed, with panel, copy served and answered; no hearing set."""
    return bring_to(arbitration_case, "set_hearing", arbitrator)


def simplify(proceeding, head, *, at=at(9, 9, 10), **facts):
    facts = {
        "ground": Ground.CLEAR,
        "decided_on": day(9, 9),
        "decided_by": head,
        "harmless": True,
        **facts,
    }
    return simplified.simplify(proceeding, **facts, at=at, by=head)


def commission(proceeding, *, at=at(9, 21), **facts):
    facts = {
        "mediator": "古塔区总工会劳动争议调解中心",
        "applicant_agreed_on": day(9, 18),
        "respondent_agreed_on": day(9, 21),
        **facts,
    }
    return commissioned.commission(proceeding, **facts, at=at)


def average_wage(amount):
    LocalParameter.objects.create(
        name="avg_wage_year",
        region="锦州市",
        county="",
        amount=amount,
        in_force=DateRange(date(2026, 1, 1), None),
        source="测试",
        confidence="M",
    )
    edition.recheck()


def test_a_clear_case_is_simplified_and_the_45_days_stay(docketed, commission_head):
    before = clock(docketed, "ARB_AWARD").due_legal
    simplify(docketed, commission_head)
    assert simplified.is_simplified(docketed)
    assert clock(docketed, "ARB_AWARD").due_legal == before
    assert titles(docketed)[-1] == "Handled by the simplified procedure"
    with pytest.raises(SimplifiedAlready):
        simplify(docketed, commission_head)


def test_a_shorter_term_needs_the_respondents_consent(docketed, commission_head, arbitrator):
    with pytest.raises(Missing) as refused:
        simplify(docketed, commission_head, defence_days=5)
    assert refused.value.field == "agreed_on"
    simplify(docketed, commission_head, defence_days=5, agreed_on=day(9, 9))
    seat(docketed, arbitrator)
    serve_copy(docketed)
    defence = clock(docketed, "ARB_DEFENSE")
    assert (defence.amount, defence.due_legal) == (5, day(9, 17))


def test_a_term_that_runs_already_is_shortened(docketed, commission_head, arbitrator):
    seat(docketed, arbitrator)
    serve_copy(docketed)
    simplify(docketed, commission_head, at=at(9, 11), defence_days=5, agreed_on=day(9, 11))
    assert clock(docketed, "ARB_DEFENSE").due_legal == day(9, 17)


def test_a_small_amount_is_measured_by_the_figure_of_the_province(docketed, commission_head):
    with pytest.raises(FigureMissing):
        simplify(docketed, commission_head, ground=Ground.SMALL)
    average_wage(Decimal("10000"))
    with pytest.raises(TooMuchForSimple):
        simplify(docketed, commission_head, ground=Ground.SMALL)
    LocalParameter.objects.filter(name="avg_wage_year").update(amount=Decimal("14600"))
    edition.recheck()
    simplify(docketed, commission_head, ground=Ground.SMALL)


def test_agreement_of_both_is_dated(docketed, commission_head):
    with pytest.raises(Missing):
        simplify(docketed, commission_head, ground=Ground.AGREED)
    simplify(docketed, commission_head, ground=Ground.AGREED, agreed_on=day(9, 9))


def test_what_the_law_excludes_is_not_simplified(docketed, commission_head, arbitrator):
    with pytest.raises(NotSimple):
        simplify(docketed, commission_head, harmless=False)
    with pytest.raises(NotEntitled):
        simplify(docketed, arbitrator)
    serve_copy_publicly(docketed, arbitrator)
    with pytest.raises(NotSimple):
        simplify(docketed, commission_head, at=at(9, 11))
    correcting.correct(
        docketed.services.served().get(),
        correction="当事人到案，直接送达",
        method=ServiceMethod.DIRECT,
        served_on=day(9, 10),
        receipt="前台签收",
        at=at(9, 11),
    )
    Case.objects.update(grade="major")
    docketed.case.refresh_from_db()
    with pytest.raises(NotSimple):
        simplify(docketed, commission_head, at=at(9, 11))


def serve_copy_publicly(proceeding, arbitrator):
    seat(proceeding, arbitrator)
    serve_copy(proceeding, method=ServiceMethod.PUBLIC, receipt="公告")


def test_only_a_docketed_case_is_simplified(arbitration_case, commission_head):
    with pytest.raises(NotDocketed):
        simplify(arbitration_case, commission_head)


def test_telephone_service_is_for_simplified_cases_and_never_for_awards(
    docketed, commission_head, arbitrator
):
    seat(docketed, arbitrator)
    with pytest.raises(FormalService):
        serve_copy(docketed, method=ServiceMethod.SIMPLE)
    simplify(docketed, commission_head, at=at(9, 10))
    serve_copy(docketed, method=ServiceMethod.SIMPLE, receipt="短信回执")
    bring_to_award(docketed)
    with pytest.raises(AwardsAreFormal):
        serve(docketed, method=ServiceMethod.SIMPLE)


def bring_to_award(proceeding):
    from tests.arbitration.acts import answer, decide

    answer(proceeding)
    set_hearing(proceeding)
    hold(proceeding)
    decide(proceeding)


def test_nobody_is_absent_whom_an_unproved_call_may_not_have_reached(ready, commission_head):
    simplify(ready, commission_head, at=at(9, 21), decided_on=day(9, 21))
    hearing = set_hearing(ready, notice_method=ServiceMethod.SIMPLE)
    absent = {"respondent_present": False, "result": "default", "mediation_tried": False}
    with pytest.raises(NoticeUnconfirmed):
        hold(ready, **absent)
    for notice in ready.services.open().filter(sent_on=hearing.notified_on):
        recording.prove(
            notice,
            method=ServiceMethod.SIMPLE,
            served_on=hearing.notified_on,
            receipt="短信平台送达记录",
            at=at(10, 9),
        )
    hold(ready, **absent)


def test_an_ordinary_case_is_not_told_by_telephone(ready):
    with pytest.raises(FormalService):
        set_hearing(ready, notice_method=ServiceMethod.SIMPLE)


def test_a_case_that_proves_hard_is_turned_before_the_term_ends(docketed, commission_head):
    with pytest.raises(NotSimplified):
        simplified.convert(docketed, converted_on=day(9, 9), reason="x", at=at(9, 9))
    simplify(docketed, commission_head)
    before = clock(docketed, "ARB_AWARD").due_legal
    with pytest.raises(TermOver):
        simplified.convert(docketed, converted_on=day(11, 9), reason="案情复杂", at=at(11, 9))
    simplified.convert(docketed, converted_on=day(9, 30), reason="案情复杂", at=at(9, 30))
    assert not simplified.is_simplified(docketed)
    assert clock(docketed, "ARB_AWARD").due_legal == before
    with pytest.raises(SimplifiedAlready):
        simplify(docketed, commission_head)


@pytest.mark.parametrize(
    "facts",
    [
        {"defence_days": 5},
        {"defence_days": 10, "agreed_on": day(9, 9)},
        {"converted_on": day(9, 10)},
        {"converted_on": day(9, 8), "convert_reason": "x"},
    ],
)
def test_the_database_refuses_a_procedure_that_makes_no_sense(docketed, commission_head, facts):
    row = {
        "proceeding": docketed,
        "ground": Ground.CLEAR,
        "decided_on": day(9, 9),
        "decided_by": commission_head,
        "at": at(9, 9),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        SimplifiedProcedure.objects.create(**row | facts)


def test_the_database_refuses_an_award_by_telephone(docketed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.create(
            case=docketed.case,
            state="served",
            proceeding=docketed,
            party=party(docketed, "worker"),
            paper=ServedPaper.AWARD,
            method=ServiceMethod.SIMPLE,
            served_on=day(9, 9),
            received_on=day(9, 9),
            receipt="x",
            at=at(9, 9),
        )


def test_commissioned_mediation_has_ten_working_days_from_both_consents(ready):
    commission(ready)
    running = clock(ready, "ARB_COMMISSION_MED")
    assert (running.started_on, running.due_legal) == (day(9, 21), day(10, 12))
    with pytest.raises(CommissionedNow):
        set_hearing(ready)
    with pytest.raises(DoneBefore):
        commission(ready)


def test_without_a_settlement_it_is_back_to_the_hearing_and_nothing_is_told(ready):
    commission(ready)
    row = commissioned.report(
        ready, result=Result.FAILED, ended_on=day(9, 23), terms="单位愿付一万", at=at(9, 23)
    )
    assert row.terms == ""
    assert clock(ready, "ARB_COMMISSION_MED").state == Deadline.State.MET
    set_hearing(ready)
    with pytest.raises(NotCommissioned):
        commissioned.report(ready, result=Result.FAILED, ended_on=day(9, 23), at=at(9, 24))


def test_a_settlement_says_what_was_settled(ready):
    commission(ready)
    with pytest.raises(Missing):
        commissioned.report(ready, result=Result.SETTLED, ended_on=day(9, 23), at=at(9, 23))
    commissioned.report(
        ready, result=Result.SETTLED, ended_on=day(9, 23), terms="支付12000元", at=at(9, 23)
    )
    assert commissioned.settled_in(ready).terms == "支付12000元"


def test_it_comes_before_the_hearing(ready):
    with pytest.raises(Missing):
        commission(ready, mediator=" ")
    set_hearing(ready)
    hold(ready, result="adjourned")
    with pytest.raises(HeardAlready):
        commission(ready, at=at(10, 12))


@pytest.mark.parametrize(
    "facts",
    [
        {"mediator": ""},
        {"result": "settled", "ended_on": day(9, 23)},
        {"result": "failed"},
        {"result": "failed", "ended_on": day(9, 23), "terms": "x"},
        {"ended_on": day(9, 23)},
    ],
)
def test_the_database_refuses_a_commission_that_makes_no_sense(ready, facts):
    row = {
        "proceeding": ready,
        "mediator": "x",
        "applicant_agreed_on": day(9, 18),
        "respondent_agreed_on": day(9, 21),
        "at": at(9, 21),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        CommissionedMediation.objects.create(**row | facts)
