"""Bring the database's law to the state of the files, without touching what people entered."""

from dataclasses import dataclass

from django.db import connection, transaction

from law import edition, source
from law.holidays import store_notice
from law.models import CalendarDay, DeadlineRule, HolidayNotice, LocalParameter


@dataclass(frozen=True)
class Change:
    """One thing that loading did: *what* (model name), *key*, and *done* ("added", "changed")."""

    what: str
    key: str
    done: str

    def __str__(self):
        return f"{self.done} {self.what} {self.key}"


@transaction.atomic
def load_law():
    """Load holidays, time limits and parameters from the files; return the list of `Change`s.

    Idempotent: a second run returns []. Years whose notice a person entered, and the end dates
    that a newer row gave to an older one, stay as they are. Nothing is deleted.
    """
    changes = _load_calendar() + _load_rules() + _load_parameters()
    if changes:
        edition.recheck()
    return changes


def load_when_empty(**kwargs):
    """Give a freshly migrated database its law: the receiver of `post_migrate`."""
    tables = connection.introspection.table_names()
    if {"law_holidaynotice", "law_deadlinerule", "law_localparameter"} <= set(tables):
        edition.recheck()
        if not HolidayNotice.objects.exists():
            load_law()


def _load_calendar():
    notices, days = source.read_calendar()
    known = {notice.year: notice for notice in HolidayNotice.objects.all()}
    stored = {
        day: (kind, year)
        for day, kind, year in CalendarDay.objects.values_list("date", "kind", "notice__year")
    }
    changes = []
    for year, (number, origin) in sorted(notices.items()):
        # A later notice may have taken over a day at the end of the year.
        wanted = {
            day: kind
            for day, (kind, of_year) in days.items()
            if of_year == year and stored.get(day, (kind, year))[1] == year
        }
        found = {day: kind for day, (kind, of_year) in stored.items() if of_year == year}
        changes += _load_year(known.get(year), year, number, origin, wanted, found)
    return changes


def _load_year(notice, year, number, origin, wanted, found):
    """Store the notice of *year* unless a person entered it or nothing of it differs."""
    if notice and (notice.entered_at or (notice.source, origin) == ("notice", "package")):
        return []
    if notice and (notice.number, notice.source, found) == (number, origin, wanted):
        return []
    _row, created = store_notice(year, wanted, number=number, source=origin)
    return [Change("holiday notice", str(year), "added" if created else "changed")]


def _load_rules():
    known = {(rule.rule_id, rule.in_force.lower): rule for rule in DeadlineRule.objects.all()}
    return _load_rows(
        DeadlineRule,
        known,
        source.read_rules(),
        lambda row: (row["rule_id"], row["in_force"].lower),
    )


def _load_parameters():
    known = {
        (p.name, p.region, p.county, p.in_force.lower): p for p in LocalParameter.objects.all()
    }
    return _load_rows(
        LocalParameter,
        known,
        source.read_parameters(),
        lambda row: (row["name"], row["region"], row["county"], row["in_force"].lower),
    )


def _load_rows(model, known, rows, key_of):
    changes = []
    for row in rows:
        key = key_of(row)
        done = _load_row(model, known.get(key), row)
        if done:
            changes.append(Change(str(model._meta.model_name), " ".join(map(str, key)), done))
    return changes


def _load_row(model, stored, row):
    """Create *row*, or bring *stored* to it; return what was done, "" for nothing."""
    if stored is None:
        model.objects.create(**row)
        return "added"
    if stored.in_force.upper is not None:
        row = row | {"in_force": stored.in_force}
    different = [name for name, value in row.items() if getattr(stored, name) != value]
    for name in different:
        setattr(stored, name, row[name])
    if different:
        stored.save(update_fields=different)
    return "changed" if different else ""
