"""Whether a time limit may be extended, asked before the extension enters the log of its clock."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from law.clock import ClockEvent
from law.deadlines import Due, compute
from law.explanation import say_length
from law.refusals import ExtensionRefused


def extend_due(
    rule,
    start: date,
    calendar,
    events: Iterable[ClockEvent] = (),
    *,
    on: date,
    amount: int | None = None,
    approved_by: str,
    length: int | None = None,
) -> Due:
    """Return the `Due` of *rule* once extended on the day *on* by *amount*, or by the usual length.

    *length* is that of the time limit itself, where the rule has none. Raises ExtensionRefused
    when the law knows no extension, nobody *approved_by* name granted it (调解仲裁法43 and the
    like), the limit had ended, or the cap is exceeded.
    """
    if not rule.may_be_extended:
        raise ExtensionRefused(_("The law knows no extension of “%(title)s”.") % _words(rule))
    if not approved_by:
        raise ExtensionRefused(_("An extension needs the approval of: %(approver)s") % _words(rule))
    wanted = amount or rule.extension_amount
    if not wanted:
        raise ExtensionRefused(_("Enter by how much “%(title)s” is extended.") % _words(rule))
    due = compute(rule, start, calendar, (*events, ClockEvent("extend", on, wanted)), length)
    _check(rule, next(s for s in reversed(due.steps) if s.kind.startswith("extend")))
    return due


def _check(rule, step):
    if step.kind == "extend_late":
        raise ExtensionRefused(_("“%(title)s” had ended before it was extended.") % _words(rule))
    if step.kind == "extend_capped":
        length = say_length(rule.extension_cap, rule.extension_unit)
        raise ExtensionRefused(
            _("“%(title)s” may be extended by %(length)s in all.")
            % (_words(rule) | {"length": length})
        )


def _words(rule):
    return {"title": rule.title, "approver": rule.extension_approver}
