"""Evaluate a worked example: a rule's id and inputs as JSON in, its outputs as JSON out.

A thin adapter: every answer comes from the functions that the product itself uses. What it adds
is the reading of words and keys, and the writing of dates and money.
"""

from dataclasses import dataclass

from law import vector_amounts, vector_classes, vector_deadlines
from law.refusals import LawRefusal

EVALUATORS = {
    **vector_deadlines.EVALUATORS,
    **vector_classes.EVALUATORS,
    **vector_amounts.EVALUATORS,
}


@dataclass(frozen=True)
class Miss:
    """An output *key* of the example *id* of *rule* that is not as *expected*."""

    id: str
    rule: str
    key: str
    expected: object
    got: object

    def __str__(self):
        return f"{self.id} {self.rule} {self.key}: expected {self.expected!r}, got {self.got!r}"


def evaluate(rule, inputs, calendar):
    """Return the outputs of *rule* for *inputs* as a dict of JSON values.

    A key that is null counts as absent. Raises LawRefusal with a sentence when the rule is not
    known or the inputs do not do.
    """
    given = {key: value for key, value in inputs.items() if value is not None}
    if rule in EVALUATORS:
        return EVALUATORS[rule](given, calendar)
    return vector_deadlines.time_limit(rule, given, calendar)


def check(example, calendar):
    """Return the `Miss`es of *example*, a dict with id, rule, inputs and expected."""
    id_, rule = str(example.get("id", "?")), str(example.get("rule", "?"))
    try:
        outputs = evaluate(rule, example["inputs"], calendar)
    except (
        LawRefusal,
        LookupError,
        ArithmeticError,
        ValueError,
        TypeError,
        AttributeError,
    ) as error:
        return [Miss(id_, rule, "inputs", "an answer", f"{type(error).__name__}: {error}")]
    return [
        Miss(id_, rule, key, expected, outputs.get(key, "no such output"))
        for key, expected in example["expected"].items()
        if not _same(expected, outputs.get(key, "no such output"))
    ]


def _same(expected, got):
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(_same, expected, got))
    return expected == got
