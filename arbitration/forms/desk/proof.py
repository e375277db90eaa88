"""Forms about proof."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import proof
from arbitration.forms.base import LINE
from arbitration.forms.desk.base import DeskForm
from disputes.forms import exchange as lists
from disputes.forms.fields import DayField


class ProofPeriodForm(DeskForm):
    """Until when proof is taken."""

    title = _("Period of proof")
    intro = _(
        "Until its last day the parties hand in proof, and the applicant may add or change claims."
        " It is moved before it ends, with a reason."
    )
    done = _("The period of proof is set.")
    spans = {"reason": 6}
    until = DayField(label=_("Last day"))
    notified_on = DayField(label=_("Parties notified on"))
    reason = forms.CharField(
        label=_("Why it is moved"),
        required=False,
        max_length=LINE,
        help_text=_("Only when one was set before."),
    )

    def prepare(self):
        self.fill(notified_on=self.today)

    def check(self, **facts):
        proof.check_period(self.proceeding, **facts, today=self.today)


class ProofListForm(lists.ProofListForm):
    """What the sides hand in to the commission."""

    def check(self, **facts):
        proof.check_lists(self.proceeding, **facts, today=self.today)
