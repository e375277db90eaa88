"""Facts as pages show them: the element, its value, whose word it is, and what the other says."""

from dataclasses import dataclass

from disputes.domain.facts import hold_back
from disputes.elements import ELEMENTS, label_of, say
from disputes.models import Fact, Party
from offices.sealed import unseal

_MARKS = {
    Fact.Answer.ADMITTED: ("ok", "ok"),
    Fact.Answer.DISPUTED: ("danger", "talk"),
    Fact.Answer.CONCEDED: ("warn", "lock"),
}


@dataclass(frozen=True)
class Line:
    """One fact to read; *kind* and *icon* are those of the badge of the answer, "" for none."""

    label: str
    value: str
    voice: str
    answer: str
    kind: str
    icon: str
    note: str


def lines_of(rows):
    """Return a ``Line`` per ``Fact`` of *rows* that is an element, in the order of the form."""
    found = {row.name: row for row in rows if row.name in ELEMENTS}
    return [line_of(found[name]) for name in ELEMENTS if name in found]


def unsealed(found, content):
    """Return the ``Fact`` rows, not to be saved, of the dicts *found* that *content* lets through.

    The dicts come from the database as JSON, their texts sealed.
    """
    rows = []
    for fact in found:
        ordinal = fact.pop("ordinal")
        reached = ordinal is None or ordinal < content.after
        if content.is_full and (reached or fact["proceeding_id"] in content.worked):
            fact |= {name: unseal(fact[name]) for name in ("value", "answer_note")}
            rows.append(hold_back(Fact(**fact), content.worked))
    return rows


def line_of(row):
    """Return the ``Line`` of a ``Fact``."""
    kind, icon = _MARKS.get(row.answer, ("", ""))
    return Line(
        label_of(row.name),
        say(row.name, row.value),
        str(dict(Party.Kind.choices).get(row.stated_by, "")),
        row.get_answer_display() if kind else "",
        kind,
        icon,
        row.answer_note,
    )
