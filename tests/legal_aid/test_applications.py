"""Applications for aid: who is entitled, what is decided, what is objected to."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from disputes.domain.intake import file_case
from disputes.models import Deadline, Wall
from legal_aid.domain import applications, consultations, eligibility, refusals
from legal_aid.domain.clocks import clocks_of, running_clock
from legal_aid.models import Application, Consultation
from legal_aid.permissions import visible_applications
from tests.factories import MONDAY, make_application, make_case, make_lawyer
from tests.journeys.test_counts import queries_of
from tests.legal_aid.acts import AT, FORM, apply, grant, refuse
from tests.legal_aid.test_consultations import ANSWER, book

TODAY = MONDAY.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def application(district_case, register, aid_administrator):
    return apply(district_case.case, register, by=aid_administrator)


def test_it_gets_a_number_and_takes_the_worker_of_the_case(application):
    assert application.number == "锦职援申〔2026〕第1号"
    assert application.applicant.name == "韩玉兰"
    assert application.state == "待决定"


def test_one_application_at_a_time(application, register, aid_administrator):
    with pytest.raises(refusals.AppliedAlready):
        apply(application.case, register, by=aid_administrator)
    refuse(application, by=aid_administrator)
    assert apply(application.case, register, by=aid_administrator).pk != application.pk


def test_nobody_applies_without_a_promise(district_case, register, aid_administrator):
    with pytest.raises(refusals.NotPromised):
        applications.receive(
            district_case.case, centre=register.aid_centre, promised=False, at=AT,
            by=aid_administrator, **FORM,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("migrant", "kind", "exemption"),
    [
        (True, "wage_arrears", "migrant_wages"),
        (True, "injury", "migrant_injury"),
        (True, "reinstatement", ""),
        (False, "wage_arrears", ""),
    ],
)
def test_migrants_who_ask_for_wages_or_injury_need_no_proof_of_means(
    register, aid_administrator, migrant, kind, exemption
):
    proceeding = make_case(register.guta, worker={"is_migrant": migrant}, claims=[{"kind": kind}])
    row = apply(proceeding.case, register, by=aid_administrator, household=None, income=None)
    assert row.exemption == exemption
    if exemption:
        assert grant(row, by=aid_administrator).is_granted
    else:
        with pytest.raises(refusals.MeansUnknown):
            grant(row, by=aid_administrator)


def test_means_are_income_per_head_against_the_local_minimum_wage(application):
    application.income, application.household = Decimal("3000.00"), 2
    means = eligibility.means_of(application, on=TODAY)
    assert (means.per_head, means.within) == (Decimal("1500.00"), True)
    application.income = Decimal("9000.00")
    assert eligibility.means_of(application, on=TODAY).within is False
    application.household = None
    assert eligibility.means_of(application, on=TODAY).within is None


def test_the_decision_is_due_in_seven_days_and_a_lawyer_in_three_more(
    application, aid_administrator
):
    clock = running_clock(application)
    assert (clock.rule.rule_id, clock.due_nominal) == ("LEGAL_AID_DECIDE", date(2026, 9, 14))
    grant(application, by=aid_administrator)
    application.refresh_from_db()
    decided, assigned = clocks_of(application)
    assert decided.state == Deadline.State.MET
    assert (assigned.rule.rule_id, assigned.due_nominal) == ("LEGAL_AID_ASSIGN", date(2026, 9, 10))
    assert running_clock(application, assigned_on=date(2026, 9, 9)) is None
    late = clocks_of(application, assigned_on=date(2026, 9, 20))[1]
    assert late.state == Deadline.State.LATE


def test_the_clocks_of_the_centre_are_on_no_page_of_the_case(application):
    assert not application.case.deadlines.filter(rule__rule_id__startswith="LEGAL_AID").exists()


def near(case, days):
    deadline = case.deadlines.get(rule__rule_id="LIMITATION")
    Deadline.objects.filter(pk=deadline.pk).update(
        due_nominal=TODAY + timedelta(days=days), due_legal=TODAY + timedelta(days=days)
    )


def test_with_six_days_left_aid_goes_ahead_of_its_decision(application, aid_administrator):
    near(application.case, 6)
    limit = eligibility.near_limit(application.case, on=TODAY)
    assert eligibility.is_urgent(limit, on=TODAY)
    row = applications.give_ahead(application, limit_on=limit, at=AT, by=aid_administrator)
    assert row.may_assign
    assert running_clock(row).rule.rule_id == "LEGAL_AID_DECIDE"
    refuse(row, by=aid_administrator)
    row.refresh_from_db()
    assert not row.may_assign


@pytest.mark.parametrize("days", [7, -1])
def test_with_more_time_or_none_it_does_not(application, aid_administrator, days):
    with pytest.raises(refusals.NotUrgent):
        applications.give_ahead(
            application, limit_on=TODAY + timedelta(days=days), at=AT, by=aid_administrator
        )


def test_the_limitation_counts_as_if_nothing_had_interrupted_it(register):
    case = make_case(register.guta, occurred_on=date(2025, 9, 10)).case
    assert eligibility.near_limit(case, on=TODAY) == date(2026, 9, 10)


def test_a_refusal_needs_reasons_and_is_decided_once(application, aid_administrator):
    with pytest.raises(refusals.ReasonsMissing):
        applications.decide(
            application, decision="refused", reasons=" ", at=AT, by=aid_administrator
        )
    refuse(application, by=aid_administrator)
    with pytest.raises(refusals.DecidedAlready):
        grant(application, by=aid_administrator)


def object_to(application, by):
    return applications.object_to(
        application, objection="请求复核。", received_on=TODAY, at=AT, by=by
    )


def test_an_objection_is_decided_by_somebody_else(application, aid_administrator, leader):
    with pytest.raises(refusals.NothingToObjectTo):
        object_to(application, aid_administrator)
    refuse(application, by=aid_administrator)
    row = object_to(application, aid_administrator)
    assert running_clock(row).rule.rule_id == "LEGAL_AID_REVIEW"
    with pytest.raises(refusals.NothingToObjectTo):
        object_to(application, aid_administrator)
    with pytest.raises(refusals.DecidedByHerself):
        applications.decide_objection(
            row, result="overturned", reasons="属于援助范围。", at=AT, by=aid_administrator
        )
    row = applications.decide_objection(
        row, result="overturned", reasons="属于援助范围。", at=AT, by=leader
    )
    assert row.is_granted
    assert row.may_assign
    with pytest.raises(refusals.NoObjection):
        applications.decide_objection(row, result="confirmed", reasons="x", at=AT, by=leader)


def test_what_ended_is_not_decided(application, aid_administrator):
    applications.end(application, reason="申请人撤回", at=AT, by=aid_administrator)
    with pytest.raises(refusals.ApplicationOver):
        grant(application, by=aid_administrator)


def test_the_database_keeps_the_rules_of_applications(application, aid_administrator):
    for facts, constraint in (
        ({"promised": False}, "aid_application_promised"),
        ({"decision": "refused", "decided_on": TODAY}, "aid_refused_for_reasons"),
        ({"decision": "granted"}, "aid_decided_on_a_day"),
        ({"objected_on": TODAY, "objection": "x"}, "aid_objection_to_a_refusal"),
        ({"ended_on": TODAY}, "aid_ended_for_reason"),
        (
            {"decision": "granted", "decided_on": TODAY, "household": None},
            "aid_granted_on_means_or_exemption",
        ),
        (
            {
                "decision": "refused", "decided_on": TODAY, "reasons": "x", "objected_on": TODAY,
                "objection": "x", "objection_result": "confirmed", "reviewed_on": TODAY,
                "review_reasons": "x", "decided_by": aid_administrator,
                "reviewed_by": aid_administrator,
            },
            "aid_objection_decided_by_another",
        ),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Application.objects.filter(pk=application.pk).update(**facts)


def test_the_mediating_office_is_told_and_no_other_tier(
    application, enterprise_case, register, aid_administrator
):
    entry = application.case.timeline.first()
    assert (entry.verb, entry.reach) == ("Legal aid was applied for", "office")
    apply(enterprise_case.case, register, by=aid_administrator)
    assert not enterprise_case.case.timeline.filter(verb__contains="Legal aid").exists()


def test_who_sees_an_application(
    application, district_mediator, regional_head, other_mediator, leader, lawyer, auditor,
    arbitrator, enterprise_head, aid_administrator,
):  # fmt: skip
    seeing = {regional_head, leader, aid_administrator, district_mediator}
    for user in (
        district_mediator, regional_head, other_mediator, leader, lawyer, auditor, arbitrator,
        enterprise_head, aid_administrator,
    ):  # fmt: skip
        assert visible_applications(user).exists() == (user in seeing), user


def test_the_enterprises_committee_sees_none(
    client, clock, enterprise_case, enterprise_head, register, aid_administrator
):
    apply(enterprise_case.case, register, by=aid_administrator)
    assert not visible_applications(enterprise_head).exists()
    client.force_login(enterprise_head)
    assert client.get(reverse("aid_apply", args=[enterprise_case.case_id])).status_code == 403
    assert "申请法律援助" not in client.get(reverse("case", args=[enterprise_case.case_id])).text


def test_walls_and_seals_win(application, aid_administrator, leader):
    Wall.objects.create(case=application.case, user=leader, reason="回避", at=MONDAY)
    assert not visible_applications(leader).exists()
    application.case.sealed = True
    application.case.save()
    assert not visible_applications(aid_administrator).exists()


def test_the_mediator_reads_how_it_stands_and_nothing_of_means(
    client, clock, application, district_case, district_mediator, aid_administrator
):
    url = reverse("application", args=[application.pk])
    client.force_login(aid_administrator)
    assert "1,000.00" in client.get(url).text
    district_case.handler = district_mediator
    district_case.save()
    client.force_login(district_mediator)
    text = client.get(url).text
    assert "待决定" in text
    assert "1,000.00" not in text
    assert (
        client.get(reverse("application_act", args=[application.pk, "decide"])).status_code == 403
    )


def test_a_stranger_finds_nothing(client, clock, application, other_mediator, lawyer):
    for user in (other_mediator, lawyer):
        client.force_login(user)
        assert client.get(reverse("application", args=[application.pk])).status_code == 404
        assert (
            client.get(reverse("application_act", args=[application.pk, "decide"])).status_code
            == 404
        )
        assert client.get(reverse("aid_apply", args=[application.case_id])).status_code == 404
        assert client.get(reverse("applications")).status_code == 403


def test_the_mediator_applies_from_the_page_of_the_case(
    client, clock, register, district_case, regional_head
):
    client.force_login(regional_head)
    assert "法律援助与律师意见" in client.get(reverse("case", args=[district_case.case_id])).text
    assert "申请法律援助" in client.get(reverse("case_aid", args=[district_case.case_id])).text
    url = reverse("aid_apply", args=[district_case.case_id])
    assert "催要未果" in client.get(url).text
    sent = {
        "centre": register.aid_centre.pk, "help_kind": "mediation", "stage": "mediation",
        "position": "applicant",
        "received_on": "2026-09-07", "facts": "未发工资。", "household": "2", "income": "3000",
    }  # fmt: skip
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "须承诺所述属实" in refused.text
    client.post(url, {**sent, "promised": "on"})
    row = Application.objects.get()
    assert row.received_by == regional_head
    assert client.get(url).url == reverse("application", args=[row.pk])


def test_the_centre_decides_on_the_pages(client, clock, application, aid_administrator, leader):
    client.force_login(aid_administrator)

    def act(name, **sent):
        return client.post(reverse("application_act", args=[application.pk, name]), sent)

    act("opinion", opinion="建议不予援助。", household="2", income="30000")
    assert act("decide", decision="refused").status_code == 422
    act("decide", decision="refused", reasons="超过标准。")
    act("object", received_on="2026-09-07", objection="收入有误。")
    assert act("review", result="overturned", reasons="x").status_code == 403
    client.force_login(leader)
    act("review", result="overturned", reasons="经核实收入低于标准。")
    application.refresh_from_db()
    assert application.is_granted
    assert "经核实收入低于标准" in client.get(reverse("application", args=[application.pk])).text


def test_what_does_not_apply_is_said(client, clock, application, aid_administrator):
    client.force_login(aid_administrator)
    answer = client.get(reverse("application_act", args=[application.pk, "ahead"]), follow=True)
    assert "已不适用" in answer.text


def test_a_consultation_becomes_an_application_once_its_case_is_filed(
    client, clock, register, aid_administrator, lawyer
):
    row = book(make_lawyer(lawyer), aid_administrator)
    consultations.write_down(row, **ANSWER, at=MONDAY, by=lawyer)
    client.force_login(aid_administrator)
    url = reverse("consultation_act", args=[row.pk, "aid"])
    assert client.post(url).status_code == 422
    assert client.post(url, {"promised": "on"}).url == reverse("intake")
    token = Consultation.objects.get().token
    proceeding = file_case(
        make_application(filing_token=token, worker={"is_migrant": True}),
        office=register.guta, at=AT, by=aid_administrator,
    )  # fmt: skip
    application = Application.objects.get()
    assert (application.case, application.exemption) == (proceeding.case, "migrant_wages")
    assert visible_applications(aid_administrator).get() == application


def test_the_list_asks_the_same_for_one_and_three(
    client, clock, application, register, aid_administrator
):
    client.force_login(aid_administrator)
    pages = [reverse("applications"), reverse("application", args=[application.pk])]
    asked = [queries_of(client, url) for url in pages]
    for _each in range(2):
        apply(make_case(register.guta).case, register, by=aid_administrator)
    assert [queries_of(client, url) for url in pages] == asked == [7, 15]
