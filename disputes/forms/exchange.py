"""Forms about proof, for the mediator and for the commission alike."""

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.utils.translation import pgettext as p_

from disputes.domain import proof
from disputes.forms.acts import ActForm, PartyField
from disputes.forms.fields import DayField
from disputes.look.outline import party_name
from disputes.models import ProofOpinion

LINES = 4
PARTS = ("name", "purpose", "source", "pages", "is_original")


class ProofForm(ActForm):
    """What the forms about proof have in common."""

    @property
    def parties(self):
        """The parties of the case."""
        return self.proceeding.case.parties.order_by("pk")


class ProofListForm(ProofForm):
    """What the sides hand in: what is known of it already is ticked, the rest is written."""

    title = _("List of proof")
    intro = _(
        "Tick what is in the file already or was listed at the tier before; nothing is typed"
        " twice. Write down what was shown without a file. What comes after the period of proof"
        " is taken and marked."
    )
    done = _("The list is entered.")
    submitted_on = DayField(label=_("Handed in on"))
    known = forms.MultipleChoiceField(
        label=_("Known already"), required=False, widget=forms.CheckboxSelectMultiple
    )
    party = PartyField(label=_("The lines below were handed in by"), required=False)

    def prepare(self):
        self.fields["party"].queryset = self.parties
        self.fill(submitted_on=self.today)
        self.rows = {
            **{f"i{row.pk}": row for row in proof.items_ahead(self.proceeding)},
            **{f"m{row.pk}": row for row in proof.materials_ahead(self.proceeding)},
        }
        self.fields["known"].choices = [(key, _say(row)) for key, row in self.rows.items()]
        if not self.rows:
            del self.fields["known"]
        first = ["submitted_on", *(["known"] if self.rows else [])]
        self.spans = {**self.spans, "known": 6}
        self.sections = [(_("When, and what is known already"), first)]
        self.sections += [(_("Handed in without a file"), ["party"])]
        self.sections += [self._add_line(n) for n in range(1, LINES + 1)]

    def read(self, facts):
        lists = {}
        for key in facts.get("known", ()):
            row = self.rows[key]
            lists.setdefault(row.party, []).append(proof.line_of(row))
        lines = [self._read_line(n, facts) for n in range(1, LINES + 1)]
        written = [line for line in lines if line["name"]]
        if written:
            lists.setdefault(facts["party"], []).extend(written)
        return {"lists": list(lists.items()), "submitted_on": facts["submitted_on"]}

    def check(self, **facts):
        proof.check_lists(**facts, today=self.today)

    def clean(self):
        for n in range(1, LINES + 1):
            written = {part: self.cleaned_data.get(f"{part}_{n}") for part in PARTS}
            if any(written.values()) and not self.cleaned_data.get("party"):
                self.add_error("party", _("Fill this in."))
                break
            for part in ("name", "purpose"):
                if any(written.values()) and not written[part]:
                    self.add_error(f"{part}_{n}", _("Fill this in."))
        return super().clean()

    def _add_line(self, n):
        fields = {
            "name": forms.CharField(label=_("Name"), required=False, max_length=200),
            "purpose": forms.CharField(
                label=_("What it is to prove"), required=False, max_length=500
            ),
            "source": forms.CharField(label=_("Source"), required=False, max_length=200),
            "pages": forms.IntegerField(
                label=_("Pages of the material"), required=False, min_value=1, max_value=9999
            ),
            "is_original": forms.BooleanField(label=_("original seen"), required=False),
        }
        names = {f"{part}_{n}": field for part, field in fields.items()}
        self.fields.update(names)
        widths = {f"name_{n}": 2, f"purpose_{n}": 2, f"source_{n}": 1, f"pages_{n}": 1}
        self.spans = {**self.spans, **widths}
        return (_("Item %(number)s") % {"number": n}, list(names))

    @staticmethod
    def _read_line(n, facts):
        return {part: facts.get(f"{part}_{n}") for part in PARTS} | {"material": None}


class ExchangeForm(ProofForm):
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


class OpinionForm(ProofForm):
    """What one side says of the other's proof."""

    title = _("Opinion on the other side's proof")
    intro = _(
        "Item by item: confirmed, or disputed in its authenticity, legality or relevance, with the"
        " reason. Items without an answer stay open."
    )
    done = _("The opinions are recorded.")
    party = PartyField(label=_("Whose opinion"))
    said_on = DayField(label=_("Said on"))
    manner = forms.ChoiceField(
        label=pgettext_lazy("opinion on proof", "How it was said"),
        choices=ProofOpinion.Manner.choices,
        initial=ProofOpinion.Manner.TOGETHER,
        required=False,
    )

    def prepare(self):
        self.fields["party"].queryset = self.parties
        self.fill(said_on=self.today)
        self.sections = [(_("Whose opinion"), ["party", "said_on", "manner"])]
        self.items = self._open_items()
        self.sections += [self._add_item(item) for item in self.items]

    def read(self, facts):
        opinions = [self._read_item(item, facts) for item in self.items]
        return {
            "party": facts["party"],
            "said_on": facts["said_on"],
            "manner": facts["manner"] or ProofOpinion.Manner.TOGETHER,
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


def _say(row):
    """Return the words of a line that is known already: whose it is, its name, its purpose."""
    said = [f"{row.party.get_role_display()} {party_name(row.party)}", row.name, row.purpose]
    if row.pages:
        said.append(ngettext("%(n)d page", "%(n)d pages", row.pages) % {"n": row.pages})
    return p_("between facts", " · ").join(said)
