"""Which dates follow from filing: computed by the law before anything is filed."""

from dataclasses import dataclass
from datetime import timedelta

from disputes.domain.clocks import due_of
from disputes.models import Tier
from law.calendar import load_calendar
from law.deadlines import compute
from law.limitation import Interruption, Limitation, at_least_until
from law.refusals import LawRefusal
from law.rules import rule_on

# Which time limits filing sets going, by the tier where it is filed.
FOLLOWING = {
    Tier.ENTERPRISE: ("MED_ACCEPT", "MED_STAT_EXIT"),
    Tier.REGIONAL: ("MED_ACCEPT", "MED_STAT_EXIT"),
    Tier.ARBITRATION: ("ARB_ACCEPT",),
}


@dataclass(frozen=True)
class Forecast:
    """One date that will follow. *due* is what the law room answers for *rule*."""

    rule: object
    due: object

    @property
    def working_days(self):
        """The days counted, where they are few and are working days."""
        if self.rule.unit != "working_day":
            return []
        return [day.on for day in self.due.days if day.counted]

    @property
    def skipped(self):
        """The days between that do not count."""
        return [day.on for day in self.due.days if not day.counted]


def forecast(received_on, *, tier):
    """Return the ``Forecast`` list for an application received on the date *received_on*."""
    calendar = load_calendar()
    found = []
    for rule_id in FOLLOWING.get(tier, ()):
        try:
            rule = rule_on(rule_id, received_on)
            found.append(Forecast(rule, compute(rule, received_on, calendar)))
        except LawRefusal:
            continue
    return found


def limitation_at_least(*, occurred_on, received_on, today):
    """Return the ``Limitation`` of claims while an application is pending, seen on *today*.

    Applying on *received_on* interrupts what began on *occurred_on* (劳动争议调解仲裁法 article
    27), and it runs anew from the end of the handling: it lives at least as long as if that end
    were *today*. All are dates; None when the law holds no rule for the day.
    """
    try:
        rule = rule_on("LIMITATION", received_on)
    except LawRefusal:
        return None
    return at_least_until(
        rule,
        occurred_on or received_on,
        load_calendar(),
        [Interruption(received_on, None)],
        at=today,
    )


def limitation_of(case, deadline, *, today):
    """Return the ``Limitation`` of the open *case* as it stands on the date *today*.

    *deadline* is the clock of its limitation, or None. A clock that was started again or stood
    still says until when; one that was not is interrupted by the handling, and the claims live at
    least as long as if that ended *today*. None when the law holds no rule for the day.
    """
    if deadline is not None and _runs_anew(deadline):
        return Limitation(due_of(deadline))
    return limitation_at_least(
        occurred_on=case.occurred_on, received_on=case.received_on, today=today
    )


def _runs_anew(deadline):
    untouched = compute(deadline.rule, deadline.started_on, load_calendar())
    return deadline.due_nominal != untouched.nominal


def arbitration_open_from(received_on):
    """Return the day from which no settlement opens arbitration, as date, or None."""
    try:
        due = compute(rule_on("MED_STAT_EXIT", received_on), received_on, load_calendar())
    except LawRefusal:
        return None
    return due.legal + timedelta(days=1)
