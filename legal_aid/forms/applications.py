"""The application for aid and what is decided about it."""

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from disputes.forms.fields import DayField, MoneyField
from legal_aid.domain import applications, assignment, eligibility
from legal_aid.forms.base import AidForm, LineField, PastDayField, ScanField, TextField
from legal_aid.models import Application
from offices.models import Office

NO_EXEMPTION = ("", pgettext_lazy("means", "none: means are looked into"))
MEANS = ("exemption", "household", "income", "proof")


class MeansFields(forms.Form):
    """Why means need not be looked into, or what they are."""

    exemption = forms.ChoiceField(
        label=_("Means not looked into"),
        choices=[NO_EXEMPTION, *Application.Exemption.choices],
        required=False,
        help_text=_(
            "Migrant workers who ask for wages or work-injury benefits need no proof of means"
            " (Legal Aid Law, article 42)."
        ),
    )
    household = forms.IntegerField(
        label=_("Household members"), min_value=1, max_value=30, required=False
    )
    income = MoneyField(label=_("Household income per month (yuan)"), required=False)
    proof = LineField(label=_("Proof of means"), required=False)


class ApplyForm(MeansFields, AidForm):
    """The applicant asks for aid; what the case knows is not asked again."""

    title = _("Apply for legal aid")
    intro = _("What the case knows already is taken from it.")
    button = _("Hand in the application")
    done = _("The application for legal aid is handed in.")
    sections = [
        (
            _("What help is asked for"),
            ["centre", "help_kind", "position", "stage", "received_on", "facts"],
        ),
        (_("The applicant"), ["groups", "education", "health", "member_number", "applied_before"]),
        (_("Means"), [*MEANS, "scan"]),
        (_("A time limit that is near"), ["limit_on"]),
        (_("Promise"), ["promised"]),
    ]
    spans = {
        "centre": 3, "help_kind": 3, "position": 2, "stage": 2, "received_on": 2,
        "education": 2, "health": 2, "member_number": 2,
        "exemption": 6, "household": 2, "income": 2, "proof": 2,
    }  # fmt: skip

    centre = forms.ModelChoiceField(label=_("Legal-aid centre"), queryset=None, empty_label=None)
    help_kind = forms.ChoiceField(
        label=_("Help asked for"),
        choices=Application.Help.choices,
        initial=Application.Help.MEDIATION,
    )
    position = forms.ChoiceField(
        label=_("Legal position"),
        choices=Application.Position.choices,
        initial=Application.Position.APPLICANT,
        required=False,
    )
    stage = forms.ChoiceField(
        label=_("Stage of the matter"),
        choices=Application.Stage.choices,
        initial=Application.Stage.MEDIATION,
    )
    received_on = PastDayField(label=_("Received on"))
    facts = TextField(label=_("What happened"))
    groups = forms.MultipleChoiceField(
        label=_("The applicant belongs to"),
        choices=Application.Group.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    education = LineField(label=_("Education"), max_length=30, required=False)
    health = LineField(label=_("Health"), max_length=100, required=False)
    member_number = LineField(label=_("Membership number"), max_length=40, required=False)
    applied_before = forms.BooleanField(label=_("Has applied for legal aid before"), required=False)
    scan = ScanField(label=_("Scan of the proof"))
    limit_on = DayField(
        label=_("A time limit ends on"),
        required=False,
        help_text=_("Fewer than 7 days away, aid can be given before the application is decided."),
    )
    promised = forms.BooleanField(
        label=_("The applicant promises that all of this is true"),
        error_messages={"required": _("The applicant must promise that what she says is true.")},
    )

    def prepare(self):
        centres = Office.objects.filter(kind=Office.Kind.AID_CENTRE, is_active=True).order_by("pk")
        self.fields["centre"].queryset = centres
        worker = eligibility.worker_of(self.row)
        limit = eligibility.near_limit(self.row, on=self.today)
        self.fill(
            centre=centres.values_list("pk", flat=True).first(),
            received_on=self.today,
            facts=self.row.facts,
            exemption=eligibility.exemption_of(self.row, worker) if worker else "",
            limit_on=limit if eligibility.is_urgent(limit, on=self.today) else None,
        )
        if worker and worker.is_migrant:
            self.fill(groups=[Application.Group.MIGRANT])

    def clean_position(self):
        return self.cleaned_data["position"] or Application.Position.APPLICANT

    def do(self, *, at, by):
        return applications.receive(self.row, **self.cleaned_data, at=at, by=by)


class OpinionForm(MeansFields, AidForm):
    """The first look at an application."""

    title = _("First opinion")
    done = _("The first opinion is kept.")
    sections = [(_("Means"), [*MEANS]), (_("Opinion"), ["opinion"])]
    spans = {"exemption": 6, "household": 2, "income": 2, "proof": 2}

    opinion = TextField(label=_("First opinion"))

    def prepare(self):
        self.fill(opinion=self.row.opinion, **{name: getattr(self.row, name) for name in MEANS})

    def do(self, *, at, by):
        return applications.give_opinion(self.row, **self.cleaned_data, at=at, by=by)


class RecheckForm(AidForm):
    """A second person looks at the application before it is decided."""

    title = _("Second opinion")
    done = _("The second opinion is kept.")
    sections = [("", ["recheck"])]

    recheck = TextField(label=_("Second opinion"))

    @property
    def told(self):
        return [(_("First opinion"), f"{self.row.opinion} — {self.row.opinion_by}")]

    def do(self, *, at, by):
        return applications.check_again(self.row, **self.cleaned_data, at=at, by=by)


class DecideForm(AidForm):
    """Aid is granted or refused."""

    title = _("Decide on the application")
    button = pgettext_lazy("button", "Decide")
    done = _("The application is decided.")
    sections = [("", ["decision", "reasons"])]

    decision = forms.ChoiceField(
        label=_("Decision"), choices=Application.Decision.choices, widget=forms.RadioSelect
    )
    reasons = TextField(
        label=_("Reasons"),
        required=False,
        help_text=_("Needed for a refusal. She may object to it in writing."),
    )

    @property
    def told(self):
        """What the decision rests on."""
        means = eligibility.means_of(self.row, on=self.today)
        said = [(_("Means not looked into"), self.row.get_exemption_display() or _("no"))]
        if means.per_head is not None:
            said.append((_("Income per head and month"), f"{means.per_head:,.2f}"))
        if means.limit is not None and not self.row.exemption:
            said.append((_("Local minimum wage, for comparison"), f"{means.limit:,.2f}"))
        said += [(_("First opinion"), self.row.opinion or "—")]
        return [*said, (_("Second opinion"), self.row.recheck)] if self.row.recheck else said

    def do(self, *, at, by):
        return applications.decide(self.row, **self.cleaned_data, at=at, by=by)


class AheadForm(AidForm):
    """Aid before its decision."""

    title = _("Give aid ahead of the decision")
    intro = _(
        "When a time limit ends in fewer than 7 days, help comes first and the application is"
        " decided afterwards (Legal Aid Law, article 44)."
    )
    button = _("Give aid now")
    done = _("Aid is given ahead of the decision. Assign a lawyer now.")
    sections = [("", ["limit_on"])]

    limit_on = DayField(label=_("A time limit ends on"))

    def prepare(self):
        near = self.row.limit_on or eligibility.near_limit(self.row.case, on=self.today)
        self.fill(limit_on=near)

    def do(self, *, at, by):
        return applications.give_ahead(self.row, **self.cleaned_data, at=at, by=by)


class ObjectForm(AidForm):
    """The applicant objects to the refusal."""

    title = _("Record an objection")
    done = _("The objection is written down.")
    sections = [("", ["received_on", "objection"])]

    received_on = PastDayField(label=_("Objection received on"))
    objection = TextField(label=_("Objection"))

    def prepare(self):
        self.fill(received_on=self.today)

    def do(self, *, at, by):
        return applications.object_to(self.row, **self.cleaned_data, at=at, by=by)


class DecideObjectionForm(AidForm):
    """The organ above the centre decides."""

    title = _("Decide on the objection")
    button = pgettext_lazy("button", "Decide")
    done = _("The objection is decided.")
    sections = [("", ["result", "reasons"])]

    result = forms.ChoiceField(
        label=_("Result of the objection"),
        choices=Application.ObjectionResult.choices,
        widget=forms.RadioSelect,
    )
    reasons = TextField(label=_("Reasons"))

    @property
    def told(self):
        return [
            (_("Reasons of the refusal"), self.row.reasons),
            (_("Objection"), self.row.objection),
        ]

    def do(self, *, at, by):
        return applications.decide_objection(self.row, **self.cleaned_data, at=at, by=by)


class EndForm(AidForm):
    """The application is withdrawn, or aid stops."""

    title = _("End the application")
    button = _("End it")
    done = _("The application has ended.")
    stops = True
    sections = [("", ["reason"])]

    reason = LineField(label=_("Reason"), max_length=500)

    def do(self, *, at, by):
        return applications.end(self.row, **self.cleaned_data, at=at, by=by)


class OfferForm(AidForm):
    """A lawyer is chosen; those who fit come first, who is kept from it last, with the reason."""

    title = _("Assign a lawyer")
    intro = _(
        "The proposal weighs speciality, district and what each has in hand. She sees the names of"
        " the parties first and declares whether she has a conflict of interest."
    )
    button = _("Assign")
    done = _("The lawyer is asked. The file opens when she has taken the matter.")
    sections = [("", ["lawyer"])]

    lawyer = forms.ChoiceField(
        label=_("Lawyer"), choices=(), widget=forms.RadioSelect({"data-look": "list"})
    )

    def prepare(self):
        found = assignment.candidates(self.row, on=self.today)
        self.lawyers = {str(each.lawyer.pk): each.lawyer for each in found}
        self.fields["lawyer"].choices = [(str(each.lawyer.pk), _say(each)) for each in found]
        first = next((each for each in found if not each.blocked), None)
        self.fill(lawyer=str(first.lawyer.pk) if first else None)

    def clean_lawyer(self):
        return self.lawyers[self.cleaned_data["lawyer"]]

    def do(self, *, at, by):
        return assignment.offer(self.row, **self.cleaned_data, at=at, by=by)


class ReplaceForm(AidForm):
    """Another lawyer is needed."""

    title = _("Change the lawyer")
    button = _("Take the matter from her")
    done = _("The file is closed for her. Assign another lawyer now.")
    stops = True
    sections = [("", ["reason"])]

    reason = LineField(label=_("Reason"), max_length=500)

    def do(self, *, at, by):
        return assignment.replace(self.row, **self.cleaned_data, at=at, by=by)


class AcceptForm(AidForm):
    """The lawyer takes the matter."""

    title = _("Take the matter")
    button = _("Take it and open the file")
    done = _("The matter is yours. The file is open to you.")
    sections = [(_("Conflict of interest"), ["no_conflict"])]

    no_conflict = forms.BooleanField(
        label=_(
            "I act for neither party and have not done so for two years; nor does my firm; nobody"
            " close to me is a party"
        ),
        error_messages={
            "required": _(
                "Declare that there is no conflict of interest, or say that there is one."
            )
        },
    )

    def do(self, *, at, by):
        return assignment.accept(self.row, at=at, by=by)


class ConflictForm(AidForm):
    """The lawyer may not take the matter."""

    title = _("Declare a conflict of interest")
    button = _("Declare it and give the matter back")
    done = _("Declared. The matter goes to another lawyer and is closed to you.")
    stops = True
    sections = [("", ["conflict"])]

    conflict = LineField(label=_("What the conflict is"), max_length=500)

    def do(self, *, at, by):
        return assignment.declare_conflict(self.row, **self.cleaned_data, at=at, by=by)


class DeclineForm(AidForm):
    """The lawyer cannot take the matter."""

    title = _("Decline the matter")
    button = _("Decline")
    done = _("Declined. The centre chooses another lawyer.")
    stops = True
    sections = [("", ["reason"])]

    reason = LineField(label=_("Reason"), max_length=500)

    def do(self, *, at, by):
        return assignment.decline(self.row, **self.cleaned_data, at=at, by=by)


def _say(candidate):
    firm = candidate.lawyer.firm or gettext("employed by the centre")
    words = f"{candidate.lawyer.user}（{firm}） {candidate.reason}"
    if candidate.blocked:
        words = gettext("%(lawyer)s — cannot take it: %(why)s") % {
            "lawyer": words, "why": candidate.blocked
        }  # fmt: skip
    return words
