"""Forms of single acts in a proceeding, with the arguments of the verb that they call."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.look.outline import party_name


class ActForm(forms.Form):
    """The form of one act: what it decides and what the law says is in *intro*.

    ``cleaned_data`` has the keys of the act's verb. Names in *sections* that the form does not
    have at the moment are passed over.
    """

    title = ""
    intro = ""
    button = _("Save")
    done = _("Saved.")
    stops = False
    sections = []
    spans = {}

    def __init__(self, *args, proceeding, user, today, **kwargs):
        self.proceeding, self.user, self.today = proceeding, user, today
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self):
        """Fit the fields to the file: choices, what is known already, what does not apply."""

    def fill(self, **values):
        """Give fields what the file knows already."""
        for name, value in values.items():
            self.fields[name].initial = value

    def clean(self):
        facts = super().clean()
        if self.errors:
            return facts
        try:
            facts = self.read(facts)
            self.check(**facts)
        except Refusal as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        return facts

    def read(self, facts):
        """Return the arguments of the verb that *facts*, the cleaned fields, say."""
        return facts

    def check(self, **facts):
        """Raise the ``Refusal`` that the verb would raise."""

    @property
    def day_begins(self):
        """The first moment of today."""
        return timezone.make_aware(datetime.combine(self.today, time(0)))

    @property
    def day_ends(self):
        """The moment with which today ends."""
        return self.day_begins + timedelta(days=1)


class PartyField(forms.ModelChoiceField):
    """One party of the case, people masked."""

    def __init__(self, **options):
        super().__init__(queryset=None, empty_label=_("choose"), **options)

    def label_from_instance(self, party):
        return f"{party.get_role_display()} {party_name(party)}"
