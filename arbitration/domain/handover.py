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
    NoAmountThere,
    NotAcknowledged,
    NotSent,
    SharingNotAgreed,
    WrongOutcome,
)
from arbitration.models import Handover
from disputes.domain import clocks
from disputes.domain.consents import agreed_to_sharing
from disputes.domain.timeline import Kind, Reach, record
from disputes.models import Evidence, Level, Outcome, Tier

SEND, RECEIPT = "HANDOVER_SEND", "HANDOVER_RECEIPT"
NUMBER, OUTCOME = "HANDOVER_NUMBER", "HANDOVER_OUTCOME"
COMMON_OUTCOMES = (Outcome.REFUSED, Outcome.WITHDRAWN, Outcome.TRANSFERRED, Outcome.OUTSIDE)
OUTCOMES = {
    True: (
        Outcome.MEDIATED_AWARD,
        Outcome.FINAL_AWARD,
        Outcome.NON_FINAL_AWARD,
        Outcome.SEPARATE_AWARDS,
        Outcome.DEEMED_WITHDRAWN,
        Outcome.CANCELLED,
        Outcome.TERMINATED,
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
# With these something may be paid; the others carry no amount.
PAYING = {
    Outcome.MEDIATED_AWARD,
    Outcome.FINAL_AWARD,
    Outcome.NON_FINAL_AWARD,
    Outcome.SEPARATE_AWARDS,
    Outcome.SETTLED,
    Outcome.RECONCILED,
    Outcome.OUTSIDE,
}


def open_clocks(proceeding, *, at, by=None):
    """Start the term within which the package of *proceeding* goes out."""
    on = timezone.localdate(at)
    return clocks.start_clock(proceeding.case, SEND, on=on, at=at, by=by, proceeding=proceeding)


@transaction.atomic
def send_package(proceeding, *, sent_on, contents, signed_on=None, sharing_basis="", at, by=None):
    """Record that the papers named in *contents* left for the outside organisation.

    An application for arbitration goes only with the applicant's signature of *signed_on*
    (劳动争议调解仲裁法 article 28), personal data only with her consent or on the *sharing_basis*
    that the law gives (个人信息保护法 articles 13, 23). Returns the ``Handover``.
    """
    lock(proceeding)
    facts = {
        "sent_on": sent_on,
        "contents": contents,
        "signed_on": signed_on,
        "sharing_basis": sharing_basis,
    }
    check_package(proceeding, **facts, today=timezone.localdate(at))
    handover = Handover.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    clocks.stop_clocks(proceeding, SEND, on=sent_on, at=at, by=by)
    _start(proceeding, RECEIPT, on=sent_on, at=at, by=by)
    _note(proceeding, N_("Package sent to %(office)s"), at=at, by=by, text=contents, key=True)
    return handover


def check_package(proceeding, *, sent_on, contents, signed_on, sharing_basis, today):
    """Raise a ``Refusal`` when no package can be sent like this."""
    refuse_second(proceeding, "handover")
    check_day(sent_on, field="sent_on", today=today)
    if not contents.strip():
        raise Missing(field="contents", what=_("what was sent"))
    if goes_to_arbitration(proceeding) and not (signed_on is None and is_imported(proceeding)):
        check_day(signed_on, field="signed_on", today=sent_on)
    check_sharing(proceeding, sharing_basis=sharing_basis)


def check_sharing(proceeding, *, sharing_basis):
    """Raise ``SharingNotAgreed`` unless the applicants agreed or *sharing_basis* says why not."""
    if not may_share(proceeding) and not sharing_basis.strip():
        raise SharingNotAgreed(field="sharing_basis")


def may_share(proceeding):
    """Return whether every applicant agrees to data being passed on to who takes it over."""
    return agreed_to_sharing(proceeding.case, proceeding.office.kind)


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
    clocks.stop_clocks(proceeding, RECEIPT, on=receipt_on, at=at, by=by)
    _start(proceeding, OUTCOME, on=receipt_on, at=at, by=by)
    if not outside_number:
        _start(proceeding, NUMBER, on=receipt_on, at=at, by=by)
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
def record_number(proceeding, *, outside_number, at, by=None):
    """Record the number under which the outside organisation handles the case."""
    lock(proceeding)
    check_number(proceeding, outside_number=outside_number)
    handover = one_of(proceeding, "handover")
    handover.outside_number = outside_number.strip()
    handover.save(update_fields=["outside_number"])
    clocks.stop_clocks(proceeding, NUMBER, at=at, by=by)
    _note(
        proceeding,
        N_("Case number of %(office)s written back"),
        at=at,
        by=by,
        text=handover.outside_number,
    )
    return handover


def check_number(proceeding, *, outside_number):
    """Raise a ``Refusal`` when no number can be recorded like this."""
    handover = one_of(proceeding, "handover")
    if handover is None or handover.receipt_on is None:
        raise NotAcknowledged
    if handover.outside_number:
        raise DoneBefore
    if not outside_number.strip():
        raise Missing(field="outside_number", what=_("their case number"))


@transaction.atomic
def write_back(proceeding, *, outcome, outcome_on, amount=None, note="", at, by=None):
    """Record how the case ended at the outside organisation on *outcome_on*, and the *amount* in
    yuan that was agreed or awarded there.
    """
    lock(proceeding)
    facts = {"outcome": outcome, "outcome_on": outcome_on, "amount": amount}
    check_outcome(proceeding, **facts, today=timezone.localdate(at))
    handover = one_of(proceeding, "handover")
    handover.outcome, handover.outcome_on, handover.outcome_note = outcome, outcome_on, note
    handover.outcome_amount = amount
    handover.save(update_fields=["outcome", "outcome_on", "outcome_note", "outcome_amount"])
    clocks.stop_clocks(proceeding, NUMBER, OUTCOME, on=outcome_on, at=at, by=by)
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


def check_outcome(proceeding, *, outcome, outcome_on, today, amount=None, **_rest):
    """Raise a ``Refusal`` when no outcome can be recorded like this."""
    handover = one_of(proceeding, "handover")
    if handover is None or handover.receipt_on is None:
        raise NotAcknowledged
    if handover.outcome:
        raise DoneBefore
    if outcome not in outcomes_for(proceeding):
        raise WrongOutcome(field="outcome")
    if amount and outcome not in PAYING:
        raise NoAmountThere(field="amount")
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


def _start(proceeding, rule, *, on, at, by):
    clocks.start_clock(proceeding.case, rule, on=on, at=at, by=by, proceeding=proceeding)


def _note(proceeding, verb, *, at, by, **facts):
    facts = {"reach": Reach.ALL, "kind": Kind.PAPER, "office": proceeding.office.name} | facts
    record(proceeding.case, verb, at=at, by=by, proceeding=proceeding, **facts)
