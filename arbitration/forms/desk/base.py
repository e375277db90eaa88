"""What the forms beside the steps have in common."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.forms.base import StepForm, offer_simple
from disputes.models import ServiceMethod


class DeskForm(StepForm):
    """A form of the desk: its title, what the button says, what is said when it is done."""

    button = _("Save")

    @property
    def parties(self):
        """The parties of the case."""
        return self.proceeding.case.parties.order_by("pk")


class ClaimField(forms.ModelChoiceField):
    """One claim of the case, with its amount."""

    def __init__(self, **options):
        super().__init__(queryset=None, empty_label=_("choose"), **options)

    def label_from_instance(self, claim):
        said = str(claim)
        return said if claim.amount is None else f"{said} {claim.amount:,.2f}"


def offer_all_ways(form, name):
    """Offer every way of service in the field *name*, simple ones where the case allows them."""
    simplified = getattr(form.proceeding, "simplified", None)
    if simplified and simplified.converted_on is None:
        offer_simple(form.fields[name])
    form.fields[name].initial = ServiceMethod.DIRECT
