"""The fund: projects, standards, and payments step by step, each with its entry of the books.

Who asks, who approves and who is paid are three people; so is who pays apart from who approves.
All amounts are Decimal, in yuan.
"""

from decimal import Decimal

from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from disputes.look.words import say_yuan
from legal_aid.domain.books import post
from legal_aid.domain.enclosures import enclose
from legal_aid.domain.refusals import (
    AboveCap,
    BackTooEarly,
    BudgetExhausted,
    HandlerApproves,
    MoreThanOut,
    NoStandard,
    NotAdvanced,
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
from legal_aid.domain.words import in_house_language
from legal_aid.models import (
    Account,
    Closing,
    Payment,
    PaymentKind,
    Project,
    Repayment,
    Standard,
)

State = Payment.State
COUNTED = (State.APPROVED, State.PAID)


@transaction.atomic
def open_project(centre, *, name, budget, basis, voucher, at, by):
    """Enter a project with its *budget*, the money for which has come in under *voucher*."""
    project = Project.objects.create(
        centre=centre, name=name, year=timezone.localdate(at).year, budget=budget, basis=basis,
        made_at=at, made_by=by,
    )  # fmt: skip
    with in_house_language():
        text = _("Money granted: %(basis)s") % {"basis": basis}
    post(
        project,
        [(Account.BANK, budget, Decimal(0)), (Account.GRANTS, Decimal(0), budget)],
        text=text,
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
    """Return what the budget of *project* still covers, in yuan.

    What is approved counts as spent, what came back of an advance does not.
    """
    spent = project.payments.filter(state__in=COUNTED).aggregate(n=Sum("amount"))["n"]
    back = Repayment.objects.filter(payment__project=project).aggregate(n=Sum("amount"))["n"]
    return project.budget - (spent or Decimal(0)) + (back or Decimal(0))


def out_of(payment):
    """Return how much of the advance *payment* has not come back, in yuan; 0 for all others."""
    return with_money_out(Payment.objects.filter(pk=payment.pk)).values_list("out", flat=True).get()


def with_money_out(payments):
    """Annotate *payments* with ``out``: how much of an advance has not come back, in yuan."""
    back = Repayment.objects.filter(payment=OuterRef("pk")).order_by().values("payment")
    back = Coalesce(Subquery(back.annotate(n=Sum("amount")).values("n")), Decimal(0))
    is_out = Q(kind=PaymentKind.ADVANCE, state=State.PAID)
    return payments.annotate(
        out=Case(When(is_out, then=F("amount") - back), default=Value(Decimal(0)))
    )


@transaction.atomic
def ask(
    project, *, kind, amount, at, by, engagement=None, item="", payee=None, payee_name="", scan=None
):
    """Ask for a payment, for the matter *engagement* or an approved *item*.

    *payee* is a person of the house or *payee_name* somebody outside, *scan* the bill. A subsidy is
    for a matter whose closing report is in, once. Raises ``PurposeMissing``, ``PayeeHandles``,
    ``NotClosed``, ``PaidTwice``, ``NoStandard``, ``AboveCap``, ``BudgetExhausted`` and what
    ``enclose`` raises.
    """
    if engagement is None and not item.strip():
        raise PurposeMissing
    if payee is not None and payee.pk == by.pk:
        raise PayeeHandles
    if kind == "subsidy":
        _check_subsidy(engagement)
    _check_cap(project, kind, amount, on=timezone.localdate(at))
    _check_budget(project, amount)
    payment = Payment.objects.create(
        project=project, kind=kind, amount=amount, engagement=engagement, item=item.strip(),
        payee=payee, payee_name="" if payee else payee_name.strip(), asked_at=at, handler=by,
    )  # fmt: skip
    if scan:
        enclose(scan, payment=payment, at=at, by=by)
    return payment


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
def pay(payment, *, voucher, paid_on, at, by, scan=None):
    """Note that *payment* was paid on the date *paid_on* under *voucher*, and enter it.

    *scan* is the voucher as a file. Raises ``NotWaiting``, ``PayerNotApart``, ``VoucherMissing``,
    ``VoucherKnown`` and what ``enclose`` raises.
    """
    row = _lock(payment, State.APPROVED)
    if by.pk in (row.approver_id, row.payee_id):
        raise PayerNotApart
    voucher = voucher.strip()
    if not voucher:
        raise VoucherMissing
    _check_voucher(voucher)
    row.state, row.voucher, row.paid_on, row.payer = State.PAID, voucher, paid_on, by
    row.save()
    with in_house_language():
        text = _("%(kind)s: %(payee)s") % {"kind": row.get_kind_display(), "payee": row.receiver}
    post(
        row.project,
        [(Account(row.kind), row.amount, Decimal(0)), (Account.BANK, Decimal(0), row.amount)],
        text=text,
        voucher=voucher,
        payment=row,
        on=paid_on,
        at=at,
        by=by,
    )
    if scan:
        enclose(scan, payment=row, at=at, by=by)
    return row


def _check_voucher(voucher):
    known = Payment.objects.filter(voucher=voucher), Repayment.objects.filter(voucher=voucher)
    if any(rows.exists() for rows in known):
        raise VoucherKnown


@transaction.atomic
def give_back(payment, *, amount, on, voucher, at, by, scan=None):
    """Note that *amount* yuan of the advance *payment* came back on the date *on*, and enter it.

    The budget covers it again. Raises ``NotAdvanced``, ``MoreThanOut``, ``BackTooEarly``,
    ``VoucherMissing``, ``VoucherKnown`` and what ``enclose`` raises.
    """
    row = _lock(payment, State.PAID)
    out, voucher = out_of(row), voucher.strip()
    if not row.is_out or not out:
        raise NotAdvanced
    if amount > out:
        raise MoreThanOut(
            _("No more comes back than is still out: %(out)s yuan.") % {"out": say_yuan(out)}
        )
    if on < row.paid_on:
        raise BackTooEarly
    if not voucher:
        raise VoucherMissing
    _check_voucher(voucher)
    with in_house_language():
        text = _("Advance given back: %(payee)s") % {"payee": row.receiver}
    lines = [(Account.BANK, amount, Decimal(0)), (Account.ADVANCE, Decimal(0), amount)]
    entry = post(row.project, lines, text=text, voucher=voucher, on=on, at=at, by=by)
    made = Repayment.objects.create(
        payment=row, entry=entry, amount=amount, on=on, voucher=voucher, at=at, by=by
    )
    if scan:
        enclose(scan, payment=row, at=at, by=by)
    return made


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
