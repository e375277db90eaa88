"""Every ground of the law on which a clock stands still, at every tier that knows it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from disputes.models import ClockEvent, Deadline, Proceeding
from law.grounds import _SUSPENSIONS
from tests.disputes.test_clock_events import ago, errors_of, fresh, get, paper, post, start

LIMITATIONS = {"LIMITATION", "LIMITATION_WAGE", "INJURY_DECIDE", "INJURY_DECIDE_SIMPLE"}
MEDIATIONS = {rule for rule in _SUSPENSIONS if "MED" in rule}
# Of each tier: its proceeding, who keeps its file, whose clocks it may have.
TIERS = {
    "enterprise": ("enterprise_case", "enterprise_mediator", {"MED_CLOSE"}),
    "region": ("district_case", "district_mediator", MEDIATIONS | LIMITATIONS),
    "commission": ("arbitration_case", "arbitration_clerk", {"ARB_AWARD"} | LIMITATIONS),
}
CASES = [
    (tier, rule, ground.code)
    for tier, (_case, _keeper, rules) in TIERS.items()
    for rule in sorted(rules)
    for ground in _SUSPENSIONS[rule]
]


def test_no_ground_is_left_out():
    assert {rule for _tier, rule, _ground in CASES} == set(_SUSPENSIONS)


@pytest.mark.parametrize(("tier", "rule", "ground"), CASES)
def test_it_stands_still_on_its_paper_and_goes_on(
    request, client, commission_head, tier, rule, ground
):
    case, keeper, _rules = TIERS[tier]
    proceeding, keeper = request.getfixturevalue(case), request.getfixturevalue(keeper)
    Proceeding.objects.filter(pk=proceeding.pk).update(accepted_on=ago(12))
    clock = start(proceeding, rule, ago(10))
    due = clock.due_nominal
    asked = get(client, keeper, clock, "suspend").context["form"].fields
    facts = {"ground": ground, "on": ago(3)}
    facts |= {"both_agreed": "on"} if "both_agreed" in asked else {}
    if "approved_by" in asked:
        facts |= {"approved_by": commission_head.pk, "notified_on": ago(3)}
    assert set(errors_of(post(client, keeper, clock, "suspend", **facts))) & {"evidence", "file"}
    assert post(client, keeper, clock, "suspend", **facts, file=paper()).status_code == 302
    assert fresh(clock).state == Deadline.State.SUSPENDED
    event = ClockEvent.objects.get(deadline=clock, kind="suspend")
    assert (event.ground, event.evidence.name) == (ground, "决定书.pdf")
    sheet = client.get(reverse("deadline", args=[clock.pk])).content.decode()
    assert "双方提交书面申请" in sheet
    assert post(client, keeper, clock, "resume", on=ago(1)).status_code == 302
    row = fresh(clock)
    assert (row.state, row.due_nominal) == (Deadline.State.RUNNING, due + timedelta(days=2))
