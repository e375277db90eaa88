"""Handing a case to an organisation outside this system, and hearing back from it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import limitation
from arbitration.domain.guards import check_day, is_imported, lock, one_of, refuse_second
from arbitration.domain.refusals import (
    DoneBefore,
    Missing,
    NotAcknowledged,
    NotSent,
    WrongOutcome,
)
from arbitration.models import Handover
from disputes.domain.timeline import Kind, Reach, record
from disputes.models import Evidence, Level, Outcome, Tier

COMMON_OUTCOMES = (Outcome.REFUSED, Outcome.WITHDRAWN, Outcome.TRANSFERRED, Outcome.OUTSIDE)
OUTCOMES = {
    True: (
        Outcome.MEDIATED_AWARD,
        Outcome.FINAL_AWARD,
        Outcome.NON_FINAL_AWARD,
        Outcome.SEPARATE_AWARDS,
        Outcome.DEEMED_WITHDRAWN,
        *COMMON_OUTCOMES,
    ),
    False: (
        Outcome.SETTLED,
        Outcome.RECONCILED,
        Outcome.NOT_SETTLED,
        Outcome.EXPIRED,
        *COMMON_OUTCOMES,
    ),
}


@transaction.atomic
def send_package(proceeding, *, sent_on, contents, signed_on=None, at, by=None):
    """Record that the papers named in *contents* left for the outside organisation.

    An application for arbitration goes only with the applicant's signature of *signed_on*
    (劳动争议调解仲裁法 article 28). Returns the ``Handover``.
    """
    lock(proceeding)
    facts = {"sent_on": sent_on, "contents": contents, "signed_on": signed_on}
    check_package(proceeding, **facts, today=timezone.localdate(at))
    handover = Handover.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    _note(proceeding, N_("Package sent to %(office)s"), at=at, by=by, text=contents, key=True)
    return handover


def check_package(proceeding, *, sent_on, contents, signed_on, today):
    """Raise a ``Refusal`` when no package can be sent like this."""
    refuse_second(proceeding, "handover")
    check_day(sent_on, field="sent_on", today=today)
    if not contents.strip():
        raise Missing(field="contents", what=_("what was sent"))
    if goes_to_arbitration(proceeding) and not (signed_on is None and is_imported(proceeding)):
        check_day(signed_on, field="signed_on", today=sent_on)


@transaction.atomic
def record_receipt(proceeding, *, receipt_on, outside_number="", at, by=None):
    """Record that the outside organisation confirmed the package on *receipt_on*."""
    lock(proceeding)
    check_receipt(proceeding, receipt_on=receipt_on, today=timezone.localdate(at))
    handover = one_of(proceeding, "handover")
    handover.receipt_on, handover.outside_number = receipt_on, outside_number
    handover.save(update_fields=["receipt_on", "outside_number"])
    if goes_to_arbitration(proceeding):
        limitation.stop_limitation(proceeding.case, on=receipt_on, at=at, by=by)
    _note(proceeding, N_("Receipt confirmed by %(office)s"), at=at, by=by, text=outside_number)
    return handover


def check_receipt(proceeding, *, receipt_on, today, **_rest):
    """Raise a ``Refusal`` when no receipt can be recorded like this."""
    handover = one_of(proceeding, "handover")
    if handover is None:
        raise NotSent
    if handover.receipt_on:
        raise DoneBefore
    check_day(
        receipt_on,
        field="receipt_on",
        today=today,
        after=handover.sent_on,
        what=_("when the package was sent"),
    )


@transaction.atomic
def write_back(proceeding, *, outcome, outcome_on, note="", at, by=None):
    """Record how the case ended at the outside organisation on *outcome_on*."""
    lock(proceeding)
    facts = {"outcome": outcome, "outcome_on": outcome_on}
    check_outcome(proceeding, **facts, today=timezone.localdate(at))
    handover = one_of(proceeding, "handover")
    handover.outcome, handover.outcome_on, handover.outcome_note = outcome, outcome_on, note
    handover.save(update_fields=["outcome", "outcome_on", "outcome_note"])
    _note(
        proceeding,
        N_("%(office)s reported the outcome"),
        at=at,
        by=by,
        text=note,
        key=True,
        reach=Reach.ONWARD,
    )
    return handover


def check_outcome(proceeding, *, outcome, outcome_on, today, **_rest):
    """Raise a ``Refusal`` when no outcome can be recorded like this."""
    handover = one_of(proceeding, "handover")
    if handover is None or handover.receipt_on is None:
        raise NotAcknowledged
    if handover.outcome:
        raise DoneBefore
    if outcome not in outcomes_for(proceeding):
        raise WrongOutcome(field="outcome")
    check_day(
        outcome_on,
        field="outcome_on",
        today=today,
        after=handover.receipt_on,
        what=_("when they confirmed receipt"),
    )


def goes_to_arbitration(proceeding):
    """Return whether the outside organisation is an arbitration commission."""
    return proceeding.tier == Tier.ARBITRATION


def outcomes_for(proceeding):
    """Return the outcomes with which a case can end at the tier of *proceeding*."""
    return OUTCOMES[goes_to_arbitration(proceeding)]


def materials_for(proceeding):
    """Return the materials that may travel: nothing confidential to an office or a mediation.

    企业劳动争议协商调解规定 article 11: concessions made to settle are no evidence afterwards.
    """
    reach = [Reach.ALL, Reach.ONWARD]
    return Evidence.objects.filter(case=proceeding.case, reach__in=reach, level__lte=Level.CASE)


def _note(proceeding, verb, *, at, by, **facts):
    facts = {"reach": Reach.ALL, "kind": Kind.PAPER, "office": proceeding.office.name} | facts
    record(proceeding.case, verb, at=at, by=by, proceeding=proceeding, **facts)
