"""What agencies send each other: the kinds, what was sent and received, one dispatch."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from disputes.domain.refusals import Refusal
from disputes.permissions import get_case, readable_cases
from mediation.domain import dispatches as verbs
from mediation.forms.dispatches import (
    AgainForm,
    DispatchForm,
    KindForm,
    ReceiptForm,
    ResultForm,
    ReturnForm,
    WithdrawalForm,
)
from mediation.models import Dispatch, DispatchKind
from mediation.permissions import convening_offices
from offices.models import Office

State = Dispatch.State
LISTED = 50
# What may be done in which state, by which side: the form, the verb, and what it calls the field.
STEPS = {
    "receive": ("receiver", (State.SENT,), ReceiptForm, verbs.receive, {"name": "name"}),
    "back": ("receiver", (State.SENT,), ReturnForm, verbs.send_back, {"return_reason": "reason"}),
    "answer": ("receiver", (State.RECEIVED,), ResultForm, verbs.answer, {"answer": "text"}),
    "again": ("sender", (State.RETURNED,), AgainForm, verbs.send_again, {"text": "text"}),
    "withdraw": (
        "sender", (State.SENT, State.RECEIVED, State.RETURNED), WithdrawalForm, verbs.withdraw,
        {"closed_reason": "reason"},
    ),
}  # fmt: skip


@require_safe
def dispatches(request):
    """List what the person's offices received and sent, newest first."""
    on, offices = timezone.localdate(), _speaking(request.user)
    box = "out" if request.GET.get("box") == "out" else "in"
    side = {"sender__in": offices} if box == "out" else {"receiver__in": offices}
    rows = verbs.visible_dispatches(request.user, on=on).filter(**side)
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before[:18]))
    found = list(rows.select_related("kind", "sender", "receiver")[: LISTED + 1])
    more = f"{found[LISTED - 1].pk}" if len(found) > LISTED else ""
    context = {
        "rows": found[:LISTED],
        "more": more,
        "box": box,
        "today": on,
        "may_keep": bool(convening_offices(request.user)),
    }
    return render(request, "dispatches/list.html", context)


@require_http_methods(["GET", "POST"])
def dispatch_new(request):
    """Choose a kind, then write: receiver, officer and letter are proposed."""
    offices = Office.objects.filter(pk__in=_speaking(request.user)).order_by("pk")
    case = _case(request)
    kinds = DispatchKind.objects.filter(is_active=True)
    kind = kinds.filter(pk=_number(request.GET.get("kind"))).first()
    if kind is None:
        return render(request, "dispatches/choose.html", {"kinds": kinds, "case": case})
    county = _county(case, offices)
    form = DispatchForm(request.POST or None, kind=kind, offices=offices, case=case, county=county)
    if request.method == "POST" and form.is_valid():
        row = _send(request, form, kind, case)
        if row is not None:
            messages.success(request, _("It is sent; the clock for the receipt runs."))
            return redirect("dispatch", pk=row.pk)
    context = {"form": form, "kind": kind, "case": case, **_proposal(form, kind)}
    return render(request, "dispatches/new.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def dispatch(request, pk):
    """Show one dispatch, and let each side take the step that is its turn."""
    on, offices = timezone.localdate(), _speaking(request.user)
    rows = verbs.visible_dispatches(request.user, on=on)
    row = rows.select_related("kind", "sender", "receiver", "case", "by").filter(pk=pk).first()
    if row is None:
        raise Http404
    forms = _forms(row, offices, request)
    if request.method == "POST":
        form = forms.get(request.POST.get("do"))
        if form is None:
            messages.error(request, str(verbs.NotThisStep()))
            return redirect("dispatch", pk=pk)
        if form.is_valid() and _step(request, form, row):
            return redirect("dispatch", pk=pk)
    reads = row.case_id and readable_cases(request.user).filter(pk=row.case_id).exists()
    context = {"row": row, "forms": forms, "today": on, "reads_case": reads}
    failed = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "dispatches/dispatch.html", context, status=422 if failed else 200)


@require_http_methods(["GET", "POST"])
def dispatch_kinds(request):
    """Keep the kinds of dispatch, with how many were sent to whom."""
    _check_keeper(request)
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The kind is entered."))
        return redirect("dispatch_kinds")
    context = {
        "form": form,
        "kinds": DispatchKind.objects.all(),
        "counts": verbs.counts_by_agency(request.user, today=timezone.localdate()),
    }
    return render(request, "dispatches/kinds.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def dispatch_kind(request, pk):
    """Change a kind; what was sent stays as it was."""
    _check_keeper(request)
    row = DispatchKind.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    form = KindForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The kind is changed."))
        return redirect("dispatch_kinds")
    context = {"form": form, "kind": DispatchKind.objects.get(pk=pk)}
    return render(request, "dispatches/kind.html", context, status=_status(form))


def _speaking(user):
    offices = verbs.speaking_offices(user, on=timezone.localdate())
    if not offices:
        raise PermissionDenied
    return offices


def _check_keeper(request):
    if not convening_offices(request.user):
        raise PermissionDenied


def _number(text):
    return int(text[:18]) if text and text.isdecimal() else 0


def _case(request):
    key = _number(request.GET.get("case"))
    if not key:
        return None
    case = get_case(request.user, key)
    if not readable_cases(request.user).filter(pk=key).exists():
        raise PermissionDenied
    return case


def _county(case, offices):
    if case is not None:
        return case.proceedings.select_related("office").latest("ordinal").office.county
    return next((office.county for office in offices if office.county), "")


def _proposal(form, kind):
    """Return who would receive it today, and by when, for the panel beside the form."""
    now = timezone.now()
    first = next(iter(form.receivers.values()), None)
    receipt, answer = verbs.due_dates(kind, at=now)
    officer = verbs.officer_of(first, on=timezone.localdate(now)) if first else None
    return {"officer": officer, "receipt_due": receipt, "answer_due": answer}


def _send(request, form, kind, case):
    facts = form.cleaned_data
    sender = facts.pop("sender")
    try:
        return verbs.dispatch(
            sender, kind=kind, case=case, at=timezone.now(), by=request.user, **facts
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return None


def _forms(row, offices, request):
    sides = {"receiver": row.receiver_id in offices, "sender": row.sender_id in offices}
    found = {}
    for name, (side, states, form, _verb, _names) in STEPS.items():
        if sides[side] and row.state in states and not (name == "back" and row.returned_at):
            data = request.POST if request.POST.get("do") == name else None
            found[name] = form(data, initial={"text": row.text, "name": request.user.name})
    return found


def _step(request, form, row):
    _side, _states, _form, verb, names = STEPS[request.POST["do"]]
    facts = {names[name]: value for name, value in form.cleaned_data.items()}
    try:
        verb(row, **facts, at=timezone.now(), by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("It is recorded, and the other side is told."))
    return True


def _status(form):
    return 422 if form.is_bound and form.errors else 200
