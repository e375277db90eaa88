"""The desk of a case: what it shows, who may do what there, and how each form is answered."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from arbitration.acts import ACTS
from arbitration.domain import courts
from arbitration.models import (
    AdvanceEnforcement,
    AwardExtension,
    ClaimMotion,
    CourtCase,
    Disclosure,
    RecordSignature,
    SimplifiedProcedure,
    Suspension,
)
from disputes.models import ProofItem, ProofOpinion, Wall
from tests import factories
from tests.arbitration.acts import at, bring_to, day, hold, party, set_hearing
from tests.disputes.test_intake_page import PDF
from workflows.commission import WAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(client, time_machine):
    """Open an address as somebody at a moment; with *answers* the form there is sent."""

    def as_(user, url, *, moment=at(9, 22, 10), **answers):
        time_machine.move_to(moment)
        client.force_login(user)
        return client.post(url, answers) if answers else client.get(url)

    return as_


@pytest.fixture
def ready(arbitration_case, arbitrator, arbitration_clerk):
    """Docketed, panel formed, answered on 18 September; no hearing is set."""
    return bring_to(arbitration_case, "set_hearing", arbitrator, by=arbitration_clerk)


def desk(proceeding, part=""):
    url = reverse("desk", args=[proceeding.pk])
    return f"{url}?part={part}" if part else url


def act(proceeding, name):
    return reverse("desk_act", args=[proceeding.pk, name])


PARTS = ("procedure", "proof", "hearings", "decisions")


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_the_desk_opens_from_filing_to_the_end(
    visit, arbitration_case, arbitrator, arbitration_clerk, part
):
    assert visit(arbitration_clerk, desk(arbitration_case, part)).status_code == 200
    bring_to(arbitration_case, "end", arbitrator)
    shown = visit(arbitration_clerk, desk(arbitration_case, part), moment=at(10, 14))
    assert shown.status_code == 200
    assert arbitration_case.number in shown.content.decode()


@pytest.mark.parametrize("part", PARTS)
def test_a_part_asks_at_most_fifteen_queries(
    visit, ready, arbitration_clerk, client, django_assert_max_num_queries, part
):
    visit(arbitration_clerk, desk(ready, part))
    with django_assert_max_num_queries(15):
        client.get(desk(ready, part))


def test_strangers_get_404_and_colleagues_without_the_desk_403(
    visit, ready, other_mediator, register, clerk
):
    assert visit(other_mediator, desk(ready)).status_code == 404
    assert visit(other_mediator, act(ready, "motion")).status_code == 404
    # The federation sees the outline of the case, not the commission's desk.
    district = factories.make_user(
        "qu", "区员", office=register.guta, role=factories.Office and "mediator"
    )
    case = factories.make_case(register.guta, by=district)
    from disputes.domain.escalation import go_to_arbitration

    gone = go_to_arbitration(case, at=at(9, 8), by=district)
    assert visit(district, desk(gone)).status_code == 403
    assert visit(district, act(gone, "motion")).status_code == 403


@pytest.mark.parametrize("name", sorted(ACTS))
def test_every_act_keeps_out_whoever_lacks_the_duty(
    visit, ready, arbitrator, arbitration_clerk, name
):
    """Who sits may not do what the clerk or the head does, nor the clerk what the panel does."""
    duties = set(ACTS[name].duties)
    if duties >= {"arbitrate", "docket_cases"}:
        pytest.skip("open to everybody who works at the desk")
    outsider = arbitration_clerk if "arbitrate" in duties else arbitrator
    assert visit(outsider, act(ready, name)).status_code == 403


def test_an_arbitrator_of_another_panel_does_not_know_the_case(visit, ready, register):
    another = factories.make_user("zc7", "柳七", office=register.commission, role="arbitrator")
    assert visit(another, desk(ready)).status_code == 404


def test_a_wall_hides_the_desk(visit, ready, arbitration_clerk):
    Wall.objects.create(case=ready.case, user=arbitration_clerk, reason="回避", at=at(9, 8))
    assert visit(arbitration_clerk, desk(ready)).status_code == 404


def test_what_does_not_exist_is_404_and_what_does_not_apply_leads_back(
    visit, ready, arbitration_clerk, commission_head
):
    assert visit(arbitration_clerk, act(ready, "nonsense")).status_code == 404
    answered = visit(commission_head, act(ready, "resumption"))
    assert answered.status_code == 302
    assert answered.url.startswith(desk(ready))


def test_the_case_page_leads_to_the_desk(visit, ready, arbitration_clerk):
    shown = visit(arbitration_clerk, reverse("case", args=[ready.case_id])).content.decode()
    assert desk(ready) in shown
    assert act(ready, "motion") in shown
    assert act(ready, "suspension") not in shown


def test_the_head_extends_the_award_before_its_end_and_not_after(visit, ready, commission_head):
    url, answers = act(ready, "extension"), {"days": "10", "reason": "需异地取证"}
    late = visit(commission_head, url, moment=at(10, 27), **answers, notified_on="2026-10-27")
    assert late.status_code == 422
    assert not AwardExtension.objects.exists()
    done = visit(commission_head, url, moment=at(10, 26), **answers, notified_on="2026-10-26")
    assert done.status_code == 302
    row = AwardExtension.objects.get()
    assert (row.approved_by, row.approved_on, row.days) == (commission_head, day(10, 26), 10)
    too_long = visit(commission_head, url, moment=at(10, 26), **answers | {"days": "16"})
    assert too_long.status_code == 302  # extended once: back to the desk


def test_suspend_and_resume_by_form(visit, ready, commission_head, arbitrator):
    done = visit(
        commission_head, act(ready, "suspension"), ground="appraisal", reason="等待工伤认定",
        since="2026-09-22", notified_on="2026-09-22",
        file=SimpleUploadedFile("受理决定书.pdf", PDF),
    )  # fmt: skip
    assert done.status_code == 302
    assert "中止" in visit(arbitrator, desk(ready)).content.decode()
    done = visit(
        arbitrator, act(ready, "resumption"), moment=at(10, 12), resumed_on="2026-10-12",
        reason="结论已出",
    )  # fmt: skip
    assert done.status_code == 302
    assert Suspension.objects.get().resumed_on == day(10, 12)


def test_a_claim_is_added_by_form_and_a_refusal_stands_beside_its_field(
    visit, ready, arbitration_clerk
):
    answers = {
        "kind": "added",
        "party": party(ready, "worker").pk,
        "brought_on": "2026-09-21",
        "asked": "增加经济补偿",
        "new_kind": "severance",
        "new_amount": "8000",
        "result": "accepted",
        "decided_on": "2026-09-22",
        "notified_on": "2026-09-22",
    }
    wrong = visit(arbitration_clerk, act(ready, "motion"), **answers | {"new_kind": ""})
    assert wrong.status_code == 422
    assert "new_kind" in wrong.context["form"].errors
    assert visit(arbitration_clerk, act(ready, "motion"), **answers).status_code == 302
    assert ClaimMotion.objects.get().changes.get().claim.amount == 8000
    answer = visit(
        arbitration_clerk, act(ready, "answer"), moment=at(9, 28), answered_on="2026-09-28"
    )
    assert answer.status_code == 302


def test_a_party_is_added_and_an_objection_decided_by_form(
    visit, ready, arbitration_clerk, commission_head
):
    added = visit(
        arbitration_clerk, act(ready, "party"), role="respondent", kind="employer",
        name="锦北样例劳务009有限公司", ground="dispatch", decided_on="2026-09-21",
        served_on="2026-09-22", method="direct", receipt="签收",
    )  # fmt: skip
    assert added.status_code == 302
    raised = visit(
        arbitration_clerk, act(ready, "objection"), party=party_named(ready, "建筑003").pk,
        raised_on="2026-09-22", grounds="履行地在外市",
    )  # fmt: skip
    assert raised.status_code == 302
    decided = visit(
        commission_head, act(ready, "objection-rejected"), decided_on="2026-09-22",
        reasons="住所地在本市",
    )  # fmt: skip
    assert decided.status_code == 302
    assert ready.jurisdiction_objections.get().upheld is False


def party_named(proceeding, words):
    return proceeding.case.parties.get(name__contains=words)


def test_disclosure_decision_and_change_by_form(
    visit, ready, arbitrator, commission_head, register
):
    another = factories.make_user("zc9", "柳青", office=register.commission, role="arbitrator")
    visit(
        arbitrator, act(ready, "disclosure"), person=arbitrator.pk, relation="kin",
        text="与申请人系表亲", disclosed_on="2026-09-22",
    )  # fmt: skip
    row = Disclosure.objects.get()
    wrong = visit(
        commission_head, act(ready, "disclosure-decision"), disclosure=row.pk, stays="yes",
        decided_on="2026-09-22", reasons="x",
    )  # fmt: skip
    assert "stays" in wrong.context["form"].errors
    visit(
        commission_head, act(ready, "disclosure-decision"), disclosure=row.pk, stays="no",
        decided_on="2026-09-22", reasons="近亲属",
    )  # fmt: skip
    changed = visit(
        commission_head, act(ready, "seat"), seat="presiding", person=another.pk,
        ground="disclosure", reason="回避", changed_on="2026-09-22", notified_on="2026-09-22",
    )  # fmt: skip
    assert changed.status_code == 302
    ready.refresh_from_db()
    assert ready.handler == another


def test_proof_goes_from_list_to_opinion_by_form(visit, ready, arbitration_clerk):
    worker, employer = party(ready, "worker"), party(ready, "employer")
    clerk = arbitration_clerk
    assert visit(
        clerk, act(ready, "proof-period"), until="2026-10-08", notified_on="2026-09-22"
    ).status_code == 302  # fmt: skip
    wrong = visit(
        clerk, act(ready, "proof-list"), party=worker.pk, submitted_on="2026-09-22",
        name_1="工资流水",
    )  # fmt: skip
    assert "purpose_1" in wrong.context["form"].errors
    visit(
        clerk, act(ready, "proof-list"), party=worker.pk, submitted_on="2026-09-22",
        name_1="工资流水", purpose_1="欠薪", name_2="考勤", purpose_2="出勤", pages_2="4",
    )  # fmt: skip
    bank, clocked = ProofItem.objects.order_by("number")
    visit(clerk, act(ready, "proof-exchange"), party=worker.pk, exchanged_on="2026-09-22")
    answers = {f"opinion_{bank.pk}": "confirmed", f"opinion_{clocked.pk}": "disputed"}
    wrong = visit(
        clerk, act(ready, "proof-opinion"), party=employer.pk, said_on="2026-09-22", **answers
    )
    assert f"reason_{clocked.pk}" in wrong.context["form"].errors
    answers |= {f"doubts_authenticity_{clocked.pk}": "on", f"reason_{clocked.pk}": "系自制"}
    visit(clerk, act(ready, "proof-opinion"), party=employer.pk, said_on="2026-09-22", **answers)
    assert set(ProofOpinion.objects.values_list("opinion", flat=True)) == {
        "confirmed",
        "disputed",
    }
    shown = visit(clerk, desk(ready, "proof")).content.decode()
    assert "系自制" in shown


def test_simplified_commissioned_and_back_by_form(visit, ready, commission_head, arbitrator):
    visit(
        commission_head, act(ready, "simplified"), ground="clear", harmless="on",
        decided_on="2026-09-22",
    )  # fmt: skip
    assert SimplifiedProcedure.objects.get().converted_on is None
    visit(
        arbitrator, act(ready, "commission"), mediator="古塔区调解中心",
        applicant_agreed_on="2026-09-22", respondent_agreed_on="2026-09-22",
    )  # fmt: skip
    visit(arbitrator, act(ready, "commission-result"), result="failed", ended_on="2026-09-22")
    assert ready.commissioned_mediations.get().result == "failed"
    visit(arbitrator, act(ready, "ordinary"), converted_on="2026-09-22", reason="案情复杂")
    assert SimplifiedProcedure.objects.get().converted_on == day(9, 22)


def test_what_follows_a_hearing_by_form(visit, ready, arbitrator, arbitration_clerk):
    set_hearing(ready)
    hold(ready)
    worker, employer = party(ready, "worker"), party(ready, "employer")
    moment = at(10, 12)
    answers = {f"how_{worker.pk}": "signed", f"how_{employer.pk}": "refused"}
    wrong = visit(arbitration_clerk, act(ready, "signatures"), moment=moment, **answers)
    assert f"note_{employer.pk}" in wrong.context["form"].errors
    answers[f"note_{employer.pk}"] = "认为记录不全"
    visit(arbitration_clerk, act(ready, "signatures"), moment=moment, **answers)
    assert RecordSignature.objects.count() == 2
    claim = ready.case.claims.get()
    visit(
        arbitrator, act(ready, "advance"), moment=moment, claim=claim.pk, asked_on="2026-10-09",
        granted="yes", decided_on="2026-10-12", amount="5000", rights_clear="on", hardship="on",
        reasons="生活困难", court="古塔区人民法院", sent_on="2026-10-12",
    )  # fmt: skip
    assert AdvanceEnforcement.objects.get().granted


def test_a_partial_award_is_made_and_served_by_form(visit, ready, arbitrator, arbitration_clerk):
    second = ready.case.claims.create(kind="severance", amount=9000)
    set_hearing(ready)
    hold(ready)
    first, moment = ready.case.claims.first(), at(10, 12)
    everything = {f"supported_{first.pk}": "full", f"supported_{second.pk}": "full"}
    common = {"decided_on": "2026-10-12", "reasons": "部分事实清楚"}
    url = act(ready, "partial-award")
    assert visit(arbitrator, url, moment=moment, **common, **everything).status_code == 422
    done = visit(arbitrator, url, moment=moment, **common, **{f"supported_{first.pk}": "full"})
    assert done.status_code == 302
    worker = party(ready, "worker")
    served = {
        f"served_on_{worker.pk}": "2026-10-12",
        f"method_{worker.pk}": "direct",
        f"receipt_{worker.pk}": "签收",
    }
    visit(arbitration_clerk, act(ready, "partial-service"), moment=moment, **served)
    assert ready.services.served().filter(paper="partial_award").count() == 1


def test_suits_and_their_outcomes_are_noted_after_the_end(
    visit, arbitration_case, arbitrator, arbitration_clerk
):
    bring_to(arbitration_case, "end", arbitrator)
    worker, employer = party(arbitration_case, "worker"), party(arbitration_case, "employer")
    url = act(arbitration_case, "court")
    visit(
        arbitration_clerk, url, moment=at(10, 20), kind="setaside", party=employer.pk,
        filed_on="2026-10-20", court="锦州市中级人民法院", number="(2026)辽07民特1号",
    )  # fmt: skip
    row = CourtCase.objects.get()
    visit(
        arbitration_clerk, act(arbitration_case, "court-outcome"), moment=at(11, 20),
        court_case=row.pk, outcome="set_aside", ended_on="2026-11-16",
        **{f"received_{worker.pk}": "2026-11-18"},
    )  # fmt: skip
    row.refresh_from_db()
    assert row.outcome == "set_aside"
    assert arbitration_case.case.deadlines.filter(
        rule__rule_id="SUE_AFTER_SET", party=worker
    ).exists()
    shown = visit(arbitration_clerk, desk(arbitration_case, "decisions"), moment=at(11, 20))
    assert "(2026)辽07民特1号" in shown.content.decode()


@pytest.mark.parametrize("name", sorted(WAYS))
def test_ways_that_move_the_course_keep_strangers_and_colleagues_out(
    visit, ready, other_mediator, arbitrator, arbitration_clerk, name
):
    url, duties = reverse("commission_way", args=[ready.pk, name]), WAYS[name].duties
    assert visit(other_mediator, url).status_code == 404
    if "schedule_hearings" in duties or {"docket_cases", "arbitrate"} <= set(duties):
        pytest.skip("open to everybody who works at the desk")
    outsider = arbitration_clerk if "arbitrate" in duties else arbitrator
    assert visit(outsider, url).status_code == 403


@pytest.fixture
def awarded(arbitration_case, arbitrator):
    bring_to(arbitration_case, "end", arbitrator)
    return arbitration_case


def test_the_list_after_the_award_says_who_may_do_what_until_when(
    visit, awarded, arbitration_clerk, district_mediator
):
    url = reverse("remedies")
    shown = visit(arbitration_clerk, url, moment=at(10, 20))
    assert [row["deadline"].rule.rule_id for row in shown.context["rows"]] == [
        "SUE_15",
        "SETASIDE_30",
    ]
    courts.end_passed_limits(at=at(10, 29))
    ended = visit(arbitration_clerk, f"{url}?state=ended", moment=at(10, 29))
    assert [row["passed"] for row in ended.context["rows"]] == [True]
    assert visit(district_mediator, url).status_code == 403


def test_the_list_after_the_award_pages_by_key(visit, awarded, arbitration_clerk, monkeypatch):
    monkeypatch.setattr("arbitration.remedies.page.__kwdefaults__", {"size": 1})
    url = reverse("remedies")
    first = visit(arbitration_clerk, url, moment=at(10, 20))
    second = visit(arbitration_clerk, f"{url}?after={first.context['following']}")
    assert len(first.context["rows"]) == len(second.context["rows"]) == 1
    assert first.context["rows"][0]["deadline"] != second.context["rows"][0]["deadline"]
    assert visit(arbitration_clerk, f"{url}?after=x").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_after_the_award_asks_a_fixed_number_of_queries(
    visit, register, arbitrator, arbitration_clerk, client, django_assert_num_queries, count
):
    for number in range(count):
        case = factories.make_case(register.commission, by=arbitration_clerk)
        person = factories.make_user(
            f"z{number}", f"裁{number}", office=register.commission, role="arbitrator"
        )
        steps = {"new_room": f"第{number}庭"}
        bring_to(case, "set_hearing", person)
        set_hearing(case, **steps)
        hold(case)
        from tests.arbitration.acts import decide, serve

        decide(case)
        serve(case)
    visit(arbitration_clerk, reverse("remedies"), moment=at(10, 20))
    with django_assert_num_queries(10):
        assert len(client.get(reverse("remedies")).context["rows"]) == count * 2
