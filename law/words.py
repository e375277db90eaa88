"""Days and money as they stand in the sentences of a trace."""

from django.utils.formats import date_format, number_format

from law.numbers import round_yuan


def say_day(day):
    """Return a `date` with its year in the reader's language: 2026年10月1日."""
    return date_format(day, "DATE_FORMAT")


def say_yuan(amount):
    """Return *amount* in yuan with two places and its thousands apart: 19,900.00."""
    return number_format(round_yuan(amount), decimal_pos=2, force_grouping=True)
