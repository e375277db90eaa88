"""When things happen in the demo: on working days at office hours, more in some months."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from law.calendar import load_calendar

# How busy the twelve months are (wages are asked for before the Spring Festival), and the days
# of a week from Monday to Sunday; at the weekend only hotlines take a call.
MONTHS = (1.25, 0.65, 1.10, 0.95, 0.95, 0.95, 0.95, 0.95, 0.95, 0.90, 1.05, 1.35)
WEEKDAYS = (1.3, 1.05, 1.0, 0.95, 0.9)
OFF_DAY = 0.03
HOURS = (9, 9, 10, 10, 14, 14, 15, 15, 16)
MORNING = (9, 10, 11)
CLOSING = time(17, 0)
SPAN = 365  # days back from today over which cases were filed


def filing_days(today):
    """Return (dates, weights): the year before *today*, and how much is filed on each day."""
    calendar = load_calendar()
    days = [today - timedelta(days=back) for back in range(SPAN, 0, -1)]
    return days, [_weight(day, calendar) for day in days]


def _weight(day, calendar):
    if not calendar.is_workday(day):
        return OFF_DAY * MONTHS[day.month - 1]
    return WEEKDAYS[min(day.weekday(), 4)] * MONTHS[day.month - 1]


def office_hour(rng, day, *, hours=HOURS):
    """Return an aware moment at which a clerk works on the date *day*."""
    return moment(day, time(rng.choice(hours), rng.randrange(0, 60, 5)))


def early_hour(rng, day):
    """Return an aware moment in the first hour of work on the date *day*."""
    return moment(day, time(8, rng.randrange(30, 60, 5)))


def moment(day, at):
    """Return the time *at* of the date *day* in Shanghai as an aware moment."""
    return timezone.make_aware(datetime.combine(day, at))


def after(rng, at, *, days, hours=HOURS):
    """Return a working moment *days* working days after the moment *at*, for 0 a little later."""
    calendar, day = load_calendar(), timezone.localdate(at)
    if days:
        return office_hour(rng, calendar.workday_after(day, days), hours=hours)
    later = at + timedelta(minutes=rng.randrange(20, 60, 5))
    closing = timezone.localtime(later).time() > CLOSING
    if calendar.is_workday(day) and not closing and timezone.localdate(later) == day:
        return max(later, moment(day, time(8, 30)))
    return early_hour(rng, calendar.next_workday(day + timedelta(days=1)))


def workdays_before(today, number):
    """Return the date *number* working days before *today*."""
    return load_calendar().workday_before(today, number)
