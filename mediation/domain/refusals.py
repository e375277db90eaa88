"""Why mediation says no, where several verbs say it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.look.words import say_day


class NotYet(Refusal):
    """What is recorded has not happened yet."""

    sentence = _("This day has not come yet. Record what has happened.")


class TooEarly(Refusal):
    """What is recorded lies before there was anything to do."""

    sentence = _("This day lies before the application.")


class NoticeIncomplete(Refusal):
    """A written notice needs a day and a way."""

    sentence = _("Say on which day and how the written notice was served.")
    field = "notice_served_on"


def check_day(proceeding, day, *, at, field):
    """Refuse a *day* (``date``) after the moment *at* or before the application.

    *field* names the form field beside which the sentence belongs. ``None`` passes.
    """
    if day is None:
        return
    if day > timezone.localdate(at):
        raise NotYet(field=field)
    received_on = proceeding.case.received_on
    if day < received_on:
        raise TooEarly(
            _("This day lies before the application of %(day)s.")
            % {"day": say_day(received_on, year=True)},
            field=field,
        )


def check_notice(proceeding, *, served_on, method, at, needed):
    """Refuse half a notice, none where one is *needed*, and one served on an impossible day."""
    if bool(served_on) != bool(method) or (needed and not served_on):
        raise NoticeIncomplete(field="notice_method" if served_on else "notice_served_on")
    check_day(proceeding, served_on, at=at, field="notice_served_on")


def check_moment(proceeding, moment, *, at, field):
    """Refuse an aware *moment* after *at* or before the day of the application."""
    if moment > at:
        raise NotYet(field=field)
    check_day(proceeding, timezone.localdate(moment), at=at, field=field)
