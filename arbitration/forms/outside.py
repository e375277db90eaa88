"""The forms of a case that an outside organisation handles."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from arbitration.domain import handover
from arbitration.forms.base import LINE, StepForm, TextField
from disputes.domain.service.ways import shown_name
from disputes.forms.fields import DayField, MoneyField
from disputes.look.words import say_yuan
from disputes.models import Outcome


class SendPackageForm(StepForm):
    """The papers leave for the outside organisation."""

    intro = _(
        "This office works outside the system: the file goes to it as a package. What was said in"
        " confidence in mediation stays here. An application for arbitration goes only with the"
        " applicant's own signature."
    )
    contents = TextField(label=_("What is sent"), rows=8)
    signed_on = DayField(label=_("Application signed by the applicant on"))
    sent_on = DayField(label=_("Sent on"))
    sharing_basis = forms.CharField(
        label=_("Why the data may be passed on without consent"),
        required=False,
        max_length=LINE,
        help_text=_("The applicant has not agreed to it: say on what basis of the law it goes."),
    )
    spans = {"contents": 6, "sharing_basis": 6}

    def prepare(self):
        if handover.may_share(self.proceeding):
            del self.fields["sharing_basis"]
        else:
            taken = self.proceeding.package_exports.last()
            self.fill(sharing_basis=taken.sharing_basis if taken else "")
        self.fill(contents=list_contents(self.proceeding), sent_on=self.today)
        if not handover.goes_to_arbitration(self.proceeding):
            del self.fields["signed_on"]
        elif handover.is_imported(self.proceeding):
            self.fields["signed_on"].required = False

    def read(self, facts):
        return {"signed_on": None, "sharing_basis": ""} | facts

    def check(self, **facts):
        handover.check_package(self.proceeding, **facts, today=self.today)


class ReceiptForm(StepForm):
    """The outside organisation confirms that the package arrived."""

    intro = _("Record when the other organisation confirmed the package, and its case number.")
    receipt_on = DayField(label=_("Receipt dated"))
    outside_number = forms.CharField(label=_("Their case number"), required=False, max_length=50)

    def prepare(self):
        self.fill(receipt_on=self.today)

    def check(self, **facts):
        handover.check_receipt(self.proceeding, **facts, today=self.today)


class WriteBackForm(StepForm):
    """The outside organisation tells how the case ended."""

    intro = _("Record how and when the case ended there. With this the case is closed.")
    outcome = forms.ChoiceField(label=_("Outcome"))
    outcome_on = DayField(label=_("Ended on"))
    amount = MoneyField(
        label=_("Amount"), required=False, help_text=_("What was agreed or awarded there.")
    )
    note = TextField(label=_("Note"), required=False, max_length=2000, rows=3)

    def prepare(self):
        outcomes = handover.outcomes_for(self.proceeding)
        choices = [(outcome.value, Outcome(outcome).label) for outcome in outcomes]
        self.fields["outcome"].choices = [("", _("choose")), *choices]
        self.fill(outcome_on=self.today)

    def check(self, **facts):
        handover.check_outcome(self.proceeding, **facts, today=self.today)


class NumberForm(StepForm):
    """The number under which the case is handled there."""

    title = _("Their case number")
    intro = _("The number comes after the receipt, when the other organisation has registered it.")
    button = _("Save")
    done = _("Their case number is recorded.")
    outside_number = forms.CharField(label=_("Their case number"), max_length=50)

    def check(self, **facts):
        handover.check_number(self.proceeding, **facts)


class PackageForm(StepForm):
    """Taking the package out."""

    title = _("Package for the other organisation")
    sharing_basis = forms.CharField(
        label=_("Why the data may be passed on without consent"),
        required=False,
        max_length=LINE,
        help_text=_("The applicant has not agreed to it: say on what basis of the law it goes."),
    )

    def prepare(self):
        if handover.may_share(self.proceeding):
            del self.fields["sharing_basis"]

    def read(self, facts):
        return {"sharing_basis": ""} | facts

    def check(self, **facts):
        handover.check_sharing(self.proceeding, **facts)


class WriteBackFileForm(forms.Form):
    """The file in which other organisations answer."""

    file = forms.FileField(
        label=_("File (.json or .xlsx)"),
        help_text=_("The form that came with the package, with one row per case."),
    )


def list_contents(proceeding):
    """Return in words, one line each, what of the file may travel."""
    case = proceeding.case
    lines = [_now("Application of %(day)s") % {"day": case.received_on.isoformat()}]
    lines += [f"{party.get_role_display()}: {shown_name(party)}" for party in case.parties.all()]
    lines += [_list_claim(claim) for claim in case.claims.all()]
    lines += list(handover.materials_for(proceeding).values_list("name", flat=True))
    return "\n".join(lines)


def _list_claim(claim):
    amount = "" if claim.amount is None else f" {say_yuan(claim.amount)}"
    return f"{claim.get_kind_display()}{amount}"
