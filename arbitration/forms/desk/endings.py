"""Forms of ends that are no decision, and of passing a case on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import endings
from arbitration.forms.base import MethodField, TextField
from arbitration.forms.desk.base import DeskForm, offer_all_ways
from arbitration.models import SpecialEnding
from disputes.forms.fields import DayField
from disputes.forms.proof import ReceiptField, WayReasonField, WitnessesField
from offices.models import Office

Kind, Ground = SpecialEnding.Kind, SpecialEnding.Ground


class EndingForm(DeskForm):
    """An end without a decision; *kind* is that of the class."""

    kind = None
    stops = True
    spans = {"ground": 6, "reasons": 6}
    ground = forms.ChoiceField(
        label=_("Ground"), widget=forms.RadioSelect(attrs={"data-look": "list"})
    )
    reasons = TextField(label=_("Reasons"), rows=3)
    decided_on = DayField(label=_("Decided on"))
    notice_served_on = DayField(label=_("Notice served on"))
    notice_method = MethodField()
    notice_receipt = ReceiptField(
        required=False, help_text=_("Not needed for what was handed over and signed for.")
    )
    notice_reason = WayReasonField()
    notice_witnesses = WitnessesField()

    def prepare(self):
        grounds = SpecialEnding.GROUNDS[self.kind]
        self.fields["ground"].choices = [(each.value, each.label) for each in grounds]
        self.fill(decided_on=self.today, notice_served_on=self.today)
        offer_all_ways(self, "notice_method")

    def read(self, facts):
        known = {"court": "", "court_number": "", "kind": self.kind, "decided_by": self.user}
        return known | facts

    def check(self, **facts):
        endings.check_ending(self.proceeding, **facts, today=self.today)


class CancelForm(EndingForm):
    """The case should not have been docketed."""

    kind = Kind.CANCELLED
    title = _("Cancel the case")
    intro = _(
        "When it turns out that the case should not have been docketed. The parties have the"
        " written decision within 5 working days and may go to court. A case of another commission"
        " is transferred instead."
    )
    button = _("Cancel the case")
    done = _("The case is cancelled.")


class TerminateForm(EndingForm):
    """The case can go no further."""

    kind = Kind.TERMINATED
    title = _("End the case without a decision")
    intro = _(
        "When the award was late, a party sued and the court took the suit; or when a party died"
        " or ended and nobody goes on. If the court has not taken the suit, the commission goes on."
    )
    button = _("End the case")
    done = _("The case has ended.")
    court = forms.CharField(
        label=_("Court"), required=False, max_length=100, help_text=_("When a suit was taken.")
    )
    court_number = forms.CharField(label=_("Number at the court"), required=False, max_length=60)


class TransferForm(DeskForm):
    """Another commission is competent."""

    title = _("Transfer to the competent commission")
    intro = _(
        "Another commission is competent: it takes the case, and there the 45 days of the award"
        " start again from the day on which it takes the case over. The parties are told in"
        " writing. An open objection to jurisdiction is upheld with this."
    )
    button = _("Transfer the case")
    done = _("The case was transferred.")
    stops = True
    spans = {"office": 6}
    office = forms.ModelChoiceField(
        label=_("Competent commission"), queryset=None, empty_label=_("choose")
    )
    reasons = TextField(label=_("Reasons"), rows=3, max_length=500)

    def prepare(self):
        commissions = Office.objects.filter(tier=Office.Tier.ARBITRATION, is_active=True)
        self.fields["office"].queryset = commissions.exclude(pk=self.proceeding.office_id).order_by(
            "name"
        )


class DecideWithoutPapersForm(DeskForm):
    """The papers were not brought."""

    title = _("Decide without the missing papers")
    intro = _(
        "The applicant was told once what is missing and did not bring it. The head of the"
        " commission now decides on the application as it is; it can only be refused, with reasons."
    )
    button = _("On to the decision")
    done = _("The application goes to the head of the commission.")
    stops = True
    reason = TextField(label=_("What was not brought, and until when it was waited"), rows=3)


class StatementForm(DeskForm):
    """The parties settled before the hearing."""

    title = _("On to the mediation statement")
    intro = _(
        "The parties settled in the commissioned mediation. Without a hearing the panel puts the"
        " terms into a mediation statement."
    )
    button = _("On to the statement")
    done = _("The panel now makes the statement.")
    confirmed = forms.BooleanField(label=_("Both parties ask for a statement."))

    def read(self, facts):
        return {}
