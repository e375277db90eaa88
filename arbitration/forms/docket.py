"""The forms from receipt to docket."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain import absences, docket, receipts
from arbitration.forms.base import MethodField, StepForm, TextField, YesNoField
from disputes.forms.fields import DayField
from disputes.forms.proof import ReceiptField, WayReasonField, WitnessesField, proof_names
from disputes.models import ServiceMethod


class ReceiveForm(StepForm):
    """The application for arbitration arrives."""

    intro = _(
        "Record when the signed application arrived. From that day the commission has 5 working"
        " days to docket or refuse it; what is missing is named to the applicant once and in full."
    )
    sections = [
        (_("The application"), ["signed_on", "received_on"]),
        (_("Papers"), ["complete", "missing", "asked_on", "asked_method"]),
    ]
    signed_on = DayField(
        label=_("Signed by the applicant on"),
        help_text=_("The application counts only with her own signature."),
    )
    received_on = DayField(label=_("Received on"))
    complete = YesNoField(
        label=_("Are all papers there?"), yes=_("complete"), no=_("something is missing")
    )
    missing = TextField(
        label=_("What is missing"),
        required=False,
        max_length=2000,
        rows=3,
        help_text=_("Everything at once: the applicant is asked only one time."),
    )
    asked_on = DayField(
        label=_("Applicant told on"),
        required=False,
        help_text=_("Only when something is missing."),
    )

    asked_method = MethodField(label=_("How the applicant was told"), required=False)

    def prepare(self):
        filed_here = self.proceeding.sent_from_id is None
        on = self.proceeding.case.received_on if filed_here else self.today
        self.fill(received_on=on, asked_on=self.today)
        if filed_here:
            self.fill(signed_on=on)

    def read(self, facts):
        facts["asked_method"] = facts["asked_method"] or ServiceMethod.DIRECT
        if facts["complete"]:
            return facts | {"missing": "", "asked_on": None}
        return facts

    def check(self, asked_method, **facts):
        receipts.check_receipt(self.proceeding, **facts, today=self.today)


class CorrectionForm(StepForm):
    """The applicant brings what was missing."""

    intro = _(
        "Record what the applicant brought. Once everything is there, the 5 working days of the"
        " commission start again after that day."
    )
    received = TextField(label=_("What was received"), max_length=2000, rows=3)
    received_on = DayField(label=_("Received on"))
    complete = YesNoField(
        label=_("Is everything there now?"), yes=_("complete"), no=_("something is still missing")
    )

    def prepare(self):
        missing = receipts.missing_papers(self.proceeding)
        self.fill(received=missing, received_on=self.today, complete=True)
        if missing:
            self.fields["received"].help_text = _("Asked for: %(missing)s") % {"missing": missing}

    def check(self, **facts):
        receipts.check_correction(self.proceeding, **facts, today=self.today)


class DocketForm(StepForm):
    """The commission takes the case on, or refuses it."""

    intro = _(
        "Docketing starts the 45 days of the award, and 5 working days each for the panel and"
        " for serving the copy. A refusal needs reasons and a written notice; the applicant may"
        " then go to court."
    )
    sections = [
        (_("Decision"), ["docketed", "decided_on", "reasons"]),
        (
            _("Notice to the applicant"),
            ["notice_served_on", "notice_method", *proof_names(prefix="notice_")],
        ),
    ]
    docketed = YesNoField(
        label=_("Decision"), yes=_("docket the case"), no=_("refuse the application")
    )
    decided_on = DayField(label=_("Decided on"))
    reasons = TextField(label=_("Reasons"), required=False, help_text=_("Needed for a refusal."))
    notice_served_on = DayField(
        label=_("Notice served on"), required=False, help_text=_("Needed for a refusal.")
    )
    notice_method = MethodField(required=False)
    notice_receipt = ReceiptField(
        required=False, help_text=_("Not needed for what was handed over and signed for.")
    )
    notice_reason = WayReasonField()
    notice_witnesses = WitnessesField()

    def prepare(self):
        self.fill(
            decided_on=self.today,
            notice_served_on=self.today,
            notice_method=ServiceMethod.DIRECT,
        )
        earlier = absences.treated_as_withdrawn(self.proceeding, seen_by=self.user)
        if earlier:
            self.fields["docketed"].help_text = _(
                "%(number)s, of the same applicant against the same employer, was treated as"
                " withdrawn because she stayed away. What is applied for again is not docketed"
                " (劳动人事争议仲裁办案规则 article 39)."
            ) % {"number": earlier}

    def read(self, facts):
        return facts if facts["notice_served_on"] else facts | {"notice_method": ""}

    def check(self, **facts):
        docket.check_decision(self.proceeding, **facts, today=self.today)
