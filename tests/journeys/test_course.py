"""The whole course in short stories: over all tiers, every way out and back, each by the people
whose desk it is, through the doors of the house.
"""

import io
import zipfile
from datetime import datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from disputes.domain.clocks import find_clock
from disputes.domain.roster import speaking
from disputes.models import (
    Deadline,
    MemberResult,
    Outcome,
    Party,
    Proceeding,
    Recusal,
    Referral,
    Tier,
    Wall,
)
from offices.duties import Role
from offices.models import Office
from tests import factories
from tests.disputes.rosters import line, workbook
from tests.disputes.test_intake_page import PDF, written
from tests.factories import MONDAY, SHANGHAI
from tests.journeys.hands import Hands
from tests.workflows.walking import open_titles, task_of
from workflows.timers import fire_due

pytestmark = pytest.mark.django_db
MOMENT = "%Y-%m-%dT%H:%M"


def morning(month, day):
    """Return ten o'clock on a day of 2026."""
    return datetime.combine(datetime(2026, month, day), time(10), SHANGHAI)


@pytest.fixture
def hands(time_machine):
    found = Hands(lambda moment: time_machine.move_to(moment, tick=True))
    found.go_to(MONDAY + timedelta(hours=1))
    return found


def last_of(case):
    return Proceeding.objects.select_related("office", "desk").filter(case=case).latest("ordinal")


def accept(hands, proceeding, *, mediator, head):
    """Take a case from its filing to an appointed mediator."""
    hands.step(mediator, proceeding, "examine", in_scope="yes", complete="yes")
    hands.step(mediator, proceeding, "consult", method="phone", answer="agreed")
    hands.step(head, proceeding, "decide", accepted="yes")
    facts = {"mediator": mediator.pk, "reason": "熟悉建筑行业", "conflict_declared": "on"}
    hands.step(head, proceeding, "appoint", **facts)
    proceeding.refresh_from_db()


def meet(hands, proceeding, *, mediator, result):
    """Hold a session of an hour that has just ended with *result*."""
    hands.step(
        mediator,
        proceeding,
        "mediate",
        started_at=(hands.at - timedelta(hours=1)).strftime(MOMENT),
        ended_at=hands.at.strftime(MOMENT),
        place="调解室一",
        recusal_told="on",
        identity_0="id_card",
        statements="双方陈述了各自的意见。",
        result=result,
    )


def signatures(day):
    names = ("worker_signed_on", "employer_signed_on", "mediator_signed_on", "sealed_on")
    return dict.fromkeys(names, day.isoformat()) | {"handed_over": "on"}


def docket(hands, proceeding, *, clerk, head, signed_on):
    """Take an application from its receipt to the docket."""
    signed = {"signed_on": signed_on.isoformat(), "complete": "yes"}
    hands.step(clerk, proceeding, "receive", **signed)
    hands.step(head, proceeding, "docket", docketed="yes")


def test_forty_workers_over_all_tiers_and_one_who_does_not_settle(
    hands, register, enterprise_mediator, enterprise_head, district_mediator, regional_head,
    arbitration_clerk, commission_head, arbitrator,
):  # fmt: skip
    # At the enterprise: a roster with one wrong line, representatives, and no settlement.
    filed = factories.make_case(
        register.enterprise,
        by=enterprise_mediator,
        consents={"next_tier": True},
        worker_count=40,
        collective=True,
    )
    roster = reverse("roster", args=[filed.case_id])
    lines = [line(900 + n) for n in range(39)]
    hands.send(enterprise_mediator, roster, file=workbook([*lines, line(939, 手机="12")]))
    hands.send(enterprise_mediator, roster, file=workbook([line(939)]))
    assert speaking.consents_of(filed)["every"] == 40
    hands.send(
        enterprise_mediator,
        reverse("roster_election", args=[filed.case_id]),
        numbers="1-3",
        held_on=hands.at.date().isoformat(),
        present=38,
        minutes=SimpleUploadedFile("推选记录.pdf", PDF),
    )
    accept(hands, filed, mediator=enterprise_mediator, head=enterprise_head)
    meet(hands, filed, mediator=enterprise_mediator, result="failed")
    hands.step(
        enterprise_mediator, filed, "failure", reason="no_agreement",
        notice_served_on=hands.at.date().isoformat(), notice_method="handed",
        worker_signature="signed", employer_signature="signed",
    )  # fmt: skip

    # In the district: 39 consent, one does not; nothing is signed for her.
    second = last_of(filed.case)
    assert (second.tier, second.office) == (Tier.REGIONAL, register.guta)
    hands.go_to(morning(9, 9))
    accept(hands, second, mediator=district_mediator, head=regional_head)
    meet(hands, second, mediator=district_mediator, result="settled")
    consents = reverse("roster_consents", args=[filed.case_id])
    today = hands.at.date()
    hands.send(district_mediator, consents, given="no", numbers="7", on=today.isoformat())
    hands.send(district_mediator, consents, given="yes", numbers="", on=today.isoformat())
    terms = {
        "terms": "单位于9月30日前向40名劳动者付清工资。", "amount": "210000",
        "performance_by": (today + timedelta(days=10)).isoformat(), "performance_mode": "once",
        **signatures(today),
    }  # fmt: skip
    refused = hands.try_to_send(
        district_mediator,
        reverse("step", args=[task_of(second, "agreement").pk]),
        **terms,
    )
    assert refused.status_code == 422
    alone = reverse("member_act", args=[filed.case_id, 7, "alone"])
    hands.send(district_mediator, alone, office=register.commission.pk, reason="不同意分期支付")
    hands.step(district_mediator, second, "agreement", **terms)
    second.refresh_from_db()
    assert second.outcome == Outcome.SETTLED
    settled = MemberResult.objects.filter(proceeding=second, result="settled")
    assert settled.values("member").distinct().count() == 39

    # Hers goes on at the commission, to an award of her own.
    member = filed.case.roster.get(number=7)
    third = last_of(member.severance.case)
    assert (third.tier, third.case.worker_count) == (Tier.ARBITRATION, 1)
    docket(hands, third, clerk=arbitration_clerk, head=commission_head, signed_on=today)
    assert "panel" in open_titles(third)
    # The forty stay one collective case, whatever became of them.
    filed.case.refresh_from_db()
    assert filed.case.collective


def test_returned_once_and_then_decided_above(
    hands, register, regional_head, district_mediator, leader
):
    other_head = factories.make_user("lhzr", "方正", office=register.linghe, role=Role.HEAD)
    case = factories.make_case(register.guta, by=district_mediator)
    hands.way(regional_head, case, "hand_on", office=register.linghe.pk, reason="单位在凌河区")
    there = last_of(case.case)
    clock = find_clock(case.case, "MED_ACCEPT", proceeding=there)
    hands.way(other_head, there, "hand_back", reason="用工地在古塔区")
    back = last_of(case.case)
    assert (back.office, back.ordinal) == (register.guta, 3)
    # A second return is not to be had: somebody above decides, and then it stays.
    again = hands.try_to_send(
        regional_head,
        reverse("hand_on", args=[case.case_id]),
        office=register.linghe.pk,
        reason="x",
    )
    if again.status_code == 302:
        refused = hands.try_to_send(
            other_head, reverse("hand_back", args=[case.case_id]), reason="再退"
        )
        assert refused.status_code in (403, 422)
    hands.way(leader, case, "place", office=_elsewhere(case, register).pk, reason="指定管辖")
    placed = last_of(case.case)
    head = other_head if placed.office == register.linghe else regional_head
    for way, answers in (("hand_back", {}), ("hand_on", {"office": register.guta.pk})):
        answer = hands.try_to_send(
            head, reverse(way, args=[case.case_id]), reason="不服", **answers
        )
        assert answer.status_code in (403, 422), way
    assert last_of(case.case) == placed
    # Each clock ran from the dispatch.
    assert clock.started_on == MONDAY.date()
    numbers = list(case.case.proceedings.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers)


def _elsewhere(case, register):
    now = last_of(case.case).office
    return register.guta if now == register.linghe else register.linghe


def test_a_head_is_recused_and_the_case_goes_on_without_her(
    hands, register, district_mediator, regional_head
):
    second = factories.make_user("gtzr2", "顾衡", office=register.guta, role=Role.HEAD)
    case = factories.make_case(register.guta, by=district_mediator)
    hands.send(
        district_mediator,
        reverse("recusal_ask", args=[case.case_id]),
        person=regional_head.pk, asker="applicant", form="oral",
        asked_on=hands.at.date().isoformat(), ground="kin", reason="主任是单位负责人的姐姐",
    )  # fmt: skip
    recusal = reverse("recusal", args=[Recusal.objects.get().pk])
    assert hands.try_to_send(regional_head, recusal, granted="yes").status_code == 403
    hands.send(second, recusal, granted="yes", decision="情况属实，应当回避")
    assert Wall.objects.get().user == regional_head
    # For her the case does not exist any more; the other head takes it on.
    page = hands.browser(regional_head).get(reverse("case", args=[case.case_id]))
    assert page.status_code == 404
    assert find_clock(case.case, "MED_ACCEPT", proceeding=case).due_legal
    accept(hands, case, mediator=district_mediator, head=second)
    assert open_titles(case) == ["mediate"]


def test_suspended_for_an_injury_finding_and_resumed(
    hands, register, arbitration_clerk, commission_head
):
    case = factories.make_case(register.commission, by=arbitration_clerk)
    docket(
        hands, case, clerk=arbitration_clerk, head=commission_head, signed_on=MONDAY.date()
    )  # fmt: skip
    before = find_clock(case.case, "ARB_AWARD", proceeding=case).due_legal
    hands.go_to(morning(9, 14))
    facts = {"ground": "appraisal", "reason": "等待工伤认定结论"}
    url = reverse("desk_act", args=[case.pk, "suspension"])
    assert hands.try_to_send(commission_head, url, **facts).status_code == 422
    facts["file"] = SimpleUploadedFile("工伤认定申请受理决定书.pdf", PDF)
    hands.act(commission_head, case, "suspension", **facts)
    clock = find_clock(case.case, "ARB_AWARD", proceeding=case)
    assert clock.state == Deadline.State.SUSPENDED
    hands.go_to(morning(10, 19))
    hands.act(commission_head, case, "resumption", reason="工伤认定书已送达")
    clock.refresh_from_db()
    assert clock.state == Deadline.State.RUNNING
    assert clock.due_legal >= before + timedelta(days=34)
    shown = hands.reads(commission_head, reverse("deadline", args=[clock.pk]))
    assert "等待工伤认定结论" in shown


def test_mediation_that_nobody_ends_expires_and_goes_on(
    hands, register, enterprise_mediator, enterprise_head
):
    case = factories.make_case(
        register.enterprise, by=enterprise_mediator, consents={"next_tier": True}
    )
    accept(hands, case, mediator=enterprise_mediator, head=enterprise_head)
    due = find_clock(case.case, "MED_CLOSE", proceeding=case).due_legal
    fire_due(at=datetime.combine(due + timedelta(days=1), time(0, 1), SHANGHAI))
    case.refresh_from_db()
    assert case.outcome == Outcome.EXPIRED
    assert last_of(case.case).tier == Tier.REGIONAL


def test_handed_over_and_written_back(hands, register, district_mediator):
    Office.objects.filter(pk=register.commission.pk).update(handled_here=False)
    case = factories.make_case(register.guta, by=district_mediator, consents={"sharing": True})
    hands.way(district_mediator, case, "arbitrate", confirmed="on")
    there = last_of(case.case)
    assert (there.office, there.desk) == (register.commission, register.guta)

    # The package is taken out; what was said in mediation is not in it.
    door = reverse("handover_package", args=[there.pk])
    answer = hands.browser(district_mediator).post(door)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    today = hands.at.date().isoformat()
    hands.step(district_mediator, there, "send", signed_on=today, sent_on=today)

    # Nobody answers: after three working days it stands on the list to be chased.
    hands.go_to(morning(9, 14))
    listed = hands.reads(district_mediator, reverse("handovers"))
    assert "对方出具接收回执" in listed

    # The other side fills in the form that came with the package, and sends it back.
    book = load_workbook(io.BytesIO(archive.read("write_back.xlsx")))
    row = book.worksheets[0][2]
    said = ("2026-09-11", "外仲2026-77号", "终局裁决", "2026-09-14", "14600", "")
    for cell, value in zip(row[1:], said, strict=True):
        cell.value = value
    filled = io.BytesIO()
    book.save(filled)
    file = SimpleUploadedFile("回写.xlsx", filled.getvalue())
    shown = hands.browser(district_mediator).post(reverse("write_back"), {"file": file})
    assert [each.ok for each in shown.context["taken"]] == [True], shown.context["taken"]
    there.refresh_from_db()
    assert (there.outcome, there.settled_amount) == (Outcome.FINAL_AWARD, 14600)
    assert there.handover.outside_number == "外仲2026-77号"
    assert there.case.ended_at is not None


def test_a_dispatched_worker_names_both_and_both_come_to_the_commission(
    hands, register, district_mediator, arbitration_clerk, commission_head
):
    desk = hands.browser(district_mediator)
    facts = written(
        employment_form="dispatch", capacity="user",
        other_name="锦北样例劳务派遣有限公司", other_capacity="agency",
    )  # fmt: skip
    desk.post(reverse("intake"), facts)
    filed = Proceeding.objects.get()
    hands.way(district_mediator, filed, "arbitrate", confirmed="on")
    there = last_of(filed.case)
    named = there.case.parties.filter(role=Party.Role.RESPONDENT).order_by("pk")
    assert [party.capacity for party in named] == ["user", "agency"]
    docket(
        hands, there, clerk=arbitration_clerk, head=commission_head, signed_on=MONDAY.date()
    )  # fmt: skip
    page = hands.reads(arbitration_clerk, reverse("case", args=[there.case_id]))
    assert all(party.name in page for party in named)


def test_an_over_age_worker_is_sent_where_each_claim_belongs(
    hands, register, district_mediator, regional_head
):
    worker = {"id_number": factories.make_identity_number(3, born="19580101"), "sex": "m"}
    claims = [{"kind": "wage_arrears", "amount": 8000}, {"kind": "severance", "amount": 20000}]
    case = factories.make_case(register.guta, by=district_mediator, worker=worker, claims=claims)
    # Nobody is turned away: the office finds it out of scope, and every claim is referred.
    hands.step(district_mediator, case, "examine", in_scope="no", note="超龄用工")
    hands.step(
        regional_head, case, "decide", accepted="no", reasons="不属于调解受理范围",
        notice_served_on=hands.at.date().isoformat(), notice_method="handed",
    )  # fmt: skip
    found = set(Referral.objects.filter(case=case.case).values_list("claim__kind", "where"))
    assert found == {("wage_arrears", "arbitration"), ("severance", "court")}
    page = hands.reads(district_mediator, reverse("case", args=[case.case_id]))
    assert "法院" in page
    # And she may still go to arbitration with what belongs there.
    assert open_titles(case) == ["choice"]
