"""The books of the fund: entries whose lines balance. Amounts are Decimal, in yuan."""

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from disputes.domain.numbers import next_in_series
from legal_aid.models import Account, Entry, Line


@transaction.atomic
def post(project, lines, *, text, voucher, at, by, payment=None, on=None):
    """Enter *lines*, (account, debit, credit) each, that together balance.

    The database refuses at the end of the transaction what does not.
    """
    centre = project.centre
    entry = Entry.objects.create(
        centre=centre, project=project, payment=payment, on=on or timezone.localdate(at),
        number=next_in_series(centre, kind="账", year=0), voucher=voucher, text=text, at=at, by=by,
    )  # fmt: skip
    Line.objects.bulk_create(
        Line(entry=entry, account=account, debit=debit, credit=credit)
        for account, debit, credit in lines
    )
    return entry


def balances(centres):
    """Return (account, debit, credit, balance) of every account used at *centres*."""
    rows = Line.objects.filter(entry__centre__in=centres).values("account").order_by("account")
    found = {row["account"]: row for row in rows.annotate(d=Sum("debit"), c=Sum("credit"))}
    used = [(account, found[account]) for account in Account if account in found]
    return [(account, row["d"], row["c"], row["d"] - row["c"]) for account, row in used]


def check_books():
    """Let the database check the entries of this transaction now instead of at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
