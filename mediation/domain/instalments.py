"""Terms and their instalments as rows, whoever wrote the agreement."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mediation.models import Instalment, Term


@dataclass
class Draft:
    """One term as somebody writes it. *instalments* are (date, Decimal or None) pairs."""

    debtor: object
    content: str
    amount: Decimal | None = None
    instalments: list[tuple[date, Decimal | None]] = field(default_factory=list)
    account: str = ""
    default_clause: str = ""


def keep_term(agreement, number, draft):
    """Keep *draft*, a ``Draft``, as term *number* of *agreement* with its instalments."""
    term = Term.objects.create(
        agreement=agreement,
        ordinal=number,
        debtor=draft.debtor,
        content=draft.content,
        amount=draft.amount,
        account=draft.account,
        default_clause=draft.default_clause,
    )
    Instalment.objects.bulk_create(
        Instalment(term=term, ordinal=one, due_on=day, amount=amount)
        for one, (day, amount) in enumerate(sorted(draft.instalments, key=lambda row: row[0]), 1)
    )


def ensure_instalments(agreement):
    """Give an agreement that was written as one text its one instalment, to be followed up."""
    if agreement.term_rows.exists() or not agreement.performance_by:
        return
    debtor = agreement.proceeding.case.parties.filter(kind="employer").first()
    if debtor is None:
        return
    amount = agreement.amount or None
    draft = Draft(debtor, agreement.terms[:500], amount, [(agreement.performance_by, amount)])
    keep_term(agreement, 1, draft)
