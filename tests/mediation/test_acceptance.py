"""From the application to the decision whether to mediate."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from disputes.domain.escalation import escalate
from disputes.domain.refusals import Refusal
from disputes.models import Deadline, Outcome, Source
from mediation.domain import acceptance, consent
from mediation.models import AcceptanceDecision, Consultation, Correction, Examination, NoticeMethod
from tests.factories import MONDAY, make_case
from tests.mediation.acts import TUESDAY, accept, at, clock, consult, examine, told

Answer = Consultation.Answer
State = Deadline.State
REFUSED = {
    "accepted": False,
    "reasons": "单位不同意调解。",
    "notice_served_on": TUESDAY.date(),
    "notice_method": NoticeMethod.HANDED,
}


def test_the_clocks_of_a_first_proceeding_run_from_the_application(register, district_mediator):
    proceeding = make_case(
        register.guta, by=district_mediator, received_on=date(2026, 9, 4), at=MONDAY
    )
    assert clock(proceeding, "MED_ACCEPT").started_on == date(2026, 9, 4)
    assert clock(proceeding, "MED_STAT_EXIT").started_on == date(2026, 9, 4)


def test_what_a_court_entrusts_is_confirmed_to_it_and_ends_in_thirty_days(
    register, district_mediator, regional_head
):
    proceeding = make_case(register.guta, by=district_mediator, source=Source.COURT)
    confirm = clock(proceeding, "COURT_MED_CONFIRM")
    assert (confirm.started_on, confirm.state) == (MONDAY.date(), State.RUNNING)
    accept(proceeding, by=regional_head)
    confirm.refresh_from_db()
    assert confirm.state == State.MET
    term = clock(proceeding, "COURT_DELEGATED_MED")
    assert term.due_nominal - term.started_on == timedelta(days=30)
    assert clock(proceeding, "MED_CLOSE").due_nominal < term.due_nominal


def test_the_clocks_of_a_later_proceeding_run_from_the_day_it_came(enterprise_case):
    later = escalate(enterprise_case, outcome=Outcome.NOT_SETTLED, at=at(9, 16))
    assert clock(later, "MED_ACCEPT").proceeding == later
    assert clock(later, "MED_ACCEPT").started_on == date(2026, 9, 16)
    assert clock(later, "MED_STAT_EXIT").started_on == date(2026, 9, 16)


def test_a_complete_application_misses_nothing(district_case, district_mediator):
    examine(district_case, by=district_mediator, missing="身份证复印件")
    assert acceptance.last_examination(district_case).missing == ""
    assert told(district_case)[-1] == ("Application examined: complete", "all")


def test_the_latest_examination_counts(district_case, district_mediator):
    examine(district_case, by=district_mediator, complete=False, missing="身份证复印件")
    latest = examine(district_case, by=district_mediator, at=TUESDAY)
    assert acceptance.last_examination(district_case) == latest


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"complete": False}, "missing"), ({"in_scope": False}, "note")],
)
def test_an_examination_says_what_is_missing_or_why_not(
    district_case, district_mediator, facts, field
):
    with pytest.raises(Refusal) as refused:
        examine(district_case, by=district_mediator, **facts)
    assert refused.value.field == field
    assert not district_case.examinations.exists()


def test_what_the_applicant_brings_answers_what_was_asked(district_case, district_mediator):
    examine(district_case, by=district_mediator, complete=False, missing="身份证复印件")
    correction = acceptance.receive_correction(
        district_case,
        received="身份证复印件一份",
        received_on=TUESDAY.date(),
        at=TUESDAY,
        by=district_mediator,
    )
    assert correction.asked == "身份证复印件"
    assert told(district_case)[-1] == ("Correction received on 2026-09-08", "all")


def test_nothing_is_corrected_where_nothing_was_asked(district_case, district_mediator):
    examine(district_case, by=district_mediator)
    with pytest.raises(acceptance.NothingAsked):
        acceptance.receive_correction(
            district_case,
            received="工资条",
            received_on=MONDAY.date(),
            at=MONDAY,
            by=district_mediator,
        )


@pytest.mark.parametrize("day", [date(2026, 9, 9), date(2026, 9, 6)])
def test_a_correction_comes_between_the_application_and_today(
    district_case, district_mediator, day
):
    examine(district_case, by=district_mediator, complete=False, missing="身份证复印件")
    with pytest.raises(Refusal) as refused:
        acceptance.receive_correction(
            district_case, received="一份", received_on=day, at=TUESDAY, by=district_mediator
        )
    assert refused.value.field == "received_on"


def test_what_the_other_side_said_stays_with_the_office(district_case, district_mediator):
    consult(district_case, by=district_mediator, note="愿意谈,但最多付一万。")
    assert told(district_case)[-2:] == [
        ("The other side agrees to mediation", "all"),
        ("What the other side said", "office"),
    ]
    assert district_case.case.timeline.get(reach="office").text == "愿意谈,但最多付一万。"


def test_nobody_was_asked_tomorrow(district_case, district_mediator):
    with pytest.raises(Refusal) as refused:
        consult(district_case, by=district_mediator, asked_at=TUESDAY, at=MONDAY)
    assert refused.value.field == "asked_at"


def test_limitation_runs_anew_when_the_other_side_refuses(district_case, district_mediator):
    consult(
        district_case,
        by=district_mediator,
        answer=Answer.REFUSED,
        asked_at=TUESDAY,
        at=TUESDAY + timedelta(days=1),
    )
    assert clock(district_case, "LIMITATION").due_nominal == date(2027, 9, 8)


def test_limitation_stays_when_the_other_side_agrees(district_case, district_mediator):
    consult(district_case, by=district_mediator, at=TUESDAY)
    assert clock(district_case, "LIMITATION").due_nominal == date(2027, 9, 7)


def test_acceptance_starts_the_term_of_mediation(accepted_case):
    assert accepted_case.accepted_on == date(2026, 9, 8)
    assert acceptance.is_accepted(accepted_case)
    assert clock(accepted_case, "MED_ACCEPT").state == State.MET
    assert clock(accepted_case, "MED_CLOSE").started_on == date(2026, 9, 8)
    assert told(accepted_case)[-1] == ("Accepted for mediation", "all")


def test_a_late_decision_says_so(district_case, regional_head):
    accept(district_case, by=regional_head, at=at(9, 11))
    assert clock(district_case, "MED_ACCEPT").state == State.LATE


@pytest.mark.parametrize("answers", [[], [Answer.NONE], [Answer.AGREED, Answer.REFUSED]])
def test_nothing_is_accepted_without_the_other_side(district_case, regional_head, answers):
    for answer in answers:
        consult(district_case, by=regional_head, answer=answer)
    with pytest.raises(acceptance.RespondentDidNotAgree):
        acceptance.decide(district_case, accepted=True, at=TUESDAY, by=regional_head)
    assert not acceptance.is_accepted(district_case)
    assert clock(district_case, "MED_ACCEPT").state == State.RUNNING


def test_nothing_is_accepted_without_the_applicant(register, regional_head):
    proceeding = make_case(register.guta, by=regional_head, consents={"mediation": False})
    consult(proceeding, by=regional_head)
    with pytest.raises(acceptance.ApplicantDidNotAgree):
        acceptance.decide(proceeding, accepted=True, at=TUESDAY, by=regional_head)


def test_a_dispute_found_by_supervision_needs_the_word_of_the_worker(register, regional_head):
    proceeding = make_case(register.guta, by=regional_head, source=Source.SUPERVISION)
    proceeding.case.parties.get(kind="worker").consents.all().delete()
    assert not consent.applicant_agreed(proceeding)


def test_consent_given_at_one_tier_is_not_consent_at_the_next(
    enterprise_case, enterprise_mediator, regional_head
):
    accept(enterprise_case, by=enterprise_mediator)
    later = escalate(enterprise_case, outcome=Outcome.NOT_SETTLED, at=at(9, 16))
    with pytest.raises(acceptance.RespondentDidNotAgree):
        acceptance.decide(later, accepted=True, at=at(9, 16), by=regional_head)


def test_what_is_out_of_scope_is_not_accepted(district_case, regional_head):
    examine(district_case, by=regional_head, in_scope=False, note="社保机构发放待遇争议")
    consult(district_case, by=regional_head)
    with pytest.raises(acceptance.OutOfScope):
        acceptance.decide(district_case, accepted=True, at=TUESDAY, by=regional_head)


def test_a_refusal_is_served_with_reasons(district_case, regional_head):
    decision = acceptance.decide(district_case, **REFUSED, at=TUESDAY, by=regional_head)
    assert not decision.accepted
    assert not acceptance.is_accepted(district_case)
    assert clock(district_case, "MED_ACCEPT").state == State.MET
    assert not district_case.deadlines.filter(rule__rule_id="MED_CLOSE").exists()
    assert told(district_case)[-2:] == [
        ("Not accepted for mediation", "all"),
        ("Notice of the decision served on 2026-09-08", "all"),
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reasons": ""}, "reasons"),
        ({"notice_served_on": None, "notice_method": ""}, "notice_served_on"),
        ({"notice_served_on": None}, "notice_served_on"),
        ({"notice_method": ""}, "notice_method"),
        ({"notice_served_on": date(2026, 9, 9)}, "notice_served_on"),
    ],
)
def test_a_refusal_without_reasons_or_notice_is_none(district_case, regional_head, facts, field):
    with pytest.raises(Refusal) as refused:
        acceptance.decide(district_case, **{**REFUSED, **facts}, at=TUESDAY, by=regional_head)
    assert refused.value.field == field
    assert not AcceptanceDecision.objects.exists()


def test_it_is_decided_once(accepted_case, regional_head):
    with pytest.raises(acceptance.AlreadyDecided):
        acceptance.decide(accepted_case, **REFUSED, at=TUESDAY, by=regional_head)


@pytest.mark.parametrize(
    ("model", "facts", "constraint"),
    [
        (
            AcceptanceDecision,
            {"accepted": True, "applicant_agreed": True, "respondent_agreed": False},
            "acceptance_needs_both_sides",
        ),
        (
            AcceptanceDecision,
            {"accepted": True, "applicant_agreed": False, "respondent_agreed": True},
            "acceptance_needs_both_sides",
        ),
        (
            AcceptanceDecision,
            {"accepted": False, "applicant_agreed": True, "respondent_agreed": True},
            "acceptance_refusal_is_served_with_reasons",
        ),
        (
            Examination,
            {"in_scope": True, "complete": False},
            "examination_names_what_is_missing",
        ),
        (
            Examination,
            {"in_scope": True, "complete": True, "missing": "x"},
            "examination_names_what_is_missing",
        ),
        (
            Examination,
            {"in_scope": False, "complete": True},
            "examination_out_of_scope_says_why",
        ),
        (
            Correction,
            {"asked": "", "received": "x", "received_on": date(2026, 9, 8)},
            "correction_says_what",
        ),
        (
            Consultation,
            {"asked_at": at(9, 9), "method": "phone", "answer": "agreed"},
            "consultation_written_down_afterwards",
        ),
        (
            Consultation,
            {"asked_at": MONDAY, "method": "phone", "answer": "perhaps"},
            "consultation_answer_known",
        ),
    ],
)
def test_the_database_keeps_the_rules_of_acceptance(
    district_case, regional_head, model, facts, constraint
):
    if model is AcceptanceDecision:
        facts = {**facts, "on": TUESDAY.date()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.create(proceeding=district_case, at=TUESDAY, by=regional_head, **facts)
