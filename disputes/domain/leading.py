"""Which of a case's clocks its office works to."""

from disputes.models.deadline import NOT_OURS


def is_ours(deadline):
    """Return whether the office that handles the case has to act by *deadline*."""
    rule = deadline.rule
    return deadline.proceeding_id is not None and not (rule.party_right or rule.rule_id in NOT_OURS)


def leading_deadline(deadlines):
    """Return the clock that runs out first among those the office works to, or None.

    *deadlines* are those of one case with their rules; suspended ones come after running ones.
    """
    running = [row for row in deadlines if row.ended_on is None and is_ours(row)]
    return min(running, key=lambda row: (row.state == "suspended", row.alarm_on), default=None)
