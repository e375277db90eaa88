"""The fund: projects, standards, payments step by step, and the books.

Who asks, who approves and who is paid are three people; so is who pays apart from who approves.
All amounts are Decimal, in yuan.
"""

from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from disputes.domain.numbers import next_in_series
from disputes.look.words import say_yuan
from legal_aid.domain.refusals import (
    AboveCap,
    BudgetExhausted,
    HandlerApproves,
    NoStandard,
    NotClosed,
    NotWaiting,
    PaidTwice,
    PayeeApproves,
    PayeeHandles,
    PayerNotApart,
    PurposeMissing,
    VoucherKnown,
    VoucherMissing,
)
from legal_aid.models import Account, Closing, Entry, Line, Payment, Project, Standard

State = Payment.State
COUNTED = (State.APPROVED, State.PAID)


@transaction.atomic
def open_project(centre, *, name, budget, basis, voucher, at, by):
    """Enter a project with its *budget*, the money for which has come in under *voucher*."""
    project = Project.objects.create(
        centre=centre, name=name, year=timezone.localdate(at).year, budget=budget, basis=basis,
        made_at=at, made_by=by,
    )  # fmt: skip
    post(
        project,
        [(Account.BANK, budget, Decimal(0)), (Account.GRANTS, Decimal(0), budget)],
        text=_("Money granted: %(basis)s") % {"basis": basis},
        voucher=voucher,
        at=at,
        by=by,
    )
    return project


@transaction.atomic
def set_standard(centre, *, kind, most, since):
    """Set the most that is paid for one thing of *kind* from the date *since* on."""
    row, _made = Standard.objects.update_or_create(
        centre=centre, kind=kind, since=since, defaults={"most": most}
    )
    return row


def standard_of(centre, kind, *, on):
    """Return the ``Standard`` of *kind* in force on the date *on*, or None."""
    rows = Standard.objects.filter(centre=centre, kind=kind, since__lte=on)
    return rows.order_by("-since").first()


def left_of(project):
    """Return what the budget of *project* still covers: what is approved counts as spent."""
    spent = project.payments.filter(state__in=COUNTED).aggregate(n=Sum("amount"))["n"]
    return project.budget - (spent or Decimal(0))


@transaction.atomic
def ask(project, *, kind, amount, at, by, engagement=None, item="", payee=None, payee_name=""):
    """Ask for a payment, for the matter *engagement* or an approved *item*.

    *payee* is a person of the house or *payee_name* somebody outside. A subsidy is for a matter
    whose closing report is in, once. Raises ``PurposeMissing``, ``PayeeHandles``, ``NotClosed``,
    ``PaidTwice``, ``NoStandard``, ``AboveCap``, ``BudgetExhausted``.
    """
    if engagement is None and not item.strip():
        raise PurposeMissing
    if payee is not None and payee.pk == by.pk:
        raise PayeeHandles
    if kind == "subsidy":
        _check_subsidy(engagement)
    _check_cap(project, kind, amount, on=timezone.localdate(at))
    _check_budget(project, amount)
    return Payment.objects.create(
        project=project, kind=kind, amount=amount, engagement=engagement, item=item.strip(),
        payee=payee, payee_name="" if payee else payee_name.strip(), asked_at=at, handler=by,
    )  # fmt: skip


def _check_subsidy(engagement):
    if engagement is None:
        raise PurposeMissing(field="engagement")
    if not Closing.objects.filter(engagement=engagement).exists():
        raise NotClosed(field="engagement")
    known = Payment.objects.filter(engagement=engagement, kind="subsidy")
    if known.exclude(state=State.REFUSED).exists():
        raise PaidTwice


def _check_cap(project, kind, amount, *, on):
    standard = standard_of(project.centre, kind, on=on)
    if standard is None:
        raise NoStandard
    if amount > standard.most:
        raise AboveCap(
            _("The standard allows %(most)s yuan at most.") % {"most": say_yuan(standard.most)},
            field="amount",
        )


def _check_budget(project, amount):
    left = left_of(project)
    if amount > left:
        raise BudgetExhausted(
            _("The budget of this project does not cover this: %(left)s yuan are left.")
            % {"left": say_yuan(left)},
            field="amount",
        )


@transaction.atomic
def decide(payment, *, approved, words, at, by):
    """Approve *payment* or not. Raises ``NotWaiting``, ``HandlerApproves``, ``PayeeApproves``,
    ``BudgetExhausted``.
    """
    row = _lock(payment, State.ASKED)
    check_approver(row, by)
    if approved:
        _check_budget(row.project, row.amount)
    row.state = State.APPROVED if approved else State.REFUSED
    row.decided_at, row.approver, row.decision_words = at, by, words
    row.save()
    return row


def check_approver(payment, user):
    """Raise what keeps *user* from deciding on *payment*: she asked for it, or is paid."""
    if payment.handler_id == user.pk:
        raise HandlerApproves
    if payment.payee_id == user.pk:
        raise PayeeApproves


@transaction.atomic
def pay(payment, *, voucher, paid_on, at, by):
    """Note that *payment* was paid on the date *paid_on* under *voucher*, and enter it.

    Raises ``NotWaiting``, ``PayerNotApart``, ``VoucherMissing``, ``VoucherKnown``.
    """
    row = _lock(payment, State.APPROVED)
    if by.pk in (row.approver_id, row.payee_id):
        raise PayerNotApart
    voucher = voucher.strip()
    if not voucher:
        raise VoucherMissing
    if Payment.objects.filter(voucher=voucher).exists():
        raise VoucherKnown
    row.state, row.voucher, row.paid_on, row.payer = State.PAID, voucher, paid_on, by
    row.save()
    post(
        row.project,
        [(Account(row.kind), row.amount, Decimal(0)), (Account.BANK, Decimal(0), row.amount)],
        text=_("%(kind)s: %(payee)s") % {"kind": row.get_kind_display(), "payee": row.receiver},
        voucher=voucher,
        payment=row,
        on=paid_on,
        at=at,
        by=by,
    )
    return row


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


def _lock(payment, state):
    row = Payment.objects.select_for_update(of=("self",)).select_related(
        "project__centre", "payee", "handler"
    )
    row = row.get(pk=payment.pk)
    # Two approvals at once must not spend the same yuan.
    Project.objects.select_for_update().get(pk=row.project_id)
    if row.state != state:
        raise NotWaiting
    return row
