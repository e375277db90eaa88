"""The forms of answers, subscriptions and mail that came in."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.forms.fields import DayField
from mediation.models import FeedToken, Participant
from offices.models import Office

Answer = Participant.Answer
YEAR = timedelta(days=365)


class AnswerForm(forms.Form):
    """Whether somebody comes; who does not says why, and who comes instead."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (Answer.ACCEPTED, _("I come")),
            (Answer.TENTATIVE, _("perhaps")),
            (Answer.DECLINED, _("I do not come")),
        ],
        widget=forms.RadioSelect({"data-look": "seg"}),
    )
    note = forms.CharField(
        label=_("Why not, and who comes instead"),
        max_length=200,
        required=False,
        help_text=_("Needed when you do not come."),
    )

    def clean(self):
        facts = super().clean()
        if facts.get("answer") == Answer.DECLINED and not facts.get("note"):
            self.add_error("note", _("Say why you do not come, or who comes instead."))
        return facts


class FeedForm(forms.Form):
    """A subscription of one's own, or of an agency for which one answers."""

    owner = forms.ChoiceField(label=pgettext_lazy("subscription", "Whose"))
    purpose = forms.CharField(
        label=_("What for"), max_length=100, help_text=_("For example: calendar on my telephone.")
    )
    level = forms.ChoiceField(
        label=_("It says"),
        choices=FeedToken.Level.choices,
        initial=FeedToken.Level.TITLES,
        widget=forms.RadioSelect({"data-look": "list"}),
    )
    until = DayField(label=_("Valid until"))

    def __init__(self, *args, offices, **options):
        super().__init__(*args, **options)
        own = Office.objects.filter(pk__in=offices)
        self.offices = {str(row.pk): row for row in own}
        self.fields["owner"].choices = [("me", _("mine"))] + [
            (key, row.name) for key, row in self.offices.items()
        ]
        today = timezone.localdate()
        self.fields["until"].initial = today + YEAR
        self.fields["until"].first, self.fields["until"].last = today, today + 2 * YEAR


class BusyForm(forms.Form):
    """A calendar of another program."""

    file = forms.FileField(label=_("Calendar file (.ics)"))
