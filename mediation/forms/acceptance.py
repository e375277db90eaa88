"""The steps from the application to the decision whether to mediate."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disputes.forms.fields import DayField
from disputes.forms.proof import ReceiptField, WayReasonField, WitnessesField, proof_names
from disputes.forms.step import StepForm
from disputes.look.words import say_day
from mediation.domain import acceptance, completeness, consent
from mediation.forms.answers import (
    ChoiceOfFew,
    MomentField,
    WordsField,
    YesOrNo,
    to_the_minute,
)
from mediation.models import Consultation, NoticeMethod


class ExamineForm(StepForm):
    """Does the dispute belong here, and is the application complete?"""

    intro = _(
        "Decide whether the dispute belongs to mediation and whether the application is complete. "
        "Ask for everything that is missing at once."
    )
    button = _("Record the examination")
    sections = [
        (_("Scope"), ["in_scope", "note"]),
        (_("Completeness"), ["complete", "missing"]),
    ]

    in_scope = YesOrNo(
        label=_("Is this a labour dispute within the scope of the law?"),
        help_text=_(
            "About the labour relation, the contract, dismissal and leaving, hours, leave, "
            "insurance, welfare, training and protection, pay, injury costs, compensation "
            "(劳动争议调解仲裁法 article 2). Not: disputes with the insurance agency, over an "
            "assessment of disability, or with a household."
        ),
    )
    note = WordsField(label=_("Why not, or a note"), required=False)
    complete = YesOrNo(
        label=_("Is the application complete?"),
        yes=_("complete"),
        no=_("something is missing"),
        help_text=_("Who the parties are, what is asked for, the facts and reasons."),
    )
    missing = WordsField(
        label=_("What the applicant is asked to bring"),
        required=False,
        help_text=_("One thing per line. What the file lacks is written here already."),
    )

    def prepare(self):
        gaps = completeness.gaps(self.proceeding)
        self.fill(missing="\n".join(gaps), complete=False if gaps else None)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("in_scope") is False and not cleaned.get("note"):
            self.add_error("note", acceptance.NotSaidWhyOutside.sentence)
        elif self._asks_for_nothing(cleaned):
            self.add_error("missing", acceptance.NotSaidWhatIsMissing.sentence)
        return cleaned

    def _asks_for_nothing(self, cleaned):
        incomplete = cleaned.get("in_scope") and cleaned.get("complete") is False
        return incomplete and not cleaned.get("missing") and "missing" not in self.errors


class CorrectionForm(StepForm):
    """What the applicant brought."""

    intro = _("Record what the applicant brought. The application is then examined again.")
    button = _("Record what came")

    received = WordsField(label=_("What came"))
    received_on = DayField(label=_("Received on"))

    def prepare(self):
        examination = acceptance.last_examination(self.proceeding)
        if examination and examination.missing:
            self.fields["received"].help_text = gettext("Asked for: %(missing)s") % {
                "missing": " · ".join(examination.missing.splitlines())
            }
        self.fill(received_on=self.today)


class ConsultForm(StepForm):
    """Does the other side take part?"""

    intro = _(
        "Mediation needs both sides. Ask the other side, and record its answer; it may refuse "
        "without a reason."
    )
    button = _("Record the answer")
    sections = [
        (_("Asked"), ["asked_at", "method"]),
        (_("Answer"), ["answer", "note"]),
    ]

    asked_at = MomentField(label=_("When"))
    method = ChoiceOfFew(label=_("How"), choices=Consultation.Method.choices)
    answer = ChoiceOfFew(
        label=_("The other side"),
        choices=Consultation.Answer.choices,
        help_text=_("When it refuses, the limitation period runs anew from that day."),
    )
    note = WordsField(
        label=_("What was said"),
        required=False,
        help_text=_("Stays with this office and never reaches another tier."),
    )

    def prepare(self):
        self.fill(asked_at=to_the_minute(self.at))

    def clean_asked_at(self):
        asked_at = self.cleaned_data["asked_at"]
        self.ask(acceptance.check_asked_at, asked_at=asked_at)
        return asked_at


class DecideForm(StepForm):
    """Does the office mediate?"""

    intro = _(
        "Within 3 working days of the application: accept when the dispute is within the scope "
        "and both sides agree, else tell the applicant in writing and say why "
        "(企业劳动争议协商调解规定 article 22)."
    )
    button = _("Save the decision")
    sections = [
        (_("Decision"), ["accepted", "reasons"]),
        (
            _("Written notice to the applicant"),
            ["notice_served_on", "notice_method", *proof_names(prefix="notice_")],
            _("needed when the application is not accepted"),
        ),
    ]

    accepted = YesOrNo(label=_("This office decides to"), yes=_("accept"), no=_("do not accept"))
    reasons = WordsField(
        label=_("Reasons"),
        required=False,
        help_text=_("Needed when the application is not accepted. The applicant reads them."),
    )
    notice_served_on = DayField(label=_("Served on"), required=False)
    notice_method = ChoiceOfFew(label=_("How"), choices=NoticeMethod.choices, required=False)
    notice_receipt = ReceiptField(
        required=False, help_text=_("Not needed for what was handed over and signed for.")
    )
    notice_reason = WayReasonField()
    notice_witnesses = WitnessesField()

    def prepare(self):
        self.fields["accepted"].help_text = " ".join(self._standing())

    def _standing(self):
        yield (
            gettext("The applicant asks for mediation.")
            if consent.applicant_agreed(self.proceeding)
            else gettext("The applicant has not agreed to mediation.")
        )
        last = self.proceeding.consultations.last()
        if last is None:
            yield gettext("The other side has not been asked.")
        else:
            yield gettext("The other side, asked on %(day)s: %(answer)s.") % {
                "day": say_day(last.asked_at, today=self.today),
                "answer": last.get_answer_display(),
            }

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.ask(acceptance.check_decision, **cleaned)
        return cleaned
