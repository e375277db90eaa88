"""Entries of a timeline as lines of a page."""

from django.utils.translation import gettext as _

from disputes.look.words import as_day, say_day, say_time

ICONS = {
    "course": "check",
    "paper": "file",
    "meeting": "talk",
    "call": "phone",
    "visit": "home",
    "note": "edit",
    "clock": "clock",
}


def lines(entries, today):
    """Return a list of mappings for templates/_timeline.html, days said relative to *today*.

    An entry has `at` (aware datetime) and `title`, and any of `kind`, `icon`, `text`, `meta`,
    `key`, `confidential`, `links`.
    """
    return [_line(entry, today) for entry in entries]


def _line(entry, today):
    kind = str(getattr(entry, "kind", "") or "")
    return {
        "entry": entry,
        "day": _say_day(entry.at, today),
        "time": say_time(entry.at),
        "icon": getattr(entry, "icon", "") or ICONS.get(kind, "edit"),
        "meta": getattr(entry, "meta", "") or _say_who(entry),
        "links": getattr(entry, "links", ()) or (),
    }


def _say_day(moment, today):
    return _("Today") if as_day(moment) == today else say_day(moment, today=today)


def _say_who(entry):
    actor = getattr(entry, "actor", None)
    return str(actor) if actor else ""
