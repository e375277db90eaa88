"""The days of a time limit, drawn: `{% load counting %}`."""

from django import template

from disputes.domain.turning import acts_open
from disputes.look import count_calendar as counts

register = template.Library()


@register.inclusion_tag("disputes/_counted_days.html")
def count_calendar(due, today):
    """Draw the days of *due* as seen on the date *today*: in a row, in weeks, or not at all."""
    return {"strip": counts.count_strip(due, today), "weeks": counts.count_weeks(due, today)}


@register.filter
def turns(deadline):
    """Return whether the clock of *deadline* can be suspended, resumed, restarted or extended."""
    return bool(acts_open(deadline))
