"""What each role reads of one case, by confidentiality and by whose secret a row is."""

import pytest

from disputes.domain.timeline import record
from disputes.models import Level, TimelineEntry
from disputes.models.choices import Grade
from disputes.permissions import can_view, visible_content
from tests.factories import MONDAY
from tests.journeys import leak_cast as cast

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
Reach = TimelineEntry.Reach
LEVELS = {"L1": Level.INTERNAL, "L2": Level.CASE, "L3": Level.SENSITIVE}

# Of the desk at which the case is: the highest level of what stays there, and of what goes on with
# the case; "" is nothing. Who is not here reads no row at all.
READS = {
    "enterprise_mediator": ("L2", "L2"),
    "enterprise_head": ("L2", "L2"),
    "mediator": ("L2", "L2"),
    "head": ("L3", "L3"),
    "arbitration_clerk": ("L2", "L2"),
    "commission_head": ("L3", "L3"),
    "arbitrator": ("L3", "L3"),
    "lawyer": ("L3", "L3"),
    "coordinator": ("", "L2"),
    "court_liaison": ("", "L2"),
    "labour_liaison": ("", "L2"),
    "justice_liaison": ("", "L2"),
    "inspector": ("", "L2"),
}


@pytest.fixture
def world(time_machine, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    time_machine.move_to(MONDAY.replace(hour=15))
    return cast.make_world()


def highest(user, case, reach):
    """Return the highest level of the rows of *reach* that *user* reads of *case*, "" for none."""
    if not can_view(user, case, on=TODAY):
        return ""
    content = visible_content(user, case, on=TODAY)
    if not content.is_full:
        return ""
    rows = content.rows(TimelineEntry.objects.filter(case=case, reach=reach, verb="Note"))
    return max((row.text for row in rows), default="")


def test_every_role_reads_up_to_its_level_and_no_further(world):
    for key in ("regional", "enterprise", "arbitration"):
        proceeding = world.cases[key].proceedings.latest("ordinal")
        for name, level in LEVELS.items():
            for reach in (Reach.OFFICE, Reach.ONWARD):
                facts = {"proceeding": proceeding, "reach": reach, "level": level, "text": name}
                record(proceeding.case, "Note", at=MONDAY, by=None, **facts)
    found = {}
    for person in cast.PEOPLE[1:]:
        user, case = world.users[person.key], world.cases[person.case]
        read = tuple(highest(user, case, reach) for reach in (Reach.OFFICE, Reach.ONWARD))
        found[person.key] = read
    assert found == {person.key: READS.get(person.key, ("", "")) for person in cast.PEOPLE[1:]}
    case = world.cases["regional"]
    case.grade = Grade.MAJOR
    case.save(update_fields=["grade"])
    assert highest(world.users["inspector"], case, Reach.ONWARD) == "L3"
    assert highest(world.users["inspector"], case, Reach.OFFICE) == ""
