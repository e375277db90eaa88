"""The forms of the steps: prefilled from the file, refusing beside the field, fitting the verbs."""

import inspect

import pytest
from django.template import Context, Template
from django.utils import timezone

from arbitration import forms
from arbitration.domain import (
    awards,
    defence,
    docket,
    handover,
    hearings,
    panels,
    service,
)
from arbitration.models import Decision, HearingRecord, Panel
from disputes.domain import escalation
from disputes.models import Outcome, ServiceMethod
from offices.models import Office, Room
from tests import factories
from tests.arbitration.acts import at, bring_to, decide, hold, make_arbitrator, party, receive

STEPS = {
    "receive": (forms.ReceiveForm, docket.receive),
    "correction": (forms.CorrectionForm, docket.receive_correction),
    "docket": (forms.DocketForm, docket.decide),
    "panel": (forms.PanelForm, panels.form_panel),
    "serve_copy": (forms.ServeCopyForm, service.serve_copy),
    "defence": (forms.DefenceForm, defence.record_defence),
    "set_hearing": (forms.HearingForm, hearings.set_hearing),
    "hearing": (forms.HoldHearingForm, hearings.hold_hearing),
    "award": (forms.AwardForm, awards.decide),
    "serve": (forms.ServeAwardForm, service.serve_award),
    "send": (forms.SendPackageForm, handover.send_package),
    "receipt": (forms.ReceiptForm, handover.record_receipt),
    "outcome": (forms.WriteBackForm, handover.write_back),
}


class Desk:
    """Somebody at the commission who opens, fills and posts forms on a day."""

    def __init__(self, user):
        self.user = user

    def open(self, step, proceeding, moment):
        return STEPS[step][0](**self._at(proceeding, moment))

    def fill(self, step, proceeding, moment, **answers):
        """Post the form as it opened with *answers* changed."""
        form = self.open(step, proceeding, moment)
        data = {name: as_posted(form[name]) for name in form.fields}
        data = {name: value for name, value in data.items() if value is not None}
        return STEPS[step][0](data | answers, **self._at(proceeding, moment))

    def do(self, step, proceeding, moment, **answers):
        """Post the form and do its verb, as the door of the step does."""
        form = self.fill(step, proceeding, moment, **answers)
        assert form.is_valid(), form.errors
        verb = STEPS[step][1]
        wanted = set(inspect.signature(verb).parameters) - {"proceeding", "at", "by"}
        assert set(form.cleaned_data) <= wanted
        return verb(proceeding, **form.cleaned_data, at=moment, by=self.user)

    def errors(self, step, proceeding, moment, **answers):
        return set(self.fill(step, proceeding, moment, **answers).errors)

    def _at(self, proceeding, moment):
        today = timezone.localdate(moment)
        return {"proceeding": proceeding, "user": self.user, "today": today}


def as_posted(bound):
    """Return what a browser would post for a field that nobody touched."""
    value = bound.value()
    if value is True:
        return "on"
    if value in (None, False):
        return None
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%dT%H:%M}"
    return str(value)


@pytest.fixture
def desk(arbitration_clerk):
    return Desk(arbitration_clerk)


def test_a_case_goes_its_whole_way_by_forms(desk, arbitration_case, arbitrator):
    case = arbitration_case
    desk.do("receive", case, at(9, 7), complete="yes")
    desk.do("docket", case, at(9, 9), docketed="yes")
    desk.do(
        "panel",
        case,
        at(9, 10),
        sole="yes",
        presiding=arbitrator.pk,
        reason="事实清楚",
        conflict_declared="on",
    )
    desk.do("serve_copy", case, at(9, 10), method=ServiceMethod.DIRECT, receipt="前台签收")
    desk.do("defence", case, at(9, 18), received="yes")
    hearing = desk.do("set_hearing", case, at(9, 24), new_room="第一仲裁庭")
    assert hearing.starts_at == at(10, 9, 9)
    desk.do(
        "hearing",
        case,
        at(10, 9, 12),
        applicant_present="yes",
        respondent_present="yes",
        mediation_tried="on",
        result=HearingRecord.Result.CONCLUDED,
        record="笔录",
    )
    claim = case.case.claims.get()
    desk.do("award", case, at(10, 12), reasons="应予支持", **{f"supported_{claim.pk}": "full"})
    answers = {}
    for each in case.case.parties.all():
        answers |= {
            f"served_on_{each.pk}": "2026-10-13",
            f"method_{each.pk}": ServiceMethod.DIRECT,
            f"receipt_{each.pk}": "签收",
        }
    desk.do("serve", case, at(10, 13), **answers)
    assert service.all_served(case)
    assert awards.outcome_of(case) == Outcome.FINAL_AWARD


def test_missing_papers_and_their_correction_by_forms(desk, arbitration_case):
    desk.do("receive", arbitration_case, at(9, 7), complete="no", missing="劳动合同")
    form = desk.open("correction", arbitration_case, at(9, 9))
    assert form["received"].value() == "劳动合同"
    desk.do("correction", arbitration_case, at(9, 9))
    assert docket.is_complete(arbitration_case)


def test_an_outside_case_goes_its_way_by_forms(desk, register):
    Office.objects.filter(pk=register.commission.pk).update(handled_here=False)
    register.commission.refresh_from_db()
    case = factories.make_case(register.commission)
    desk.do("send", case, at(9, 9), signed_on="2026-09-08", sharing_basis="法定职责")
    desk.do("receipt", case, at(9, 11), outside_number="88号")
    row = desk.do("outcome", case, at(10, 30), outcome=Outcome.FINAL_AWARD)
    assert row.outcome == Outcome.FINAL_AWARD


def test_a_form_for_mediation_outside_asks_for_no_signature(desk, district_case):
    form = desk.open("send", district_case, at(9, 9))
    assert "signed_on" not in form.fields
    assert desk.errors("send", district_case, at(9, 9)) == {"sharing_basis"}
    row = desk.do("send", district_case, at(9, 9), sharing_basis="法定职责")
    assert row.signed_on is None


def test_an_application_filed_here_was_signed_and_received_when_it_was_filed(
    desk, arbitration_case
):
    form = desk.open("receive", arbitration_case, at(9, 9))
    assert form["received_on"].value() == "2026-09-07"
    assert form["signed_on"].value() == "2026-09-07"


def test_an_application_from_a_tier_has_no_signature_until_she_gives_it(desk, district_case):
    proceeding = escalation.go_to_arbitration(district_case, at=at(9, 14))
    form = desk.open("receive", proceeding, at(9, 16))
    assert form["received_on"].value() == "2026-09-16"
    assert form["signed_on"].value() is None


@pytest.mark.parametrize(
    ("step", "before", "moment", "answers", "field"),
    [
        ("receive", None, at(9, 7), {"complete": ""}, "complete"),
        ("receive", None, at(9, 7), {"complete": "no"}, "missing"),
        ("receive", None, at(9, 7), {"complete": "yes", "signed_on": "2026-09-08"}, "signed_on"),
        ("docket", "docket", at(9, 9), {"docketed": "no"}, "reasons"),
        ("docket", "docket", at(9, 9), {"docketed": "perhaps"}, "docketed"),
        ("panel", "panel", at(9, 10), {"sole": "yes"}, "presiding"),
        ("panel", "panel", at(9, 10), {"sole": "yes", "presiding": "999"}, "presiding"),
        ("serve_copy", "serve_copy", at(9, 10), {"receipt": "签收"}, "method"),
        ("defence", "defence", at(9, 18), {"received": "no"}, "received"),
        (
            "defence",
            "defence",
            at(9, 18),
            {"received": "yes", "counter_claim": "on"},
            "counter_decided_on",
        ),
        ("set_hearing", "set_hearing", at(9, 24), {}, "new_room"),
        (
            "set_hearing",
            "set_hearing",
            at(9, 24),
            {"new_room": "一庭", "starts_at": "2026-09-28T09:00", "ends_at": "2026-09-28T11:00"},
            "starts_at",
        ),
        ("set_hearing", "set_hearing", at(9, 24), {"starts_at": "soon"}, "starts_at"),
        (
            "hearing",
            "hearing",
            at(10, 9, 12),
            {
                "applicant_present": "yes",
                "respondent_present": "yes",
                "result": "concluded",
                "record": "笔录",
            },
            "mediation_tried",
        ),
        ("award", "award", at(10, 12), {"reasons": ""}, "reasons"),
    ],
)
def test_a_refusal_stands_beside_its_field(
    desk, arbitration_case, arbitrator, step, before, moment, answers, field
):
    if before:
        receive(arbitration_case)
        bring_to(arbitration_case, before, arbitrator)
    assert field in desk.errors(step, arbitration_case, moment, **answers)


def test_the_panel_offers_arbitrators_who_did_not_mediate(
    desk, register, arbitration_case, arbitrator, arbitration_clerk, district_mediator
):
    bring_to(arbitration_case, "panel", arbitrator)
    form = desk.open("panel", arbitration_case, at(9, 10))
    assert list(form.fields["presiding"].queryset) == [arbitrator]
    assert form["clerk"].value() == arbitration_clerk.pk


def test_three_arbitrators_by_form(desk, register, arbitration_case, arbitrator):
    bring_to(arbitration_case, "panel", arbitrator)
    others = [make_arbitrator(register, f"zc{n}", name) for n, name in ((2, "甲"), (3, "乙"))]
    answers = {"sole": "no", "presiding": arbitrator.pk, "second": others[0].pk}
    answers["conflict_declared"] = "on"
    assert desk.errors("panel", arbitration_case, at(9, 10), **answers) == {"third"}
    desk.do("panel", arbitration_case, at(9, 10), **answers, third=others[1].pk)
    assert Panel.objects.get().arbitrators == [arbitrator, *others]


def test_the_award_form_asks_about_each_claim(desk, arbitration_case, arbitrator):
    bring_to(arbitration_case, "award", arbitrator)
    claim = arbitration_case.case.claims.get()
    other = arbitration_case.case.claims.create(kind="reinstatement")
    form = desk.open("award", arbitration_case, at(10, 12))
    assert {f"supported_{claim.pk}", f"supported_{other.pk}"} <= set(form.fields)
    assert f"amount_awarded_{claim.pk}" in form.fields
    assert f"amount_awarded_{other.pk}" not in form.fields
    errors = desk.errors(
        "award",
        arbitration_case,
        at(10, 12),
        reasons="理由",
        **{
            f"supported_{claim.pk}": "part",
            f"amount_awarded_{claim.pk}": "2万",
            f"supported_{other.pk}": "none",
        },
    )
    assert errors == {f"amount_awarded_{claim.pk}"}


def test_after_a_settlement_the_award_form_proposes_a_statement(desk, arbitration_case, arbitrator):
    bring_to(arbitration_case, "hearing", arbitrator)
    hold(arbitration_case, result=HearingRecord.Result.MEDIATED)
    form = desk.open("award", arbitration_case, at(10, 12))
    assert form["kind"].value() == Decision.Kind.STATEMENT
    decide(arbitration_case, kind=Decision.Kind.STATEMENT)
    serve = desk.open("serve", arbitration_case, at(10, 13))
    worker = party(arbitration_case, "worker")
    ways = [value for value, _ in serve.fields[f"method_{worker.pk}"].choices]
    assert ServiceMethod.PUBLIC not in ways
    assert ServiceMethod.DIRECT in ways


def test_parties_may_be_served_one_after_the_other(desk, arbitration_case, arbitrator):
    bring_to(arbitration_case, "serve", arbitrator)
    worker, employer = party(arbitration_case, "worker"), party(arbitration_case, "employer")
    assert desk.errors("serve", arbitration_case, at(10, 13)) == {"__all__"}
    half = {f"method_{worker.pk}": ServiceMethod.DIRECT}
    assert desk.errors("serve", arbitration_case, at(10, 13), **half) == {f"served_on_{worker.pk}"}
    whole = half | {f"served_on_{worker.pk}": "2026-10-13", f"receipt_{worker.pk}": "签收"}
    desk.do("serve", arbitration_case, at(10, 13), **whole)
    form = desk.open("serve", arbitration_case, at(10, 19))
    assert form.parties == [employer]


def test_the_hearing_form_offers_the_commissions_rooms_and_the_open_copy(
    desk, register, arbitration_case, arbitrator
):
    Room.objects.create(office=register.commission, name="第一仲裁庭")
    bring_to(arbitration_case, "set_hearing", arbitrator)
    form = desk.open("set_hearing", arbitration_case, at(9, 24))
    assert [room.name for room in form.fields["room"].queryset] == ["第一仲裁庭"]
    assert "defence_served_on" in form.fields
    late = desk.errors("set_hearing", arbitration_case, at(9, 24), defence_served_on="2026-09-17")
    assert late == {"defence_served_on"}
    desk.do("set_hearing", arbitration_case, at(9, 24), defence_served_on="2026-09-24")


@pytest.mark.parametrize("step", STEPS)
def test_every_form_says_what_it_decides_and_shows_all_its_fields(
    desk, arbitration_case, arbitrator, step, settings
):
    bring_to(arbitration_case, step, arbitrator)
    form = desk.open(step, arbitration_case, at(10, 12))
    assert form.intro
    page = Template("{% load fx %}{% form_sections form %}").render(Context({"form": form}))
    for name in form.fields:
        assert f'name="{name}"' in page
