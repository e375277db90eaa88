"""The main job, from intake to the end of a dispute, as the people of the house do it."""

from datetime import datetime, timedelta

from django.utils import timezone
from viewflow.workflow.models import Task

from arbitration.models import Hearing
from disputes.models import Case, Outcome
from tests.factories import SHANGHAI
from tests.journeys import acts
from workflows.timers import fire_due

WEDNESDAY = datetime(2026, 9, 9, 10, tzinfo=SHANGHAI)


def let_the_term_pass(clock):
    """Move the clock to the moment of the one armed timer and let the background do its work."""
    timer = Task.objects.get(flow_task_type="TIMER", status="SCHEDULED")
    clock.move_to(timer.scheduled + timedelta(minutes=1))
    assert fire_due(at=timezone.now()) == 1


def test_a_case_that_the_enterprise_cannot_settle_is_settled_by_its_region(
    desk,
    clock,
    clerk,
    enterprise_mediator,
    enterprise_head,
    district_mediator,
    regional_head,
):
    desk.sign_in(clerk)
    case = acts.file_case(desk, next_tier=True)
    desk.shoot("a1_filed")

    desk.sign_in(enterprise_mediator)
    acts.examine(desk)
    acts.consult(desk)
    desk.sign_in(enterprise_head)
    acts.accept(desk)
    acts.appoint(desk, enterprise_mediator)
    desk.shoot("a2_accepted")

    let_the_term_pass(clock)
    desk.sign_in(enterprise_mediator, path=case)
    desk.reads("期满未达成协议", "古塔区总工会劳动争议调解中心")
    desk.shoot("a3_escalated")
    clock.shift(timedelta(hours=9))
    desk.sign_in(district_mediator)
    acts.examine(desk)
    acts.consult(desk)
    desk.sign_in(regional_head)
    acts.accept(desk)
    acts.appoint(desk, district_mediator)

    clock.shift(timedelta(days=1))
    desk.sign_in(district_mediator)
    acts.settle(desk, until=timezone.localtime())
    desk.shoot("a4_settled")
    today = timezone.localdate()
    acts.sign(desk, on=today, performed_by=today + timedelta(days=10))
    assert desk.page.url == f"{desk.url}{case}"
    desk.reads("已结案", "达成协议", "区域化解", "期满未达成协议")
    desk.shoot("a5_closed")


def test_a_worker_who_goes_straight_to_arbitration_gets_an_award(
    desk, clock, district_mediator, arbitration_clerk, commission_head, arbitrator
):
    desk.sign_in(district_mediator)
    case = acts.file_case(desk)
    acts.leave(desk, case)
    desk.reads("转入仲裁")
    desk.shoot("b1_left")

    clock.move_to(WEDNESDAY)
    desk.sign_in(arbitration_clerk)
    acts.receive(desk, signed_on=WEDNESDAY.date())
    desk.sign_in(commission_head)
    acts.docket(desk)
    desk.sign_in(arbitration_clerk)
    acts.form_panel(desk, arbitrator)
    acts.serve_copy(desk)
    clock.shift(timedelta(days=2))
    desk.sign_in(arbitration_clerk)
    acts.answer(desk)
    acts.set_hearing(desk)
    desk.shoot("b2_hearing_set")

    clock.move_to(Hearing.objects.get().ends_at + timedelta(minutes=10))
    desk.sign_in(arbitrator)
    acts.hear(desk)
    found = Case.objects.get()
    acts.award(desk, found.claims.get())
    desk.shoot("b3_awarded")
    clock.shift(timedelta(days=1))
    desk.sign_in(arbitration_clerk)
    acts.serve(desk, found.parties.all(), on=timezone.localdate())
    desk.reads("已结案")
    desk.shoot("b4_closed")
    outcomes = list(found.proceedings.order_by("opened_at").values_list("outcome", flat=True))
    assert outcomes == [Outcome.TO_ARBITRATION, Outcome.FINAL_AWARD]


def test_a_case_is_withdrawn_in_the_middle(
    desk, clock, district_mediator, regional_head, enterprise_mediator
):
    desk.sign_in(district_mediator)
    case = acts.file_case(desk)
    acts.examine(desk)
    acts.consult(desk)
    desk.sign_in(regional_head)
    acts.accept(desk)
    acts.appoint(desk, district_mediator)
    desk.sign_in(district_mediator, path=case)
    desk.follow("撤回申请")
    desk.shoot("c1_withdrawing")
    desk.write(reason="双方已自行和解，工资已到账。")
    desk.send()
    desk.reads("已结案", "申请人撤回")
    desk.shoot("c2_withdrawn")
    assert not Task.objects.filter(flow_task_type="TIMER", status="SCHEDULED").exists()
    desk.open("/")
    desk.reads("没有待办")


def test_a_mediator_of_another_district_finds_nothing_on_the_way(
    desk, clock, district_mediator, other_mediator
):
    desk.sign_in(district_mediator)
    case = acts.file_case(desk)
    desk.take_up("审查申请")
    step = desk.page.url.removeprefix(desk.url)
    desk.open(case)
    deadline = desk.page.locator("a[href^='/deadlines/']").first.get_attribute("href")
    ways_out = [f"{case}{way}/" for way in ("withdraw", "arbitrate", "handler")]

    desk.sign_in(other_mediator)
    for path in (case, step, deadline, *ways_out):
        assert (path, desk.open(path).status) == (path, 404)
    desk.shoot("d1_not_found")
    desk.open("/cases/?q=韩玉兰")
    assert desk.page.locator("tbody tr").count() == 0
    desk.shoot("d2_searched")
