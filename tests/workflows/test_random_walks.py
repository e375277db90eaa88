"""Random people do random things for weeks, and the house stays whole.

The ordinary run is a short walk. ``RANDOM_ACTIONS=10000 bin/test tests/workflows/test_random_walks.py``
is the long one, on 200 cases.
"""

import logging
import os
from collections import Counter
from datetime import date

import pytest

from disputes.models import Case
from offices.duties import Role
from offices.models import Office
from tests import factories
from tests.workflows.walks.walk import RandomWalk
from tests.workflows.walks.wholeness import faults
from workflows.models import StuckTimer

pytestmark = pytest.mark.django_db(transaction=True)
ACTIONS = int(os.environ.get("RANDOM_ACTIONS", "120"))
CASES = min(200, ACTIONS // 4)
# After so many actions everything is looked at.
STRETCH = 500
CAST = (
    "enterprise_mediator", "enterprise_head", "district_mediator", "regional_head",
    "other_mediator", "reporter", "clerk", "arbitration_clerk", "commission_head", "arbitrator",
    "lawyer", "leader", "auditor", "coordinator", "court_liaison", "administrator",
)  # fmt: skip


@pytest.fixture
def people(register, request):
    """Everybody of the cast, and so many more that every desk can do its work."""
    more = [
        ("linghezr", "方正", register.linghe, Role.HEAD),
        ("guta2", "李娟", register.guta, Role.MEDIATOR),
        ("zhongcai2", "田野", register.commission, Role.ARBITRATOR),
        ("zhongcai3", "许明", register.commission, Role.ARBITRATOR),
        ("zhongcai4", "石磊", register.commission, Role.ARBITRATOR),
        ("waimian", "江河", register.outside, Role.ARBITRATION_CLERK),
    ]
    cast = {name: request.getfixturevalue(name) for name in CAST}
    for username, name, office, role in more:
        cast[username] = factories.make_user(username, name, office=office, role=role)
    # Somebody who served here and does not any more.
    cast["gone"] = factories.make_user(
        "likai", "林凯", office=register.guta, role=Role.HEAD, until=date(2026, 8, 31)
    )
    return cast


@pytest.fixture
def register(register):
    """The register, with a commission that works outside of this house."""
    register.outside = factories.make_office(
        "凌河区劳动人事争议仲裁委员会", "凌劳人仲", Office.Tier.ARBITRATION,
        Office.Kind.ARBITRATION_COMMISSION, county="凌河区", handled_here=False,
    )  # fmt: skip
    return register


@pytest.fixture
def _quiet():
    """Keep thousands of refusals out of the report."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("_quiet")
def test_whatever_people_do_the_house_stays_whole(register, people, time_machine):
    walk = RandomWalk(
        seed=os.environ.get("RANDOM_SEED", "1"),
        cases=CASES,
        offices=[
            (register.enterprise, people["enterprise_mediator"]),
            (register.guta, people["district_mediator"]),
            (register.linghe, people["other_mediator"]),
            (register.commission, people["arbitration_clerk"]),
        ],
        people=people.values(),
        travel=lambda moment: time_machine.move_to(moment, tick=True),
    )
    for upto in [*range(STRETCH, ACTIONS, STRETCH), ACTIONS]:
        walk.go(upto)
        # What goes wrong early in a long walk is told early.
        assert walk.faults == []
        assert faults(at=walk.now, seal=upto == ACTIONS) == []
        if "RANDOM_ACTIONS" in os.environ:
            print(f"{walk.actions} actions, {Case.objects.count()} cases, {walk.now}", flush=True)
    if "RANDOM_ACTIONS" in os.environ:
        print(walk.done, walk.refused, sep="\n")
    stuck = Counter(StuckTimer.objects.values_list("error", flat=True))
    assert stuck == {}
    assert len(walk.done) > 12, walk.done
