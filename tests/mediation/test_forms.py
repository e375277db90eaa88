"""The forms of mediation: what they know, what they ask, and what goes to the verb."""

import inspect
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from disputes.models import ClaimKind
from legal_aid.domain import reviews
from legal_aid.forms import AskReviewForm, ReviewForm
from mediation import forms
from mediation.domain import (
    acceptance,
    agreements,
    appointment,
    choice,
    completeness,
    failure,
    planning,
    sessions,
)
from mediation.forms.sessions import PEOPLE
from mediation.models import Agreement, FailureRecord, Session
from tests.factories import SHANGHAI, make_case
from tests.mediation.acts import at, consult, examine, fail, hold_session, sign

FOURTEENTH = date(2026, 9, 14)
SESSION = {
    "started_at": "2026-09-10T09:00",
    "ended_at": "2026-09-10T10:30",
    "mode": "on_site",
    "place": "古塔区总工会 302 室",
    "attendance": "申请人:韩玉兰",
    "recusal_told": "on",
    "statements": "双方陈述如下。",
    "undisputed": "",
    "issues": "金额",
    "proposal": "九月底前付 12000 元。",
    "result": "settled",
    "next_at": "",
}
AGREEMENT = {
    "terms": "九月底前付 12000 元。",
    "amount": "1.2万",
    "performance_by": "2026-09-30",
    "performance_mode": "once",
    "copies": "3",
    "worker_signed_on": "2026-09-10",
    "employer_signed_on": "2026-09-11",
    "mediator_signed_on": "2026-09-10",
    "sealed_on": "2026-09-14",
}
FAILURE = {
    "reason": "no_agreement",
    "worker_signature": "signed",
    "employer_signature": "signed",
    "refusal_note": "",
    "notice_served_on": "2026-09-14",
    "notice_method": "handed",
}


def fill(form, proceeding, data=None, *, user=None, today=FOURTEENTH):
    return form(data, proceeding=proceeding, user=user, today=today)


@pytest.mark.parametrize(
    ("form", "verb", "given"),
    [
        (forms.ExamineForm, acceptance.examine, set()),
        (forms.CorrectionForm, acceptance.receive_correction, set()),
        (forms.ConsultForm, acceptance.consult, set()),
        (forms.DecideForm, acceptance.decide, set()),
        (forms.AppointForm, appointment.appoint, set()),
        (
            forms.SessionForm,
            sessions.check_session,
            set(planning.WORDS)
            | set(PEOPLE)
            | {"draft_version", "recusal_worker", "recusal_employer"}
            | {"offer_by", "offer_amount", "offer_due"},
        ),
        (forms.AgreementForm, None, {"handed_over"}),
        (forms.FailureForm, failure.record_failure, set()),
        (forms.ChoiceForm, choice.record_choice, set()),
        (ReviewForm, reviews.submit_review, set()),
        (AskReviewForm, reviews.ask_review, set()),
    ],
)
def test_a_form_asks_for_the_arguments_of_its_verb(form, verb, given):
    asked = set(form.base_fields) - given
    if verb is None:
        rows = {field.name for field in Agreement._meta.concrete_fields}
        assert asked == rows - {"id", "proceeding", "effective_on", "at", "by"}
    else:
        keywords = {
            name
            for name, parameter in inspect.signature(verb).parameters.items()
            if parameter.kind == parameter.KEYWORD_ONLY
        }
        # Only the page of a review asks item by item and claim by claim.
        assert asked == keywords - {"at", "by", "findings", "claims"}


@pytest.mark.parametrize(
    "form",
    [
        forms.ExamineForm,
        forms.CorrectionForm,
        forms.ConsultForm,
        forms.DecideForm,
        forms.AppointForm,
        forms.SessionForm,
        forms.AgreementForm,
        forms.FailureForm,
        forms.ChoiceForm,
        ReviewForm,
        AskReviewForm,
    ],
)
def test_every_field_has_its_place_in_a_section_of_the_form(form):
    placed = [name for _title, names, *_hint in form.sections for name in names]
    shown = {name for name, field in form.base_fields.items() if not field.widget.is_hidden}
    assert placed in ([], list(form.base_fields)) or set(placed) == shown
    assert len(placed) == len(set(placed))


def test_a_whole_file_lacks_nothing(register, district_mediator):
    proceeding = make_case(register.guta, by=district_mediator, employer={"contact_name": "钱某"})
    assert completeness.gaps(proceeding) == []
    assert fill(forms.ExamineForm, proceeding)["complete"].value() is None


def test_what_the_file_lacks_is_written_already(register, district_mediator):
    proceeding = make_case(
        register.guta,
        by=district_mediator,
        worker={"address": ""},
        employer={"contact_name": "钱某"},
        claims=[],
    )
    form = fill(forms.ExamineForm, proceeding)
    assert form["missing"].value().splitlines() == [
        str(gap) for gap in completeness.gaps(proceeding)
    ]
    assert len(completeness.gaps(proceeding)) == 2
    assert form["complete"].value() == "no"


def test_an_examination_is_filled_in(district_case, district_mediator):
    form = fill(
        forms.ExamineForm, district_case, {"in_scope": "yes", "complete": "yes", "missing": "x"}
    )
    assert form.is_valid()
    examination = acceptance.examine(
        district_case, **form.cleaned_data, at=at(9, 7), by=district_mediator
    )
    assert (examination.complete, examination.missing) == (True, "")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"in_scope": "no", "complete": "yes"}, "note"),
        ({"in_scope": "yes", "complete": "no"}, "missing"),
        ({"complete": "yes"}, "in_scope"),
        ({"in_scope": "yes"}, "complete"),
    ],
)
def test_an_examination_without_its_reason_says_so_beside_the_field(district_case, data, field):
    form = fill(forms.ExamineForm, district_case, data)
    assert list(form.errors) == [field]


def test_a_correction_shows_what_was_asked(district_case, district_mediator):
    examine(district_case, by=district_mediator, complete=False, missing="身份证\n工资条")
    form = fill(forms.CorrectionForm, district_case)
    assert "身份证 · 工资条" in form.fields["received"].help_text
    assert form["received_on"].value() == FOURTEENTH.isoformat()


def test_nothing_comes_tomorrow(district_case):
    form = fill(
        forms.CorrectionForm, district_case, {"received": "工资条", "received_on": "2026-09-15"}
    )
    assert list(form.errors) == ["received_on"]


def test_the_other_side_was_asked_now_unless_said_otherwise(district_case):
    form = forms.ConsultForm(proceeding=district_case, user=None)
    asked_at = form["asked_at"].value()
    assert abs(timezone.make_aware(asked_at, SHANGHAI) - timezone.now()) < timedelta(minutes=2)


@pytest.mark.parametrize("moment", ["2026-09-15T09:00", "2026-09-06T09:00", "yesterday"])
def test_the_other_side_was_asked_between_application_and_now(district_case, moment):
    data = {"asked_at": moment, "method": "phone", "answer": "agreed"}
    form = fill(forms.ConsultForm, district_case, data)
    assert list(form.errors) == ["asked_at"]


def test_a_moment_is_read_in_the_time_of_the_house(district_case):
    data = {"asked_at": "2026-09-08T09:00", "method": "phone", "answer": "agreed"}
    form = fill(forms.ConsultForm, district_case, data)
    assert form.is_valid()
    assert form.cleaned_data["asked_at"] == datetime(2026, 9, 8, 9, tzinfo=SHANGHAI)


def test_the_decision_shows_how_both_sides_stand(district_case, district_mediator):
    before = fill(forms.DecideForm, district_case).fields["accepted"].help_text
    consult(district_case, by=district_mediator)
    after = fill(forms.DecideForm, district_case).fields["accepted"].help_text
    assert before != after


def test_nothing_is_accepted_without_both_sides(district_case):
    form = fill(forms.DecideForm, district_case, {"accepted": "yes"})
    assert list(form.errors) == ["accepted"]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "reasons"),
        ({"reasons": "不同意"}, "notice_served_on"),
        ({"reasons": "不同意", "notice_served_on": "2026-09-14"}, "notice_method"),
        (
            {
                "reasons": "不同意",
                "notice_served_on": "2026-09-14",
                "notice_method": "electronic",
            },
            "notice_method",
        ),
    ],
)
def test_a_refusal_needs_reasons_and_a_notice(district_case, data, field):
    form = fill(forms.DecideForm, district_case, {"accepted": "no", **data})
    assert list(form.errors) == [field]


def test_mediators_of_the_office_may_be_appointed(
    district_case, district_mediator, regional_head, other_mediator, lawyer
):
    form = fill(forms.AppointForm, district_case)
    assert set(form.fields["mediator"].queryset) == {district_mediator, regional_head}


def test_an_appointment_is_filled_in(accepted_case, district_mediator, regional_head):
    data = {
        "mediator": district_mediator.pk,
        "members": [regional_head.pk],
        "reason": "熟悉建筑业",
        "conflict_declared": "on",
    }
    form = fill(forms.AppointForm, accepted_case, data)
    assert form.is_valid()
    made = appointment.appoint(accepted_case, **form.cleaned_data, at=at(9, 8), by=regional_head)
    assert made.panel == [district_mediator, regional_head]


def test_nobody_is_appointed_without_a_declaration(accepted_case, district_mediator):
    data = {"mediator": district_mediator.pk, "reason": "熟悉"}
    form = fill(forms.AppointForm, accepted_case, data)
    assert list(form.errors) == ["conflict_declared"]


def test_a_session_is_filled_in(accepted_case, district_mediator):
    data = {**SESSION, "host": district_mediator.pk}
    form = fill(forms.SessionForm, accepted_case, data, user=district_mediator)
    assert form.is_valid(), form.errors
    session = sessions.record_session(
        accepted_case, **form.cleaned_data, at=at(9, 10, 11), by=district_mediator
    )
    assert session.result == Session.Result.SETTLED


def test_the_next_session_goes_on_from_the_last(accepted_case, district_mediator):
    hold_session(accepted_case, by=district_mediator, next_at=at(9, 14, 9))
    form = fill(forms.SessionForm, accepted_case, user=district_mediator)
    assert form["place"].value() == "古塔区总工会 302 室"
    assert form["issues"].value() == "金额"
    assert f"{form['started_at'].value():%Y-%m-%dT%H:%M}" == "2026-09-14T09:00"


def test_the_handler_leads_unless_said_otherwise(accepted_case, district_mediator, regional_head):
    accepted_case.handler = district_mediator
    form = fill(forms.SessionForm, accepted_case, user=regional_head)
    assert form["host"].value() == district_mediator.pk
    assert (form["who_0"].value(), form["side_0"].value()) == ("韩玉兰", "worker")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ended_at": "2026-09-10T08:00"}, "ended_at"),
        ({"place": ""}, "place"),
        ({"recusal_told": ""}, "recusal_told"),
        ({"next_at": "2026-09-16T09:00"}, "next_at"),
        ({"result": ""}, "result"),
    ],
)
def test_a_wrong_record_says_so_beside_the_field(accepted_case, district_mediator, facts, field):
    data = {**SESSION, "host": district_mediator.pk, **facts}
    form = fill(forms.SessionForm, accepted_case, data, user=district_mediator)
    assert list(form.errors) == [field]


def test_an_agreement_begins_with_the_proposal(accepted_case, district_mediator):
    hold_session(accepted_case, by=district_mediator, result="settled")
    form = fill(forms.AgreementForm, accepted_case)
    assert form["terms"].value() == "单位在九月底前付 12000 元。"
    assert form["confirms_relationship"].value() is False


def test_an_agreement_about_the_relation_is_marked_as_one(register, regional_head):
    claims = [{"kind": ClaimKind.RELATIONSHIP}]
    proceeding = make_case(register.guta, by=regional_head, claims=claims)
    assert fill(forms.AgreementForm, proceeding)["confirms_relationship"].value() is True


def test_an_agreement_is_filled_in(accepted_case, district_mediator):
    form = fill(forms.AgreementForm, accepted_case, AGREEMENT)
    assert form.is_valid(), form.errors
    agreement = agreements.sign_agreement(
        accepted_case, **form.cleaned_data, at=at(9, 14), by=district_mediator
    )
    assert (agreement.amount, agreement.effective_on) == (12000, FOURTEENTH)


def test_an_unfinished_agreement_is_kept_for_the_next_time(accepted_case, district_mediator):
    sign(accepted_case, by=district_mediator, sealed_on=None)
    form = fill(forms.AgreementForm, accepted_case)
    assert form["worker_signed_on"].value() == "2026-09-10"
    assert form["sealed_on"].value() is None


def test_one_side_may_decline_to_sign(accepted_case, district_mediator):
    form = fill(forms.AgreementForm, accepted_case, {"declined": "on", "copies": "3"})
    assert form.is_valid(), form.errors
    agreements.sign_agreement(
        accepted_case, **form.cleaned_data, at=at(9, 14), by=district_mediator
    )
    assert agreements.is_over(accepted_case)
    assert not agreements.is_effective(accepted_case)
    assert fill(forms.FailureForm, accepted_case)["reason"].value() == "refused"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"terms": ""}, "terms"),
        ({"copies": "2"}, "copies"),
        ({"amount": "很多"}, "amount"),
        ({"sealed_on": "2026-09-15"}, "sealed_on"),
        ({"performance_mode": ""}, "performance_mode"),
        ({"declined": "on"}, "declined"),
    ],
)
def test_a_wrong_agreement_says_so_beside_the_field(accepted_case, facts, field):
    form = fill(forms.AgreementForm, accepted_case, {**AGREEMENT, **facts})
    assert list(form.errors) == [field]


def test_a_failure_is_filled_in(accepted_case, district_mediator):
    form = fill(forms.FailureForm, accepted_case, FAILURE)
    assert form.is_valid(), form.errors
    assert failure.record_failure(
        accepted_case, **form.cleaned_data, at=at(9, 14), by=district_mediator
    ).pk


def test_the_reason_of_the_clock_is_not_changed(accepted_case):
    failure.record_expiry(accepted_case, at=at(9, 24, 0))
    data = {**FAILURE, "notice_served_on": "2026-09-24"}
    form = fill(forms.FailureForm, accepted_case, data, today=date(2026, 9, 24))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["reason"] == FailureRecord.Reason.EXPIRED


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"worker_signature": "refused"}, "refusal_note"),
        ({"reason": "expired"}, "reason"),
        ({"notice_method": ""}, "notice_method"),
    ],
)
def test_a_wrong_failure_says_so_beside_the_field(accepted_case, facts, field):
    form = fill(forms.FailureForm, accepted_case, {**FAILURE, **facts})
    assert list(form.errors) == [field]


def test_only_open_ways_are_offered(enterprise_case, enterprise_mediator, district_case):
    ways = [
        value for value, _label in fill(forms.ChoiceForm, enterprise_case).fields["choice"].choices
    ]
    assert ways == ["next_tier", "arbitration", "end"]
    ways = [
        value for value, _label in fill(forms.ChoiceForm, district_case).fields["choice"].choices
    ]
    assert ways == ["arbitration", "end"]


def test_the_applicant_is_told_until_when_arbitration_is_open(accepted_case, regional_head):
    fail(accepted_case, by=regional_head)
    assert "2027" in fill(forms.ChoiceForm, accepted_case).fields["choice"].help_text


def test_nobody_chooses_a_way_that_is_closed(district_case):
    data = {"choice": "next_tier", "on": "2026-09-14"}
    assert list(fill(forms.ChoiceForm, district_case, data).errors) == ["choice"]


def test_nobody_has_to_ask_a_lawyer(accepted_case, lawyer):
    form = fill(AskReviewForm, accepted_case, {"lawyer": "", "due_on": "2026-09-21"})
    assert form.is_valid()
    assert form.cleaned_data == {"lawyer": None, "due_on": None}


def test_the_opinion_is_usually_due_in_a_week_and_within_the_term(accepted_case, lawyer):
    assert fill(AskReviewForm, accepted_case)["due_on"].value() == "2026-09-21"
    late = fill(AskReviewForm, accepted_case, today=date(2026, 9, 20))
    assert late["due_on"].value() == "2026-09-23"


@pytest.mark.parametrize("due_on", ["", "2026-09-13", "2026-09-24"])
def test_an_opinion_that_comes_too_late_is_not_asked_for(accepted_case, lawyer, due_on):
    form = fill(AskReviewForm, accepted_case, {"lawyer": lawyer.pk, "due_on": due_on})
    assert list(form.errors) == ["due_on"]


def test_only_lawyers_are_offered(accepted_case, lawyer, district_mediator):
    assert list(fill(AskReviewForm, accepted_case).fields["lawyer"].queryset) == [lawyer]


def test_a_review_begins_with_the_facts_of_the_file(district_case):
    form = fill(ReviewForm, district_case)
    assert form["facts"].value() == district_case.case.facts
    filled = fill(
        ReviewForm,
        district_case,
        {"facts": "x", "opinion": "y", "recommendation": "mediate", "risk": "low"},
    )
    assert list(filled.errors) == ["conflict_declared"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "1899-01-01T00:00"])
def test_no_moment_at_the_edge_of_time_breaks_the_form(accepted_case, district_mediator, moment):
    for name in ("started_at", "ended_at", "next_at"):
        data = {**SESSION, "host": district_mediator.pk, "result": "adjourned", name: moment}
        form = fill(forms.SessionForm, accepted_case, data, user=district_mediator)
        assert name in form.errors
    data = {"asked_at": moment, "method": "phone", "answer": "agreed"}
    assert list(fill(forms.ConsultForm, accepted_case, data).errors) == ["asked_at"]
