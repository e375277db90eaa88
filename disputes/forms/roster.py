"""Forms of the roster page."""

import re
import zipfile

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from disputes.domain.roster.speaking import each_signs
from disputes.forms.fields import DayField, MoneyField
from disputes.models import Claim, Evidence, MemberResult
from offices.validators import narrow

XLSX = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAPERS = ".pdf,.jpg,.jpeg,.png,.ofd,.docx"
MOST_NUMBERS = 2000


class NumbersField(forms.CharField):
    """Numbers of the roster as people write them: “1, 5-12、40”. Cleaned to a sorted list."""

    def to_python(self, value):
        text = re.sub(r"\s", "", narrow(super().to_python(value)))
        if not text:
            return []
        numbers = set()
        for part in re.split(r"[,、;;]", text.strip(",、;")):
            numbers |= _span(part)
            if len(numbers) > MOST_NUMBERS:
                raise ValidationError(_("These are more numbers than a roster has."))
        return sorted(numbers)


def _span(part):
    found = re.fullmatch(r"(\d{1,6})(?:[-~—–至](\d{1,6}))?", part, re.ASCII)
    if not found:
        raise ValidationError(
            _("“%(part)s” is no number of the roster: write them like 1, 5-12, 40."),
            params={"part": part[:20]},
        )
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first or last - first > MOST_NUMBERS:
        raise ValidationError(
            _("“%(part)s” runs backwards or too far."), params={"part": part[:20]}
        )
    return set(range(first, last + 1))


class RosterForm(forms.Form):
    """The workbook."""

    file = forms.FileField(
        label=_("Roster"),
        help_text=_("An Excel workbook (.xlsx), at most 5 MB and 2,000 rows."),
        widget=forms.FileInput({"accept": XLSX}),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("The file is empty."),
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not zipfile.is_zipfile(file):
            raise ValidationError(
                _("This file is not an Excel workbook (.xlsx). Save an older .xls as .xlsx first.")
            )
        file.seek(0)
        return file


class RosterActForm(forms.Form):
    """Something done about the roster of a case; *today* is the date at the desk."""

    title = intro = button = done = ""
    stops = False
    has_file = False

    def __init__(self, *args, proceeding, today, member=None, **options):
        super().__init__(*args, **options)
        self.proceeding, self.today, self.member = proceeding, today, member
        self.prepare()

    def prepare(self):
        """Fill in what is known."""


class ElectionForm(RosterActForm):
    """Three to five representatives."""

    title = _("Record the election of representatives")
    intro = _(
        "The workers choose 3 to 5 of themselves; the minutes of the election are kept with the"
        " case (劳动人事争议仲裁办案规则 article 5)."
    )
    button = _("Record the election")
    done = _("The representatives are recorded.")
    has_file = True

    numbers = NumbersField(
        label=_("Numbers of the representatives"),
        max_length=100,
        help_text=_("As on the roster, like 1, 5, 12."),
    )
    held_on = DayField(label=_("Elected on"))
    present = forms.IntegerField(
        label=_("Workers who took part"),
        min_value=3,
        max_value=100_000,
        widget=forms.NumberInput({"class": "fx-w-8", "min": 3}),
    )
    minutes = forms.FileField(
        label=_("Minutes of the election"),
        widget=forms.FileInput({"accept": PAPERS}),
        help_text=_("Signed by those who took part: PDF, image or Word."),
    )

    def prepare(self):
        self.fields["held_on"].last = self.today
        self.initial.setdefault("held_on", self.today)


class ConsentsForm(RosterActForm):
    """What the workers say to the settlement."""

    title = _("Record who consents to the settlement")
    intro = _(
        "Representatives settle only with the consent of those whom they represent. An agreement"
        " takes effect when everybody on the roster has consented; who does not goes on alone."
    )
    button = _("Record the answers")
    done = _("The answers are recorded.")
    has_file = True

    given = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("consent")), ("no", _("do not consent"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    numbers = NumbersField(
        label=_("Numbers on the roster"),
        max_length=1000,
        required=False,
        help_text=_("Like 1, 5-12, 40. Left empty: all who have not said yet."),
    )
    on = DayField(label=_("Said on"))
    paper = forms.FileField(
        label=_("What they signed"), required=False, widget=forms.FileInput({"accept": PAPERS})
    )

    def prepare(self):
        self.fields["on"].last = self.today
        self.initial.setdefault("on", self.today)
        if each_signs(self.proceeding.case):
            self._ask_for_signatures()

    def _ask_for_signatures(self):
        """Few workers have no representatives: each signs the agreement for herself."""
        self.title = _("Record who of the workers signed")
        self.intro = _(
            "Nobody signs for another: the agreement takes effect when each worker on the roster"
            " has signed it. Who does not settle goes on alone."
        )
        self.fields["given"].choices = [("yes", _("signed the agreement")), ("no", _("does not"))]
        self.fields["on"].label = _("Signed on")


class StrikeOffForm(RosterActForm):
    """A worker leaves the roster."""

    title = _("Take off the roster")
    intro = _(
        "She stays on record with the reason. The number of workers and the mark of a collective"
        " dispute are not lowered."
    )
    button = _("Take off the roster")
    done = _("The worker has left the roster.")
    stops = True

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))
    on = DayField(label=_("On"))

    def prepare(self):
        self.fields["on"].last = self.today
        self.initial.setdefault("on", self.today)


class AloneForm(RosterActForm):
    """A worker goes on alone."""

    title = _("Let her go on alone")
    intro = _(
        "She does not settle: she gets a case of her own with the same respondents, facts and"
        " claims and her own amount. Nothing is typed again, and the others go on without her."
    )
    button = _("Open her own case")
    done = _("She goes on alone.")

    office = forms.ChoiceField(
        label=_("Where she goes"), widget=forms.RadioSelect({"data-look": "list"})
    )
    mediation = forms.BooleanField(
        label=_("Wishes to settle by mediation"), required=False, initial=True
    )
    materials = forms.ModelMultipleChoiceField(
        label=_("Materials that go with her"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave out what speaks of other workers: the roster, what they signed."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, offices, materials, **options):
        self.offices, self.rows = offices, materials
        super().__init__(*args, **options)

    def prepare(self):
        choices = [(str(office.pk), office.name) for office in self.offices]
        self.fields["office"].choices = choices
        self.initial.setdefault("office", choices[0][0] if choices else None)
        self.fields["materials"].queryset = self.rows

    def clean_office(self):
        chosen = self.cleaned_data["office"]
        return next(office for office in self.offices if str(office.pk) == chosen)


class ResultForm(RosterActForm):
    """What became of one claim of one worker."""

    title = _("Note her result")
    intro = _("Results are kept per person and claim: an award binds those who did not sue, too.")
    button = _("Note the result")
    done = _("The result is noted.")

    claim = forms.ModelChoiceField(
        label=_("Claim"), queryset=Claim.objects.none(), empty_label=None
    )
    result = forms.ChoiceField(label=_("Result"), choices=MemberResult.Result.choices)
    amount = MoneyField(label=_("Amount she gets"), required=False)

    def prepare(self):
        claims = Claim.objects.filter(case=self.proceeding.case_id).of_applicant()
        self.fields["claim"].queryset = claims


class ExportForm(forms.Form):
    """Why the roster is needed in full."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
