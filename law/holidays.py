"""Take in the holiday notice of a year: read it, show what it changes, store it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from law import edition, source
from law.calendar import ONE_DAY, DayType, WorkCalendar
from law.models import CalendarDay, HolidayNotice
from law.refusals import WrongInput

_NUMBER = re.compile(r"国办发明电[〔\[(（](\d{4})[〕\])）]\d+号")
_YEAR = re.compile(r"(\d{4})年(?:部分节假日|元旦)")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_DAYS = re.compile(rf"{_DAY}(?:(?:至|到|-|—|~){_DAY})?")
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2})[\s,;:\t]*(\S+)")
_KIND_WORDS = {
    **dict.fromkeys(("off", "休", "放假", "休息"), "off"),
    **dict.fromkeys(("makeup", "班", "上班", "补班"), "makeup"),
    **dict.fromkeys(("statutory", "法定", "法定节假日"), "statutory"),
}
_JSON_KEYS = {
    "off": ("off", "off_days"),
    "makeup": ("makeup", "makeup_workdays"),
    "statutory": ("statutory", "statutory_300pct"),
}


@dataclass(frozen=True)
class Notice:
    """A holiday notice as read: *days* maps each exceptional `date` to off, makeup, statutory."""

    year: int
    number: str
    days: Mapping[date, str]


@dataclass(frozen=True)
class DayChange:
    """A day that a notice turns from one `DayType` into another."""

    on: date
    before: DayType
    after: DayType


def read_notice(text: str, *, year: int | None = None, number: str = "") -> Notice:
    """Return the `Notice` in *text*: the notice as published, lines "2027-01-01 休|班|法定", or
    JSON of one year.

    *year* and *number* complete what the text does not say. Which days are statutory is known
    from the law (全国年节及纪念日放假办法2). Raises WrongInput with a sentence that says what is
    wrong: no year, no days, a make-up day that is no weekend, a statutory holiday worked.
    """
    found = _NUMBER.search(text)
    number = number or (found.group(0) if found else "")
    if text.lstrip().startswith("{"):
        year, number, days = _read_json(text, year, number)
    else:
        year = year or _year_in(text)
        days = _read_lines(text) or _read_prose(text, year)
    return _checked(year, number, days)


def statutory_holidays(year: int) -> frozenset[date]:
    """Return the statutory holidays of *year*, 2025 and later (13 days, fewer when two festivals
    meet); those by the moon and by the sun only as far as our table of festivals goes.
    """
    fixed = {date(year, *day) for day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))}
    festivals = source.read_festivals().get(year)
    if festivals is None:
        return frozenset(fixed)
    spring, *others = festivals
    return frozenset(fixed | {spring + timedelta(days=n) for n in range(-1, 3)} | set(others))


def compare_notice(calendar: WorkCalendar, notice: Notice) -> tuple[DayChange, ...]:
    """Return the days whose type *notice* changes against *calendar*, in order."""
    after = calendar.with_notice(notice.year, notice.number, notice.days)
    day, changes = date(notice.year - 1, 12, 1), []
    while day <= date(notice.year, 12, 31):
        if calendar.day_type(day) != after.day_type(day):
            changes.append(DayChange(day, calendar.day_type(day), after.day_type(day)))
        day += ONE_DAY
    return tuple(changes)


def enter_notice(notice: Notice, *, at: datetime) -> HolidayNotice:
    """Store *notice*, entered by a person at the moment *at*, in place of what was known of its
    year; return its row. The next question to the calendar knows it.
    """
    row, _created = store_notice(
        notice.year,
        notice.days,
        number=notice.number,
        source=HolidayNotice.Source.NOTICE,
        entered_at=at,
    )
    return row


@transaction.atomic
def store_notice(year: int, days: Mapping[date, str], **facts) -> tuple[HolidayNotice, bool]:
    """Store the notice of *year* with its *days* and other *facts*; return (row, created)."""
    row, created = HolidayNotice.objects.update_or_create(year=year, defaults=facts)
    row.days.all().delete()
    CalendarDay.objects.filter(date__in=list(days)).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, kind=kind, notice=row) for day, kind in sorted(days.items())
    )
    edition.recheck()
    return row, created


def _year_in(text):
    found = _YEAR.search(re.sub(r"\s", "", text)) or re.search(r"(\d{4})-\d{2}-\d{2}", text)
    if not found:
        raise WrongInput(_("The year of the notice is missing."))
    return int(found.group(1))


def _read_json(text, year, number):
    try:
        facts = json.loads(text)
        if len(facts) == 1:
            [(key, facts)] = facts.items()
            year = year or int(key)
        year = year or int(facts["year"])
        number = number or facts.get("number") or facts.get("notice") or ""
        days = {}
        for kind, keys in _JSON_KEYS.items():
            for key in keys:
                days |= {date.fromisoformat(day): kind for day in facts.get(key, ())}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongInput(_("The file is not a holiday notice in JSON.")) from error
    return year, number, days


def _read_lines(text):
    days = {}
    for day, word in _LINE.findall(text):
        if word not in _KIND_WORDS:
            raise WrongInput(_("“%(word)s” is no kind of day.") % {"word": word})
        days[_date(*map(int, day.split("-")))] = _KIND_WORDS[word]
    return days


def _read_prose(text, year):
    """Read the sentences of the published notice: "…放假", "…上班"."""
    text = re.sub(r"\s|[(（][^)）]*[)）]", "", _NUMBER.sub("", text))
    days = {}
    for sentence in re.split("[。；;]", text):
        for kind, word in (("off", "放假"), ("makeup", "上班")):
            if word in sentence:
                days |= dict.fromkeys(_dates(sentence[: sentence.rindex(word)], year), kind)
                sentence = sentence[sentence.rindex(word) :]
    return days


def _dates(sentence, year):
    """Yield the days that *sentence* names, ranges included; a month holds until the next."""
    month = None
    for found in _DAYS.finditer(sentence):
        year1, month1, day1, year2, month2, day2 = found.groups()
        month = month1 or month
        if month is None:
            continue
        first = _date(int(year1 or year), int(month), int(day1))
        month = month2 or month
        last = _date(int(year2 or year), int(month), int(day2)) if day2 else first
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _date(year, month, day):
    try:
        return date(year, month, day)
    except ValueError as error:
        raise WrongInput(
            _("There is no day %(day)s.") % {"day": f"{year}-{month:02}-{day:02}"}
        ) from error


def _checked(year, number, days):
    if not days:
        raise WrongInput(_("The notice names no day off and no make-up working day."))
    if not number:
        raise WrongInput(_("The number of the notice is missing."))
    for day, kind in days.items():
        _check_day(year, day, kind)
    statutory = statutory_holidays(year) if year >= source.FIRST_FESTIVAL_YEAR else frozenset()
    worked = sorted(day for day in statutory if days.get(day) == "makeup")
    if worked:
        raise WrongInput(
            _("%(day)s is a statutory holiday and cannot be worked.") % {"day": worked[0]}
        )
    days = days | dict.fromkeys(statutory, "statutory")
    return Notice(year, number, MappingProxyType(dict(sorted(days.items()))))


def _check_day(year, day, kind):
    if not date(year - 1, 12, 1) <= day <= date(year, 12, 31):
        raise WrongInput(
            _("%(day)s does not belong to the year %(year)s.") % {"day": day, "year": year}
        )
    if kind == "makeup" and day.weekday() < 5:
        raise WrongInput(
            _("%(day)s is no weekend, so it cannot be a make-up working day.") % {"day": day}
        )
