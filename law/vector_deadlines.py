"""Worked examples of time limits: read the event that starts the rule, write its dates."""

from law.calendar import ONE_DAY
from law.clock import ClockEvent
from law.deadlines import compute
from law.limitation import Interruption, compute_limitation
from law.numbers import day, flag, whole
from law.rules import anchor_of, rule_on

_LENGTHS = ("working_days", "days", "months", "years")


def time_limit(rule_id, inputs, calendar):
    """Answer any rule of the table: `due_nominal`, `due_legal`, and `due_extended` if known."""
    rule, start = _start(rule_id, inputs)
    outputs = write(compute(rule, start, calendar, (), _length(inputs)))
    if rule.extension_amount and flag(inputs.get("extended", True)):
        outputs["due_extended"] = write(_extended(rule, start, calendar, inputs))["due_legal"]
    return outputs


def write(due):
    """Return the dates of *due* as outputs; nothing firm in a year without a notice."""
    if not due.provisional:
        return {
            "due_nominal": due.nominal.isoformat(),
            "due_legal": due.legal.isoformat(),
            "internal_target": due.alarm.isoformat(),
        }
    return {
        "due_nominal": due.nominal.isoformat(),
        "due_legal": None,
        "internal_target": None,
        **_provisional(due.missing_year, due.legal),
    }


def _provisional(year, due):
    return {
        "status": f"CALENDAR_MISSING_{year}",
        "provisional_due": due.isoformat(),
        "provisional_basis": f"Mon-Fri, 仅排除{year}-01-01",
    }


def _start(rule_id, inputs, key=None):
    """Return (rule in force, day of the starting event)."""
    key = key or anchor_of(rule_id)
    start = day(inputs.get(key), key)
    return rule_on(rule_id, start), start


def _length(inputs):
    """Return the length that the example itself gives, or None for that of the rule."""
    return next((whole(inputs[key], key) for key in _LENGTHS if key in inputs), None)


def _extended(rule, start, calendar, inputs):
    return compute(rule, start, calendar, (ClockEvent("extend", start),), _length(inputs))


def _hearing(inputs, calendar):
    outputs = time_limit("ARB_HEARING_NOTICE", inputs, calendar)
    rule, hearing = _start("ARB_POSTPONE", inputs)
    postpone = write(compute(rule, hearing, calendar))
    return outputs | {
        "latest_notice_served": outputs["due_legal"],
        "latest_postpone_request": postpone["due_legal"],
    }


def _statutory_exit(inputs, calendar):
    rule, start = _start("MED_STAT_EXIT", inputs)
    due = compute(rule, start, calendar, (), _length(inputs))
    from_day = None if due.provisional else (due.legal + ONE_DAY).isoformat()
    return write(due) | {"party_may_arbitrate_from": from_day}


def _platform(inputs, calendar):
    outputs = time_limit("PLATFORM_MED_CLOSE", inputs, calendar)
    if not flag(inputs.get("mutual_extension", True)):
        return outputs | {"max_extended_nominal": None, "max_extended_legal": None}
    rule, start = _start("PLATFORM_MED_CLOSE", inputs)
    longest = write(_extended(rule, start, calendar, inputs))
    return outputs | {
        "max_extended_nominal": longest["due_nominal"],
        "max_extended_legal": longest["due_legal"],
    }


def _award_restarted(inputs, calendar):
    rule, start = _start("ARB_AWARD", inputs)
    restart = ClockEvent("restart", day(inputs.get("amended_claim_accepted"), "amended_claim"))
    return write(compute(rule, start, calendar, (restart,)))


def _award_suspended(inputs, calendar):
    rule, start = _start("ARB_AWARD", inputs)
    events, excluded = _suspension(inputs)
    return write(compute(rule, start, calendar, events)) | {"excluded_days": excluded}


def _suspension(inputs):
    """Return (clock events, number of days) of a suspension, first and last day included."""
    since = day(inputs.get("suspended_from"), "suspended_from")
    resumed = day(inputs.get("suspended_to"), "suspended_to") + ONE_DAY
    return (ClockEvent("suspend", since), ClockEvent("resume", resumed)), (resumed - since).days


def _limitation_interrupted(inputs, calendar):
    rule, since = _start("LIMITATION", inputs)
    ended = inputs.get("mediation_failed")
    ended = day(ended, "mediation_failed") if ended else None
    began = inputs.get("mediation_accepted")
    began = day(began, "mediation_accepted") if began or not ended else ended
    interruption = Interruption(began, ended)
    return write(compute_limitation(rule, since, calendar, (interruption,)).due)


def _limitation_suspended(inputs, calendar):
    rule, since = _start("LIMITATION", inputs)
    events, excluded = _suspension(inputs)
    limitation = compute_limitation(rule, since, calendar, (), events)
    return write(limitation.due) | {"excluded_days": excluded}


def _limitation_of_wages(inputs, calendar):
    if not inputs.get("employment_ended"):
        return {"due_nominal": None, "due_legal": None}
    rule, ended = _start("LIMITATION_WAGE", inputs)
    return write(compute_limitation(rule, ended, calendar).due)


def _calendar_guard(inputs, calendar):
    start = day(inputs.get("start"), "start")
    due = calendar.workday_after(start, _length(inputs))
    missing = calendar.missing_year(start + ONE_DAY, due)
    if missing is None:
        return {"status": "OK", "due_nominal": due.isoformat(), "due_legal": due.isoformat()}
    return {"due_legal": None, **_provisional(missing, due)}


def _day_types(inputs, calendar):
    outputs = {}
    for value in inputs.get("dates", ()):
        on = day(value, "dates")
        known = calendar.has_notice(on.year)
        outputs[value] = str(calendar.day_type(on)) if known else None
        if not known:
            outputs["status"] = f"CALENDAR_MISSING_{on.year}"
    return outputs


EVALUATORS = {
    "ARB_HEARING_NOTICE": _hearing,
    "MED_STAT_EXIT": _statutory_exit,
    "PLATFORM_MED_CLOSE": _platform,
    "ARB_AWARD_RESTART": _award_restarted,
    "ARB_AWARD_SUSPEND": _award_suspended,
    "LIMITATION_INTERRUPT": _limitation_interrupted,
    "LIMITATION_SUSPEND": _limitation_suspended,
    "LIMITATION_WAGE": _limitation_of_wages,
    "CALENDAR_GUARD": _calendar_guard,
    "DAY_TYPE": _day_types,
}
