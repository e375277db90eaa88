"""Rows that look like one already there: the same person, employer and cause within 30 days."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from offices.findings import WARNING, Finding

NEAR = 30  # calendar days
# Stands in the place of a column: the row as a whole looks like one that is already there.
DUPLICATE = "疑似重复"


@dataclass(frozen=True)
class Known:
    """A case that is there already, or an earlier row: its day of registration, how to name it.

    `order`, a tuple, tells the earlier from the later of two that are both there; `key` is the
    key of its ledger row, "" for a case that no ledger brought.
    """

    registered_on: date
    name: str
    order: tuple
    key: str = ""


def find_duplicate(row, known):
    """A warning about `row` when one of `known` is like it and was there before, else None.

    `known` lists what has the likeness of the row. A row that is itself among them, because it
    was imported before, is compared with earlier ones only: always the later row is warned of.
    """
    own = next((other.order for other in known if other.key == row.key), None)
    near = [
        other
        for other in known
        if (own is None or other.order < own)
        and abs((row.registered_on - other.registered_on).days) <= NEAR
    ]
    if not near:
        return None
    first = min(near, key=lambda other: other.order)
    message = _(
        "The same person, employer and cause as %(name)s, registered on %(day)s. "
        "Imported; please see whether it is the same dispute."
    ) % {"name": first.name, "day": first.registered_on.isoformat()}
    return Finding(row.line, DUPLICATE, message, WARNING, row.sheet)


def repeat_of(row, line):
    """A warning that `row` is the one of `line` again, in the same file and on the same day."""
    message = _("The same as line %(line)d, the day of registration too; not imported again.")
    return Finding(row.line, DUPLICATE, message % {"line": line}, WARNING, row.sheet)
