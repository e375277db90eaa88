"""The agreements of a case on its page: in force or not, made enforceable or not, kept or not."""

from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from disputes.panels import Panel, register
from mediation.models import Agreement, Enforceability, Instalment

MOST = 24
WAYS, RESULTS = dict(Enforceability.Way.choices), dict(Enforceability.Result.choices)
State = Instalment.State
# What is shown of the last application to make an agreement enforceable.
APPLIED = ("way", "applied_on", "result", "number")


def connect():
    """Put the panel on the page of a case."""
    register(Panel("agreements", agreements_of, read, "mediation/_case_panel.html"))


def agreements_of(case):
    """Return the column: a dict per agreement of *case*, its instalments within."""
    parts = Instalment.objects.filter(term__agreement=OuterRef("pk")).order_by("due_on", "pk")
    last = Enforceability.objects.filter(agreement=OuterRef("pk")).order_by("-pk")
    part = JSONObject(id="pk", due_on="due_on", amount="amount", state="state")
    row = JSONObject(
        proceeding="proceeding_id",
        ordinal="proceeding__ordinal",
        effective_on="effective_on",
        amount="amount",
        declined="declined",
        **{name: Subquery(last.values(name)[:1]) for name in APPLIED},
        parts=ArraySubquery(parts.values(part=part)[:MOST]),
    )
    rows = Agreement.objects.filter(proceeding__case=case.pk).order_by("proceeding__ordinal")
    return ArraySubquery(rows.values(row=row))


def read(found, content, today):
    """Return the agreements that *content* lets through, as the panel shows them.

    An agreement in force reaches the tiers after it; one that is only written stays at its desk.
    """
    rows = []
    for row in found:
        mine = row["proceeding"] in content.worked
        reached = row["effective_on"] and row["ordinal"] < content.after
        if content.is_full and (mine or reached):
            rows.append(_row(row, today, mine))
    return rows


def _row(row, today, mine):
    parts = [_part(part, today) for part in row["parts"]]
    kept = sum(part["state"] == State.PERFORMED for part in parts)
    return row | {
        "mine": mine,
        "effective_on": _day(row["effective_on"]),
        "applied_on": _day(row["applied_on"]),
        "amount": _money(row["amount"]),
        "way": WAYS.get(row["way"], ""),
        "result": RESULTS.get(row["result"], ""),
        "parts": parts,
        "kept": kept,
        "late": [part for part in parts if part["late"]],
    }


def _part(part, today):
    due = _day(part["due_on"])
    open_ = part["state"] != State.PERFORMED
    return part | {
        "due_on": due,
        "amount": _money(part["amount"]),
        "late": open_ and due < today,
    }


def _day(text):
    return date.fromisoformat(text) if text else None


def _money(number):
    return None if number is None else Decimal(str(number))
