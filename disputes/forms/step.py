"""The form of a step: what a person decides, as the keyword arguments of one verb."""

from datetime import datetime, time

from django import forms
from django.utils import timezone

from disputes.domain.refusals import Refusal
from disputes.forms.fields import DayField


class StepForm(forms.Form):
    """A human step of a *proceeding*, filled in by *user* on the date *today*.

    The cleaned data are the arguments of the verb that the step calls. What the verb would
    refuse is said beside the field already, see ``ask``.
    """

    # What this step decides and what the law says about it, in a sentence or two.
    intro = ""
    sections = ()
    spans = {}
    # Names of the days that may lie in the future; all others end with today.
    ahead = ()

    def __init__(self, *args, proceeding, user, today=None, **options):
        super().__init__(*args, **options)
        self.proceeding, self.user = proceeding, user
        self.today = today or timezone.localdate()
        self._end_days_today()
        self.prepare()

    @property
    def at(self):
        """The moment at which the form is filled in: now, or the end of another day."""
        if self.today == timezone.localdate():
            return timezone.now()
        return timezone.make_aware(datetime.combine(self.today, time.max))

    def _end_days_today(self):
        for name, field in self.fields.items():
            if isinstance(field, DayField) and name not in self.ahead:
                field.last = self.today
                field.widget.attrs["max"] = self.today.isoformat()

    def prepare(self):
        """Offer choices and fill in what the file knows; for the forms of single steps."""

    def fill(self, **values):
        """Let the fields begin with *values*, unless the caller gave others."""
        for name, value in values.items():
            if value not in (None, ""):
                self.fields[name].initial = value

    def ask(self, check, **facts):
        """Let the record's *check* say beside its field why it would refuse *facts*."""
        try:
            check(self.proceeding, **facts, at=self.at)
        except Refusal as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
