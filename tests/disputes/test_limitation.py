"""The limitation on the page of an open case: red, a prompt for legal aid, never in the way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from disputes.domain.clocks import restart_clock, suspend_clock
from law.calendar import load_calendar
from law.deadlines import SHANGHAI, add_months, compute
from law.rules import rule_on
from tests.factories import MONDAY

TODAY = timezone.localdate(timezone=SHANGHAI)


@pytest.fixture
def clock(district_case):
    return district_case.case.deadlines.get(rule__rule_id="LIMITATION")


def ends_in(clock, days):
    """Let the limitation run anew so that at least *days* and few more are left today."""
    clock.started_on = add_months(TODAY, -24)
    clock.save()
    rule, on = rule_on("LIMITATION", TODAY), add_months(TODAY, -12) - timedelta(days=40)
    while (compute(rule, on, load_calendar()).legal - TODAY).days < days:
        on += timedelta(days=1)
    return restart_clock(clock, on=on, at=MONDAY)


def read(client, user, clock):
    client.force_login(user)
    answer = client.get(reverse("case", args=[clock.case_id]))
    return answer.context["file"].limitation, answer.content.decode()


def test_a_case_that_is_handled_shows_the_earliest_date(client, district_mediator, clock):
    limitation, text = read(client, district_mediator, clock)
    assert limitation["pending"]
    assert limitation["due"].nominal == add_months(TODAY, 12)
    assert limitation["urgency"] == ""
    assert "至少到" in text


def test_far_from_its_end_it_is_not_red(client, district_mediator, clock):
    limitation, text = read(client, district_mediator, ends_in(clock, 60))
    assert not limitation["pending"]
    assert limitation["urgency"] == ""
    assert f"剩 {limitation['left']} 天" in text


def test_under_thirty_days_it_is_red(client, district_mediator, clock):
    limitation, text = read(client, district_mediator, ends_in(clock, 20))
    assert limitation["urgency"] == "warn"
    assert "法律援助" not in text.split("fx-right")[1].split("</section>")[0]


def test_under_seven_days_legal_aid_is_offered(client, district_mediator, clock):
    clock = ends_in(clock, 2)
    limitation, text = read(client, district_mediator, clock)
    assert limitation["left"] < 7
    assert limitation["urgency"] == "aid"
    assert "《法律援助法》第四十四条" in text
    assert reverse("arbitrate", args=[clock.case_id]) in text


def test_after_its_end_nothing_is_blocked(client, district_mediator, clock):
    clock = ends_in(clock, -10)
    limitation, text = read(client, district_mediator, clock)
    assert limitation["urgency"] == "over"
    assert reverse("arbitrate", args=[clock.case_id]) in text


def test_a_limitation_that_stands_still_is_no_pending_one(client, district_mediator, clock):
    suspend_clock(clock, on=clock.started_on + timedelta(days=5), at=MONDAY)
    limitation, _text = read(client, district_mediator, clock)
    assert limitation["due"].suspended_since or limitation["pending"]


def test_a_closed_case_shows_none(client, regional_head, district_case, clock):
    from disputes.domain.proceedings import close_proceeding, end_case

    close_proceeding(district_case, outcome="not_settled", at=timezone.now())
    end_case(district_case.case, at=timezone.now(), outcome="not_settled", tier=2)
    assert read(client, regional_head, clock)[0] is None
