"""Letters of the union's supervision: the day of the answer is watched until it comes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from disputes.domain import letters
from disputes.domain.case_papers import issue_paper
from disputes.domain.clocks import find_clock
from disputes.domain.turning import acts_open
from disputes.models import Deadline, TimelineEntry
from tests.factories import MONDAY

TYPED = {
    "监督员": "两名工会劳动法律监督员", "监督事实": "拖欠工资两个月。", "整改要求": "付清工资。",
    "受文机关": "锦州市人力资源和社会保障局", "意见书日期": "2026年9月7日",
    "意见书文号": "古塔调意见〔2026〕第1号", "建议处理": "责令限期支付。",
}  # fmt: skip


@pytest.fixture
def opinion(district_case, district_mediator):
    """Send an opinion that is to be answered by a day."""

    def send(until="2026年9月17日", code="letter_opinion", at=MONDAY):
        typed = TYPED | {"回复期限": until}
        issue_paper(district_case, code, typed=typed, at=at, by=district_mediator)
        return find_clock(district_case.case, "LETTER_REPLY", proceeding=district_case)

    return send


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年9月17日", (9, 17)),
        ("2026-9-17", (9, 17)),
        ("收到后十日内", None),
        ("2026年13月1日", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text, day):
    found = letters.read_day(text)
    assert (found and (found.month, found.day)) == day


def test_the_letter_names_the_day_and_the_clock_runs_to_it(opinion):
    clock = opinion()
    assert (clock.due_nominal.month, clock.due_nominal.day) == (9, 17)
    assert opinion(until="2026年9月1日").pk == clock.pk


@pytest.mark.parametrize("until", ["收到后十日内", "2026年9月1日"])
def test_no_day_or_one_that_is_over_starts_nothing(opinion, until):
    assert opinion(until=until) is None


def test_the_answer_is_recorded_on_the_page_of_the_clock(
    client, time_machine, opinion, district_mediator
):
    clock = opinion()
    time_machine.move_to(MONDAY + timedelta(days=3))
    client.force_login(district_mediator)
    door = reverse("turn_clock", args=[clock.pk, "answer"])
    assert door in client.get(reverse("deadline", args=[clock.pk])).content.decode()
    assert client.post(door, {"on": "2026-09-10", "reason": ""}).status_code == 422
    ahead = client.post(door, {"on": "2026-09-11", "reason": "已付清"})
    assert "on" in ahead.context["form"].errors
    assert client.post(door, {"on": "2026-09-10", "reason": "已付清"}).status_code == 302
    clock.refresh_from_db()
    assert (clock.state, clock.ended_on.day) == (Deadline.State.MET, 10)
    assert TimelineEntry.objects.filter(case=clock.case, text="已付清").exists()


@pytest.mark.parametrize(
    ("days", "state"), [(12, Deadline.State.LATE), (3, Deadline.State.STOPPED)]
)
def test_with_the_proposal_nobody_waits_any_more(opinion, days, state):
    clock = opinion()
    opinion(code="letter_proposal", at=MONDAY + timedelta(days=days))
    clock.refresh_from_db()
    assert clock.state == state


def test_only_a_letter_is_answered(district_case):
    clock = find_clock(district_case.case, "MED_ACCEPT", proceeding=district_case)
    assert "answer" not in acts_open(clock)
