"""The steps that follow when mediation leads to nothing."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import NoOfficeToGoTo
from disputes.domain.routing import commission_of, next_tier_office
from disputes.forms.fields import DayField
from disputes.forms.proof import ReceiptField, WayReasonField, WitnessesField, proof_names
from disputes.forms.step import StepForm
from disputes.look.words import say_day
from disputes.models import Deadline, Tier
from mediation.domain import agreements, choice, failure, sessions
from mediation.forms.answers import ChoiceOfFew, WordsField
from mediation.models import ApplicantChoice, FailureRecord, NoticeMethod, Session, Signature

Choice, Reason = ApplicantChoice.Choice, FailureRecord.Reason


class FailureForm(StepForm):
    """The record of a mediation that came to nothing, and the notice."""

    intro = _(
        "Make a record, have both parties sign it, and tell them in writing that arbitration is "
        "open (企业劳动争议协商调解规定 article 30). The limitation period runs anew."
    )
    button = _("Save the record of failure")
    sections = [
        (_("What happened"), ["reason"]),
        (_("Signatures on the record"), ["worker_signature", "employer_signature", "refusal_note"]),
        (
            _("Written notice to the applicant"),
            ["notice_served_on", "notice_method", *proof_names(prefix="notice_")],
        ),
    ]

    reason = ChoiceOfFew(label=_("Reason"), choices=Reason.choices, look="list")
    worker_signature = ChoiceOfFew(label=_("The worker"), choices=Signature.choices)
    employer_signature = ChoiceOfFew(label=_("The employer"), choices=Signature.choices)
    refusal_note = WordsField(
        label=_("Why a signature is missing"),
        rows=2,
        max_length=1000,
        required=False,
        help_text=_("Needed when somebody refused to sign. Stays with this office."),
    )
    notice_served_on = DayField(label=_("Served on"))
    notice_method = ChoiceOfFew(label=_("How"), choices=NoticeMethod.choices)
    notice_receipt = ReceiptField(
        required=False, help_text=_("Not needed for what was handed over and signed for.")
    )
    notice_reason = WayReasonField()
    notice_witnesses = WitnessesField()

    def prepare(self):
        self.fill(reason=self._likely_reason(), notice_served_on=self.today)
        if failure.term_runs(self.proceeding, at=self.at):
            reasons = [(value, label) for value, label in Reason.choices if value != Reason.EXPIRED]
            self.fields["reason"].choices = reasons
        if failure.of(self.proceeding):
            # The clock has recorded the reason, and its day does not change any more.
            self.fields["reason"].disabled = True

    def _likely_reason(self):
        known = failure.of(self.proceeding)
        if known:
            return known.reason
        agreement = agreements.of(self.proceeding)
        if agreement and agreement.declined:
            return Reason.REFUSED
        failed = sessions.last_result(self.proceeding) == Session.Result.FAILED
        return Reason.NO_AGREEMENT if failed else None

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.ask(failure.check_failure, **cleaned)
        return cleaned


class ChoiceForm(StepForm):
    """Where the applicant goes from here."""

    intro = _(
        "The applicant decides alone where she goes. Tell her what is open to her and until when, "
        "then record her words."
    )
    button = _("Record the choice")

    choice = ChoiceOfFew(label=_("The applicant chooses"), choices=Choice.choices, look="list")
    on = DayField(label=_("Said on"))
    note = WordsField(
        label=_("What she said"),
        required=False,
        help_text=_("Stays with this office."),
    )

    def prepare(self):
        self.fields["choice"].choices = list(self._open_ways())
        self.fields["choice"].help_text = self._until_when()
        self.fill(on=self.today)

    def _open_ways(self):
        if self.proceeding.tier == Tier.ENTERPRISE:
            office = _named(next_tier_office, self.proceeding.office)
            if office:
                yield Choice.NEXT_TIER, _named_way(Choice.NEXT_TIER, office)
        commission = _named(commission_of, self.proceeding.office)
        yield Choice.ARBITRATION, _named_way(Choice.ARBITRATION, commission)
        yield Choice.END, Choice.END.label

    def _until_when(self):
        limitation = (
            Deadline.objects.running()
            .filter(case=self.proceeding.case, rule__rule_id="LIMITATION")
            .first()
        )
        if limitation is None:
            return ""
        return gettext("The period for arbitration runs at least until %(day)s.") % {
            "day": say_day(limitation.due_legal, year=True)
        }

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.ask(choice.check_choice, choice=cleaned["choice"], on=cleaned["on"])
        return cleaned


def _named(find, office):
    try:
        return find(office)
    except NoOfficeToGoTo:
        return None


def _named_way(way, office):
    if office is None:
        return way.label
    return gettext("%(way)s (%(office)s)") % {"way": way.label, "office": office}
