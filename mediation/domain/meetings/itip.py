"""Meetings as calendar entries of RFC 5545: written by hand where programs are choosy."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneStandard,
    vCalAddress,
    vDatetime,
    vRecur,
    vText,
    vUri,
)

from mediation.domain.meetings.recurrence import dates_of, rule_text, slots_of
from mediation.models import Meeting, Participant

# A name of CSS, near the red of the union (RFC 7986).
COLOUR = "firebrick"
VIDEO = {"VALUE": "URI", "FEATURE": "VIDEO"}
ZONE = "Asia/Shanghai"
PRODUCT = "-//Fangxian//Joint meeting//ZH"
ROLES = {
    Participant.Role.CHAIR: "CHAIR",
    Participant.Role.REQUIRED: "REQ-PARTICIPANT",
    Participant.Role.OPTIONAL: "OPT-PARTICIPANT",
    Participant.Role.LISTENER: "NON-PARTICIPANT",
}
ANSWERS = {
    Participant.Answer.NONE: "NEEDS-ACTION",
    Participant.Answer.ACCEPTED: "ACCEPTED",
    Participant.Answer.TENTATIVE: "TENTATIVE",
    Participant.Answer.DECLINED: "DECLINED",
}


def invitation(meetings, participant, *, method, at, series=None, site=""):
    """Return the iCalendar text that asks *participant* to *meetings*, or calls them off.

    One METHOD (REQUEST, CANCEL) and one UID. With *series* the first entry carries the rule and
    every date that is not where the rule puts it follows as an exception; without, one changed
    date goes alone, since some programs take anything more as a new series. Nothing confidential
    is in it: name, time, place and a link.
    """
    calendar = _calendar(method=method)
    if series is not None:
        calendar.add_component(_master(series, meetings, participant, at=at, site=site))
        meetings = [row for row in meetings if _is_exception(row)]
    for row in meetings:
        calendar.add_component(_event(row, participant, at=at, site=site, method=method))
    return text_of(calendar)


def feed(entries, *, name):
    """Return the iCalendar text of *entries*, made by ``feed_event``, for a subscription."""
    calendar = _calendar()
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("color", COLOUR)
    for entry in entries:
        calendar.add_component(entry)
    return text_of(calendar)


def feed_event(row, *, summary, description="", site="", busy_only=False):
    """Return the entry of the meeting *row* for a subscription; *busy_only* says no more than
    that the time is taken.
    """
    event = Event()
    event.add("uid", f"{row.pk}-{row.uid}")
    event.add("dtstamp", row.changed_at.astimezone(UTC))
    event.add("last-modified", row.changed_at.astimezone(UTC))
    event.add("sequence", row.sequence)
    _add_times(event, row.starts_at, row.ends_at)
    event.add("summary", clean(summary))
    cancelled = row.status == Meeting.Status.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    if not busy_only:
        event.add("location", clean(row.where))
        event.add("url", f"{site}{row.get_absolute_url()}")
        if row.video_url:
            event.add("conference", vUri(clean(row.video_url)), parameters=VIDEO)
        if description:
            event.add("description", clean(description))
    return event


def text_of(calendar):
    """Return the text of *calendar*: CRLF, no line longer than 75 octets."""
    return calendar.to_ical().decode("utf-8")


def clean(text):
    """Return *text* without control characters: a bare CR would begin a property of its own."""
    return "".join(sign for sign in str(text) if sign == "\n" or ord(sign) >= 32)


def _calendar(*, method=None):
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    calendar.add_component(_zone())
    return calendar


def _zone():
    """Asia/Shanghai as it is since 1991; libraries add daylight saving that confuses programs."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add("x-lic-location", ZONE)
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local by RFC 5545
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _event(row, participant, *, at, site, method):
    event = _common(row, participant, at=at, site=site)
    event.add("uid", row.uid)
    event.add("sequence", row.sequence)
    if row.original_start:
        _add_moment(event, "recurrence-id", row.original_start)
    _add_times(event, row.starts_at, row.ends_at)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    return event


def _master(series, meetings, participant, *, at, site):
    first = meetings[0]
    begins = _at_hour(series, dates_of(series)[0])
    event = _common(first, participant, at=at, site=site, name=series.name)
    event.add("uid", series.uid)
    event.add("sequence", series.sequence)
    _add_times(event, begins, begins + (first.ends_at - first.starts_at))
    event.add("rrule", vRecur.from_ical(rule_text(series)))
    told = {row.original_start for row in meetings}
    for slot in slots_of(series):
        # Dates that are left out, or not settled yet, are no part of what people are told.
        if _at_hour(series, slot.nominal) not in told:
            _add_moment(event, "exdate", _at_hour(series, slot.nominal))
    event.add("status", "CONFIRMED")
    return event


def _common(row, participant, *, at, site, name=""):
    event = Event()
    event.add("dtstamp", at.astimezone(UTC))
    event.add("summary", clean(name or row.name))
    event.add("location", clean(row.where or _("video meeting")))
    event.add("url", f"{site}{row.get_absolute_url()}")
    event["organizer"] = _organizer()
    event.add("attendee", _attendee(participant), encode=0)
    event.add("transp", "OPAQUE")
    return event


def _organizer():
    address = vCalAddress(f"mailto:{settings.MEETING_MAILBOX}")
    address.params["CN"] = vText(_("Office of the joint meeting"))
    return address


def _attendee(row):
    address = vCalAddress(f"mailto:{row.mail}")
    address.params["CN"] = vText(clean(row.name))
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText(ROLES[row.role])
    address.params["PARTSTAT"] = vText(ANSWERS[row.answer])
    address.params["RSVP"] = vText("TRUE")
    return address


def _add_times(event, starts_at, ends_at):
    _add_moment(event, "dtstart", starts_at)
    _add_moment(event, "dtend", ends_at)


def _add_moment(event, name, moment):
    """Write *moment* as a time of the one zone, never as a floating or a library's own."""
    local = timezone.localtime(moment).replace(tzinfo=None)
    value = vDatetime(local)
    value.params["TZID"] = ZONE
    event.add(name, value, encode=0)


def _is_exception(row):
    return row.starts_at != row.original_start or row.status == Meeting.Status.CANCELLED


def _at_hour(series, day):
    return timezone.make_aware(datetime.combine(day, series.begins))
