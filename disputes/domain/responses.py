"""The first in time: known, contacted and answered within limits that the house sets itself.

"有劳动争议第一时间知情、第一时间调处" has no figure in the law; the defaults below hold until the
federation enters others, each from a day on.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Reach, record
from disputes.models import Case, Measure, Merger, Outcome, Response, ResponseLimit, Source, Urgency
from disputes.models.choices import Grade
from law.calendar import load_calendar
from notices.domain.inbox import notify
from notices.models import Notice
from offices.domain.people import people_where

Unit = ResponseLimit.Unit
HOUR, WORKING_DAY = Unit.HOUR, Unit.WORKING_DAY
# Until the federation enters its own: (measure, kind of case) to (amount, unit).
DEFAULTS = {
    (Measure.KNOWN, Urgency.ORDINARY): (24, HOUR),
    (Measure.KNOWN, Urgency.MAJOR): (2, HOUR),
    (Measure.KNOWN, Urgency.COLLECTIVE): (2, HOUR),
    (Measure.CONTACT, Urgency.ORDINARY): (1, WORKING_DAY),
    (Measure.CONTACT, Urgency.MAJOR): (2, HOUR),
    (Measure.CONTACT, Urgency.COLLECTIVE): (2, HOUR),
    (Measure.ANSWER, Urgency.ORDINARY): (3, WORKING_DAY),
    (Measure.ANSWER, Urgency.MAJOR): (1, WORKING_DAY),
    (Measure.ANSWER, Urgency.COLLECTIVE): (1, WORKING_DAY),
}
# Where somebody else than the worker told of the dispute and wants to hear what became of it.
CHANNELS = {
    Source.STATION,
    Source.HOTLINE,
    Source.CITY_HOTLINE,
    Source.COURT,
    Source.ARBITRATION,
    Source.INSPECTION,
    Source.PETITION,
}
KEEPING = ("mediate", "docket_cases", "assign_cases")


class MetBefore(Refusal):
    """It was recorded already."""

    sentence = _("This is recorded already, and stays.")


class BeforeItBegan(Refusal):
    """The moment lies before there was anything to do."""

    sentence = _("This moment lies before the case came to the office.")
    field = "met_at"


class NotYet(Refusal):
    """The moment has not come."""

    sentence = _("This moment has not come yet.")
    field = "met_at"


class LimitBefore(Refusal):
    """The new limit would begin before the present one."""

    sentence = _("The new limit must begin after the one that holds now began.")
    field = "since"


@dataclass(frozen=True)
class Limit:
    """How much time there is: *amount* of *unit*, since when (date or None), by what *source*."""

    measure: str
    urgency: str
    amount: int
    unit: str
    since: object = None
    source: str = ""

    def due(self, since):
        """Return the aware moment at which the time after the moment *since* is over."""
        if self.unit == HOUR:
            return since + timedelta(hours=self.amount)
        calendar, day, left = load_calendar(), timezone.localdate(since), self.amount
        while left:
            day += timedelta(days=1)
            left -= calendar.is_workday(day)
        end = datetime.combine(day + timedelta(days=1), datetime.min.time())
        return timezone.make_aware(end)


def limits_on(on):
    """Return {(measure, urgency): ``Limit``} in force on the date *on*, in one query."""
    found = {key: Limit(*key, *default) for key, default in DEFAULTS.items()}
    for row in ResponseLimit.objects.filter(in_force__contains=on):
        found[row.measure, row.urgency] = Limit(
            row.measure, row.urgency, row.amount, row.unit, row.in_force.lower, row.source
        )
    return found


@transaction.atomic
def set_limit(*, measure, urgency, amount, unit, since, source):
    """Let another limit hold from the date *since* on; the one before ends with the day before.

    *amount* is in *unit* (hour or working_day). Raises ``LimitBefore``.
    """
    same = ResponseLimit.objects.select_for_update().filter(measure=measure, urgency=urgency)
    last = same.order_by("-in_force").first()
    if last is not None:
        if since <= last.in_force.lower:
            raise LimitBefore
        last.in_force = DateRange(last.in_force.lower, since)
        last.save(update_fields=["in_force"])
    return ResponseLimit.objects.create(
        measure=measure,
        urgency=urgency,
        amount=amount,
        unit=unit,
        source=source,
        in_force=DateRange(since, None),
    )


def urgency_of(case):
    """Return which limits count for *case*."""
    if case.collective:
        return Urgency.COLLECTIVE
    return Urgency.MAJOR if case.grade == Grade.MAJOR else Urgency.ORDINARY


def begin(proceeding, *, at, by=None):
    """Begin to measure *proceeding*, opened at the moment *at*: known (once), first contact.

    An applicant who files in person at the office that handles her case is met with there.
    """
    if not proceeding.office.handled_here:
        return
    case, limits = proceeding.case, limits_on(timezone.localdate(at))
    rows = []
    if proceeding.ordinal == 1:
        known = min(case.known_at or at, at)
        rows.append(_row(proceeding, Measure.KNOWN, limits, since=known, met_at=at, by=by))
    in_person = (
        proceeding.ordinal == 1 and case.source == Source.SELF and not case.reporting_office_id
    )
    met_at = at if in_person and by else None
    rows.append(_row(proceeding, Measure.CONTACT, limits, since=at, met_at=met_at, by=by))
    Response.objects.bulk_create(rows)


def ask_answers(proceeding, *, at, by=None):
    """Ask that the first reporters learn how the closed *proceeding* ended; tell who must answer.

    The reporter of its case, and those of reports that were merged into it.
    """
    if not proceeding.office.handled_here or proceeding.outcome == Outcome.TRANSFERRED:
        return
    cases = [case for case in _with_merged(proceeding) if has_reporter(case)]
    if not cases:
        return
    limits = limits_on(timezone.localdate(at))
    rows = [_row(proceeding, Measure.ANSWER, limits, since=at, case=case) for case in cases]
    Response.objects.bulk_create(rows, ignore_conflicts=True)
    _tell_answerers(proceeding, at=at)


def has_reporter(case):
    """Return whether somebody else than the worker first told of *case*."""
    return case.reporting_office_id is not None or case.source in CHANNELS


def _with_merged(proceeding):
    merged = Merger.objects.filter(into=proceeding.case_id, undone_at__isnull=True).values("merged")
    return [
        proceeding.case,
        *Case.objects.filter(pk__in=merged).select_related("reporting_office").order_by("pk"),
    ]


def _row(proceeding, measure, limits, *, since, case=None, met_at=None, by=None):
    case = case or proceeding.case
    return Response(
        case=case,
        proceeding=proceeding,
        measure=measure,
        since=since,
        due_at=limits[measure, urgency_of(case)].due(since),
        met_at=met_at,
        recorded_by=by if met_at else None,
    )


def meet_contact(proceeding, *, met_at, at, by=None):
    """Take the moment *met_at* as the first contact at *proceeding*, if there was none before."""
    row = Response.objects.filter(
        proceeding=proceeding, measure=Measure.CONTACT, met_at__isnull=True
    )
    row.filter(since__lte=met_at).update(met_at=met_at, recorded_by=by)
    row.filter(since__gt=met_at).update(met_at=F("since"), recorded_by=by)


@transaction.atomic
def record_response(response, *, met_at, note, at, by):
    """Record that what *response* asks for happened at the moment *met_at*; *note* says how.

    Raises ``MetBefore``, ``NotYet``, ``BeforeItBegan``.
    """
    response = Response.objects.select_for_update().get(pk=response.pk)
    if response.met_at is not None:
        raise MetBefore
    if met_at > at:
        raise NotYet
    if met_at < response.since.replace(second=0, microsecond=0):
        raise BeforeItBegan
    response.met_at, response.note = max(met_at, response.since), note
    response.recorded_by = by
    response.save(update_fields=["met_at", "note", "recorded_by"])
    record(
        response.proceeding.case,
        _SAID[response.measure],
        at=at,
        by=by,
        proceeding=response.proceeding,
        reach=Reach.OFFICE,
        text=note,
    )
    return response


_SAID = {
    Measure.CONTACT: N_("First contact with the parties"),
    Measure.ANSWER: N_("The first reporter was told how it ended"),
}


def late(at):
    """Return the condition that a response is late at the moment *at*, met or not."""
    return Q(met_at__gt=F("due_at")) | Q(met_at__isnull=True, due_at__lt=at)


def tell_late(*, at, batch=500):
    """Tell the holder of the file and the heads of what is late; return how many responses.

    May run as often as one likes.
    """
    rows = Response.objects.filter(met_at__isnull=True, told_at__isnull=True, due_at__lt=at)
    found = list(
        rows.select_related("proceeding__desk", "proceeding__handler", "case").order_by("due_at")[
            :batch
        ]
    )
    for row in found:
        _tell(row.proceeding, _LATE[row.measure], key=f"late-{row.pk}", at=at, heads=True)
    Response.objects.filter(pk__in=[row.pk for row in found]).update(told_at=at)
    return len(found)


_LATE = {
    Measure.CONTACT: N_("%(number)s: the first contact with the parties is late"),
    Measure.ANSWER: N_("%(number)s: the first reporter has not been answered in time"),
}


def _tell_answerers(proceeding, *, at):
    verb = N_("%(number)s: tell the first reporter how it ended")
    _tell(proceeding, verb, key=f"answer-{proceeding.pk}", at=at)


def _tell(proceeding, verb, *, key, at, heads=False):
    """Tell the handler, and the *heads* of the desk; without a handler the heads in any case."""
    on = timezone.localdate(at)
    leaders = people_where("assign_cases", on=on, office=proceeding.desk_id)
    people = {proceeding.handler} if proceeding.handler_id else set()
    if heads or not people:
        people |= set(leaders)
    kept_away = set(proceeding.case.walls.values_list("user", flat=True))
    notify(
        [person for person in people if person.pk not in kept_away and person.is_active],
        verb,
        kind=Notice.Kind.COURSE,
        url=f"{reverse('case', args=[proceeding.case_id])}#first",
        key=key,
        at=at,
        number=proceeding.number,
    )
