"""The first in time: known, contacted, answered; limits from a day on; lateness tier by tier."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from disputes.domain import notes, responses
from disputes.domain.escalation import escalate
from disputes.domain.proceedings import close_proceeding
from disputes.models import Measure, Outcome, Response, ResponseLimit, Source, TimelineEntry, Wall
from mediation.domain.acceptance import consult
from notices.models import Notice
from offices.duties import Role
from tests.factories import MONDAY, make_case, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
# Session, person, postings; the table; what waits; federation, unread notices, the law.
LIST_QUERIES = 7


def of(proceeding, measure, case=None):
    return Response.objects.get(
        proceeding=proceeding, measure=measure, case=case or proceeding.case
    )


def is_late(row, at):
    return Response.objects.filter(responses.late(at), pk=row.pk).exists()


def reported(register, reporter, **facts):
    return make_case(register.guta, by=reporter, source=Source.STATION, **facts)


def test_who_files_in_person_is_met_with_at_once(district_case, district_mediator):
    contact = of(district_case, Measure.CONTACT)
    assert (contact.met_at, contact.recorded_by) == (MONDAY, district_mediator)


def test_a_report_waits_for_the_first_contact_one_working_day(register, reporter):
    contact = of(reported(register, reporter), Measure.CONTACT)
    assert contact.met_at is None
    # Monday; Tuesday is the working day; over at midnight.
    assert timezone.localtime(contact.due_at).isoformat() == "2026-09-09T00:00:00+08:00"


def test_a_collective_dispute_gives_two_hours(register, reporter):
    proceeding = reported(register, reporter, worker_count=40, collective=True)
    assert of(proceeding, Measure.CONTACT).due_at == MONDAY + 2 * HOUR


def test_what_was_known_long_before_it_was_recorded_is_late(register, reporter):
    late = of(reported(register, reporter, known_at=MONDAY - 30 * HOUR), Measure.KNOWN)
    soon = of(reported(register, reporter, known_at=MONDAY - 3 * HOUR), Measure.KNOWN)
    assert is_late(late, MONDAY)
    assert not is_late(soon, MONDAY)


@pytest.mark.parametrize("kind", [TimelineEntry.Kind.CALL, TimelineEntry.Kind.VISIT])
def test_a_call_or_a_visit_is_the_first_contact(register, reporter, district_mediator, kind):
    proceeding = reported(register, reporter)
    for hours in (3, 5):
        notes.add_note(
            proceeding, kind=kind, text="已联系", reach="office", at=MONDAY + hours * HOUR,
            by=district_mediator,
        )  # fmt: skip
    assert of(proceeding, Measure.CONTACT).met_at == MONDAY + 3 * HOUR


def test_a_remark_is_no_contact_and_asking_the_other_side_is(register, reporter, district_mediator):
    proceeding = reported(register, reporter)
    notes.add_note(
        proceeding, kind=TimelineEntry.Kind.NOTE, text="x", reach="office", at=MONDAY,
        by=district_mediator,
    )  # fmt: skip
    assert of(proceeding, Measure.CONTACT).met_at is None
    asked_at = MONDAY + HOUR
    consult(
        proceeding, asked_at=asked_at, method="phone", answer="agreed", at=asked_at,
        by=district_mediator,
    )  # fmt: skip
    assert of(proceeding, Measure.CONTACT).met_at == asked_at


def test_each_tier_is_measured_for_itself(enterprise_case, enterprise_head):
    there = escalate(
        enterprise_case, outcome=Outcome.NOT_SETTLED, at=MONDAY + HOUR, by=enterprise_head
    )
    measures = list(Response.objects.filter(proceeding=there).values_list("measure", flat=True))
    assert measures == [Measure.CONTACT]
    assert of(there, Measure.CONTACT).since == MONDAY + HOUR


def close(proceeding, by, at=MONDAY + HOUR, outcome=Outcome.NOT_SETTLED):
    Notice.objects.all().delete()
    return close_proceeding(proceeding, outcome=outcome, at=at, by=by)


def test_the_first_reporter_is_to_be_answered_and_who_must_is_told(
    register, reporter, regional_head, district_mediator
):
    proceeding = reported(register, reporter)
    proceeding.handler = district_mediator
    proceeding.save()
    close(proceeding, district_mediator)
    answer = of(proceeding, Measure.ANSWER)
    assert answer.met_at is None
    told = Notice.objects.get(key=f"answer-{proceeding.pk}")
    assert told.recipient == district_mediator


def test_nobody_waits_for_an_answer_when_the_worker_came_herself(district_case, district_mediator):
    close(district_case, district_mediator)
    assert not Response.objects.filter(measure=Measure.ANSWER).exists()


def test_a_transfer_is_no_result(register, reporter, district_mediator):
    close(reported(register, reporter), district_mediator, outcome=Outcome.TRANSFERRED)
    assert not Response.objects.filter(measure=Measure.ANSWER).exists()


def test_the_reporter_of_a_merged_report_is_answered_too(
    register, reporter, district_mediator, regional_head
):
    from disputes.models import Merger

    first, second = make_case(register.guta, by=district_mediator), reported(register, reporter)
    close(second, district_mediator, outcome=Outcome.MERGED)
    Merger.objects.create(
        merged=second.case, into=first.case, reason="同一争议", at=MONDAY, by=regional_head
    )
    close(first, district_mediator)
    assert of(second, Measure.ANSWER).met_at is None
    assert of(first, Measure.ANSWER, case=second.case).met_at is None
    assert not Response.objects.filter(case=first.case, measure=Measure.ANSWER).exists()


def test_an_answer_is_recorded_once_and_stays(register, reporter, district_mediator):
    proceeding = reported(register, reporter)
    close(proceeding, district_mediator)
    answer = of(proceeding, Measure.ANSWER)
    facts = {"note": "电话告知站点刘佳", "by": district_mediator}
    now = MONDAY + 4 * HOUR
    with pytest.raises(responses.NotYet):
        responses.record_response(answer, met_at=now + HOUR, at=now, **facts)
    with pytest.raises(responses.BeforeItBegan):
        responses.record_response(answer, met_at=MONDAY - HOUR, at=now, **facts)
    responses.record_response(answer, met_at=now - HOUR, at=now, **facts)
    with pytest.raises(responses.MetBefore):
        responses.record_response(answer, met_at=now, at=now, **facts)
    said = TimelineEntry.objects.get(case=proceeding.case, verb__startswith="The first reporter")
    assert (said.text, said.reach) == ("电话告知站点刘佳", "office")
    with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
        Response.objects.filter(pk=answer.pk).update(met_at=now)


def test_what_is_late_is_told_once(register, reporter, district_mediator, regional_head):
    proceeding = reported(register, reporter)
    after = MONDAY + timedelta(days=3)
    Notice.objects.all().delete()
    assert responses.tell_late(at=MONDAY) == 0
    assert responses.tell_late(at=after) == 1
    assert responses.tell_late(at=after) == 0
    assert [notice.recipient for notice in Notice.objects.all()] == [regional_head]
    Wall.objects.create(case=proceeding.case, user=regional_head, reason="回避", at=MONDAY)
    close(proceeding, district_mediator, at=after)
    responses.tell_late(at=after + timedelta(days=9))
    assert not Notice.objects.exists()


def test_a_limit_holds_from_its_day_on(register, reporter):
    facts = {"measure": Measure.CONTACT, "urgency": "ordinary", "unit": "hour", "source": "锦工办"}
    responses.set_limit(amount=4, since=date(2026, 9, 1), **facts)
    responses.set_limit(amount=8, since=date(2026, 9, 8), **facts)
    assert of(reported(register, reporter), Measure.CONTACT).due_at == MONDAY + 4 * HOUR
    key = (Measure.CONTACT, "ordinary")
    assert responses.limits_on(date(2026, 9, 8))[key].amount == 8
    assert responses.limits_on(date(2026, 8, 31))[key].unit == "working_day"
    with pytest.raises(responses.LimitBefore):
        responses.set_limit(amount=2, since=date(2026, 9, 8), **facts)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [({"amount": 0}, "response_limit_amount"), ({}, "response_limit_once_a_day")],
)
def test_the_database_keeps_the_limits(facts, constraint):
    row = {
        "measure": Measure.KNOWN, "urgency": "ordinary", "amount": 3, "unit": "hour",
        "in_force": (date(2026, 1, 1), None), "source": "x",
    }  # fmt: skip
    ResponseLimit.objects.create(**row)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ResponseLimit.objects.create(**{**row, **facts})


@pytest.fixture
def old(register, reporter):
    """A report of weeks ago that nobody has taken up."""
    return make_case(
        register.guta, at=timezone.now() - timedelta(days=9), by=reporter, source=Source.STATION
    )


def test_the_case_page_shows_lateness_tier_by_tier(client, old, district_mediator):
    client.force_login(district_mediator)
    page = client.get(reverse("case", args=[old.case_id])).content.decode()
    part = page.split('id="first"')[1].split("</section>")[0]
    assert "首次联系当事人" in part
    assert "逾时" in part
    assert "知情登记" in part


def test_the_list_of_cases_narrows_to_the_late_ones(client, old, register, district_mediator):
    fresh = make_case(register.guta, at=timezone.now(), by=district_mediator)
    client.force_login(district_mediator)
    page = client.get(reverse("cases"), {"late": "1"}).content.decode()
    assert old.number in page
    assert fresh.number not in page


def test_who_only_reported_does_not_learn_how_soon_the_office_was(client, old, register, reporter):
    make_case(register.guta, at=timezone.now(), by=reporter, source=Source.STATION)
    client.force_login(reporter)
    whole = client.get(reverse("cases")).content.decode()
    assert "第一时间" not in whole
    assert len(client.get(reverse("cases"), {"late": "1"}).context["rows"]) == 2
    assert client.get(reverse("responses")).status_code == 403


def test_a_mediator_records_the_contact_on_its_page(client, old, district_mediator):
    client.force_login(district_mediator)
    url = reverse("response", args=[of(old, Measure.CONTACT).pk])
    assert client.get(url).status_code == 200
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    assert client.post(url, {"met_at": now}).status_code == 422
    assert client.post(url, {"met_at": now, "note": "电话联系申请人"}).status_code == 302
    assert client.post(url, {"met_at": now, "note": "再次"}).status_code == 422


def test_the_answer_is_recorded_after_the_end(client, old, district_mediator, regional_head):
    close(old, district_mediator, at=timezone.now())
    client.force_login(regional_head)
    url = reverse("response", args=[of(old, Measure.ANSWER).pk])
    assert "古塔区第1社区服务站" in client.get(url).content.decode()


def test_strangers_find_nothing_and_readers_do_not_record(
    client, register, old, other_mediator, reporter
):
    url = reverse("response", args=[of(old, Measure.CONTACT).pk])
    client.force_login(other_mediator)
    assert client.get(url).status_code == 404
    page = client.get(reverse("responses")).content.decode()
    assert old.number not in page
    clerk = make_user("gutabs", "邓琳", office=register.guta, role=Role.FEDERATION_CLERK)
    for person in (reporter, clerk):
        client.force_login(person)
        assert client.get(url).status_code == 403
    known = reverse("response", args=[of(old, Measure.KNOWN).pk])
    assert client.get(known).status_code == 404


def test_the_table_counts_per_tier_and_a_wall_hides_from_it(client, old, regional_head):
    client.force_login(regional_head)
    answer = client.get(reverse("responses"))
    (known, contact) = answer.context["table"]
    assert (known["tier"], known["measure"], known["all"]) == (2, "知情登记", 1)
    assert known["on_time"] == 1
    assert (contact["late"], contact["waiting"]) == (1, 1)
    assert old.number in answer.content.decode()
    Wall.objects.create(case=old.case, user=regional_head, reason="回避", at=MONDAY)
    answer = client.get(reverse("responses"))
    assert answer.context["table"] == []
    assert old.number not in answer.content.decode()


def test_a_leader_sees_the_counts_of_the_offices_below(client, old, leader):
    client.force_login(leader)
    answer = client.get(reverse("responses"))
    assert len(answer.context["table"]) == 2
    assert answer.context["rows"] == []


def test_only_who_keeps_the_law_sets_limits(client, clerk, district_mediator):
    client.force_login(district_mediator)
    assert "24" in client.get(reverse("response_limits")).content.decode()
    assert client.get(reverse("response_limit_add")).status_code == 403
    client.force_login(clerk)
    data = {
        "measure": "contact", "urgency": "major", "amount": 1, "unit": "hour",
        "since": "2026-09-01", "source": "锦工办〔2026〕9号",
    }  # fmt: skip
    assert client.post(reverse("response_limit_add"), data).status_code == 302
    assert "锦工办〔2026〕9号" in client.get(reverse("response_limits")).content.decode()
    assert client.post(reverse("response_limit_add"), data).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    client, register, reporter, regional_head, django_assert_num_queries, count
):
    for _ in range(count):
        make_case(register.guta, at=timezone.now(), by=reporter, source=Source.STATION)
    client.force_login(regional_head)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(reverse("responses")).status_code == 200
