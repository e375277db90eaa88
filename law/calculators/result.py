"""What every calculator answers: an amount, rounded once, and how it came about."""

from dataclasses import dataclass, field
from decimal import Decimal

from law.numbers import round_yuan


@dataclass(frozen=True)
class Line:
    """One line of the trace: a translated sentence and the article it rests on."""

    text: str
    article: str = ""


@dataclass(frozen=True)
class Result:
    """*amount* in yuan with two places; *trace* in the order of the calculation; *facts* the
    figures on the way, unrounded unless they are money shown to people; *warnings* translated
    sentences about what a lawyer should look at.
    """

    amount: Decimal
    trace: tuple[Line, ...]
    facts: dict = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def finish(amount, lines, facts=None, warnings=()):
    """Return the `Result` of the unrounded *amount*: here, and only here, it is rounded."""
    return Result(round_yuan(amount), tuple(lines), dict(facts or {}), tuple(warnings))
