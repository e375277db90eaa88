"""What the commission decided, on the page of the case: claim by claim, and what is open then."""

from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from arbitration.models import ClaimAward, Decision
from disputes.models import ClaimKind, Deadline, Party
from disputes.panels import Panel, register

MOST = 60
HUNDRED = Decimal(100)
Paper, Supported, State = ClaimAward.Paper, ClaimAward.Supported, Deadline.State
SIDES = dict(Party.Kind.choices)
LOOKS = {Supported.FULL: "ok", Supported.PART: "warn", Supported.NONE: "danger"}
# What each party may do once it has the paper (劳动争议调解仲裁法 articles 47 to 51).
REMEDIES = {"SUE_15": _("sue"), "SETASIDE_30": _("ask the court to set the award aside")}
NEXT = {
    Paper.FINAL: _(
        "Final: in force when made. The worker may still sue within 15 days of receiving it, the "
        "employer may only ask the intermediate court within 30 days to set it aside."
    ),
    Paper.NON_FINAL: _(
        "Not final: either side may sue within 15 days of receiving it; if nobody does, it is in "
        "force."
    ),
    Paper.STATEMENT: _("Statement: in force once both sides have signed for it."),
}


def connect():
    """Put the panel on the page of a case."""
    register(Panel("awards", decisions_of, read, "arbitration/_case_panel.html"))


def decisions_of(case):
    """Return the column: a dict per decision of *case*, its claims and the terms within."""
    awards = ClaimAward.objects.filter(decision=OuterRef("pk")).order_by("claim")
    award = JSONObject(
        kind="claim__kind", asked="claim__amount", supported="supported",
        amount="amount_awarded", paper="paper",
    )  # fmt: skip
    terms = Deadline.objects.filter(
        proceeding=OuterRef("proceeding"), rule__rule_id__in=REMEDIES
    ).order_by("due_legal", "pk")
    term = JSONObject(rule="rule__rule_id", side="party__kind", due="due_legal", state="state")
    row = JSONObject(
        proceeding="proceeding_id", kind="kind", partial="partial", decided_on="decided_on",
        closed="proceeding__closed_at", awards=ArraySubquery(awards.values(award=award)[:MOST]),
        terms=ArraySubquery(terms.values(term=term)[:MOST]),
    )  # fmt: skip
    rows = Decision.objects.filter(proceeding__case=case.pk).order_by("decided_on", "pk")
    return ArraySubquery(rows.values(row=row))


def read(found, content, today):
    """Return the decisions that *content* lets through, as the panel shows them.

    The commission reads its own; the offices that had the case before read the result once the
    paper is served and the proceeding closed.
    """
    if not content.is_full:
        return []
    return [_row(row) for row in found if row["proceeding"] in content.worked or row["closed"]]


def _row(row):
    awards = [_award(award) for award in row["awards"]]
    asked, given = _sum(awards, "asked"), _sum(awards, "amount")
    return row | {
        "kind": Decision.Kind(row["kind"]).label,
        "decided_on": date.fromisoformat(row["decided_on"]),
        "awards": awards,
        "asked": asked,
        "given": given,
        "share": _share(given, asked),
        "next": [NEXT[paper] for paper in Paper if paper in {one["code"] for one in awards}],
        "terms": [_term(term) for term in row["terms"]],
    }


def _award(row):
    asked, amount = _money(row["asked"]), _money(row["amount"])
    return {
        "claim": ClaimKind(row["kind"]).label,
        "asked": asked,
        "amount": amount,
        "share": _share(amount or Decimal(0), asked),
        "decided": Supported(row["supported"]).label,
        "look": LOOKS[row["supported"]],
        "code": row["paper"],
        "paper": Paper(row["paper"]).label,
    }


def _term(row):
    return {
        "side": SIDES.get(row["side"], ""),
        "words": REMEDIES[row["rule"]],
        "due": date.fromisoformat(row["due"]),
        "runs": row["state"] in (State.RUNNING, State.SUSPENDED),
        "state": State(row["state"]).label,
    }


def _sum(awards, name):
    """Return the sum over the claims that ask for money, None when none does."""
    amounts = [one[name] or Decimal(0) for one in awards if one["asked"] is not None]
    return sum(amounts) if amounts else None


def _share(amount, asked):
    return round(HUNDRED * amount / asked) if asked and amount is not None else None


def _money(number):
    return None if number is None else Decimal(str(number))
