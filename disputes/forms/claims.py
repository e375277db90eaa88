"""The claims of an application: rows that are added and taken away."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from disputes.forms.fields import DayField, MoneyField
from disputes.models import ClaimKind

PREFIX = "claims"
MOST = 30
# What may be asked for without naming an amount.
WITHOUT_AMOUNT = {ClaimKind.RELATIONSHIP, ClaimKind.REINSTATEMENT, ClaimKind.OTHER}


class ClaimForm(forms.Form):
    """One thing that is asked for."""

    kind = forms.ChoiceField(
        label=_("Type"), choices=[("", _("Please choose")), *ClaimKind.choices]
    )
    period_from = DayField(label=_("From"), required=False)
    period_to = DayField(label=_("To"), required=False)
    amount = MoneyField(label=_("Amount (yuan)"), required=False)

    def clean(self):
        values = super().clean()
        first, last = values.get("period_from"), values.get("period_to")
        if first and last and last < first:
            self.add_error(
                "period_to", ValidationError(_("The end lies before the beginning."), code="order")
            )
        kind = values.get("kind")
        if kind and kind not in WITHOUT_AMOUNT and "amount" in values and values["amount"] is None:
            self.add_error(
                "amount", ValidationError(_("Enter the amount that is claimed."), code="required")
            )
        return values


class BaseClaimFormSet(forms.BaseFormSet):
    """The claims of one application: at least one, each kind and period once.

    A row in which nothing is written is passed over.
    """

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()

    def clean(self):
        if any(self.errors):
            return
        if not self.rows():
            raise ValidationError(_("Enter at least one claim."), code="none")
        seen = set()
        for row in self.rows():
            key = (row["kind"], row["period_from"], row["period_to"])
            if key in seen and row["kind"] != ClaimKind.OTHER:
                raise ValidationError(
                    _("The same claim for the same period is entered twice."), code="twice"
                )
            seen.add(key)

    def rows(self):
        """Return the values of the rows that say something."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("kind")]

    def total(self):
        """Return the sum of the amounts that can be read, in yuan."""
        return sum((self._amount(form) for form in self.forms), Decimal(0))

    def count(self):
        """Return how many rows say something."""
        return sum(bool(self._written(form, "kind")) for form in self.forms)

    def _amount(self, form):
        try:
            return form.fields["amount"].clean(self._written(form, "amount") or "") or Decimal(0)
        except ValidationError:
            return Decimal(0)

    def _written(self, form, name):
        if form.is_bound:
            return form.data.get(form.add_prefix(name))
        return form.initial.get(name)


ClaimFormSet = forms.formset_factory(
    ClaimForm,
    formset=BaseClaimFormSet,
    extra=0,
    max_num=MOST,
    absolute_max=MOST,
    validate_max=True,
)


def rows_in(data):
    """Return the claim rows in *data*, a form's posted values, as they were written."""
    names = ClaimForm.base_fields
    try:
        number = min(int(data.get(f"{PREFIX}-TOTAL_FORMS") or 0), MOST)
    except ValueError:
        number = 0
    return [
        {name: data.get(f"{PREFIX}-{index}-{name}", "") for name in names}
        for index in range(number)
    ]
