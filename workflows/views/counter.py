"""What parties hand in at the commission themselves."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disputes.domain.refusals import Refusal
from disputes.forms.fields import DayField
from offices.domain.standing import standing_of
from offices.models import Office
from workflows.reviewing import register_at_counter


class CounterForm(forms.Form):
    """The joint application of both parties, with the agreement in hand."""

    spans = {"office": 6, "number": 6}
    office = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Commission"), empty_label=None
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the mediation"),
        max_length=50,
        help_text=gettext_lazy("As it stands on the agreement, with any brackets."),
    )
    effective_on = DayField(label=gettext_lazy("Agreement effective since"))
    applied_on = DayField(label=gettext_lazy("Both applied on"))

    def __init__(self, *args, offices, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices
        self.fields["office"].initial = offices.first()
        self.fields["applied_on"].initial = today


def register(request):
    """Register the joint application that both parties bring themselves."""
    today = timezone.localdate()
    held = standing_of(request.user, on=today).offices("docket_cases")
    offices = Office.objects.filter(pk__in=held).order_by("pk")
    if not held:
        raise PermissionDenied
    form = CounterForm(request.POST or None, offices=offices, today=today)
    if form.is_bound and form.is_valid():
        try:
            row = register_at_counter(**form.cleaned_data, at=timezone.now(), by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Registered as %(number)s.") % {"number": row.number})
            return redirect("agreement_review", pk=row.pk)
    status = 422 if form.is_bound else 200
    return render(request, "arbitration/review_new.html", {"form": form}, status=status)
