"""The form of the defence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import defence
from arbitration.forms.base import StepForm, TextField, YesNoField
from disputes.forms.fields import DayField
from disputes.look.words import say_day


class DefenceForm(StepForm):
    """The respondent answered, or let the term pass."""

    intro = _(
        "The respondent has 10 working days from receipt of the copy. No answer does not hold the"
        " case up; a late one is taken and marked. A counterclaim that is joined lets the 45 days"
        " of the award start again."
    )
    sections = [
        (_("Defence"), ["received", "received_on", "copy_served_on", "waived"]),
        (_("Counterclaim"), ["counter_claim", "counter_joined", "counter_decided_on"]),
        (_("Jurisdiction and notes"), ["jurisdiction_objection", "note"]),
    ]
    spans = {"received": 6}
    received = YesNoField(label=_("Has a defence come?"), yes=_("received"), no=_("not received"))
    received_on = DayField(
        label=_("Received on"), required=False, help_text=_("When one has come.")
    )
    copy_served_on = DayField(
        label=_("Copy served on the applicant on"),
        required=False,
        help_text=_("Within 5 working days; it can be entered with the hearing too."),
    )
    waived = forms.BooleanField(
        label=_("The respondent waived the rest of the term in writing."), required=False
    )
    counter_claim = forms.BooleanField(
        label=_("The respondent brought a counterclaim."), required=False
    )
    counter_joined = forms.BooleanField(
        label=_("The commission accepted it and joined it to this case."), required=False
    )
    counter_decided_on = DayField(
        label=_("Decided on"),
        required=False,
        help_text=_("Within 5 working days of the counterclaim."),
    )
    jurisdiction_objection = forms.BooleanField(
        label=_("The respondent objected to the jurisdiction."), required=False
    )
    note = TextField(
        label=_("Note"),
        required=False,
        max_length=2000,
        rows=3,
        help_text=_("With an objection: what it says. It is decided on the desk of the case."),
    )

    def prepare(self):
        self.fill(received_on=self.today)
        until = defence.term_of(self.proceeding)
        if until:
            hint = _("The term ends on %(day)s.") % {"day": say_day(until, today=self.today)}
            self.fields["received"].help_text = hint

    def check(self, **facts):
        defence.check_defence(self.proceeding, **facts, today=self.today)
