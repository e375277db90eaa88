"""Forms of an agreement: its terms, its signatures, what becomes of it."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.forms.fields import DayField, MoneyField
from disputes.models import Party
from disputes.validators import parse_date, parse_money
from mediation.domain.instalments import Draft
from mediation.forms.answers import ChoiceOfFew, WordsField
from mediation.models import Enforceability, Instalment, Signing

BLANKS = 3
MOST = 30
_LINE = re.compile(r"^\s*(\S+)(?:\s+(\S+))?\s*$")


class TermForm(forms.Form):
    """One term; its instalments are written one per line: day, blank, amount."""

    debtor = forms.ModelChoiceField(
        label=_("Who owes"), queryset=Party.objects.none(), required=False
    )
    content = WordsField(
        label=pgettext_lazy("term", "What"), rows=2, max_length=500, required=False
    )
    amount = MoneyField(label=_("Amount"), required=False)
    days = WordsField(
        label=_("Days and instalments"),
        rows=2,
        required=False,
        help_text=_("One per line: the day, then the amount, for example 2026-09-30 7300"),
    )
    account = forms.CharField(
        label=pgettext_lazy("term", "Account"), max_length=100, required=False
    )
    default_clause = forms.CharField(
        label=_("What happens otherwise"), max_length=300, required=False
    )

    def __init__(self, *args, parties, **options):
        super().__init__(*args, **options)
        self.fields["debtor"].queryset = parties

    def clean_days(self):
        found = []
        for line in self.cleaned_data["days"].splitlines():
            if line.strip():
                found.append(_read_line(line))
        return found

    def clean(self):
        cleaned = super().clean()
        if not self.is_blank() and not self.errors:
            for name in ("debtor", "content"):
                if not cleaned.get(name):
                    self.add_error(name, _("This is needed."))
        return cleaned

    def is_blank(self):
        """Return whether nothing was written into this term."""
        return not any(self.cleaned_data.get(name) for name in ("content", "amount", "days"))

    def draft(self):
        """Return the ``Draft`` of what was written."""
        data = self.cleaned_data
        days = data["days"]
        if len(days) == 1 and days[0][1] is None:
            days = [(days[0][0], data["amount"])]
        return Draft(
            debtor=data["debtor"],
            content=data["content"].strip().rstrip("。；;"),
            amount=data["amount"],
            instalments=days,
            account=data["account"],
            default_clause=data["default_clause"].strip().rstrip("。"),
        )


def _read_line(line):
    found = _LINE.match(line)
    if found is None:
        raise forms.ValidationError(
            _("“%(line)s” is not a day with an amount."), params={"line": line.strip()}
        )
    try:
        day = parse_date(found[1])
        amount = parse_money(found[2]) if found[2] else None
    except (forms.ValidationError, ValueError) as error:
        raise forms.ValidationError(
            _("“%(line)s” is not a day with an amount."), params={"line": line.strip()}
        ) from error
    return day, amount


class SignForm(forms.Form):
    """A signature on the pad, a scan, or the original on paper."""

    who = ChoiceOfFew(label=_("Who signs"), choices=Signing.Who.choices)
    party = forms.ModelChoiceField(
        label=_("Which employer"), queryset=Party.objects.none(), required=False
    )
    method = ChoiceOfFew(label=_("How"), choices=Signing.Method.choices)
    signed_on = DayField(label=_("Signed on"))
    file = forms.FileField(label=_("Scan"), required=False)
    # What was drawn, as a data address of a PNG; filled by the pad.
    drawn = forms.CharField(required=False, max_length=400_000, widget=forms.HiddenInput)

    def __init__(self, *args, employers=(), each_worker=False, **options):
        super().__init__(*args, **options)
        self.each_worker = each_worker
        if each_worker:
            # Several workers sign on the roster, each for herself.
            others = [(who, label) for who, label in Signing.Who.choices if who != "worker"]
            self.fields["who"].choices = others
        # Asked for only where several employers take part.
        self.several = len(employers) > 1
        if self.several:
            keys = [party.pk for party in employers]
            self.fields["party"].queryset = Party.objects.filter(pk__in=keys).order_by("pk")


class PerformanceForm(forms.Form):
    """What became of an instalment."""

    state = ChoiceOfFew(label=_("Performed?"), choices=Instalment.State.choices)
    performed_on = DayField(label=_("Performed on"), required=False)
    proof = forms.CharField(
        label=pgettext_lazy("performance", "Proof"), max_length=200, required=False
    )


class JointApplicationForm(forms.Form):
    """Review or confirmation."""

    way = ChoiceOfFew(label=_("Way"), choices=Enforceability.Way.choices)
    applied_on = DayField(label=_("Applied on"))


class ResultForm(forms.Form):
    """What the commission or the court decided about the joint application."""

    result = ChoiceOfFew(label=_("Result"), choices=Enforceability.Result.choices)
    result_on = DayField(label=_("Result on"))
    number = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    reasons = WordsField(label=_("Reasons"), rows=2, max_length=500, required=False)
