"""The joint meeting in a browser: from a series over a holiday to what is due at the next one."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from disputes.models import Tier
from mediation.domain.meetings import followup, invitations, session
from mediation.domain.meetings.inbound import take_in
from mediation.models import ActionItem, AgendaItem, InboundMail, Meeting
from offices.models import Room
from tests import factories
from tests.factories import SHANGHAI
from tests.mediation.meetings.test_inbound import letter

TWO = datetime(2026, 9, 30, 14, tzinfo=SHANGHAI)
SECRET = "工伤待遇争议的司法确认"


def answer_to(meeting, mail, *more, number, method="REPLY"):
    slot = f"{timezone.localtime(meeting.original_start):%Y%m%dT%H%M%S}"
    lines = [
        "BEGIN:VEVENT", f"UID:{meeting.uid}", "DTSTAMP:20260908T010000Z",
        f"SEQUENCE:{meeting.sequence}", f"RECURRENCE-ID;TZID=China Standard Time:{slot}",
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{mail}", *more, "END:VEVENT",
    ]  # fmt: skip
    return letter(*lines, method=method, sender=mail, number=number)


@pytest.fixture
def cases(district_mediator, register):
    return [factories.make_case(register.guta, by=district_mediator) for _number in range(3)]


def test_a_joint_meeting_from_its_series_to_the_next_agenda(
    desk, clock, cases, coordinator, court_liaison, labour_liaison, commission_head, register
):
    bureau = labour_liaison.postings.get().office
    Room.objects.create(office=register.federation, name="301会议室", seats=24)
    for user in (court_liaison, labour_liaison, commission_head):
        user.email = f"{user.username}@example.com"
        user.save()

    # The first Thursday of the quarter is National Day: it moves before the holiday.
    desk.sign_in(coordinator, path="/meetings/new/")
    desk.write(
        name="季度联席会议", day="2026-09-08", begins="14:00", ends="15:30", repeat="quarter_first",
        nth="1", weekday="3", until="2027-09-07", holidays="previous", quorum="2",
    )  # fmt: skip
    desk.page.locator("select[name=room]").select_option(label="锦工 301会议室（24 座）")
    for office in (register.court, bureau, register.commission):
        desk.page.locator(f"input[name=agencies][value='{office.pk}']").check()
    desk.press("预览今后 12 次")
    desk.reads("2026年10月1日 周四", "2026年9月30日 周三", "待确认")
    desk.send()
    meeting = Meeting.objects.order_by("starts_at").first()
    assert meeting.starts_at == TWO

    # An agenda from three cases; what the court sees hides the labour bureau's item.
    desk.open(reverse("meeting_agenda", args=[meeting.pk]))
    for case in cases:
        with desk.page.expect_navigation():
            desk.page.locator(f"form:has(input[name=case][value='{case.case_id}']) button").click()
    first, second, third = AgendaItem.objects.order_by("ordinal")
    desk.open(reverse("meeting_item", args=[meeting.pk, third.pk]))
    desk.write(title=SECRET)
    desk.page.locator(f"input[name=viewers][value='{bureau.pk}']").check()
    desk.send()
    desk.open(reverse("meeting_preview", args=[meeting.pk, register.court.pk]))
    desk.reads("不公开议题")
    assert SECRET not in desk.page.content()
    desk.shoot("m1_court_preview")

    # Invitations: one accepts on the page, one by mail, one proposes another time.
    desk.open(reverse("meeting", args=[meeting.pk]))
    desk.press("发出邀请")
    meeting.refresh_from_db()
    row = meeting.participants.select_related("meeting").get(user=court_liaison)
    desk.page.context.clear_cookies()
    desk.open(reverse("meeting_answer", args=[invitations.token_of(row)]))
    desk.write(answer="accepted")
    desk.press("提交答复")
    desk.reads("您的答复已记录")
    mail = "renshe@example.com"
    assert take_in(answer_to(meeting, mail, number=1), at=timezone.now()).state == "applied"
    times = [
        f"DT{edge};TZID=中国标准时间:20260929T{hour}0000"
        for edge, hour in (("START", 14), ("END", 15))
    ]
    other = answer_to(meeting, "zhongcaizr@example.com", *times, number=2, method="COUNTER")
    assert take_in(other, at=timezone.now()).why == "counter"
    assert InboundMail.objects.filter(state="waiting").count() == 1

    # The meeting moves to the time that was proposed.
    desk.sign_in(coordinator, path="/meetings/mail/")
    desk.follow("改期")
    desk.write(day="2026-09-29", scope="this")
    desk.send()
    meeting.refresh_from_db()
    assert timezone.localdate(meeting.starts_at) == date(2026, 9, 29)
    assert meeting.sequence == 1

    # Sign-in, quorum, decisions: two cases move.
    clock.move_to(meeting.starts_at + timedelta(minutes=1))
    desk.sign_in(coordinator, path=reverse("meeting_live", args=[meeting.pk]))
    desk.press("开始会议")
    desk.sign_in(court_liaison, path=reverse("meeting_sign_in", args=[meeting.pk]))
    desk.write(code=session.code_of(meeting, at=timezone.now()))
    desk.send()
    session.tick(
        Meeting.objects.get(pk=meeting.pk).participants.get(user=coordinator), at=timezone.now()
    )
    desk.sign_in(coordinator, path=reverse("meeting_live", args=[meeting.pk]))
    desk.reads("已达法定数")
    for item in (first, second):
        desk.open(f"{reverse('meeting_live', args=[meeting.pk])}?item={item.pk}")
        desk.write(kind="arbitration", text="依职工意愿转仲裁", workdays="5")
        desk.page.locator("select[name=responsible]").first.select_option(str(register.court.pk))
        desk.send()
    desk.shoot("m2_decided")
    for item in (first, second):
        assert item.case.proceedings.latest("ordinal").tier == Tier.ARBITRATION
    desk.open(f"{reverse('meeting_live', args=[meeting.pk])}?item={third.pk}")
    desk.press("结转下次")
    desk.press("结束会议")

    # Minutes of each agency.
    desk.press("保存草稿")
    desk.press("征求各单位意见（48 小时）")
    desk.shoot("m3_minutes")
    clock.shift(timedelta(hours=49))
    desk.sign_in(coordinator, path=reverse("meeting_minutes", args=[meeting.pk]))
    with desk.page.expect_navigation():
        desk.page.locator("button[value=issue]").click()
    desk.reads("锦工")

    # An action item is overdue: in the agency's worklist, and suggested for the next agenda.
    clock.move_to(datetime(2026, 10, 20, 9, tzinfo=SHANGHAI))
    assert followup.remind(at=timezone.now()) == ActionItem.objects.count() == 2
    desk.sign_in(court_liaison)
    desk.reads("联席会议督办事项", "依职工意愿转仲裁")
    following = Meeting.objects.exclude(pk=meeting.pk).order_by("starts_at").first()
    desk.sign_in(coordinator, path=reverse("meeting_agenda", args=[following.pk]))
    desk.reads("督办事项逾期", SECRET, "上次结转")
    desk.shoot("m4_next_agenda")
