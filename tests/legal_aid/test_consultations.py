"""Consultations: booked, written down, and turned into a case."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from disputes.domain.drafts import content_of, read_draft, save_draft
from disputes.domain.intake import file_case
from disputes.models import Wall
from legal_aid.domain import consultations, pool, refusals, roster
from legal_aid.models import Consultation
from legal_aid.permissions import visible_consultations
from offices.duties import Role
from tests.factories import MONDAY, make_application, make_lawyer, make_user
from tests.journeys.test_counts import queries_of

pytestmark = pytest.mark.django_db
ANSWER = {"answer": "保留工资条，先申请调解。", "result": "mediate"}


@pytest.fixture
def pooled(lawyer):
    return make_lawyer(lawyer)


def book(pooled, by, *, hour=10, **facts):
    begin = MONDAY.replace(hour=hour)
    told = {
        "mode": "phone",
        "name": "韩玉兰",
        "phone": "15400001234",
        "question": "七月起未发工资，怎么办？",
        "employer": "锦北样例建筑003有限公司",
        "cause": "wages",
        "is_migrant": True,
        **facts,
    }
    return consultations.book(
        pooled.centre, lawyer=pooled, starts_at=begin, ends_at=begin + timedelta(hours=1),
        at=MONDAY, by=by, **told,
    )  # fmt: skip


def test_a_talk_hangs_on_the_office_hours_in_which_it_lies(pooled, register, reporter):
    duty = roster.put_on_duty(
        pooled.centre, lawyer=pooled, place=register.station,
        starts_at=MONDAY, ends_at=MONDAY + timedelta(hours=3),
    )  # fmt: skip
    assert book(pooled, reporter).duty == duty
    with pytest.raises(refusals.DutyKept):
        roster.take_off_duty(duty)


def test_a_lawyer_talks_to_one_at_a_time(pooled, reporter):
    first = book(pooled, reporter)
    with pytest.raises(refusals.LawyerTaken):
        book(pooled, reporter)
    consultations.call_off(first, at=MONDAY, by=reporter)
    assert book(pooled, reporter).is_open


def test_nobody_is_booked_who_is_away(pooled, reporter):
    pool.take_leave(pooled, since=MONDAY.date(), until=MONDAY.date())
    with pytest.raises(refusals.OnLeave):
        book(pooled, reporter)


def test_it_is_written_down_once(pooled, reporter, lawyer):
    row = consultations.write_down(book(pooled, reporter), **ANSWER, rating=5, at=MONDAY, by=lawyer)
    assert (row.held_at, row.rating) == (MONDAY, 5)
    for verb in (
        consultations.call_off,
        lambda row, **k: consultations.write_down(row, **ANSWER, **k),
    ):
        with pytest.raises(refusals.ConsultationOver):
            verb(row, at=MONDAY, by=lawyer)


def test_the_database_keeps_the_rules_of_consultations(pooled, reporter):
    row = book(pooled, reporter)
    for facts, constraint in (
        ({"held_at": MONDAY}, "consultation_written_whole"),
        ({"rating": 6}, "consultation_rated_1_to_5"),
        ({"ends_at": row.starts_at}, "consultation_takes_time"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Consultation.objects.filter(pk=row.pk).update(**facts)


def test_it_fills_in_the_intake_form_and_knows_the_case_that_comes_of_it(
    pooled, register, aid_administrator, lawyer
):
    row = book(pooled, aid_administrator)
    with pytest.raises(refusals.NotHeldYet):
        consultations.make_draft(row, at=MONDAY, by=aid_administrator)
    consultations.write_down(row, **ANSWER, at=MONDAY, by=lawyer)
    content = content_of(consultations.make_draft(row, at=MONDAY, by=aid_administrator))
    assert content["worker_name"] == ["韩玉兰"]
    assert content["facts"] == ["七月起未发工资，怎么办？"]
    proceeding = file_case(
        make_application(filing_token=row.token),
        office=register.guta,
        at=MONDAY,
        by=aid_administrator,
    )
    row.refresh_from_db()
    assert row.case == proceeding.case
    with pytest.raises(refusals.HasCase):
        consultations.make_draft(row, at=MONDAY, by=aid_administrator)


def test_no_other_draft_is_overwritten(pooled, aid_administrator, lawyer):
    row = book(pooled, aid_administrator)
    consultations.write_down(row, **ANSWER, at=MONDAY, by=lawyer)
    save_draft(
        aid_administrator, form="intake", content={"token": ["x"], "facts": ["别的事"]}, at=MONDAY
    )
    with pytest.raises(refusals.DraftUnderWay):
        consultations.make_draft(row, at=MONDAY, by=aid_administrator)
    assert content_of(read_draft(aid_administrator, form="intake"))["facts"] == ["别的事"]


def test_one_click_leads_to_the_filled_in_form(client, clock, pooled, aid_administrator, lawyer):
    row = book(pooled, aid_administrator)
    consultations.write_down(row, **ANSWER, at=MONDAY, by=lawyer)
    client.force_login(aid_administrator)
    page = client.get(reverse("consultation", args=[row.pk])).text
    assert "转为案件" in page
    answer = client.post(reverse("consultation_act", args=[row.pk, "case"]), follow=True)
    assert answer.redirect_chain == [(reverse("intake"), 302)]
    assert "韩玉兰" in answer.text
    assert str(row.token) in answer.text


def test_it_is_read_by_the_lawyer_the_centre_and_who_booked_it(
    client, clock, pooled, register, reporter, lawyer, aid_administrator, district_mediator, leader
):
    row = book(pooled, reporter)
    other = make_user("lv2", "魏然", office=register.aid_centre, role=Role.LAWYER)
    url = reverse("consultation", args=[row.pk])
    for user, status in (
        (reporter, 200), (lawyer, 200), (aid_administrator, 200),
        (district_mediator, 404), (other, 404), (leader, 404),
    ):  # fmt: skip
        client.force_login(user)
        assert client.get(url).status_code == status, user
        assert client.get(reverse("consultation_act", args=[row.pk, "record"])).status_code == (
            403 if user == reporter else status
        )
    assert client.get(reverse("consultation_act", args=[row.pk, "nothing"])).status_code == 404


def test_a_wall_hides_it_with_its_case(pooled, register, aid_administrator, lawyer):
    row = book(pooled, aid_administrator)
    proceeding = file_case(
        make_application(filing_token=row.token), office=register.guta, at=MONDAY
    )
    assert list(visible_consultations(lawyer)) == [row]
    Wall.objects.create(case=proceeding.case, user=lawyer, reason="回避", at=MONDAY)
    assert not visible_consultations(lawyer).exists()
    proceeding.case.sealed = True
    proceeding.case.save()
    assert not visible_consultations(aid_administrator).exists()


def test_a_station_books_by_the_page_and_the_lawyer_writes_down(
    client, clock, pooled, reporter, lawyer
):
    client.force_login(reporter)
    sent = {
        "lawyer": pooled.pk, "mode": "on_site", "starts_at": "2026-09-08T09:00",
        "ends_at": "2026-09-08T09:30", "name": "王军", "phone": "15400000001", "question": "加班费怎么算？",
    }  # fmt: skip
    client.post(reverse("consultation_add"), sent)
    row = Consultation.objects.get()
    assert row.booked_by == reporter
    assert client.post(reverse("consultation_add"), sent).status_code == 422
    assert "王*" in client.get(reverse("consultations")).text
    client.force_login(lawyer)
    told = {"name": "王军", "phone": "", "question": "加班费怎么算？", **ANSWER}
    client.post(reverse("consultation_act", args=[row.pk, "record"]), told)
    assert "保留工资条" in client.get(reverse("consultation", args=[row.pk])).text


def test_the_list_asks_the_same_for_one_and_three(client, clock, pooled, aid_administrator):
    client.force_login(aid_administrator)
    book(pooled, aid_administrator)
    assert queries_of(client, reverse("consultations")) == 5
    for hour in (11, 12):
        book(pooled, aid_administrator, hour=hour)
    assert queries_of(client, reverse("consultations")) == 5


def test_the_way_in_leads_everybody_to_her_first_page(client, clock, lawyer, auditor, clerk):
    client.force_login(lawyer)
    assert client.get(reverse("aid")).url == reverse("matters")
    client.force_login(clerk)
    assert client.get(reverse("aid")).url == reverse("consultations")
    client.force_login(auditor)
    assert client.get(reverse("aid")).url == reverse("fund")
