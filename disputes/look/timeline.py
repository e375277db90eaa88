"""Entries of a timeline as lines of a page."""

import re
from datetime import date

from django.utils.translation import gettext as _

from disputes.look.words import as_day, say_day, say_time

ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")

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
        "title": ISO_DAY.sub(lambda found: _say_iso(found[0], today), entry.title),
        "secret": getattr(entry, "secret", "") or _("Mediation secret"),
        "stays": getattr(entry, "stays", "") or _("Does not travel with the case to arbitration."),
        "day": _say_day(entry.at, today),
        "time": say_time(entry.at),
        "icon": getattr(entry, "icon", "") or ICONS.get(kind, "edit"),
        "meta": getattr(entry, "meta", "") or _say_who(entry),
        "links": getattr(entry, "links", ()) or (),
    }


def _say_day(moment, today):
    return _("Today") if as_day(moment) == today else say_day(moment, today=today)


def _say_iso(text, today):
    try:
        return say_day(date.fromisoformat(text), today=today)
    except ValueError:
        return text


def _say_who(entry):
    actor = getattr(entry, "actor", None)
    return str(actor) if actor else ""
