"""The calculator of time limits: a rule and a day."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from law.clock import ClockEvent
from law.deadlines import compute
from law.explanation import explain
from law.forms.base import Calculator
from law.forms.fields import CountField, DayField
from law.models import DeadlineRule
from law.rules import rule_ids, rule_on, rules_of


class DeadlineCalculator(Calculator):
    """When a time limit ends."""

    name = "deadline"
    title = _("When does a time limit end?")
    intro = _("Choose a time limit and the day from which it runs. Every day is shown with why.")
    sections = [
        (_("Time limit"), ["rule", "start", "amount"]),
        (
            _("If the clock stood still"),
            ["suspended_from", "resumed_on"],
            _("only where the law knows it"),
        ),
    ]
    spans = {"rule": 6}

    rule = forms.ChoiceField(label=_("Time limit"))
    start = DayField(
        label=_("Day of the event"),
        help_text=_("The event that is named after the dash. This day itself is not counted."),
    )
    amount = CountField(
        label=_("Length"),
        most=3650,
        required=False,
        help_text=_("Only where the parties or a letter set it, in the unit of the time limit."),
    )
    suspended_from = DayField(label=_("First day that does not count"), required=False)
    resumed_on = DayField(label=_("First day that counts again"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["rule"].choices = [("", _("choose")), *_grouped_rules()]

    def clean(self):
        cleaned = super().clean()
        self.refuse_disorder("start", "suspended_from")
        self.refuse_disorder("suspended_from", "resumed_on")
        if cleaned.get("resumed_on") and "suspended_from" not in self.errors:
            self.need("suspended_from")
        rule_id = cleaned.get("rule")
        if rule_id and rules_of(rule_id)[-1].amount is None:
            self.need("amount")
        elif cleaned.get("amount"):
            self.add_error("amount", gettext("Leave this empty: the law fixes the length."))
        if cleaned.get("amount") == 0:
            self.add_error("amount", gettext("The length must be at least 1."))
        return cleaned

    def answer(self, calendar):
        """Return the ``Explanation`` of the time limit; raises ``LawRefusal``."""
        asked = self.cleaned_data
        rule = rule_on(asked["rule"], asked["start"])
        return explain(
            rule, compute(rule, asked["start"], calendar, self._events(), asked["amount"])
        )

    def _events(self):
        asked = self.cleaned_data
        kinds = (("suspend", asked["suspended_from"]), ("resume", asked["resumed_on"]))
        return [ClockEvent(kind, on) for kind, on in kinds if on]


def _grouped_rules():
    """Return the time limits as choices, by stage."""
    latest = [rules_of(rule_id)[-1] for rule_id in rule_ids()]
    groups = []
    for stage in DeadlineRule.Stage:
        rules = [rule for rule in latest if rule.stage == stage]
        if rules:
            named = [(rule.rule_id, f"{rule.title} — {rule.anchor_zh}") for rule in rules]
            groups.append((stage.label, named))
    return groups
