"""The legal clock: an arbitration stands still and goes on, and a holiday notice moves its end."""

from datetime import datetime
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.module_loading import import_string
from django_q.models import OrmQ

from disputes.domain import clocks
from disputes.models import Deadline, RecomputeRun
from tests import factories
from tests.disputes.test_intake_page import PDF
from tests.factories import SHANGHAI
from tests.journeys import acts

pytestmark = pytest.mark.django_db(transaction=True)
NOTICE = Path(__file__).parents[1] / "data" / "law" / "notice_2027_fictional.txt"
PAPER = {"name": "中止审理决定书.pdf", "mimeType": "application/pdf", "buffer": PDF}


def at(year, month, day, hour=9):
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def work_off_the_queue():
    """Do what waits for a background worker."""
    for waiting in OrmQ.objects.order_by("pk"):
        task = waiting.task
        waiting.delete()
        import_string(task["func"])(*task["args"])


def open_sheet(desk, deadline):
    desk.open(reverse("deadline", args=[deadline.pk]))


@pytest.fixture
def december(clock):
    """The clock of the server, in a year that ends without the next one's notice.

    It comes before the cast, whose passwords are as old as the day on which it is made.
    """
    clock.move_to(at(2026, 12, 18))
    return clock


def test_an_arbitration_rests_goes_on_and_moves_with_the_notice(
    december, desk, register, arbitration_clerk, commission_head, clerk
):
    proceeding = factories.make_case(
        register.commission, at=at(2026, 12, 18, 8), by=arbitration_clerk
    )
    # Sixty days that end on Saturday, 6 February, in a case of the region.
    petition = clocks.start_clock(
        factories.make_case(register.guta, at=at(2026, 12, 8)).case,
        "PETITION_CLOSE",
        on=at(2026, 12, 8).date(),
        at=at(2026, 12, 8),
    )
    desk.sign_in(arbitration_clerk)
    acts.receive(desk, signed_on=at(2026, 12, 18).date())
    december.move_to(at(2026, 12, 21))
    desk.sign_in(commission_head)
    acts.docket(desk)
    award = Deadline.objects.get(case=proceeding.case, rule__rule_id="ARB_AWARD")

    # 45 days after 21 December end on Thursday, 4 February: provisional, for want of a notice.
    december.move_to(at(2026, 12, 22))
    desk.sign_in(arbitration_clerk)
    open_sheet(desk, award)
    desk.reads("2027年2月4日 周四", "第四十三条", "暂估")

    desk.follow("中止计算")
    desk.write(ground="appraisal", on="2026-12-22", reason="等待伤残等级鉴定结论")
    desk.write(approved_by=str(commission_head.pk), notified_on="2026-12-22", file=PAPER)
    desk.send()
    desk.reads("中止", "等待伤残等级鉴定结论", "中止审理决定书.pdf")
    desk.shoot("clock_suspended")

    december.move_to(at(2026, 12, 25))
    desk.sign_in(arbitration_clerk)
    open_sheet(desk, award)
    desk.follow("恢复计算")
    desk.write(on="2026-12-25", reason="鉴定结论已送达")
    desk.send()
    # Three days did not count, and 7 February is a Sunday.
    desk.reads("2027年2月7日 周日", "2027年2月8日 周一", "2027年2月5日 周五", "鉴定结论已送达")
    desk.shoot("clock_resumed")

    december.move_to(at(2026, 12, 28))
    desk.sign_in(clerk)
    desk.open(reverse("holidays"))
    desk.reads("2027", "尚无通知，暂估")
    desk.follow("录入通知")
    desk.write(text=NOTICE.read_text(encoding="utf-8"))
    desk.send()
    desk.reads("国办发明电〔2026〕99号", "2027年2月8日 周一", "法定节假日（300%）", "调休上班日")
    # The clerk of the only federation sees that the commission's case moves as well.
    desk.reads("作出仲裁裁决", petition.case.matter_number, "2027年2月12日 周五")
    desk.reads(proceeding.case.matter_number)
    desk.shoot("clock_notice")
    award.refresh_from_db()
    assert award.provisional

    desk.send()
    work_off_the_queue()
    desk.page.reload()
    run = RecomputeRun.objects.get()
    desk.reads("期限重算", "变动的期限", petition.case.matter_number, "2027年2月12日 周五")
    desk.reads(proceeding.case.matter_number)
    assert run.state == RecomputeRun.State.DONE
    desk.shoot("clock_recounted")

    # Whoever is concerned is told; the date is firm, and the sheet keeps both.
    desk.sign_in(commission_head, path=reverse("inbox"))
    desk.reads(proceeding.number, "国办发明电〔2026〕99号", "2027-02-12")
    desk.sign_in(arbitration_clerk)
    open_sheet(desk, award)
    desk.reads(
        "2027年2月12日 周五", "2027年2月4日 周四", "按放假通知重算，日期变动", "2027年2月8日 周一"
    )
    assert "暂估" not in desk.page.locator(".fx-answer").inner_text()
    award.refresh_from_db()
    assert not award.provisional
    desk.shoot("clock_firm")


def test_anybody_counts_on_a_phone_and_passes_the_answer_on(december, desk):
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.open(reverse("calculators"))
    desk.page.get_by_role("link", name="经济补偿与赔偿金").click()
    desk.write(start="2019-03-01", end="2026-08-31", avg_wage="6000")
    desk.send()
    desk.reads("48,000.00", "劳动合同法第四十七条")
    address = desk.page.locator("#address").input_value()
    desk.page.context.clear_cookies()
    desk.page.goto(address)
    desk.reads("48,000.00")
    width = desk.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    size = desk.page.locator("main").evaluate("e => getComputedStyle(e).fontSize")
    assert float(size.removesuffix("px")) >= 18
