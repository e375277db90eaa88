"""Planning a session, and a note of what one side said alone."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.forms.fields import DayField
from disputes.models import Party
from mediation.domain import appointment
from mediation.forms.answers import ChoiceOfFew, MomentField, WordsField
from mediation.models import NoticeMethod, Session
from offices.models import Room, User


class PlanForm(forms.Form):
    """When, where and who."""

    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))
    mode = ChoiceOfFew(
        label=_("How the parties meet"),
        choices=Session.Mode.choices,
        initial=Session.Mode.ON_SITE,
    )
    room = forms.ModelChoiceField(
        label=pgettext_lazy("session", "Room"),
        queryset=Room.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    link = forms.CharField(label=_("Address of the video meeting"), max_length=200, required=False)
    host = forms.ModelChoiceField(label=_("Led by"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args, proceeding, today, **options):
        super().__init__(*args, **options)
        self.fields["room"].queryset = Room.objects.filter(office=proceeding.desk_id)
        people = appointment.mediators(proceeding, on=today).order_by("name", "pk")
        self.fields["host"].queryset = people
        self.fields["host"].initial = proceeding.handler_id


class NoticeForm(forms.Form):
    """That the parties were told."""

    on = DayField(label=_("Notified on"))
    method = ChoiceOfFew(label=_("How"), choices=NoticeMethod.choices)


class CaucusForm(forms.Form):
    """What one side said to the mediator alone."""

    side = ChoiceOfFew(label=_("Side"), choices=Party.Kind.choices)
    text = WordsField(label=_("What was said in confidence"), rows=3)
