"""Forms about who is named beside the employer, and where a claim goes that is not heard here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from disputes.domain.advice import advise
from disputes.domain.referrals import place_of
from disputes.forms.fields import CreditCodeField, DayField, NameField, PhoneField
from disputes.forms.roster import RosterActForm
from disputes.models import Claim, Party
from disputes.models.choices import Licence
from disputes.validators import validate_phone
from law.avenues import TITLES, Where
from law.respondents import CAPACITIES

CAPACITY_CHOICES = [("", _("Please choose")), *CAPACITIES.items()]
LICENCE_CHOICES = [("", _("not known")), *Licence.choices]


class AnswerField(forms.TypedChoiceField):
    """What a respondent says to mediation: True, False, or None as long as it was not asked."""

    def __init__(self, *, nothing):
        super().__init__(
            label=_("Agrees to mediation"),
            choices=[("", nothing), ("yes", _("agrees")), ("no", _("does not agree"))],
            required=False,
            empty_value=None,
            coerce=lambda value: value == "yes",
        )


class RespondentForm(RosterActForm):
    """A further respondent."""

    title = _("Name a further respondent")
    intro = _(
        "Agency and user enterprise, contractor and the organisation that gave the work out, an"
        " unlicensed employer and its investor are named together."
    )
    button = _("Name the respondent")
    done = _("The respondent is named.")

    name = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind of party"),
        choices=[(Party.Kind.EMPLOYER, _("organisation")), (Party.Kind.WORKER, _("person"))],
        initial=Party.Kind.EMPLOYER,
        widget=forms.RadioSelect,
    )
    capacity = forms.ChoiceField(label=_("Named as"), choices=CAPACITY_CHOICES)
    credit_code = CreditCodeField(label=_("Unified social credit code"), required=False)
    licence = forms.ChoiceField(
        label=_("Business licence"), choices=LICENCE_CHOICES, required=False
    )
    phone = PhoneField(label=_("Telephone"), validate=validate_phone, required=False)
    contact_name = NameField(label=_("Contact person"), required=False)
    agrees = AnswerField(nothing=_("not asked yet"))

    def prepare(self):
        case = self.proceeding.case
        gaps = advise(case, list(case.parties.all()), []).gaps
        missing = next((code for gap in gaps for code in gap.capacities), "")
        self.initial.setdefault("capacity", missing)
        self.fields["capacity"].help_text = " ".join(
            f"{gap.title}（{gap.article}）" for gap in gaps
        )


class DescribeForm(RosterActForm):
    """As what a respondent is named."""

    title = _("Put right as what it is named")
    intro = _("As what a respondent is named, and whether it is licensed, decides who else is.")
    button = _("Save")
    done = _("Saved.")

    party = forms.ModelChoiceField(
        label=_("Respondent"), queryset=Party.objects.none(), empty_label=None
    )
    capacity = forms.ChoiceField(label=_("Named as"), choices=CAPACITY_CHOICES, required=False)
    licence = forms.ChoiceField(
        label=_("Business licence"), choices=LICENCE_CHOICES, required=False
    )
    agrees = AnswerField(nothing=_("nothing new"))

    def prepare(self):
        respondents = self.proceeding.case.parties.filter(role=Party.Role.RESPONDENT)
        self.fields["party"].queryset = respondents.order_by("pk")


class ReferralForm(RosterActForm):
    """Where the applicant is sent with a claim."""

    title = _("Refer to where it is heard")
    intro = _(
        "Tell the applicant where the claim goes, why, and how to get there. The case is not"
        " closed by it: what can be mediated is mediated all the same."
    )
    button = _("Record the referral")
    done = _("The referral is recorded.")

    claim = forms.ModelChoiceField(
        label=_("Claim"),
        queryset=Claim.objects.none(),
        required=False,
        empty_label=_("all claims"),
    )
    where = forms.ChoiceField(
        label=_("Where she goes"),
        choices=[(code.value, title) for code, title in TITLES.items() if code != Where.MEDIATION],
    )
    place = forms.CharField(label=_("Organisation"), max_length=100)
    contact = forms.CharField(
        label=_("How to reach it"),
        max_length=200,
        help_text=_("Address, telephone, office hours, or the page on the web."),
    )
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea({"rows": 3}))
    article = forms.CharField(label=_("Article"), max_length=100, required=False)
    told_on = DayField(label=_("Told on"))

    def prepare(self):
        case = self.proceeding.case
        self.fields["claim"].queryset = Claim.objects.filter(case=case).of_applicant()
        self.fields["told_on"].last = self.today
        self.initial.setdefault("told_on", self.today)
        self._propose(case)

    def _propose(self, case):
        advice = advise(case, list(case.parties.all()), list(case.claims.all()))
        avenue = next(
            (
                avenue
                for way in advice.ways
                for avenue in way.avenues
                if avenue.where != Where.MEDIATION
            ),
            None,
        )
        if avenue is None:
            return
        place, contact = place_of(avenue.where, near=self.proceeding.office)
        for name, value in {
            "where": avenue.where.value,
            "place": place,
            "contact": contact,
            "article": avenue.article,
            "reason": str(advice.relation_title),
        }.items():
            self.initial.setdefault(name, value)
