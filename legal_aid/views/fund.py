"""The fund: its projects, payments and books. Auditors read, and do nothing else."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from disputes.views.paging import page_by_pk, read_number
from legal_aid.domain import aid_papers
from legal_aid.domain.books import balances
from legal_aid.domain.fund import out_of, with_money_out
from legal_aid.forms import fund as forms
from legal_aid.forms import papers
from legal_aid.models import AidPaper, Enclosure, Entry, Line, Payment, Project, Repayment, Standard
from legal_aid.permissions import (
    ADMINISTER,
    KEEP,
    OVERSEE,
    centres_of,
    fund_centres,
    get_payment,
    with_matters,
)
from legal_aid.sheets import TYPE, make_sheet
from legal_aid.tabs import tabs_for
from legal_aid.views.doing import (
    Act,
    acts_for,
    listed,
    papers_among,
    serve_act,
    serve_form,
    without_papers,
)
from offices.context import duties_of

PAGE = 30
ACTS = {
    "decide": Act(
        forms.DecidePaymentForm, (OVERSEE,), lambda row: row.state == "asked", first=True
    ),
    "pay": Act(forms.PayForm, (KEEP,), lambda row: row.state == "approved", first=True),
    "give-back": Act(forms.GiveBackForm, (KEEP,), lambda row: out_of(row) > 0, first=True),
    **{
        f"paper-{code}": Act(
            papers.issuing(code, aid_papers.issue_of_payment),
            (ADMINISTER, KEEP),
            lambda row, code=code: row.names_matter and code in aid_papers.due_of_payment(row),
            at_once=True,
        )
        for code in aid_papers.OF_PAYMENT
    },
    "scan": Act(forms.VoucherForm, (ADMINISTER, KEEP), lambda row: row.state != "refused"),
}


# Among what was paid: what the auditor looks for.
NARROWER = {
    "out": (_lazy("advances still out"), {"out__gt": 0}),
    "unscanned": (_lazy("voucher not scanned"), {"is_scanned": False}),
}


@require_safe
def fund(request):
    """Show what is granted, approved, paid and left, and that the books balance."""
    centres = _centres(request)
    spent = Q(payments__state__in=["approved", "paid"])
    projects = Project.objects.filter(centre__in=centres).annotate(
        approved=Sum("payments__amount", filter=spent),
        paid=Sum("payments__amount", filter=Q(payments__state="paid")),
        returned=Subquery(_returned("payment__project")),
    )
    for row in (found := list(projects)):
        row.left = row.budget - (row.approved or 0) + (row.returned or 0)
    accounts = balances(centres)
    duties = duties_of(request)
    context = {
        "tabs": tabs_for(duties, current="fund"),
        "projects": found,
        "accounts": accounts,
        "debit": sum(row[1] for row in accounts),
        "credit": sum(row[2] for row in accounts),
        "balance": sum(row[3] for row in accounts),
        "standards": Standard.objects.filter(centre__in=centres),
        "waiting": Payment.objects.filter(project__centre__in=centres, state="asked").count(),
        "sheets": AidPaper.objects.filter(centre__in=centres, month__isnull=False).select_related(
            "paper"
        )[:PAGE],
        "may_issue": bool(duties.intersection((ADMINISTER, KEEP))),
        "may_ask": ADMINISTER in duties,
        "may_enter": KEEP in duties,
        "may_set": OVERSEE in duties,
        "today": timezone.localdate(),
    }
    return render(request, "legal_aid/fund.html", context)


@require_safe
def payments(request):
    """List the payments of one's centres, the latest first."""
    rows = Payment.objects.filter(project__centre__in=_centres(request)).select_related(
        "project", "engagement__application", "payee", "handler"
    )
    rows = with_money_out(with_matters(rows, request.user)).annotate(
        is_scanned=Exists(Enclosure.objects.filter(payment=OuterRef("pk")))
    )
    state = request.GET.get("state", "")
    if state in Payment.State.values:
        rows = rows.filter(state=state)
    elif state in NARROWER:
        rows = rows.filter(state="paid").filter(**NARROWER[state][1])
    found, newer, older = page_by_pk(rows, request.GET, size=PAGE)
    context = {
        "rows": found,
        "newer": newer,
        "older": older,
        "state": state,
        "states": [
            *Payment.State.choices,
            *((name, title) for name, (title, _filter) in NARROWER.items()),
        ],
    }
    return render(request, "legal_aid/payments.html", context)


@require_safe
def books(request):
    """Show the entries of the books with their lines, the latest first."""
    rows = Entry.objects.filter(centre__in=_centres(request)).select_related(
        "project",
        "payment__engagement__application",
        "repayment__payment__engagement__application",
        "by",
    )
    rows = with_matters(rows, request.user, "payment__", "repayment__payment__")
    rows = rows.prefetch_related(Prefetch("lines", Line.objects.order_by("pk")))
    found, newer, older = page_by_pk(rows, request.GET, size=PAGE)
    for row in found:
        row.leads_to = row.payment or getattr(getattr(row, "repayment", None), "payment", None)
    context = {"rows": found, "newer": newer, "older": older}
    return render(request, "legal_aid/books.html", context)


@require_safe
def subsidy_sheet(request):
    """Hand out the sheet of one month as a workbook; without a month, of this one."""
    centres = _centres(request)
    today = timezone.localdate()
    year, month = (read_number(part) for part in _month(request.GET.get("month"), today))
    sheet = make_sheet(centres, user=request.user, year=year, month=month)
    answer = HttpResponse(sheet, content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="subsidies-{year}-{month:02d}.xlsx"'
    return answer


def _month(text, today):
    year, _dash, month = (text or "").partition("-")
    if len(year) == 4 and read_number(year) and read_number(month) in range(1, 13):
        return year, month
    return str(today.year), str(today.month)


def project_add(request):
    """Enter a project."""
    return _serve(request, forms.ProjectForm, KEEP)


def standard_add(request):
    """Set a standard of payment."""
    return _serve(request, forms.StandardForm, OVERSEE)


def payment_add(request):
    """Ask for a payment."""
    return _serve(
        request,
        _filled(request),
        ADMINISTER,
        after=lambda row: reverse("payment", args=[row.pk]),
    )


def _filled(request):
    """Return the form of a payment, filled in for the matter that the address names."""
    matter = read_number(request.GET.get("matter"))

    class Filled(forms.AskPaymentForm):
        def prepare(self):
            super().prepare()
            row = self.fields["engagement"].queryset.filter(pk=matter).first()
            if row is not None:
                self.fill(engagement=row.pk, payee=row.lawyer.user_id, kind="subsidy")

    return Filled if matter and request.method != "POST" else forms.AskPaymentForm


@require_safe
def payment(request, pk):
    """Show one payment and who did what about it."""
    row = get_payment(request.user, pk)
    acts = acts_for(ACTS, row)
    context = {
        "row": row,
        "acts": listed(without_papers(acts), "payment_act", pk),
        "to_issue": listed(papers_among(acts), "payment_act", pk),
        "papers": row.papers.select_related("paper") if row.names_matter else [],
        "may_void": bool(row.powers & {ADMINISTER, KEEP}),
        "enclosures": row.enclosures.select_related("added_by") if row.names_matter else [],
        "repayments": row.repayments.select_related("by"),
        "out": out_of(row),
    }
    return render(request, "legal_aid/payment.html", context)


def payment_act(request, pk, name):
    """Approve a payment, pay it, enter what came back of it, add a scan."""
    row = get_payment(request.user, pk)
    own = reverse("payment", args=[pk])
    trail = [(_("Fund"), reverse("fund")), (_("Payments"), reverse("payments"))]
    return serve_act(request, ACTS, name, row, back=own, trail=trail)


def _serve(request, form, duty, after=None):
    centre = centres_of(request.user, duty).order_by("pk").first()
    if centre is None:
        raise PermissionDenied
    return serve_form(
        request,
        form,
        row=centre,
        back=reverse("fund"),
        trail=[(_("Fund"), reverse("fund"))],
        after=after,
    )


def _centres(request):
    centres = list(fund_centres(request.user))
    if not centres:
        raise PermissionDenied
    return centres


def _returned(column):
    rows = Repayment.objects.filter(**{column: OuterRef("pk")}).order_by().values(column)
    return rows.annotate(n=Sum("amount")).values("n")
