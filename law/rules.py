"""Find the time limit that is in force on a day."""

from law.edition import kept_while_unchanged
from law.refusals import NoRuleInForce


@kept_while_unchanged("rules")
def _rules_by_id():
    from law.models import DeadlineRule

    by_id = {}
    for rule in DeadlineRule.objects.order_by("rule_id", "in_force"):
        by_id.setdefault(rule.rule_id, []).append(rule)
    return by_id


def rule_ids():
    """Return the ids of all time limits, in force or not, ascending."""
    return tuple(_rules_by_id())


def rule_on(rule_id, on):
    """Return the `DeadlineRule` *rule_id* in force on the `date` *on*.

    Raises NoRuleInForce when the id is unknown or no row covers the day. The row is shared by
    all callers of the process: do not change it.
    """
    for rule in rules_of(rule_id):
        if _covers(rule.in_force, on):
            return rule
    raise NoRuleInForce(rule_id, on)


def rules_of(rule_id):
    """Return the versions of the rule *rule_id*, the latest last; raises NoRuleInForce."""
    rows = _rules_by_id().get(rule_id)
    if rows is None:
        raise NoRuleInForce(rule_id)
    return tuple(rows)


def anchor_of(rule_id):
    """Return the code of the event that starts the rule *rule_id*; raises NoRuleInForce."""
    return rules_of(rule_id)[-1].anchor


def _covers(period, day):
    return period.lower <= day and (period.upper is None or day < period.upper)
