"""The step in which the agreement is signed."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disputes.forms.fields import DayField, MoneyField
from disputes.forms.step import StepForm
from disputes.models import ClaimKind
from mediation.domain import agreements, bound, coworkers, sessions, signing
from mediation.forms.answers import ChoiceOfFew, WordsField
from mediation.models import Agreement
from mediation.models.agreement import ELEMENTS

WRITTEN = ("terms", "amount", "performance_by", "performance_mode")


class AgreementForm(StepForm):
    """The agreement and its four elements."""

    intro = _(
        "The agreement takes effect on the day of the last of four elements: the signatures of "
        "both parties and the mediator, and the seal (劳动争议调解仲裁法 article 14). Until then "
        "it is kept and this step stays open."
    )
    button = _("Save the agreement")
    ahead = ("performance_by",)
    sections = [
        (_("What was agreed"), ["terms", "amount", "confirms_relationship"]),
        (_("Performance"), ["performance_by", "performance_mode", "copies"]),
        (_("Signatures and seal"), [*ELEMENTS, "declined"]),
        (_("Copies"), ["handed_over"]),
    ]

    terms = WordsField(
        label=_("Terms"),
        rows=6,
        required=False,
        help_text=_("Who does what, how much, by when, and what happens otherwise."),
    )
    amount = MoneyField(label=_("Amount in all"), required=False)
    confirms_relationship = forms.BooleanField(
        label=_("The agreement confirms that there is a labour relation"),
        required=False,
        help_text=_(
            "Such an agreement cannot go to arbitration review (劳动人事争议仲裁办案规则 "
            "article 75)."
        ),
    )
    performance_by = DayField(label=_("To be performed by"), required=False)
    performance_mode = ChoiceOfFew(
        label=_("How"),
        choices=Agreement.Performance.choices,
        required=False,
        look="list",
    )
    copies = forms.IntegerField(
        label=_("Copies"),
        initial=3,
        max_value=99,
        widget=forms.NumberInput({"class": "fx-w-4", "min": 3}),
    )
    worker_signed_on = DayField(label=_("Signed by the worker on"), required=False)
    employer_signed_on = DayField(label=_("Signed or stamped by the employer on"), required=False)
    mediator_signed_on = DayField(label=_("Signed by the mediator on"), required=False)
    sealed_on = DayField(label=_("Sealed by the organisation on"), required=False)
    declined = forms.BooleanField(
        label=_("One side will not sign after all"),
        required=False,
        help_text=_("The mediation has then failed, and the next step records that."),
    )

    handed_over = forms.BooleanField(
        label=_("Handed over to each party and signed for"),
        required=False,
        initial=True,
        help_text=_(
            "Counts once the agreement is in force. Otherwise record the service of each copy: the"
            " case does not close before."
        ),
    )

    def prepare(self):
        known = agreements.of(self.proceeding)
        self.sides = []
        if known and known.effective_on:
            self._ask_only_for_service()
            return
        self._ask_each_employer(known)
        if coworkers.each_signs(self.proceeding.case):
            self._show_last_worker()
        if known:
            names = [name for name in self.base_fields if name in self.fields]
            names.remove("handed_over")
            self.fill(**{name: getattr(known, name) for name in names if name != "declined"})
            self.fill(**signing.signed_days(known))
            if known.term_rows.exists():
                # They follow from the terms, which have a page of their own.
                for name in WRITTEN:
                    self.fields[name].disabled = True
            return
        last = sessions.last_session(self.proceeding)
        claims = self.proceeding.case.claims.filter(kind=ClaimKind.RELATIONSHIP)
        self.fill(
            terms=last.proposal if last else "",
            confirms_relationship=claims.exists(),
        )

    def _ask_only_for_service(self):
        """The agreement is in force: only the service of its copies is open."""
        self.fields = {"handed_over": self.fields["handed_over"]}
        self.fields["handed_over"].help_text = ""
        self.sections = [self.sections[-1]]
        self.button = _("Close the case")
        self.intro = _(
            "The agreement is in force. The case closes when each party has its copy: tick it, or"
            " record the service under “Service of papers”."
        )

    def _ask_each_employer(self, known):
        """Ask for the day of each of several employers, and whether it is bound."""
        proceeding = self.proceeding
        sides = (signing.signed_sides if known else bound.sides_of)(proceeding, known)
        self.sides = sides
        if not sides:
            return
        del self.fields["employer_signed_on"]
        for side in sides:
            day, unbound = side.fields
            name = {"name": side.party.name}
            self.fields[day] = DayField(
                label=gettext("Signed or stamped by %(name)s on") % name, required=False
            )
            self.fields[unbound] = forms.BooleanField(
                label=gettext("The agreement does not bind %(name)s") % name, required=False
            )
            self.fill(**{day: side.signed_on, unbound: not side.bound or None})
        self._end_days_today()
        names = [name for side in sides for name in side.fields]
        of_others = [name for name in ELEMENTS if name != "employer_signed_on"]
        self.sections = [
            *self.sections[:2],
            (_("Signatures and seal"), [of_others[0], *names, *of_others[1:], "declined"]),
            self.sections[-1],
        ]

    def _show_last_worker(self):
        """Of several workers each signs, which stands on the roster: the last day follows."""
        field = self.fields["worker_signed_on"]
        field.label, field.disabled = _("Last of the workers signed on"), True
        field.help_text = coworkers.EachWorkerSigns.sentence
        self.fill(worker_signed_on=coworkers.day_of(self.proceeding))

    def _sides_said(self, cleaned):
        said = [(side.party, [cleaned.pop(name) for name in side.fields]) for side in self.sides]
        return [bound.Side(party, day, not unbound) for party, (day, unbound) in said]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and "terms" in self.fields:
            if self.sides:
                cleaned["employers"] = self._sides_said(cleaned)
                cleaned["employer_signed_on"] = None
            self.ask(agreements.check_agreement, **cleaned)
        return cleaned
