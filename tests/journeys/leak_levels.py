"""What each role reads of one case, by confidentiality and by whose secret a row is.

The table of levels of docs/permissions.md: L0 public figures, L1 that a case exists, L2 the case,
L3 what is highly sensitive.
"""

from disputes.domain.timeline import record
from disputes.models import Level, TimelineEntry
from disputes.permissions import can_view, visible_content
from tests.factories import MONDAY

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


def write_rows(case):
    """Write a row of every level in *case*, one that stays at its desk and one that goes on."""
    proceeding = case.proceedings.latest("ordinal")
    for name, level in LEVELS.items():
        for reach in (Reach.OFFICE, Reach.ONWARD):
            facts = {"proceeding": proceeding, "reach": reach, "level": level, "text": name}
            record(case, "Note", at=MONDAY, by=None, **facts)


def read_by(user, case):
    """Return the highest levels that *user* reads of *case*: of what stays, and of what goes on."""
    return tuple(_highest(user, case, reach) for reach in (Reach.OFFICE, Reach.ONWARD))


def _highest(user, case, reach):
    if not can_view(user, case, on=TODAY):
        return ""
    content = visible_content(user, case, on=TODAY)
    if not content.is_full:
        return ""
    rows = content.rows(TimelineEntry.objects.filter(case=case, reach=reach, verb="Note"))
    return max((row.text for row in rows), default="")
