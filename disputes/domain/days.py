"""Days on which something happened."""

from disputes.domain.refusals import DayMissing, NotYet, OutOfOrder


def check_day(day, *, field, today, after=None, what=""):
    """Raise a refusal when *day* is missing, lies after *today*, or before the day *after*.

    *what* names in words what happened on *after*.
    """
    if day is None:
        raise DayMissing(field=field)
    if day > today:
        raise NotYet(field=field, day=day)
    if after is not None and day < after:
        raise OutOfOrder(field=field, day=after, what=what)
