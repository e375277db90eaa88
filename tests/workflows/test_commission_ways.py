"""What the commission does to the course of a case beside its steps."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from arbitration.domain import (
    awards,
    commissioned,
    defence,
    docket,
    hearings,
    panels,
    parties,
    receipts,
    service,
)
from arbitration.domain.refusals import (
    AskedTooLate,
    GroundDoesNotFit,
    Missing,
    NoStatementToRegret,
    NotDocketed,
    NotEntitled,
    PassedOnByCommission,
    SignedForIt,
)
from arbitration.models import Decision, Receipt, SpecialEnding
from disputes.models import Case, Deadline, Outcome, Proceeding
from offices.duties import Role
from offices.models import Office
from tests import factories
from tests.arbitration.acts import at, clock, day, party, titles
from tests.workflows.walking import do, open_titles
from workflows import commission, ways

pytestmark = pytest.mark.django_db

Kind, Ground = SpecialEnding.Kind, SpecialEnding.Ground


@pytest.fixture
def docketed(arbitration_case, arbitration_clerk, commission_head):
    case = arbitration_case
    do(
        case, "receive", receipts.receive, by=arbitration_clerk, at=at(9, 7),
        received_on=day(9, 7), signed_on=day(9, 7), complete=True,
    )  # fmt: skip
    do(case, "docket", docket.decide, by=commission_head, at=at(9, 9), docketed=True)
    case.refresh_from_db()
    return case


@pytest.fixture
def ready(docketed, arbitration_clerk, arbitrator):
    """Docketed with panel and copy served: the defence and the hearing are open."""
    do(
        docketed, "panel", panels.form_panel, by=arbitration_clerk, at=at(9, 10), sole=True,
        presiding=arbitrator, reason="事实清楚", conflict_declared=True, notified_on=day(9, 10),
    )  # fmt: skip
    do(
        docketed, "serve_copy", service.serve_copy, by=arbitration_clerk, at=at(9, 10),
        served_on=day(9, 10), method="direct", receipt="签收",
    )  # fmt: skip
    docketed.refresh_from_db()
    return docketed


@pytest.fixture
def set_case(ready, arbitration_clerk):
    do(
        ready, "set_hearing", hearings.set_hearing, by=arbitration_clerk, at=at(9, 24),
        starts_at=at(10, 9, 9), ends_at=at(10, 9, 12), mode="room", new_room="第一仲裁庭",
        notified_on=day(9, 24), notice_method="direct",
    )  # fmt: skip
    return ready


@pytest.fixture
def linghai(register):
    return factories.make_office(
        "凌海市劳动人事争议仲裁委员会",
        "凌海劳人仲",
        Office.Tier.ARBITRATION,
        Office.Kind.ARBITRATION_COMMISSION,
        county="凌海市",
    )


def end(proceeding, head, kind=Kind.CANCELLED, *, at=at(9, 28), **facts):
    facts = {
        "ground": Ground.OUT_OF_SCOPE,
        "reasons": "社保机构发放待遇争议",
        "decided_on": day(9, 22),
        "notice_served_on": day(9, 28),
        "notice_method": "direct",
        "decided_by": head,
        **facts,
    }
    return commission.end_specially(proceeding, kind=kind, **facts, at=at, by=head)


def test_a_case_wrongly_docketed_is_cancelled_and_the_parties_told(ready, commission_head):
    end(ready, commission_head)
    ready.refresh_from_db()
    assert (ready.outcome, open_titles(ready)) == (Outcome.CANCELLED, [])
    assert Case.objects.get(pk=ready.case_id).ended_at
    notice = clock(ready, "ARB_CANCEL")
    assert (notice.due_legal, notice.state) == (day(9, 30), Deadline.State.MET)
    assert ready.services.filter(paper="ending").count() == 2


def test_a_late_notice_of_the_cancellation_shows(ready, commission_head):
    end(ready, commission_head, at=at(10, 9), notice_served_on=day(10, 9))
    assert clock(ready, "ARB_CANCEL").state == Deadline.State.LATE


def test_a_case_that_went_to_court_because_the_award_was_late_is_ended(ready, commission_head):
    sued = {"ground": Ground.SUED, "reasons": "逾期未裁,法院已立案"}
    with pytest.raises(Missing):
        end(ready, commission_head, Kind.TERMINATED, **sued)
    end(
        ready, commission_head, Kind.TERMINATED, **sued, court="古塔区人民法院",
        court_number="(2026)辽0702民初9号",
    )  # fmt: skip
    ready.refresh_from_db()
    assert ready.outcome == Outcome.TERMINATED


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"ground": Ground.SUED}, GroundDoesNotFit),
        ({"reasons": " "}, Missing),
        ({"notice_method": ""}, Missing),
    ],
)
def test_an_impossible_ending_leaves_the_course_alone(ready, commission_head, facts, refusal):
    with pytest.raises(refusal):
        end(ready, commission_head, **facts)
    assert open_titles(ready) == ["defence", "set_hearing"]


def test_only_the_head_ends_and_only_what_was_docketed(
    ready, arbitrator, register, arbitration_clerk, commission_head
):
    with pytest.raises(NotEntitled):
        end(ready, arbitrator)
    other = factories.make_case(register.commission, by=arbitration_clerk)
    with pytest.raises(NotDocketed):
        end(other, commission_head)


@pytest.mark.parametrize(
    "facts",
    [
        {"reasons": ""},
        {"ground": "sued"},
        {"kind": "terminated", "ground": "sued"},
        {"kind": "terminated", "ground": "pending"},
        {"notice_served_on": day(9, 21)},
    ],
)
def test_the_database_refuses_an_ending_that_makes_no_sense(ready, commission_head, facts):
    row = {
        "proceeding": ready,
        "kind": "cancelled",
        "ground": "other",
        "reasons": "x",
        "decided_on": day(9, 22),
        "decided_by": commission_head,
        "notice_served_on": day(9, 22),
        "notice_method": "direct",
        "at": at(9, 22),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        SpecialEnding.objects.create(**row | facts)


def test_a_transferred_case_starts_its_45_days_again_with_the_taking_over(
    ready, commission_head, linghai
):
    parties.raise_objection(
        ready, party=party(ready, "employer"), raised_on=day(9, 18),
        grounds="合同履行地在凌海市", at=at(9, 18),
    )  # fmt: skip
    there = commission.transfer(
        ready, office=linghai, reasons="履行地在凌海市", at=at(9, 21), by=commission_head
    )
    ready.refresh_from_db()
    assert (ready.outcome, open_titles(ready)) == (Outcome.TRANSFERRED, [])
    assert there.number.startswith("凌海劳人仲")
    objection = ready.jurisdiction_objections.get()
    assert (objection.upheld, objection.transferred_to) == (True, linghai)
    take_over(there, linghai)
    assert Receipt.objects.get(proceeding=there).manner == Receipt.Manner.TRANSFERRED
    award = Deadline.objects.get(proceeding=there, rule__rule_id="ARB_AWARD")
    # Taken over on the 23rd, docketed on the 28th: the 23rd counts.
    assert award.started_on == day(9, 23)


def take_over(proceeding, office):
    clerk = factories.make_user("lh1", "丁云", office=office, role=Role.ARBITRATION_CLERK)
    head = factories.make_user("lh2", "包敏", office=office, role=Role.COMMISSION_HEAD)
    do(
        proceeding, "receive", receipts.receive, by=clerk, at=at(9, 23), received_on=day(9, 23),
        signed_on=day(9, 7), complete=True,
    )  # fmt: skip
    with pytest.raises(PassedOnByCommission):
        do(
            proceeding, "docket", docket.decide, by=head, at=at(9, 28), docketed=False,
            reasons="不属本委管辖", notice_served_on=day(9, 28), notice_method="direct",
        )  # fmt: skip
    do(proceeding, "docket", docket.decide, by=head, at=at(9, 28), docketed=True)


def test_a_commission_outside_of_the_house_gets_it_through_the_sender(
    ready, commission_head, linghai, register
):
    linghai.handled_here = False
    linghai.save()
    there = commission.transfer(
        ready, office=linghai, reasons="履行地在凌海市", at=at(9, 21), by=commission_head
    )
    assert (there.desk, open_titles(there)) == (register.commission, ["send"])


def test_a_granted_postponement_leads_back_to_setting_the_hearing(set_case, commission_head):
    asked = {"party": party(set_case, "employer"), "asked_on": day(9, 28), "reason": "住院"}
    commission.postpone(
        set_case, granted=False, note="理由不充分", **asked, at=at(9, 28), by=commission_head
    )
    assert open_titles(set_case) == ["defence", "hearing"]
    commission.postpone(set_case, granted=True, **asked, at=at(9, 28), by=commission_head)
    assert open_titles(set_case) == ["defence", "set_hearing"]
    assert set_case.hearings.get().cancelled


def test_a_late_request_moves_nothing(set_case, commission_head):
    with pytest.raises(AskedTooLate):
        commission.postpone(
            set_case, granted=True, party=party(set_case, "employer"), asked_on=day(9, 30),
            reason="住院", at=at(9, 30), by=commission_head,
        )  # fmt: skip
    assert open_titles(set_case) == ["defence", "hearing"]


def test_papers_that_never_came_do_not_hold_the_application_for_ever(
    arbitration_case, arbitration_clerk, commission_head
):
    case = arbitration_case
    with pytest.raises(commission.NotWaitingForPapers):
        commission.decide_without_papers(case, reason="x", at=at(9, 8), by=arbitration_clerk)
    do(
        case, "receive", receipts.receive, by=arbitration_clerk, at=at(9, 7),
        received_on=day(9, 7), signed_on=day(9, 7), complete=False, missing="身份证明",
        asked_on=day(9, 7), asked_method="mail",
    )  # fmt: skip
    assert case.services.get(paper="correction").method == "mail"
    commission.decide_without_papers(
        case, reason="至18日未补正", at=at(9, 18), by=arbitration_clerk
    )
    assert open_titles(case) == ["docket"]
    do(
        case, "docket", docket.decide, by=commission_head, at=at(9, 18), docketed=False,
        reasons="未在期限内补正", notice_served_on=day(9, 18), notice_method="direct",
    )  # fmt: skip
    case.refresh_from_db()
    assert case.outcome == Outcome.REFUSED


def test_a_settlement_before_the_hearing_becomes_a_statement(ready, arbitrator, arbitration_clerk):
    with pytest.raises(commission.NotSettled):
        commission.go_to_statement(ready, at=at(9, 28), by=arbitrator)
    commissioned.commission(
        ready, mediator="古塔区总工会劳动争议调解中心", applicant_agreed_on=day(9, 21),
        respondent_agreed_on=day(9, 21), at=at(9, 21),
    )  # fmt: skip
    commissioned.report(
        ready, result="settled", ended_on=day(9, 28), terms="支付12000元", at=at(9, 28)
    )
    commission.go_to_statement(ready, at=at(9, 28), by=arbitrator)
    assert open_titles(ready) == ["award"]
    claim = ready.case.claims.get()
    facts = {"claim": claim, "supported": "part", "amount_awarded": 12000, "paper": ""}
    do(
        ready, "award", awards.decide, by=arbitrator, at=at(9, 28), kind="statement",
        decided_on=day(9, 28), reasons="双方自愿", claims=[facts | {"override_reason": ""}],
    )  # fmt: skip
    served = {"served_on": day(9, 29), "method": "direct", "receipt": "签收"}
    services = [{"party": each, **served} for each in ready.case.parties.all()]
    do(ready, "serve", service.serve_award, by=arbitration_clerk, at=at(9, 29), services=services)
    ready.refresh_from_db()
    assert (ready.outcome, ready.settled_amount) == (Outcome.MEDIATED_AWARD, 12000)


def test_a_case_has_exactly_one_open_proceeding_or_an_end(ready, commission_head, linghai):
    commission.transfer(ready, office=linghai, reasons="管辖", at=at(9, 21), by=commission_head)
    assert Proceeding.objects.filter(case=ready.case, closed_at__isnull=True).count() == 1
    assert titles(ready)[-1] != ""


@pytest.fixture
def stated(set_case, arbitrator, arbitration_clerk):
    """A statement of what the parties settled at the hearing, served on the worker alone."""
    do(set_case, "defence", defence.record_defence, by=arbitration_clerk, at=at(9, 24),
       received=False)  # fmt: skip
    do(
        set_case, "hearing", hearings.hold_hearing, by=arbitrator, at=at(10, 9, 12),
        applicant_present=True, respondent_present=True, mediation_tried=True,
        record="双方达成调解。", result="mediated",
    )  # fmt: skip
    decide(set_case, arbitrator, kind="statement")
    serve(set_case, arbitration_clerk, party(set_case, "worker"))
    return set_case


def decide(proceeding, arbitrator, *, kind, moment=at(10, 9, 13)):
    facts = {"supported": "part", "amount_awarded": 12000, "paper": "", "override_reason": ""}
    claim = proceeding.case.claims.get()
    do(
        proceeding, "award", awards.decide, by=arbitrator, at=moment, kind=kind,
        decided_on=moment.date(), reasons="双方自愿", claims=[facts | {"claim": claim}],
    )  # fmt: skip


def serve(proceeding, clerk, *parties, moment=at(10, 10)):
    served = {"served_on": moment.date(), "method": "direct", "receipt": "签收"}
    services = [{"party": each, **served} for each in parties]
    do(proceeding, "serve", service.serve_award, by=clerk, at=moment, services=services)


def test_who_has_not_signed_for_the_statement_goes_back_on_it_and_an_award_follows(
    client, time_machine, stated, arbitrator, arbitration_clerk
):
    worker, employer = party(stated, "worker"), party(stated, "employer")
    term = clock(stated, "ARB_AWARD").due_legal
    facts = {"on": day(10, 10), "reason": "不同意", "at": at(10, 10, 11), "by": arbitration_clerk}
    with pytest.raises(SignedForIt):
        commission.go_back_on(stated, party=worker, **facts)
    time_machine.move_to(at(10, 10, 11))
    client.force_login(arbitration_clerk)
    desk = client.get(reverse("desk", args=[stated.pk]) + "?part=decisions").content.decode()
    door = reverse("commission_way", args=[stated.pk, "regret"])
    assert door in desk
    said = {"party": employer.pk, "on": "2026-10-10", "reason": ""}
    assert client.post(door, said).status_code == 422
    assert client.post(door, said | {"reason": "不同意数额"}).status_code == 302
    statement = Decision.every.get()
    assert (statement.regretted_by, statement.regretted_on) == (employer, day(10, 10))
    assert (awards.of(stated), open_titles(stated)) == (None, ["award"])
    assert (clock(stated, "ARB_AWARD").due_legal, clock(stated, "ARB_AWARD").state) == (
        term, Deadline.State.RUNNING,
    )  # fmt: skip
    with pytest.raises(NoStatementToRegret):
        commission.go_back_on(stated, party=employer, **facts)
    # The award that follows reaches both, whoever had signed for the statement.
    decide(stated, arbitrator, kind="award", moment=at(10, 12))
    assert service.unserved_parties(stated) == [worker, employer]
    serve(stated, arbitration_clerk, worker, employer, moment=at(10, 13))
    stated.refresh_from_db()
    assert stated.outcome == Outcome.FINAL_AWARD


def test_without_a_hearing_the_parties_are_heard_after_a_regret(
    ready, arbitrator, arbitration_clerk
):
    commissioned.commission(
        ready, mediator="古塔区总工会劳动争议调解中心", applicant_agreed_on=day(9, 21),
        respondent_agreed_on=day(9, 21), at=at(9, 21),
    )  # fmt: skip
    commissioned.report(
        ready, result="settled", ended_on=day(9, 28), terms="支付12000元", at=at(9, 28)
    )
    commission.go_to_statement(ready, at=at(9, 28), by=arbitrator)
    decide(ready, arbitrator, kind="statement", moment=at(9, 28))
    commission.go_back_on(
        ready, party=party(ready, "employer"), on=day(9, 29), reason="不同意", at=at(9, 29),
        by=arbitration_clerk,
    )  # fmt: skip
    assert open_titles(ready) == ["set_hearing"]


def test_what_is_decided_is_served_and_neither_withdrawn_nor_moved(
    stated, linghai, commission_head, arbitration_clerk
):
    stated.refresh_from_db()
    with pytest.raises(ways.DecidedAlready):
        ways.withdraw(stated, reason="撤回", at=at(10, 10, 11), by=arbitration_clerk)
    with pytest.raises(ways.TransferAtTheDesk):
        ways.hand_on(stated, office=linghai, reason="x", at=at(10, 10, 11), by=commission_head)
    assert open_titles(stated) == ["serve"]


def test_the_database_lets_nobody_go_back_on_an_award(stated, arbitrator):
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.every.update(regretted_on=day(9, 29))
