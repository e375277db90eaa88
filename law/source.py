"""Read the files that come with the product: holidays, time limits, local parameters."""

import csv
import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.db.backends.postgresql.psycopg_any import DateRange

DATA = Path(__file__).resolve().parent / "data"
FIRST_PACKAGE_YEAR = 2008
# Since this year there are 13 statutory holidays (全国年节及纪念日放假办法, as of 2024).
FIRST_FESTIVAL_YEAR = 2025


def read_calendar():
    """Return (notices, days): {year: (number, source)} and {date: (kind, year)}.

    The years of data/calendar.json are the State Council's notices; earlier years, back to 2008,
    come from the chinesecalendar package, with our own list of the statutory holidays.
    """
    facts = _facts()
    notices, days = {}, {}
    _read_package(facts, notices, days)
    for year, notice in facts["notices"].items():
        notices[int(year)] = (notice["number"], "notice")
        for kind in ("off", "makeup", "statutory"):
            days |= {date.fromisoformat(day): (kind, int(year)) for day in notice[kind]}
    return notices, days


def _read_package(facts, notices, days):
    import chinese_calendar
    from chinese_calendar.constants import holidays, workdays

    first_notice = min(map(int, facts["notices"]))
    years = range(FIRST_PACKAGE_YEAR, first_notice)
    version = getattr(chinese_calendar, "__version__", "1.11.0")
    notices |= dict.fromkeys(years, (f"chinesecalendar {version}", "package"))
    days |= {day: ("off", day.year) for day in holidays if day.year in years}
    days |= {day: ("makeup", day.year) for day in workdays if day.year in years}
    for year, statutory in facts["statutory_of_package_years"].items():
        days |= {date.fromisoformat(f"{year}-{day}"): ("statutory", int(year)) for day in statutory}


def read_festivals():
    """Return {year: (Spring Festival, Qingming, Dragon Boat, Mid-Autumn)} as dates."""
    table = _facts()["festivals_spring_qingming_dragon_boat_mid_autumn"]
    return {
        int(year): tuple(date.fromisoformat(f"{year}-{day}") for day in days)
        for year, days in table.items()
    }


@cache
def _facts():
    return json.loads((DATA / "calendar.json").read_text(encoding="utf-8"))


def packaged_calendar():
    """Return the `WorkCalendar` of the files alone, without a database."""
    from law.calendar import WorkCalendar

    notices, days = read_calendar()
    return WorkCalendar(
        {year: number for year, (number, _) in notices.items()},
        {day: kind for day, (kind, _) in days.items()},
        "files",
    )


def read_rules():
    """Return the rows of data/deadline_rules.csv as keyword arguments of `DeadlineRule`."""
    return [_rule(row) for row in _rows("deadline_rules.csv")]


def _rule(row):
    numbers = ("amount", "extension_amount", "extension_cap")
    flags = ("party_right", "rolls")
    return row | {
        **{name: int(row[name]) if row[name] else None for name in numbers},
        **{name: row[name] == "yes" for name in flags},
        "restarts": row["restarts"].split(),
        "in_force": _in_force(row),
    }


def read_parameters():
    """Return the rows of data/parameters.csv as keyword arguments of `LocalParameter`."""
    return [
        row | {"amount": Decimal(row["amount"]), "in_force": _in_force(row)}
        for row in _rows("parameters.csv")
    ]


def _in_force(row):
    """Take the two dates out of *row*; the range includes the first and excludes the second."""
    since, until = row.pop("since"), row.pop("until")
    return DateRange(
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
    )


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
