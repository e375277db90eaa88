"""The three lines of defence as steps and as bars."""

from django.utils.translation import gettext as _

from disputes.look.words import say_tier

STATES = ("done", "now", "next", "skipped")


def complete(steps):
    """Return three steps for tiers 1 to 3 from *steps*, filling in those not given.

    Each is a mapping or an object with `tier` and any of `state` (done, now, next, skipped),
    `office`, `dates`, `outcome`, `note`, `url`. A tier below the highest reached that is not
    given was skipped; the third always says that a party may go there at any time.
    """
    given = {int(_get(step, "tier")): step for step in steps}
    highest = max(given, default=0)
    return [_step(tier, given.get(tier), highest) for tier in (1, 2, 3)]


def _step(tier, step, highest):
    state = _get(step, "state") or ("next" if tier > highest else "skipped")
    lines = [str(_get(step, name) or "") for name in ("office", "dates", "outcome", "note")]
    if step is None:
        lines.append(_("not gone through") if state == "skipped" else "")
    if tier == 3 and state == "next":
        lines += [
            _("A party may apply at any time"),
            _("without waiting for mediation to end"),
        ]
    return {
        "tier": tier,
        "name": say_tier(tier),
        "state": state,
        "lines": [line for line in lines if line],
        "url": _get(step, "url") or "",
    }


def bars(tier, passed=()):
    """Return the classes of three bars: is-past, is-now or "" each."""
    passed = {int(number) for number in passed}
    return [
        "is-now" if number == tier else "is-past" if number in passed else ""
        for number in (1, 2, 3)
    ]


def _get(step, name):
    if step is None:
        return None
    return step.get(name) if isinstance(step, dict) else getattr(step, name, None)
