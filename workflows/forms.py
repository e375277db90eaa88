"""Forms of the ways out of any step."""

from datetime import datetime, time

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.domain.candidates import candidates_for
from disputes.domain.numbers import number_key
from disputes.domain.roster import giving_up
from disputes.forms.candidates import CandidateField
from disputes.look.widgets import DayInput
from disputes.models import Outcome, Proceeding, Tier
from disputes.permissions import visible_cases
from mediation.domain.appointment import ConflictNotDeclared
from offices.models import Office

MEDIATION_OUTCOMES = (
    Outcome.SETTLED,
    Outcome.RECONCILED,
    Outcome.NOT_SETTLED,
    Outcome.WITHDRAWN,
    Outcome.TRANSFERRED,
)
ARBITRATION_OUTCOMES = (
    Outcome.MEDIATED_AWARD,
    Outcome.FINAL_AWARD,
    Outcome.NON_FINAL_AWARD,
    Outcome.WITHDRAWN,
    Outcome.TRANSFERRED,
)


class ActionForm(forms.Form):
    """A form about the open proceeding of a case."""

    title = ""
    intro = ""
    button = ""

    def __init__(self, *args, proceeding, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.proceeding = proceeding
        self.user = user


class WithdrawForm(ActionForm):
    """The applicant withdraws."""

    title = _("Withdraw the case")
    intro = _(
        "The applicant may withdraw at any time and may apply again. The limitation period runs"
        " anew from the end of this proceeding."
    )
    button = _("Record the withdrawal")
    stops = True

    reason = forms.CharField(
        label=_("What the applicant said"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agreed = forms.IntegerField(
        label=_("How many on the roster consent in writing"),
        min_value=0,
        required=False,
        help_text=_("A collective case is withdrawn only with everybody who is represented."),
    )
    paper = forms.FileField(label=_("The list that they signed"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not giving_up.is_bound(self.proceeding):
            del self.fields["agreed"], self.fields["paper"]


class ArbitrateForm(ActionForm):
    """The applicant goes straight to arbitration."""

    title = _("Straight to arbitration")
    intro = _(
        "The applicant may go to arbitration at any time; mediation is not a condition. The"
        " application is prepared from this file and waits at the commission for her signature."
        " What was said in mediation stays here."
    )
    button = _("Go to arbitration")

    confirmed = forms.BooleanField(label=_("The applicant wants this and was told what follows"))

    def clean(self):
        cleaned = super().clean()
        cleaned.pop("confirmed", None)
        return cleaned


class HandlerForm(ActionForm):
    """Another person takes the file."""

    title = _("Change the handler")
    intro = _("The open steps of the file go with it. The clock is not affected.")
    button = _("Give the file")

    handler = CandidateField(label=_("New handler"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
    conflict_declared = forms.BooleanField(
        label=_("She was asked and declares no conflict of interest"),
        error_messages={"required": ConflictNotDeclared.sentence},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        candidates = candidates_for([self.proceeding], on=timezone.localdate(), seen_by=self.user)
        self.fields["handler"].offer(
            candidates[self.proceeding.pk], without=self.proceeding.handler_id
        )


class ReasonForm(ActionForm):
    """Something that needs nothing but a reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class StepBackForm(ReasonForm):
    """Back to the step before."""

    title = _("Back to the step before")
    intro = _(
        "The open steps are cancelled and the step before is done again. The clocks are not"
        " affected; what was decided, served or signed stands."
    )
    button = _("Go back one step")


class HandBackForm(ReasonForm):
    """Back to the office that sent the case."""

    title = _("Return to the sender")
    intro = _(
        "A case may be returned once, with a reason. After that the office above decides. The"
        " sender's clock runs from the return."
    )
    button = _("Return the case")
    stops = True


class AskAboveForm(ReasonForm):
    """A second return is decided above."""

    title = _("Ask the office above to decide")
    intro = _(
        "An office returns a case once. Where it should go then, those above decide; until they"
        " do, the case stays here and its clock runs on."
    )
    button = _("Ask the office above")


class SeverForm(ReasonForm):
    """The case is handled alone again."""

    title = _("Handle alone again")
    intro = _("The case leaves the one that it was handled together with; both go on alone.")
    button = _("Sever the case")


class ReopenForm(ReasonForm):
    """A case that ended without a result is taken up again."""

    title = _("Reopen the case")
    intro = _(
        "The case is taken up again at this office, as a new proceeding with a new number. What"
        " was said and decided before stays in the file."
    )
    button = _("Reopen the case")


class OfficeForm(ReasonForm):
    """Another office of the same tier."""

    field_order = ["office", "reason"]

    office = forms.ModelChoiceField(
        label=_("Office"), queryset=Office.objects.none(), empty_label=_("Please choose")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = (
            Office.objects.filter(tier=self.proceeding.office.tier, is_active=True)
            .exclude(pk=self.proceeding.office_id)
            .order_by("county", "name")
        )


class HandOnForm(OfficeForm):
    """To another office of the same tier."""

    title = _("Hand on to another office")
    intro = _(
        "For a case that belongs to another district or industry. The other office's clock runs"
        " from the dispatch; it may return the case once."
    )
    button = _("Hand the case on")


class PlaceForm(OfficeForm):
    """Somebody above decides."""

    title = _("Decide which office handles it")
    intro = _("The case stays where you place it: it can be neither handed on nor returned.")
    button = _("Place the case")


class DesignateForm(ReasonForm):
    """The authority above the commissions has decided."""

    field_order = ["office", "decided_on", "reason", "paper"]

    title = _("Record whom the authority above designates")
    intro = _(
        "A commission takes a case that another one passed on. When neither is competent, or both"
        " are, the labour authority above both designates one. Its decision goes to the file;"
        " designated elsewhere, the case goes there and stays."
    )
    button = _("Record the designation")

    office = forms.ModelChoiceField(
        label=_("Commission"), queryset=Office.objects.none(), empty_label=_("Please choose")
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput())
    paper = forms.FileField(label=_("The decision"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        commissions = Office.objects.filter(tier=Office.Tier.ARBITRATION, is_active=True)
        self.fields["office"].queryset = commissions.order_by("county", "name")


class JoinForm(ReasonForm):
    """Another case at the same office, against the same employer."""

    field_order = ["number", "reason"]

    title = _("Handle together with another case")
    intro = _(
        "The other case must lie with this office and be against the same employer. Its file goes"
        " to the handler of this one; numbers, clocks and results stay apart."
    )
    button = _("Handle together")

    number = forms.CharField(label=_("Number of the other case"), max_length=50)

    def clean(self):
        cleaned = super().clean()
        number = cleaned.pop("number", "")
        if number:
            cleaned["other"] = self._find(number)
        return cleaned

    def _find(self, number):
        called = Q(number_key=number_key(number)) | Q(case__matter_number=number.strip())
        rows = Proceeding.objects.filter(called, case__in=visible_cases(self.user))
        found = rows.order_by("-ordinal").first()
        if found is None:
            self.add_error("number", _("No case of this number is open to you."))
        return found


class MergeForm(JoinForm):
    """The case is a second report of another."""

    title = _("Merge into another report")
    intro = _(
        "For two reports of one matter: the same applicant and employer, by two ways. This case"
        " ends and points to the other, which goes on. Both keep their numbers and their first"
        " reporters, who are both told; materials and claims go over."
    )
    button = _("Merge")
    stops = True


class UnmergeForm(ReasonForm):
    """The two reports were not one matter after all."""

    title = _("Undo the merger")
    intro = _(
        "The case is taken up again at this office with a new proceeding. What went over to the"
        " other stays there, its claims are given up there."
    )
    button = _("Undo the merger")


class ConfirmForm(ActionForm):
    """What became of an open row of a ledger."""

    GOES_ON, EXTENDED, ENDED = "goes_on", "extended", "ended"

    title = _("Confirm a case from the ledger")
    intro = _(
        "The ledger says that this case is open. Say how it stands: its clocks run only from your"
        " confirmation on. A term that is over already expires in the next minute."
    )
    button = _("Confirm")
    sections = (
        (_("How it stands"), ["state"]),
        (_("Extended by agreement"), ["agreed_on", "extended_to"]),
        (_("How the case ended"), ["outcome", "closed_on"]),
    )

    state = forms.ChoiceField(
        label=_("The case"),
        choices=[
            (GOES_ON, _("goes on as the ledger says")),
            (EXTENDED, _("goes on: both parties agreed to a longer term")),
            (ENDED, _("has ended")),
        ],
        widget=forms.RadioSelect(attrs={"data-look": "list"}),
    )
    agreed_on = forms.DateField(
        label=_("Agreed on"),
        required=False,
        widget=DayInput(),
        help_text=_("Before the term ended."),
    )
    extended_to = forms.DateField(
        label=_("Last day of the longer term"), required=False, widget=DayInput()
    )
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    closed_on = forms.DateField(label=_("Closed on"), required=False, widget=DayInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        outcomes = (
            ARBITRATION_OUTCOMES if self.proceeding.tier == Tier.ARBITRATION else MEDIATION_OUTCOMES
        )
        self.fields["outcome"].choices = [("", "—"), *((each, each.label) for each in outcomes)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("state") == self.EXTENDED:
            self._need(cleaned, "agreed_on", "extended_to")
            self._check_extension(cleaned)
        else:
            cleaned["agreed_on"] = cleaned["extended_to"] = None
        if cleaned.get("state") == self.ENDED:
            self._need(cleaned, "outcome", "closed_on")
            self._check_end(cleaned)
        return cleaned

    def _need(self, cleaned, *names):
        for name in names:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Needed for what you chose above."))

    def _check_extension(self, cleaned):
        until = cleaned.get("extended_to")
        if until and until <= timezone.localdate():
            self.add_error("extended_to", _("The longer term must end in the future."))

    def _check_end(self, cleaned):
        closed_on = cleaned.get("closed_on")
        if not closed_on:
            return
        opened_on = timezone.localdate(self.proceeding.opened_at)
        if not opened_on <= closed_on <= timezone.localdate():
            self.add_error("closed_on", _("Between the day of registration and today."))
        moment = datetime.combine(closed_on, time(12))
        cleaned["closed_at"] = max(timezone.make_aware(moment), self.proceeding.opened_at)
