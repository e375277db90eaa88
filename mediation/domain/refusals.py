"""Why mediation says no, where several verbs say it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.look.words import say_day
from disputes.models import Party
from mediation.models import NoticeMethod


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


class NotElectronically(Refusal):
    """Electronic service needs the recipient's agreement."""

    sentence = _("The applicant has not agreed to electronic service. Choose another way.")
    field = "notice_method"


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
    """Refuse a notice to the applicant that cannot be: half of it, the wrong day, the wrong way.

    Where it is *needed*, refuse none, too.
    """
    if bool(served_on) != bool(method) or (needed and not served_on):
        raise NoticeIncomplete(field="notice_method" if served_on else "notice_served_on")
    check_day(proceeding, served_on, at=at, field="notice_served_on")
    if method == NoticeMethod.ELECTRONIC and not _accepts_e_service(proceeding):
        raise NotElectronically


def _accepts_e_service(proceeding):
    applicants = proceeding.case.parties.filter(role=Party.Role.APPLICANT)
    return applicants.filter(accepts_e_service=True).exists()


def check_moment(proceeding, moment, *, at, field):
    """Refuse an aware *moment* after *at* or before the day of the application."""
    if moment > at:
        raise NotYet(field=field)
    check_day(proceeding, timezone.localdate(moment), at=at, field=field)
