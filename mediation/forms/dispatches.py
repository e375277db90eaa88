"""The forms of what agencies send each other."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediation.domain import dispatches
from mediation.forms.answers import WordsField
from mediation.models import DispatchKind
from offices.models import Office


class KindForm(forms.ModelForm):
    """A kind of dispatch."""

    class Meta:
        model = DispatchKind
        fields = [
            "name", "form", "receiver", "basis", "template", "receipt_days", "answer_days",
            "needs_consent", "is_active",
        ]  # fmt: skip
        widgets = {"template": forms.Textarea({"rows": 6})}

    spans = {
        "name": 4, "form": 2, "receiver": 3, "basis": 3, "template": 6, "receipt_days": 3,
        "answer_days": 3, "needs_consent": 3, "is_active": 3,
    }  # fmt: skip


class DispatchForm(forms.Form):
    """Something to send: the kind is chosen, the letter stands in its template."""

    sender = forms.ModelChoiceField(
        label=pgettext_lazy("dispatch", "Sending agency"),
        queryset=Office.objects.none(),
        empty_label=None,
    )
    receiver = forms.ChoiceField(label=pgettext_lazy("dispatch", "Receiving agency"))
    subject = forms.CharField(label=_("Subject"), max_length=100)
    text = WordsField(label=_("Letter"), rows=8, max_length=4000)
    consent = forms.BooleanField(label=_("Both parties consent"), required=False)
    with_case = forms.BooleanField(
        label=_("The receiver reads the case"),
        required=False,
        help_text=_("Its liaison officers may open it until 30 days after the result is due."),
    )
    spans = {"sender": 3, "receiver": 3, "subject": 6, "text": 6, "consent": 3, "with_case": 3}

    def __init__(self, *args, kind, offices, case=None, county="", **options):
        super().__init__(*args, **options)
        self.fields["sender"].queryset = offices
        found = dispatches.receivers_of(kind, county=county)
        self.receivers = {str(office.pk): office for office in found}
        self.fields["receiver"].choices = [(key, row.name) for key, row in self.receivers.items()]
        self.fields["subject"].initial = kind.name
        self.fields["text"].initial = kind.template
        if not kind.needs_consent:
            del self.fields["consent"]
        if case is None:
            del self.fields["with_case"]

    def clean_receiver(self):
        return self.receivers[self.cleaned_data["receiver"]]

    def refuse(self, refusal):
        """Say beside its field why the verb refused."""
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class ReceiptForm(forms.Form):
    """Who signs for it."""

    name = forms.CharField(label=_("Signed for by"), max_length=50)


class ReturnForm(forms.Form):
    """Why it goes back."""

    return_reason = WordsField(label=_("Why it is sent back"), rows=2, max_length=300)


class AgainForm(forms.Form):
    """The letter, put right."""

    text = WordsField(label=_("Letter"), rows=8, max_length=4000)


class ResultForm(forms.Form):
    """What became of it."""

    answer = WordsField(label=_("Result"), rows=4, max_length=4000)


class WithdrawalForm(forms.Form):
    """Why it is taken back."""

    closed_reason = WordsField(label=_("Why it is withdrawn"), rows=2, max_length=300)
