"""The holiday calendar: who reads it, who changes it, and what is shown before."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_q.models import OrmQ

from disputes import jobs
from disputes.domain import clocks
from disputes.models import RecomputeRun
from law.calendar import load_calendar
from law.models import HolidayNotice
from offices.duties import Role
from tests.factories import MONDAY, make_user

NOTICE = (Path(__file__).parents[1] / "data" / "law" / "notice_2027_fictional.txt").read_text(
    encoding="utf-8"
)


@pytest.fixture
def deadline(district_case):
    """Fifteen days that end on 9 February 2027, in the fictional holiday."""
    return clocks.start_clock(
        district_case.case,
        "MED_CLOSE",
        on=date(2027, 1, 25),
        at=MONDAY,
        proceeding=district_case,
    )


def post(client, user, **data):
    client.force_login(user)
    return client.post(reverse("holiday_notice"), data)


def preview(client, user, text=NOTICE, **data):
    return post(client, user, text=text, **data)


def confirm(client, user, answer, **changes):
    return post(client, user, **answer.context["form"].initial | changes)


def text_of(answer):
    return answer.content.decode()


def test_every_colleague_reads_the_calendar(client, district_mediator):
    client.force_login(district_mediator)
    answer = client.get(reverse("holidays"))
    assert "国办发明电〔2025〕7号" in text_of(answer)
    assert reverse("holiday_notice") not in text_of(answer)
    year = client.get(reverse("holiday_year", args=[2026]))
    assert "2026年9月20日 周日" in text_of(year)
    assert client.get(reverse("holiday_year", args=[2027])).status_code == 404
    assert client.get(reverse("holiday_year", args=[10**17])).status_code == 404


def test_nobody_reads_it_without_an_account(client, db):
    assert client.get(reverse("holidays")).status_code == 302


def test_a_year_without_a_notice_is_marked_with_its_deadlines(client, clerk, deadline):
    client.force_login(clerk)
    answer = client.get(reverse("holidays"))
    (missing,) = [row for row in answer.context["missing"] if row["year"] == 2027]
    assert missing["deadlines"] == 2  # the limitation runs into it too
    assert "尚无通知，暂估" in text_of(answer)


def test_deadlines_of_a_case_that_is_hidden_are_not_counted(client, clerk, deadline):
    type(deadline.case).objects.filter(pk=deadline.case_id).update(sealed=True)
    client.force_login(clerk)
    missing = client.get(reverse("holidays")).context["missing"]
    assert [row["deadlines"] for row in missing if row["year"] == 2027] == [0]


@pytest.mark.parametrize("who", ["district_mediator", "regional_head", "leader", "lawyer"])
def test_only_those_who_keep_the_law_enter_a_notice(client, request, who):
    user = request.getfixturevalue(who)
    assert preview(client, user).status_code == 403
    assert client.get(reverse("holiday_notice")).status_code == 403


def test_the_clerk_of_a_district_does_not_bind_the_whole_house(client, register):
    user = make_user("quzong", "林夕", office=register.guta, role=Role.FEDERATION_CLERK)
    assert preview(client, user).status_code == 403


@pytest.mark.parametrize("who", ["clerk", "administrator"])
def test_a_notice_is_shown_before_it_is_stored(client, request, who, deadline):
    user = request.getfixturevalue(who)
    answer = preview(client, user)
    assert answer.status_code == 200
    days = {day.on: day for day in answer.context["days"]}
    assert days[date(2027, 2, 9)].changes
    assert days[date(2027, 1, 31)].kind == "makeup"
    assert not days[date(2027, 1, 1)].changes
    assert answer.context["forecast"].moved_count == 1
    assert not load_calendar().has_notice(2027)
    assert not RecomputeRun.objects.exists()


def test_who_reads_the_case_sees_its_number_others_only_how_many(
    client, clerk, administrator, deadline
):
    answer = preview(client, clerk)
    assert [row["number"] for row in answer.context["named"]] == [deadline.case.matter_number]
    assert "2月12日" in text_of(answer)
    answer = preview(client, administrator)
    assert answer.context["named"] == []
    assert answer.context["others"] == 1
    assert deadline.case.matter_number not in text_of(answer)


def test_confirming_stores_the_notice_and_counts_again(client, clerk, deadline):
    answer = confirm(client, clerk, preview(client, clerk))
    run = RecomputeRun.objects.get()
    assert answer.url == reverse("recount", args=[run.pk])
    assert (run.year, run.requested_by) == (2027, clerk)
    assert HolidayNotice.objects.get(year=2027).number == "国办发明电〔2026〕99号"
    assert OrmQ.objects.get().task["func"] == "disputes.jobs.recompute_deadlines"
    jobs.recompute_deadlines(run.pk)
    page = client.get(answer.url)
    assert "2月12日" in text_of(page)
    assert deadline.case.matter_number in text_of(page)
    sheet = text_of(client.get(reverse("deadline", args=[deadline.pk])))
    assert "国办发明电〔2026〕99号" in sheet


def test_a_calendar_that_changed_meanwhile_is_shown_again(client, clerk, administrator):
    first, second = preview(client, clerk), preview(client, administrator)
    confirm(client, administrator, second)
    answer = confirm(client, clerk, first)
    assert answer.status_code == 200
    assert "日历刚才有了变动" in text_of(answer)
    assert RecomputeRun.objects.count() == 1


def test_a_known_notice_offers_nothing_to_confirm(client, clerk):
    confirm(client, clerk, preview(client, clerk))
    answer = preview(client, clerk)
    assert "不会有任何变动" in text_of(answer)
    assert answer.context["changes"] == 0


def test_a_corrected_notice_shows_what_it_takes_back(client, clerk):
    confirm(client, clerk, preview(client, clerk))
    answer = preview(client, clerk, NOTICE.replace("2月14日(周日)上班", "2月21日(周日)上班"))
    days = {day.on: day for day in answer.context["days"] if day.changes}
    assert set(days) == {date(2027, 2, 14), date(2027, 2, 21)}
    assert days[date(2027, 2, 14)].kind == ""


def test_a_notice_may_come_as_a_file_in_either_encoding(client, clerk):
    for encoding in ("utf-8", "gb18030"):
        file = SimpleUploadedFile("通知.txt", NOTICE.encode(encoding))
        answer = post(client, clerk, file=file)
        assert answer.status_code == 200
        assert answer.context["notice"].year == 2027


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"text": "   "},
        {"text": "\x00"},
        {"text": "现将放假安排通知如下"},
        {"text": "2027-01-04 休"},
        {"text": "2027-05-01 班", "number": "试"},
        {"text": NOTICE, "year": "x"},
        {"text": NOTICE, "year": "1900"},
        {"text": "1999年12月31日放假", "year": "", "number": "试"},
        {"text": "长" * 50_001},
        {"text": NOTICE, "number": "长" * 61},
        {"text": NOTICE, "stamp": "x", "year": "x"},
        {"file": SimpleUploadedFile("a.txt", b"\xff\xfe\xff\xff\x81")},
        {"file": SimpleUploadedFile("a.txt", b"1" * 200_001)},
    ],
)
def test_what_is_no_notice_is_refused_in_a_sentence(client, clerk, data):
    answer = post(client, clerk, **data)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not HolidayNotice.objects.filter(year=2027).exists()


def test_a_recount_shows_its_progress_and_then_its_result(client, clerk, deadline):
    url = confirm(client, clerk, preview(client, clerk)).url
    page = client.get(url)
    assert 'http-equiv="refresh"' in text_of(page)
    part = client.get(url, headers={"HX-Request": "true"})
    assert "hx-get" in text_of(part)
    jobs.recompute_deadlines(RecomputeRun.objects.get().pk)
    assert client.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_recount_that_failed_says_so_and_can_go_on(client, administrator, deadline):
    url = confirm(client, administrator, preview(client, administrator)).url
    RecomputeRun.objects.update(state="failed", problem="RuntimeError: disk full")
    assert "RuntimeError: disk full" in text_of(client.get(url))
    run = RecomputeRun.objects.get()
    assert client.post(reverse("recount_again", args=[run.pk])).status_code == 302
    run.refresh_from_db()
    assert run.at_work
    assert client.post(reverse("recount_again", args=[run.pk])).status_code == 404


def test_a_recount_is_for_those_who_keep_the_law(client, clerk, district_mediator):
    url = confirm(client, clerk, preview(client, clerk)).url
    client.force_login(district_mediator)
    assert client.get(url).status_code == 403
    assert client.post(f"{url}again/").status_code == 403
    client.force_login(clerk)
    assert client.get("/law/recounts/999999/").status_code == 404


def test_the_page_asks_a_fixed_number_of_queries(client, clerk, django_assert_max_num_queries):
    client.force_login(clerk)
    with django_assert_max_num_queries(15):
        client.get(reverse("holidays"))
