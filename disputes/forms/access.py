"""Forms about who may see a case, and about one's own ties."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.domain import inspecting, recusals
from disputes.domain.conflicts import issuers
from disputes.domain.consents import RECIPIENTS
from disputes.forms.fields import DayField, WrittenField
from disputes.look.outline import party_name
from disputes.models import Consent, Declaration, Level, Party, Recusal
from offices.domain.people import people_where
from offices.models import User

WORDS = 500


class CaseForm(forms.Form):
    """A form about the case of *proceeding*, filled in on the date *today*."""

    title = intro = button = ""
    stops = False

    def __init__(self, *args, proceeding, user, today, **options):
        super().__init__(*args, **options)
        self.proceeding, self.case, self.user, self.today = (
            proceeding,
            proceeding.case,
            user,
            today,
        )
        self.prepare()

    def prepare(self):
        """Offer choices; for the forms of single acts."""


class ReasonedForm(CaseForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


class InspectForm(ReasonedForm):
    """Opening a case of an office below."""

    title = _("Open the case for a reason")
    intro = _(
        "You see the outline of this case. Its content is opened to you for some days on one of"
        " these grounds; the offices that handle it read in the timeline who opened it and why."
    )
    button = _("Open the case")
    field_order = ("ground", "reason", "until")

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect({"data-look": "list"}))
    until = DayField(label=_("Until"), help_text=_("30 days at most. The access ends by itself."))

    def prepare(self):
        grounds = inspecting.grounds_of(self.case)
        self.fields["ground"].choices = [(ground.value, ground.label) for ground in grounds]
        until = self.fields["until"]
        until.first = self.today
        until.last = self.today + timedelta(days=inspecting.MOST_DAYS - 1)
        until.initial = self.today + timedelta(days=inspecting.USUAL_DAYS - 1)


class SealForm(ReasonedForm):
    """How confidential a case is, and whether it is sealed."""

    title = _("Keep the case to few people")
    intro = _(
        "What is highly sensitive is read by its handlers, their heads, an assigned lawyer and the"
        " persons named; others of the office see the outline. A sealed case disappears from"
        " lists, search, counts and calendars of everybody else."
    )
    button = _("Keep it so")
    field_order = ("level", "sealed", "reason")

    level = forms.TypedChoiceField(
        label=_("How confidential"),
        coerce=int,
        choices=[(level.value, level.label) for level in (Level.CASE, Level.SENSITIVE)],
        widget=forms.RadioSelect,
    )
    sealed = forms.BooleanField(label=_("Seal the case"), required=False)

    def prepare(self):
        self.fields["level"].initial = max(self.case.level, Level.CASE)
        self.fields["sealed"].initial = self.case.sealed


class NameForm(ReasonedForm):
    """Naming somebody in a case that is kept to few."""

    title = _("Name a person")
    intro = _(
        "A person named passes the seal and reads what is highly sensitive, as far as her post or"
        " a grant lets her read the case at all. It ends with them."
    )
    button = _("Name the person")
    field_order = ("person", "reason")

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=User.objects.none(), empty_label=_("Please choose")
    )

    def __init__(self, *args, people, **options):
        self.people = people
        super().__init__(*args, **options)

    def prepare(self):
        self.fields["person"].queryset = self.people


class RecusalForm(CaseForm):
    """Somebody should keep away from the case."""

    title = _("Ask for a recusal")
    intro = _(
        "A party may ask orally or in writing; who is concerned may ask herself. The head decides,"
        " about the head the committee. Until then only what cannot wait is done."
    )
    button = _("Record the request")

    person = forms.ModelChoiceField(
        label=_("Who should keep away"),
        queryset=User.objects.none(),
        empty_label=_("Please choose"),
    )
    asker = forms.ChoiceField(label=_("Asked by"), choices=Recusal.Asker.choices)
    form = forms.ChoiceField(
        label=_("How asked"), choices=Recusal.Form.choices, widget=forms.RadioSelect
    )
    asked_on = DayField(label=_("Asked on"))
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=Recusal.Ground.choices,
        widget=forms.RadioSelect({"data-look": "list"}),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=WORDS, widget=forms.Textarea({"rows": 3})
    )

    def prepare(self):
        people = recusals.people_of(self.proceeding, on=self.today)
        people = people.exclude(walls__case=self.case)
        self.fields["person"].queryset = people.order_by("name", "pk")
        self.fields["person"].initial = self.proceeding.handler_id
        self.fields["asked_on"].initial = self.fields["asked_on"].last = self.today


class RecusalDecisionForm(CaseForm):
    """What is decided on a recusal."""

    title = _("Decide on a recusal")
    intro = _(
        "Whoever keeps away does not see the case any more; a file that she held waits for another"
        " handler. The clock runs on: name another within one working day."
    )
    button = pgettext_lazy("button", "Decide")

    granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("keeps away")), ("no", _("need not keep away"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(
        label=_("Reasons"), max_length=WORDS, widget=forms.Textarea({"rows": 3})
    )


class ConsentField(forms.ModelChoiceField):
    """One of the consents of a case."""

    def label_from_instance(self, consent):
        said = [party_name(consent.party), consent.get_purpose_display(), consent.recipient_name]
        return "　".join(str(part) for part in said if part)


class ConsentingField(forms.ModelChoiceField):
    """One party, people masked."""

    def label_from_instance(self, party):
        return party_name(party)


class ConsentForm(CaseForm):
    """Recording that a party takes a consent back."""

    title = _("Take a consent back")
    button = _("Record")
    stops = True

    consent = ConsentField(
        label=_("Which consent"),
        queryset=Consent.objects.none(),
        widget=forms.RadioSelect({"data-look": "list"}),
        empty_label=None,
    )
    note = forms.CharField(
        label=_("What the party said"), max_length=WORDS, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args, consents, **options):
        self.consents = consents
        super().__init__(*args, **options)

    def prepare(self):
        self.fields["consent"].queryset = self.consents


class SharingForm(CaseForm):
    """Recording that a party agrees to its data being passed on to one kind of organisation."""

    title = _("Agreed to passing personal data on")
    intro = _("Each recipient needs a consent of its own, and each may be taken back by itself.")
    button = _("Record the consent")

    party = ConsentingField(label=_("Party"), queryset=Party.objects.none(), empty_label=None)
    recipient = forms.ChoiceField(
        label=_("Passed on to"), choices=[(kind.value, kind.label) for kind in RECIPIENTS]
    )
    note = forms.CharField(
        label=_("What the party said"), max_length=WORDS, widget=forms.Textarea({"rows": 2})
    )

    def prepare(self):
        self.fields["party"].queryset = self.case.parties.order_by("role", "pk")


class SupervisorForm(CaseForm):
    """Recording that the employer lets somebody mediate who issued an opinion against it."""

    title = _("Mediation by who issued an opinion")
    intro = _(
        "Whoever issued an opinion of the union against this employer mediates only when the"
        " employer agrees (conflict rule C7)."
    )
    button = _("Record the consent")

    party = ConsentingField(label=_("Employer"), queryset=Party.objects.none(), empty_label=None)
    person = forms.ModelChoiceField(label=_("Mediator"), queryset=User.objects.none())
    note = forms.CharField(
        label=_("What the party said"), max_length=WORDS, widget=forms.Textarea({"rows": 2})
    )

    def prepare(self):
        employers = self.case.parties.filter(kind=Party.Kind.EMPLOYER)
        self.fields["party"].queryset = employers.order_by("pk")
        people = people_where("mediate", on=self.today, office=self.proceeding.desk_id)
        self.fields["person"].queryset = people.filter(pk__in=issuers(employers)).order_by("pk")

    @property
    def applies(self):
        """Whether anybody here has issued an opinion against an employer of the case."""
        return self.fields["person"].queryset.exists()


class DeclarationForm(forms.Form):
    """One tie of one's own."""

    kind = forms.ChoiceField(
        label=_("Tie"),
        choices=Declaration.Kind.choices,
        widget=forms.RadioSelect({"data-look": "list"}),
    )
    name = WrittenField(label=_("Name"), required=False, max_length=100)
    number = WrittenField(
        label=_("Identity number or credit code"),
        required=False,
        max_length=40,
        normalise=lambda text: text.strip().upper(),
        help_text=_("Names alone may be those of others; a number is exact."),
    )
    firm = WrittenField(
        label=_("Law firm"),
        required=False,
        max_length=100,
        help_text=_("For lawyers: what one of a firm declares, counts for all of it."),
    )
    department = WrittenField(
        label=_("Department or workshop"),
        required=False,
        max_length=50,
        help_text=_(
            "For who stands for the employer: a dispute of her own department she does not handle."
        ),
    )
    ended_on = DayField(
        label=_("Ended on"),
        required=False,
        help_text=_("For former clients: they bind for two years."),
    )
