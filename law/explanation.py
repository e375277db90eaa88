"""Say in words how a time limit was counted: what the explain sheet shows and prints."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from law.day_list import CountedDay
from law.deadlines import Due, Step


@dataclass(frozen=True)
class Explanation:
    """A time limit, line by line; every text is translated or an article in Chinese."""

    title: str
    article: str
    instrument: str
    anchor: str
    actor: str
    expiry: str
    length: str
    lines: tuple[tuple[date, str], ...]
    days: tuple[CountedDay, ...]
    due: Due

    @property
    def counted(self):
        """How many of the days were counted."""
        return sum(day.counted for day in self.days)


def explain(rule, due: Due) -> Explanation:
    """Return the `Explanation` of *due*, which `compute` counted under *rule*."""
    return Explanation(
        title=rule.title,
        article=rule.article,
        instrument=rule.instrument,
        anchor=rule.anchor_zh,
        actor=rule.actor,
        expiry=rule.expiry,
        length=say_length(due.run.length, due.run.unit),
        lines=tuple((step.on, say_step(step, rule)) for step in due.steps),
        days=due.days,
        due=due,
    )


def say_length(amount: int, unit: str) -> str:
    """Return *amount* units in words: "15 calendar days"."""
    words = {
        "working_day": ngettext("%(amount)s working day", "%(amount)s working days", amount),
        "calendar_day": ngettext("%(amount)s calendar day", "%(amount)s calendar days", amount),
        "month": ngettext("%(amount)s month", "%(amount)s months", amount),
        "year": ngettext("%(amount)s year", "%(amount)s years", amount),
    }
    return words[unit] % {"amount": amount}


def say_step(step: Step, rule) -> str:
    """Return the translated sentence for one `Step` of a time limit under *rule*."""
    backward = rule.direction == "backward"
    sentences = {
        "start": _("%(anchor)s; this day is not counted.") % {"anchor": rule.anchor_zh},
        "restart": _("The time limit starts again; this day is not counted."),
        "suspend": _("The clock stops; from this day on nothing is counted."),
        "resume": _("The clock goes on; this day is counted again."),
        "stop": _("The time limit was met or ended."),
        "extend": _("Extended by %(length)s.") % {"length": _length_of(step)},
        "extend_capped": _("Extended by %(length)s only: the law allows no more.")
        % {"length": _length_of(step)},
        "extend_late": _("An extension after the end has no effect."),
        "count": (_("%(length)s before it.") if backward else _("%(length)s are complete."))
        % {"length": _length_of(step)},
        "roll": _("The last day is off, so the time limit ends on the next working day."),
        "open": _("The clock stands still: the date shown is the earliest possible one."),
        "provisional": _("Provisional: the holiday notice for %(year)s is not known yet.")
        % {"year": step.amount},
    }
    sentence = sentences[step.kind]
    if not step.reason:
        return sentence
    return _("%(sentence)s Reason: %(reason)s") % {"sentence": sentence, "reason": step.reason}


def _length_of(step):
    return say_length(step.amount, step.unit) if step.amount is not None and step.unit else ""
