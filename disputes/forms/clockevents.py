"""Turning the clock of a deadline: the ground, the day, who approved it, the paper."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from disputes.domain import turning
from disputes.domain.evidence import inspect
from disputes.domain.refusals import Refusal
from disputes.forms.fields import DayField
from law.grounds import BOTH_PARTIES, extension_ground, grounds_of

TITLES = {
    "suspend": _("Suspend the clock"),
    "resume": _("Let the clock go on"),
    "restart": _("Start the time limit again"),
    "extend": _("Extend the time limit"),
    "answer": _("Record the answer"),
}
DAYS = {
    "suspend": (_("First day that does not count"), _("From this day on nothing is counted.")),
    "resume": (_("First day that counts again"), ""),
    "restart": (_("Day of the event"), _("Counting begins anew with the day after it.")),
    "extend": (_("Approved or agreed on"), _("Must not lie after the end of the time limit.")),
    "answer": (_("Answered on"), ""),
}
PAPERS = 200


class TurnForm(forms.Form):
    """The facts of one act, as the keyword arguments of ``turning.turn``.

    *papers* are the materials of the case that the person reads.
    """

    ground = forms.ChoiceField(
        label=_("Ground"), widget=forms.RadioSelect({"data-look": "list"}), choices=()
    )
    on = DayField()
    amount = forms.IntegerField(
        label=_("By how much"),
        min_value=1,
        max_value=366,
        widget=forms.NumberInput({"class": "fx-w-8"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Stands on the sheet of the deadline: nothing that was said in confidence."),
    )
    both_agreed = forms.BooleanField(
        label=_("Both parties agreed in writing, and the paper is attached")
    )
    approved_by = forms.ModelChoiceField(label=_("Approved by"), queryset=None)
    notified_on = DayField(label=_("Parties told in writing on"))
    evidence = forms.ModelChoiceField(
        label=_("Paper among the materials"), queryset=None, required=False
    )
    file = forms.FileField(label=_("Or a new file"), required=False)

    def __init__(self, *args, deadline, act, papers, today, **options):
        super().__init__(*args, **options)
        self.deadline, self.act, self.today = deadline, act, today
        self.title = TITLES[act]
        self._offer(papers)
        self._leave_out()

    @property
    def sections(self):
        """The sections of the form, each with the fields that this act has."""
        return [
            (_("What happened"), ["ground", "on", "amount", "both_agreed", "reason"]),
            (_("Who decided"), ["approved_by", "notified_on"]),
            (_("On what paper"), ["evidence", "file"]),
        ]

    def _offer(self, papers):
        fields = self.fields
        fields["ground"].choices = [
            (ground.code, f"{ground.title} {ground.article}".strip())
            for ground in grounds_of(self.deadline.rule, self.act)
        ]
        if len(fields["ground"].choices) == 1:
            fields["ground"].initial = fields["ground"].choices[0][0]
        fields["on"].label, fields["on"].help_text = DAYS[self.act]
        if self.act == "answer":
            fields["reason"].label = _("What it answered")
        fields["on"].last = fields["notified_on"].last = self.today
        fields["amount"].widget.attrs["data-unit"] = self.deadline.rule.get_extension_unit_display()
        fields["amount"].initial = self.deadline.rule.extension_amount
        fields["evidence"].queryset = papers
        fields["approved_by"].queryset = turning.people_in_charge(self.deadline, on=self.today)

    def _leave_out(self):
        """Drop the fields that this act of this time limit does not have."""
        act = self.act
        if act in (*turning.GROUNDLESS, "extend"):
            del self.fields["ground"]
        if act != "extend":
            del self.fields["amount"]
        if not self._by_consent():
            del self.fields["both_agreed"]
        if not turning.needs_approver(self.deadline, act, self._fixed_ground()):
            del self.fields["approved_by"], self.fields["notified_on"]

    def _fixed_ground(self):
        """The ground of an extension, which follows from the rule; "" for other acts."""
        return extension_ground(self.deadline.rule).code if self.act == "extend" else ""

    def _by_consent(self):
        if self.act == "extend":
            return self._fixed_ground() == BOTH_PARTIES.code
        return self.act == "suspend" and grounds_of(self.deadline.rule, "suspend") == (
            BOTH_PARTIES,
        )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            try:
                inspect(file)
            except Refusal as refusal:
                raise ValidationError(str(refusal)) from refusal
        return file

    def clean(self):
        cleaned = super().clean()
        cleaned.pop("both_agreed", None)
        if self.act == "extend":
            cleaned["ground"] = self._fixed_ground()
        if cleaned.get("evidence") and cleaned.get("file"):
            self.add_error("file", _("Choose one paper: from the materials, or a new file."))
        needs = self.act in turning.NEEDS_PAPER
        if needs and not self.errors and not (cleaned.get("evidence") or cleaned.get("file")):
            self.add_error("evidence", _("Attach the paper on which this rests."))
        return cleaned
