"""Applications for legal aid: received, decided, objected to."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from disputes.domain.numbers import next_in_series
from disputes.domain.timeline import Reach, record
from disputes.models import Proceeding, Tier
from legal_aid.domain import eligibility
from legal_aid.domain.enclosures import enclose
from legal_aid.domain.refusals import (
    ApplicationOver,
    AppliedAlready,
    CheckedByHerself,
    DecidedAlready,
    DecidedByHerself,
    MeansUnknown,
    NobodyToApply,
    NoFirstOpinion,
    NoObjection,
    NothingToObjectTo,
    NotPromised,
    NotUrgent,
    ReasonsMissing,
)
from legal_aid.domain.telling import tell_people
from legal_aid.models import Application

SERIES = "援申"
Decision, ObjectionResult = Application.Decision, Application.ObjectionResult
# What stands in the timeline, and what those who brought the matter are told of it.
TOLD = {
    "Legal aid was granted": N_("%(number)s: legal aid was granted"),
    "Legal aid was refused": N_("%(number)s: legal aid was refused"),
    "Legal aid is given ahead of its decision": N_("%(number)s: legal aid is given ahead"),
    "The objection to the refusal of legal aid was decided": N_(
        "%(number)s: the objection to the refusal was decided"
    ),
    "Legal aid ended": N_("%(number)s: legal aid ended"),
}


@transaction.atomic
def receive(case, *, centre, at, by, promised, received_on=None, scan=None, **facts):
    """Write down that the worker of *case* applies for aid at *centre*.

    *facts* are columns of ``Application``, *scan* is her proof of means as a file. The exemption
    that the record shows is taken unless another is given. Raises ``NobodyToApply``,
    ``AppliedAlready``, ``NotPromised`` and what ``enclose`` raises.
    """
    applicant = eligibility.worker_of(case)
    if applicant is None:
        raise NobodyToApply
    if not promised:
        raise NotPromised
    rows = Application.objects.select_for_update().filter(case=case, applicant=applicant)
    if any(row.is_open for row in rows):
        raise AppliedAlready
    today = timezone.localdate(at)
    facts["exemption"] = facts.get("exemption") or eligibility.exemption_of(case, applicant)
    application = Application.objects.create(
        case=case,
        applicant=applicant,
        centre=centre,
        number=_number(centre, today.year),
        received_on=received_on or today,
        received_at=at,
        received_by=by,
        promised=promised,
        **facts,
    )
    if scan:
        enclose(scan, application=application, at=at, by=by)
    tell(application, N_("Legal aid was applied for"), at=at, by=by)
    return application


def _number(centre, year):
    serial = next_in_series(centre, kind=SERIES, year=year)
    return f"{centre.short_name}申〔{year}〕第{serial}号"


@transaction.atomic
def give_ahead(application, *, limit_on, at, by):
    """Give aid before the decision: the date *limit_on* is fewer than 7 days away.

    The application is decided all the same (法律援助法 article 44). Raises ``ApplicationOver``,
    ``DecidedAlready``, ``NotUrgent``.
    """
    row = _lock(application)
    if row.decision:
        raise DecidedAlready
    today = timezone.localdate(at)
    if not eligibility.is_urgent(limit_on, on=today):
        raise NotUrgent
    row.limit_on, row.ahead_on, row.ahead_by = limit_on, today, by
    row.save()
    tell(row, N_("Legal aid is given ahead of its decision"), at=at, by=by)
    return row


@transaction.atomic
def give_opinion(application, *, opinion, at, by, **means):
    """Write the first opinion on *application*; *means* are columns that it completes.

    These are exemption, household, income, proof. Raises ``ApplicationOver``, ``DecidedAlready``.
    """
    row = _lock(application)
    if row.decision:
        raise DecidedAlready
    for name, value in means.items():
        setattr(row, name, value)
    row.opinion, row.opinion_by = opinion, by
    # What was checked is not what stands there now.
    row.recheck, row.recheck_by = "", None
    row.save()
    return row


@transaction.atomic
def check_again(application, *, recheck, at, by):
    """Write the second opinion on *application*, by somebody else than the first.

    Raises ``ApplicationOver``, ``DecidedAlready``, ``NoFirstOpinion``, ``CheckedByHerself``.
    """
    row = _lock(application)
    if row.decision:
        raise DecidedAlready
    if row.opinion_by_id is None:
        raise NoFirstOpinion
    if row.opinion_by_id == by.pk:
        raise CheckedByHerself
    row.recheck, row.recheck_by = recheck, by
    row.save()
    return row


@transaction.atomic
def decide(application, *, decision, reasons, at, by):
    """Grant or refuse aid. Raises ``ApplicationOver``, ``DecidedAlready``, ``MeansUnknown``,
    ``ReasonsMissing``.
    """
    row = _lock(application)
    if row.decision:
        raise DecidedAlready
    known = row.exemption or (row.household and row.income is not None)
    if decision == Decision.GRANTED and not known:
        raise MeansUnknown
    if decision == Decision.REFUSED and not reasons.strip():
        raise ReasonsMissing
    row.decision, row.reasons = decision, reasons
    row.decided_on, row.decided_by = timezone.localdate(at), by
    row.save()
    granted = N_("Legal aid was granted")
    tell(row, granted if row.is_granted else N_("Legal aid was refused"), at=at, by=by)
    return row


@transaction.atomic
def object_to(application, *, objection, received_on, at, by):
    """Write down the applicant's objection to the refusal, received on the date *received_on*.

    Raises ``ApplicationOver``, ``NothingToObjectTo``.
    """
    row = _lock(application)
    if row.decision != Decision.REFUSED or row.objected_on:
        raise NothingToObjectTo
    if received_on < row.decided_on:
        raise NothingToObjectTo(field="received_on")
    row.objection, row.objected_on = objection, received_on
    row.save()
    tell(row, N_("The refusal of legal aid was objected to"), at=at, by=by)
    return row


@transaction.atomic
def decide_objection(application, *, result, reasons, at, by):
    """Confirm or overturn the refusal. Raises ``ApplicationOver``, ``NoObjection``,
    ``DecidedByHerself``, ``ReasonsMissing``.
    """
    row = _lock(application)
    if not row.objected_on or row.objection_result:
        raise NoObjection
    if row.decided_by_id == by.pk:
        raise DecidedByHerself
    if not reasons.strip():
        raise ReasonsMissing
    row.objection_result, row.review_reasons = result, reasons
    row.reviewed_on, row.reviewed_by = timezone.localdate(at), by
    row.save()
    tell(row, N_("The objection to the refusal of legal aid was decided"), at=at, by=by)
    return row


@transaction.atomic
def end(application, *, reason, at, by):
    """End *application*: withdrawn by the applicant, or aid stopped. Raises ``ApplicationOver``."""
    row = _lock(application)
    row.ended_on, row.end_reason = timezone.localdate(at), reason
    row.save()
    tell(row, N_("Legal aid ended"), at=at, by=by)
    return row


def tell(application, verb, *, at, by):
    """Tell the office that mediates the case, and no other tier, that *verb* happened.

    An enterprise's own committee, on which the employer sits, is told nothing.
    """
    proceeding = mediation_of(application.case)
    if proceeding is not None:
        record(application.case, verb, at=at, by=by, proceeding=proceeding, reach=Reach.OFFICE)
    if verb in TOLD:
        tell_people(application, TOLD[verb], proceeding=proceeding, at=at, by=by)


def mediation_of(case):
    """Return the latest proceeding of *case* at the regional tier, or None."""
    rows = Proceeding.objects.filter(case=case, tier=Tier.REGIONAL)
    return rows.select_related("case", "office", "desk").order_by("-ordinal").first()


def _lock(application):
    row = Application.objects.select_for_update(of=("self",)).select_related("case", "centre")
    row = row.get(pk=application.pk)
    if row.ended_on:
        raise ApplicationOver
    return row
