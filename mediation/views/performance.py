"""Whether agreements are kept: what is due at one's offices, and noting what was performed."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disputes.domain.refusals import Refusal
from disputes.permissions import hidden_cases, visible_cases, worked_proceedings
from mediation.desk import get_mediated
from mediation.domain import performance
from mediation.forms.terms import PerformanceForm
from mediation.models import Instalment
from offices.domain.standing import standing_of
from offices.models import Office
from papers.titles import title_of

PER_PAGE = 50
PLACES = {"mediate", "assign_cases", "view_cases", "supervise"}


@require_safe
def performances(request):
    """List what is owed under agreements on which the person works, late ones first."""
    today = timezone.localdate()
    offices = _offices(request.user, today)
    rows = Instalment.objects.filter(
        term__agreement__effective_on__isnull=False,
        term__agreement__proceeding__in=worked_proceedings(request.user, on=today),
    )
    show = request.GET.get("show", "open")
    rows = rows.filter(state=show) if show in Instalment.State.values else rows
    after = _cursor(request.GET.get("after"))
    if after:
        rows = rows.filter(due_on__gte=after[0]).exclude(due_on=after[0], pk__lte=after[1])
    rows = rows.select_related("term__debtor", "term__agreement__proceeding__case").order_by(
        "due_on", "pk"
    )
    found = list(rows[: PER_PAGE + 1])
    last = found[PER_PAGE - 1] if len(found) > PER_PAGE else None
    context = {
        "rows": found[:PER_PAGE],
        "next": f"{last.due_on.isoformat()}_{last.pk}" if last else "",
        "show": show,
        "states": Instalment.State.choices,
        "rates": _rates(request.user, offices, today),
        "today": today,
    }
    return render(request, "mediation/performances.html", context)


def instalment(request, pk):
    """Note whether one instalment was performed."""
    row = get_instalment(request.user, pk)
    agreement = row.term.agreement
    form = PerformanceForm(
        request.POST or None, initial={"state": row.state, "performed_on": row.performed_on}
    )
    if request.method == "POST" and form.is_valid():
        try:
            performance.note_performance(
                row, **form.cleaned_data, at=timezone.now(), by=request.user
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Noted."))
            return redirect("agreement_after", pk=agreement.proceeding_id)
    context = {
        "row": row,
        "form": form,
        "proceeding": agreement.proceeding,
        "case": agreement.proceeding.case,
        "today": timezone.localdate(),
        "ways": [
            (code, title_of(code) if code else "", words)
            for code, words in performance.ways_open(agreement)
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "mediation/instalment.html", context, status=status)


def get_instalment(user, pk):
    """Return the instalment *pk* if *user* works on its mediation as one of its office.

    Raises ``Http404`` where the case does not exist for her, else ``PermissionDenied``.
    """
    row = (
        Instalment.objects.filter(pk=pk, term__agreement__proceeding__case__in=visible_cases(user))
        .select_related("term__debtor", "term__agreement__proceeding__case")
        .first()
    )
    if row is None:
        raise Http404
    get_mediated(user, row.term.agreement.proceeding_id)
    return row


def _offices(user, today):
    return sorted(standing_of(user, on=today).offices(*PLACES))


def _rates(user, offices, today):
    hidden = hidden_cases(user, on=today)
    found = performance.rates(offices, today=today, hidden=hidden)
    names = dict(Office.objects.filter(pk__in=found).values_list("pk", "name"))
    return [
        (names[pk], performed, due, round(100 * performed / due))
        for pk, (performed, due) in sorted(found.items())
    ]


def _cursor(text):
    day, _sign, pk = (text or "").partition("_")
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError:
        return None
