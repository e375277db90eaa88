"""Calculator pages for everybody: no account, no name, and a link that can be passed on."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from law.calendar import load_calendar
from law.forms import AMOUNTS, CALCULATORS
from law.forms.deadline import DeadlineCalculator
from law.refusals import LawRefusal

# A link that carries this fills the form in without judging it.
FILL = "fill"


@login_not_required
@require_safe
def calculators(request):
    """Show the calculators."""
    context = {"deadline": DeadlineCalculator, "amounts": list(AMOUNTS.values())}
    return render(request, "law/calculators.html", context)


@login_not_required
@require_safe
def calculator(request, name):
    """Ask the questions of the calculator *name*, and answer what the address says."""
    if name not in CALCULATORS:
        raise Http404
    form = read_form(CALCULATORS[name], request.GET)
    answer = answer_form(form)
    context = {
        "form": form,
        "answer": answer,
        "today": timezone.localdate(),
        "address": request.build_absolute_uri() if answer else "",
    }
    status = 422 if form.is_bound and not answer else 200
    return render(request, "law/calculator.html", context, status=status)


def read_form(form_class, query):
    """Return the form that *query* fills in: judged when it answers a question, else empty."""
    if FILL in query:
        return form_class(initial={key: query[key] for key in query if key != FILL})
    fields = form_class(query).fields
    if any(query.get(name) for name in fields):
        return form_class(query)
    return form_class(initial={"rows": query.get("rows", "")})


def answer_form(form):
    """Return what the law answers to *form*, or None when something is missing or refused."""
    if not form.is_valid():
        return None
    try:
        return form.answer(load_calendar())
    except LawRefusal as refusal:
        form.add_error(None, str(refusal))
        return None
