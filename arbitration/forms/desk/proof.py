"""Forms about proof."""

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from arbitration.domain import handover, proof
from arbitration.forms.base import LINE
from arbitration.forms.desk.base import DeskForm, PartyField
from arbitration.models import ProofOpinion
from disputes.forms.fields import DayField

LINES = 6
PARTS = ("name", "purpose", "source", "pages", "is_original", "material")


class ProofPeriodForm(DeskForm):
    """Until when proof is taken."""

    title = _("Period of proof")
    intro = _(
        "Until its last day the parties hand in proof, and the applicant may add or change claims."
        " It is moved before it ends, with a reason."
    )
    done = _("The period of proof is set.")
    spans = {"reason": 6}
    until = DayField(label=_("Last day"))
    notified_on = DayField(label=_("Parties notified on"))
    reason = forms.CharField(
        label=_("Why it is moved"),
        required=False,
        max_length=LINE,
        help_text=_("Only when one was set before."),
    )

    def prepare(self):
        self.fill(notified_on=self.today)

    def check(self, **facts):
        proof.check_period(self.proceeding, **facts, today=self.today)


class ProofListForm(DeskForm):
    """What one side hands in."""

    title = _("List of proof")
    intro = _(
        "Enter what a party handed in, line by line: what it is and what it is to prove. What"
        " comes after the period is taken and marked."
    )
    done = _("The list is entered.")
    party = PartyField(label=_("Handed in by"))
    submitted_on = DayField(label=_("Handed in on"))

    def prepare(self):
        self.fields["party"].queryset = self.parties
        self.fill(submitted_on=self.today)
        materials = handover.materials_for(self.proceeding)
        self.sections = [(_("Who and when"), ["party", "submitted_on"])]
        self.sections += [self._add_line(n, materials) for n in range(1, LINES + 1)]

    def read(self, facts):
        items = [self._read_line(n, facts) for n in range(1, LINES + 1)]
        return {
            "party": facts["party"],
            "submitted_on": facts["submitted_on"],
            "items": [item for item in items if item["name"]],
        }

    def check(self, party, **facts):
        proof.check_list(self.proceeding, **facts, today=self.today)

    def clean(self):
        for n in range(1, LINES + 1):
            written = {part: self.cleaned_data.get(f"{part}_{n}") for part in PARTS}
            for part in ("name", "purpose"):
                if any(written.values()) and not written[part]:
                    self.add_error(f"{part}_{n}", _("Fill this in."))
        return super().clean()

    def _add_line(self, n, materials):
        fields = {
            "name": forms.CharField(label=_("Name"), required=False, max_length=200),
            "purpose": forms.CharField(
                label=_("What it is to prove"), required=False, max_length=500
            ),
            "source": forms.CharField(label=_("Source"), required=False, max_length=200),
            "pages": forms.IntegerField(
                label=_("Pages"), required=False, min_value=1, max_value=9999
            ),
            "material": forms.ModelChoiceField(
                label=_("Material in the file"),
                queryset=materials,
                required=False,
                empty_label=_("none"),
            ),
            "is_original": forms.BooleanField(label=_("original seen"), required=False),
        }
        names = {f"{part}_{n}": field for part, field in fields.items()}
        self.fields.update(names)
        widths = {f"name_{n}": 3, f"purpose_{n}": 3, f"source_{n}": 2, f"pages_{n}": 1}
        self.spans = {**self.spans, **widths, f"material_{n}": 3}
        return (_("Item %(number)s") % {"number": n}, list(names))

    @staticmethod
    def _read_line(n, facts):
        return {part: facts.get(f"{part}_{n}") for part in PARTS}


class ExchangeForm(DeskForm):
    """The other side gets it."""

    title = _("Pass proof to the other side")
    intro = _("Everything that this party handed in and the other side has not got yet.")
    button = _("Record")
    done = _("The exchange is recorded.")
    party = PartyField(label=_("Handed in by"))
    exchanged_on = DayField(label=_("Passed on"))

    def prepare(self):
        waiting = self.proceeding.proof_items.filter(exchanged_on__isnull=True)
        self.fields["party"].queryset = self.parties.filter(pk__in=waiting.values("party"))
        self.fill(exchanged_on=self.today)

    def check(self, **facts):
        proof.check_exchange(self.proceeding, **facts, today=self.today)


class OpinionForm(DeskForm):
    """What one side says of the other's proof; *party* comes with the address."""

    title = _("Opinion on the other side's proof")
    intro = _(
        "Item by item: confirmed, or disputed in its authenticity, legality or relevance, with the"
        " reason. Items without an answer stay open."
    )
    done = _("The opinions are recorded.")
    party = PartyField(label=_("Whose opinion"))
    said_on = DayField(label=_("Said on"))

    def prepare(self):
        self.fields["party"].queryset = self.parties
        self.fill(said_on=self.today)
        self.sections = [(_("Whose opinion"), ["party", "said_on"])]
        self.items = self._open_items()
        self.sections += [self._add_item(item) for item in self.items]

    def read(self, facts):
        opinions = [self._read_item(item, facts) for item in self.items]
        return {
            "party": facts["party"],
            "said_on": facts["said_on"],
            "opinions": [each for each in opinions if each["opinion"]],
        }

    def check(self, **facts):
        proof.check_opinions(self.proceeding, **facts, today=self.today)

    def _open_items(self):
        """Return the items on which not everybody of the other sides has spoken."""
        roles = [party.role for party in self.parties]
        items = self.proceeding.proof_items.select_related("party").order_by("party", "number")
        return [
            item
            for item in items.annotate(answers=Count("opinions"))
            if item.answers < sum(role != item.party.role for role in roles)
        ]

    def _add_item(self, item):
        fields = {
            "opinion": forms.ChoiceField(
                label=_("Answer of the other side"),
                required=False,
                choices=[("", _("not said")), *ProofOpinion.Opinion.choices],
                widget=forms.RadioSelect,
            ),
            "doubts_authenticity": forms.BooleanField(label=_("authenticity"), required=False),
            "doubts_legality": forms.BooleanField(label=_("legality"), required=False),
            "doubts_relevance": forms.BooleanField(label=_("relevance"), required=False),
            "reason": forms.CharField(label=_("Reason"), required=False, max_length=500),
        }
        names = {f"{part}_{item.pk}": field for part, field in fields.items()}
        self.fields.update(names)
        widths = {f"{part}_{item.pk}": 2 for part in proof.DOUBTS}
        self.spans = {**self.spans, **widths, f"opinion_{item.pk}": 6, f"reason_{item.pk}": 6}
        title = f"{item.party.get_role_display()} {item.number} {item.name}"
        return (title, list(names), item.purpose)

    @staticmethod
    def _read_item(item, facts):
        parts = ("opinion", *proof.DOUBTS, "reason")
        return {"item": item} | {part: facts.get(f"{part}_{item.pk}") for part in parts}
