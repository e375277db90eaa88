"""Calculators on a case. Nothing that is entered here stands in an address."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from disputes.domain.calculations import attach_sheet, calculators_for, fill_in
from disputes.domain.refusals import Refusal
from disputes.forms.calculations import SheetForm
from disputes.views.casefile import CaseFile
from law.forms import AMOUNTS
from law.views.calculators import answer_form


@require_safe
def case_calculators(request, pk):
    """Show the calculators, those that answer claims of the case first."""
    file = _readable(request, pk)
    fitting = calculators_for(file.case)
    context = {
        "file": file,
        "fitting": [AMOUNTS[name] for name in fitting],
        "others": [form for name, form in AMOUNTS.items() if name not in fitting],
    }
    return render(request, "disputes/case_calculators.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def case_calculator(request, pk, name):
    """Ask the questions of a calculator, filled in from the case; answer, and keep the sheet."""
    file = _readable(request, pk)
    if name not in AMOUNTS:
        raise Http404
    form, answer = _answered(request, file, AMOUNTS[name])
    sheet = SheetForm(request.POST if "attach" in request.POST else None)
    if answer and sheet.is_valid() and _attach(request, file, form, sheet):
        return redirect("case", pk=pk)
    context = {"file": file, "form": form, "answer": answer, "sheet": sheet}
    status = 422 if form.is_bound and not answer else 200
    return render(request, "disputes/case_calculator.html", context, status=status)


def _answered(request, file, form_class):
    if request.method != "POST" or request.POST.get("rows"):
        values = request.POST.dict() if request.method == "POST" else {}
        own = _own_proceeding(file)
        filled = fill_in(file.case, form_class.name, office=own.desk, ordinal=own.ordinal)
        return form_class(initial=filled | values), None
    form = form_class(request.POST)
    return form, answer_form(form)


def _attach(request, file, form, sheet):
    """Keep the sheet, in the language of the house; return whether it was kept."""
    with translation.override(settings.LANGUAGE_CODE):
        # Asked anew: the words of the trace are made in the language of the moment.
        form = type(form)(request.POST)
        result = answer_form(form)
        asked = [(str(bound.label), _say(bound)) for bound in form if _say(bound)]
        title = str(form.title)
        try:
            attach_sheet(
                _own_proceeding(file),
                title=title,
                asked=asked,
                result=result,
                reach=sheet.cleaned_data["reach"],
                at=timezone.now(),
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            messages.error(request, str(refusal))
            return False
    messages.success(request, _("The sheet stands in the timeline."))
    return True


def _say(bound):
    """Return the answer to the question *bound* in words, "" when it was left empty."""
    value = bound.value()
    if value in (None, ""):
        return ""
    return str(dict(getattr(bound.field, "choices", ())).get(value, value))


def _readable(request, pk):
    """Return the case if this person reads it whole; 404 for a stranger, 403 for the others."""
    file = CaseFile(request.user, pk)
    if not file.content.is_full or _own_proceeding(file) is None:
        raise PermissionDenied
    return file


def _own_proceeding(file):
    """Return the last proceeding at whose desk the person works, or None."""
    mine = [row for row in file.proceedings if row.pk in file.content.worked]
    return mine[-1] if mine else None
