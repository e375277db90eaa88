"""From a planned session to an instalment that is late, as a mediator does it in a browser."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from mediation.models import Agreement, Instalment, PlannedSession, Session, Signing
from offices.domain.absences import enter_absence
from papers.models import Paper
from tests.factories import SHANGHAI
from tests.journeys import acts
from tests.journeys.desk import Desk
from tests.workflows.test_mediation_flow import accept
from workflows.telling import tell_of_performance

MINUTE = "%Y-%m-%dT%H:%M"
SESSION = datetime(2026, 9, 9, 9, tzinfo=SHANGHAI)
FIRST = datetime(2026, 9, 30, 9, tzinfo=SHANGHAI)


def plan(desk, proceeding, mediator):
    desk.open(reverse("mediation_sessions", args=[proceeding.pk]))
    form = desk.page.locator("form:has(input[name=act][value=plan])")
    form.locator("[name=starts_at]").fill(SESSION.strftime(MINUTE))
    form.locator("[name=ends_at]").fill((SESSION + timedelta(hours=2)).strftime(MINUTE))
    form.locator("[name=place]").fill("302室")
    form.locator("[name=host]").select_option(str(mediator.pk))
    with desk.page.expect_navigation():
        form.locator("button[type=submit]").click()
    desk.reads("302室")


def state_facts(desk, case):
    desk.open(reverse("case_facts", args=[case.pk]))
    desk.write(value_0="2025-04-01", answer_0="admitted", value_9="7300", answer_9="disputed")
    desk.write(note_9="实为7000元")
    desk.send()
    desk.reads("已登记要素2项")


def write_terms(desk, proceeding):
    desk.open(reverse("agreement_terms", args=[proceeding.pk]))
    employer = proceeding.case.parties.get(kind="employer")
    desk.write(
        **{
            "t-0-debtor": str(employer.pk),
            "t-0-content": "支付2026年7月至8月工资",
            "t-0-amount": "14600",
            "t-0-days": "2026-09-30 7300\n2026-10-31 7300",
        }
    )
    desk.send()
    desk.reads("壹万肆仟陆佰元整")


def sign_on_the_pad(desk, who):
    desk.write(who=who, method="pad", signed_on=timezone.localdate().isoformat())
    pad = desk.page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    mouse = desk.page.mouse
    mouse.move(box["x"] + 30, box["y"] + 40)
    mouse.down()
    mouse.move(box["x"] + 120, box["y"] + 80, steps=5)
    mouse.move(box["x"] + 60, box["y"] + 20, steps=5)
    mouse.up()
    desk.press("保存签名")


def sign_on_paper(desk, who):
    desk.write(who=who, method="paper", signed_on=timezone.localdate().isoformat())
    desk.press("保存签名")


def issue(desk, case, code):
    desk.open(reverse("paper_draft", args=[case.pk, code]))
    for field in desk.page.locator("aside form [name]:visible").all():
        if field.evaluate("e => e.tagName !== 'SELECT' && e.tagName !== 'BUTTON' && !e.value"):
            field.fill("样例")
    desk.press("签发并编号")


def test_from_a_planned_session_to_a_late_instalment(
    desk, clock, district_case, district_mediator, regional_head
):
    accept(district_case, mediator=district_mediator, head=regional_head)
    case = district_case.case
    desk.sign_in(district_mediator)
    plan(desk, district_case, district_mediator)
    desk.shoot("p1_planned")
    assert PlannedSession.objects.count() == 1

    clock.move_to(SESSION + timedelta(hours=3))
    desk.sign_in(district_mediator)
    state_facts(desk, case)
    acts.settle(desk, until=SESSION + timedelta(hours=2))
    session = Session.objects.get()
    assert session.undisputed == "2026年7月、8月工资共14600元未发。"
    assert list(session.attendees.values_list("identity", flat=True)) == ["id_card", "authorised"]
    write_terms(desk, district_case)
    sign_on_the_pad(desk, "worker")
    sign_on_the_pad(desk, "employer")
    sign_on_paper(desk, "mediator")
    sign_on_paper(desk, "seal")
    desk.reads("各方均已签名，印章已加盖")
    desk.shoot("p2_signed")
    assert Signing.objects.exclude(sha256="").count() == 2
    assert not Agreement.objects.filter(effective_on__isnull=False).exists()

    desk.take_up("协议")
    desk.send()
    assert Agreement.objects.get().effective_on == SESSION.date()
    issue(desk, case, "agreement")
    desk.reads("古塔调协〔2026〕第1号")
    desk.shoot("p3_paper")
    issue(desk, case, "review_application")
    assert Paper.objects.count() == 2

    desk.open(reverse("agreement_after", args=[district_case.pk]))
    desk.write(way="review", applied_on=timezone.localdate().isoformat())
    desk.send()
    desk.reads("仲裁审查")
    desk.write(result="granted", result_on=timezone.localdate().isoformat())
    desk.write(number="锦劳人仲审〔2026〕第1号")
    desk.send()
    desk.reads("锦劳人仲审〔2026〕第1号")
    desk.shoot("p4_after")

    clock.move_to(FIRST + timedelta(days=2))
    assert tell_of_performance(at=timezone.now()) == 1
    desk.sign_in(district_mediator, path=reverse("inbox"))
    desk.reads("已逾期")
    desk.open(reverse("performances"))
    desk.reads("逾期", "7,300.00")
    desk.shoot("p5_late")
    desk.open(reverse("case", args=[case.pk]))
    desk.reads("协议与履行", "1期逾期", "2025-04-01")
    desk.open(reverse("instalment", args=[Instalment.objects.order_by("due_on").first().pk]))
    desk.write(state="unperformed")
    desk.send()
    desk.reads("未履行", "强制执行")


def test_two_people_at_one_record_see_what_the_other_wrote(
    desk, clock, browser, browser_context_args, district_case, district_mediator, regional_head
):
    """The mediator is away but works on; the head stands in for her on the same record."""
    accept(district_case, mediator=district_mediator, head=regional_head)
    clock.move_to(SESSION + timedelta(hours=3))
    enter_absence(
        district_mediator, since=SESSION.date(), until=SESSION.date() + timedelta(days=7),
        substitute=regional_head, at=timezone.now(), by=regional_head,
    )  # fmt: skip
    desk.sign_in(district_mediator)
    desk.take_up("调解")
    record = desk.page.url.removeprefix(desk.url)
    context = browser.new_context(**browser_context_args)
    try:
        other = Desk(context.new_page(), url=desk.url, shots=desk.shots)
        other.sign_in(regional_head)
        other.open(record)

        with desk.page.expect_response("**/record/"):
            desk.write(statement_worker="工资两个月未发，要求付清。")
        with other.page.expect_response("**/record/") as answer:
            other.write(statement_worker="工资三个月未发。")
        assert answer.value.status == 409
        other.reads("他人同时修改了这份笔录")

        other.send()
        other.reads("张敏", "工资两个月未发，要求付清。")
        assert other.page.locator("[name=statement_worker]").input_value() == "工资三个月未发。"
        other.shoot("p6_two")
        assert other.faults == []
    finally:
        context.close()
    desk.open(record)
    assert (
        desk.page.locator("[name=statement_worker]").input_value() == "工资两个月未发，要求付清。"
    )
