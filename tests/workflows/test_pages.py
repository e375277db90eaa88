"""The doors that move cases: who may enter, what they ask, what they say."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from viewflow.workflow.models import Task

from disputes.models import Deadline, Wall
from notices.models import Notice
from tests import factories
from tests.workflows.test_mediation_flow import accept, meet, sign
from tests.workflows.walking import open_titles, task_of, timers
from workflows.alarms import alarm_deadlines, alarm_stuck
from workflows.models import StuckTimer

pytestmark = pytest.mark.django_db
EXAMINED = {"in_scope": "yes", "complete": "yes"}
# Session, person, postings; steps with their parties and clocks; counts; what may be filed and
# confirmed; unread notices; whether the law changed.
WORKLIST_QUERIES = 13


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def filed(register, district_mediator, now):
    return factories.make_case(register.guta, at=now, by=district_mediator)


def step_url(proceeding, name):
    return reverse("step", args=[task_of(proceeding, name).pk])


def test_the_worklist_shows_what_a_person_may_do(client, filed, district_mediator):
    client.force_login(district_mediator)
    page = client.get(reverse("worklist")).content.decode()
    assert filed.number in page
    assert "审查申请" in page
    assert "韩玉兰" not in page
    assert "韩*兰" in page


def test_the_worklist_shows_nothing_to_a_stranger(client, filed, other_mediator):
    client.force_login(other_mediator)
    page = client.get(reverse("worklist")).content.decode()
    assert filed.number not in page
    assert "没有待办" in page


def test_the_counts_equal_the_rows_below(client, register, district_mediator, regional_head, now):
    for days in (0, 1, 20, 40):
        at = now - timedelta(days=days)
        accept(
            factories.make_case(register.guta, at=at, by=district_mediator),
            mediator=district_mediator, head=regional_head, at=at,
        )  # fmt: skip
        factories.make_case(register.guta, at=at, by=district_mediator)
    client.force_login(district_mediator)
    context = client.get(reverse("worklist")).context
    rows = {name: len(rows) for name, rows in context["groups"]}
    counts = context["counts"]
    assert {name: counts[name] for name in ("over", "soon", "new")} == {
        name: rows.get(name, 0) for name in ("over", "soon", "new")
    }
    assert counts["all"] == sum(rows.values())


@pytest.mark.parametrize("number", [1, 3, 50])
def test_the_worklist_asks_the_same_number_of_queries_at_any_size(
    client, register, district_mediator, now, number, django_assert_num_queries
):
    for _ in range(number):
        factories.make_case(register.guta, at=now, by=district_mediator)
    client.force_login(district_mediator)
    client.get(reverse("worklist"))
    with django_assert_num_queries(WORKLIST_QUERIES):
        client.get(reverse("worklist"))


def test_the_next_page_goes_on_where_the_first_ended(client, register, district_mediator, now):
    for _ in range(53):
        factories.make_case(register.guta, at=now, by=district_mediator)
    client.force_login(district_mediator)
    first = client.get(reverse("worklist")).context
    second = client.get(reverse("worklist"), {"after": first["next_key"]}).context
    seen = [row.task.pk for page in (first, second) for _, rows in page["groups"] for row in rows]
    assert (len(seen), len(set(seen)), second["next_key"]) == (53, 53, "")


@pytest.mark.parametrize(
    "after", ["", "x", "2026-01-01", "2026-13-40,5", "9999-12-31,9" * 9, "\0,1"]
)
def test_a_strange_page_key_is_no_error(client, filed, district_mediator, after):
    client.force_login(district_mediator)
    assert client.get(reverse("worklist"), {"after": after}).status_code == 200


def test_a_step_is_done_through_its_form(client, filed, district_mediator):
    client.force_login(district_mediator)
    answer = client.post(step_url(filed, "examine"), EXAMINED)
    assert answer.headers["Location"] == reverse("case", args=[filed.case_id])
    assert open_titles(filed) == ["consult"]


def test_a_wrong_form_says_what_is_wrong_and_does_nothing(client, filed, district_mediator):
    client.force_login(district_mediator)
    answer = client.post(step_url(filed, "examine"), {"in_scope": "no", "complete": "yes"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert open_titles(filed) == ["examine"]


def test_a_stranger_reads_404_at_a_step(client, filed, other_mediator):
    client.force_login(other_mediator)
    url = step_url(filed, "examine")
    assert [client.get(url).status_code, client.post(url, EXAMINED).status_code] == [404, 404]
    assert open_titles(filed) == ["examine"]


def test_a_colleague_without_the_duty_reads_403(client, filed, district_mediator, regional_head):
    client.force_login(district_mediator)
    client.post(step_url(filed, "examine"), EXAMINED)
    consult = {
        "asked_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "method": "phone",
        "answer": "agreed",
    }
    client.post(step_url(filed, "consult"), consult)
    url = step_url(filed, "decide")
    assert client.get(url).status_code == 403
    client.force_login(regional_head)
    assert client.get(url).status_code == 200


def test_a_wall_hides_a_step_from_one_person(client, filed, district_mediator, now):
    Wall.objects.create(case=filed.case, user=district_mediator, reason="近亲属", at=now)
    client.force_login(district_mediator)
    assert client.get(step_url(filed, "examine")).status_code == 404
    assert filed.number not in client.get(reverse("worklist")).content.decode()


def test_a_step_done_before_says_by_whom(client, filed, district_mediator, regional_head):
    url = step_url(filed, "examine")
    client.force_login(district_mediator)
    client.post(url, EXAMINED)
    client.force_login(regional_head)
    answer = client.get(url)
    assert answer.status_code == 409
    assert "张敏" in answer.content.decode()


@pytest.mark.parametrize("name", ["withdraw", "arbitrate", "handler"])
def test_strangers_read_404_at_every_way_out(client, filed, other_mediator, name):
    client.force_login(other_mediator)
    url = reverse(name, args=[filed.case_id])
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


def test_only_the_head_gives_the_file_to_somebody_else(
    client, filed, district_mediator, regional_head
):
    url = reverse("handler", args=[filed.case_id])
    client.force_login(district_mediator)
    assert client.get(url).status_code == 403
    client.force_login(regional_head)
    answer = client.post(url, {"handler": district_mediator.pk, "reason": "就近"})
    assert answer.status_code == 422
    assert "回避" in answer.content.decode()
    asked = {"handler": district_mediator.pk, "reason": "就近", "conflict_declared": "on"}
    assert client.post(url, asked).status_code == 302
    filed.refresh_from_db()
    assert filed.handler == district_mediator


def test_the_applicant_withdraws_through_the_page(client, filed, district_mediator):
    client.force_login(district_mediator)
    url = reverse("withdraw", args=[filed.case_id])
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"reason": "已经拿到工资"}).status_code == 302
    filed.refresh_from_db()
    assert filed.outcome == "withdrawn"
    assert client.post(url, {"reason": "再来一次"}).status_code == 403


def test_only_administrators_see_what_is_stuck(client, district_mediator, administrator):
    client.force_login(district_mediator)
    assert client.get(reverse("stuck")).status_code == 403
    client.force_login(administrator)
    assert client.get(reverse("stuck")).status_code == 200


def test_a_stuck_clock_is_shown_told_and_tried_again(
    client, filed, district_mediator, regional_head, administrator, now
):
    accept(filed, mediator=district_mediator, head=regional_head, at=now)
    timer = timers(filed).get()
    StuckTimer.objects.create(task=timer, error="试验", first_failed_at=now, last_failed_at=now)
    alarm_stuck(at=now)
    alarm_stuck(at=now)
    assert Notice.objects.filter(recipient=administrator, kind="fault").count() == 1
    client.force_login(administrator)
    page = client.get(reverse("stuck")).content.decode()
    assert filed.number in page
    assert "试验" in page
    type(filed.case).objects.update(sealed=True)
    assert filed.number not in client.get(reverse("stuck")).content.decode()
    type(filed.case).objects.update(sealed=False)
    Task.objects.filter(pk=timer.pk).update(scheduled=now)
    Deadline.objects.filter(proceeding=filed, rule__rule_id="MED_CLOSE").update(
        due_nominal=now.date() - timedelta(days=3), due_legal=now.date() - timedelta(days=3)
    )
    client.post(reverse("retry", args=[timer.pk]))
    assert not StuckTimer.objects.exists()
    assert open_titles(filed) == ["failure"]


def test_a_deadline_is_told_once_when_near_and_once_when_over(
    filed, district_mediator, regional_head, now
):
    accept(filed, mediator=district_mediator, head=regional_head, at=now)
    deadline = Deadline.objects.get(proceeding=filed, rule__rule_id="MED_CLOSE")
    near = timezone.make_aware(
        timezone.datetime.combine(deadline.alarm_on, timezone.datetime.min.time())
    )
    for _ in range(2):
        alarm_deadlines(at=near)
    told = Notice.objects.filter(key__contains=f"deadline-{deadline.pk}-")
    assert [notice.recipient for notice in told] == [district_mediator]
    assert "韩玉兰" not in str(told.get())
    alarm_deadlines(at=near + timedelta(days=30))
    assert regional_head in [notice.recipient for notice in told.all()]


def test_the_inbox_shows_and_forgets(client, filed, district_mediator, regional_head, now):
    accept(filed, mediator=district_mediator, head=regional_head, at=now)
    alarm_deadlines(at=now + timedelta(days=40))
    client.force_login(regional_head)
    page = client.get(reverse("inbox")).content.decode()
    assert filed.number in page
    client.post(reverse("inbox_read"))
    assert not Notice.objects.filter(recipient=regional_head, read_at__isnull=True).exists()


def test_a_settled_session_opens_the_agreement(
    client, register, district_mediator, regional_head, now
):
    before = now - timedelta(hours=3)
    proceeding = factories.make_case(register.guta, at=before, by=district_mediator)
    accept(proceeding, mediator=district_mediator, head=regional_head, at=before)
    meet(proceeding, by=district_mediator, at=now, result="settled")
    client.force_login(district_mediator)
    assert client.get(step_url(proceeding, "agreement")).status_code == 200


def test_a_partys_own_terms_alarm_nobody_and_expire_by_themselves(
    register, district_mediator, regional_head, now
):
    before = now - timedelta(hours=3)
    proceeding = factories.make_case(register.guta, at=before, by=district_mediator)
    accept(proceeding, mediator=district_mediator, head=regional_head, at=before)
    meet(proceeding, by=district_mediator, at=now, result="settled")
    sign(proceeding, by=district_mediator, at=now)
    alarm_deadlines(at=now + timedelta(days=60))
    rights = Deadline.objects.filter(
        case=proceeding.case, rule__rule_id__in=["REVIEW_APPLY", "COURT_CONFIRM"]
    )
    assert {right.state for right in rights} == {"expired"}
    assert not Notice.objects.filter(kind__in=["deadline", "overdue"]).exists()


def test_after_fifteen_days_the_handler_is_asked_to_tell_the_applicant(
    register, district_mediator, regional_head, now
):
    proceeding = factories.make_case(register.guta, at=now, by=district_mediator)
    accept(proceeding, mediator=district_mediator, head=regional_head, at=now)
    for _ in range(2):
        alarm_deadlines(at=now + timedelta(days=30))
    told = [str(notice) for notice in Notice.objects.filter(recipient=district_mediator)]
    assert len([text for text in told if "可以申请仲裁" in text]) == 1
