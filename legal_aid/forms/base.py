"""What the forms of legal aid have in common."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.forms.fields import DayField
from disputes.look.widgets import MomentInput

LINE, PAGE = 200, 5000
SCORES = [(5, "5"), (4, "4"), (3, "3"), (2, "2"), (1, "1")]


class AidForm(forms.Form):
    """One thing to do with *row*, by *user* on the date *today*.

    *title* heads its page, *button* says what it does, *done* what was done. Each form has
    ``do(at=, by=)``, which does it and raises the refusals of its verb.
    """

    title = ""
    intro = ""
    button = _("Save")
    done = _("Saved.")
    stops = False
    sections = ()
    spans = {}

    def __init__(self, *args, row, user, today=None, **options):
        super().__init__(*args, **options)
        self.row, self.user = row, user
        self.today = today or timezone.localdate()
        self.prepare()

    def prepare(self):
        """Offer choices, and fill in what is known."""

    def fill(self, **values):
        """Let the fields begin with *values*."""
        for name, value in values.items():
            if value not in (None, ""):
                self.fields[name].initial = value


class TextField(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, rows=4, max_length=PAGE, **options):
        super().__init__(max_length=max_length, widget=forms.Textarea({"rows": rows}), **options)


class LineField(forms.CharField):
    """A text of one line."""

    def __init__(self, *, max_length=LINE, **options):
        super().__init__(max_length=max_length, **options)


class MomentField(forms.DateTimeField):
    """A day with a time, cleaned to an aware datetime."""

    def __init__(self, **options):
        super().__init__(
            widget=MomentInput(), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options
        )


class ScoreField(forms.TypedChoiceField):
    """How satisfied somebody is, from 5 to 1, or nothing said."""

    def __init__(self, **options):
        super().__init__(
            choices=SCORES, coerce=int, empty_value=None, widget=forms.RadioSelect, **options
        )


class ScanField(forms.FileField):
    """A scan, which need not be there yet."""

    def __init__(self, **options):
        options.setdefault("help_text", _("PDF or image, 50 MB at most."))
        super().__init__(
            required=options.pop("required", False),
            widget=forms.FileInput({"accept": ".pdf,image/*"}),
            **options,
        )


class PastDayField(DayField):
    """A day that has come."""

    def __init__(self, **options):
        super().__init__(**options)

    def clean(self, value):
        self.last = timezone.localdate()
        return super().clean(value)


def next_hour(today, hour, *, days=1):
    """Return the moment *hour* o'clock, *days* after the date *today*."""
    day = today + timedelta(days=days)
    return timezone.make_aware(timezone.datetime(day.year, day.month, day.day, hour))
