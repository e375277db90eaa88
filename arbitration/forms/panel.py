"""The form of the panel."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import panels, people
from arbitration.forms.base import LINE, PersonField, StepForm, YesNoField
from disputes.forms.fields import DayField


class PanelForm(StepForm):
    """Who decides the case."""

    intro = _(
        "Three arbitrators decide; a simple case may be decided by one. Whoever mediated this"
        " matter is not offered. The parties are told in writing within 5 working days of"
        " docketing."
    )
    sections = [
        (_("Panel"), ["sole", "presiding", "second", "third", "reason", "clerk"]),
        (_("Declaration and notice"), ["conflict_declared", "notified_on"]),
    ]
    spans = {"sole": 6, "presiding": 2, "second": 2, "third": 2, "reason": 6}
    sole = YesNoField(
        label=_("Size of the panel"), yes=_("one arbitrator"), no=_("three arbitrators")
    )
    presiding = PersonField(label=_("Presiding arbitrator"))
    second = PersonField(label=_("Second arbitrator"), required=False)
    third = PersonField(label=_("Third arbitrator"), required=False)
    reason = forms.CharField(
        label=_("Why one arbitrator is enough"), required=False, max_length=LINE
    )
    clerk = PersonField(label=_("Clerk of the panel"), required=False)
    conflict_declared = forms.BooleanField(
        label=_(
            "Every arbitrator has declared: no relation to a party or its representatives, no"
            " interest in the case."
        ),
        required=False,
    )
    notified_on = DayField(label=_("Parties notified on"))

    def prepare(self):
        arbitrators = people.arbitrators_for(self.proceeding, on=self.today)
        for seat in panels.SEATS:
            self.fields[seat].queryset = arbitrators
        clerks = people.clerks_for(self.proceeding, on=self.today)
        self.fields["clerk"].queryset = clerks
        self.fill(notified_on=self.today)
        if clerks.filter(pk=self.user.pk).exists():
            self.fill(clerk=self.user)
        if panels.needs_three(self.proceeding):
            self.fill(sole=False)
            self.fields["sole"].help_text = _("A collective or major dispute needs three.")

    def check(self, **facts):
        panels.check_panel(self.proceeding, **facts, today=self.today)
