"""The step in which the head says who mediates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.domain.candidates import candidates_for
from disputes.forms.candidates import CandidateField
from disputes.forms.step import StepForm
from mediation.domain import appointment
from mediation.forms.answers import WordsField
from offices.models import User


class AppointForm(StepForm):
    """Who mediates, alone or as a panel."""

    intro = _(
        "The mediator gets the file and its open steps. Nobody may mediate who is a party, close "
        "to one, or has an interest in the outcome."
    )
    button = _("Appoint")

    mediator = CandidateField(label=_("Mediator"))
    members = forms.ModelMultipleChoiceField(
        label=_("Others on the panel"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = WordsField(
        label=_("Why these people"),
        rows=2,
        max_length=500,
        help_text=_("Stays with this office."),
    )
    conflict_declared = forms.BooleanField(
        label=_("Everybody appointed was asked and declares no conflict of interest"),
        error_messages={"required": appointment.ConflictNotDeclared.sentence},
    )

    def prepare(self):
        super().prepare()
        offered = candidates_for([self.proceeding], on=self.today, seen_by=self.user)
        candidates = offered[self.proceeding.pk]
        self.fields["mediator"].offer(candidates)
        self.fields["members"].queryset = self.fields["mediator"].queryset.order_by("name", "pk")

    def clean(self):
        cleaned = super().clean()
        if "mediator" in cleaned and "members" in cleaned and "conflict_declared" in cleaned:
            self.ask(
                appointment.check_appointment,
                mediator=cleaned["mediator"],
                members=cleaned["members"],
                conflict_declared=cleaned["conflict_declared"],
            )
        return cleaned
