"""An application arrives, and the papers that were missing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day, is_imported, lock, one_of, refuse_second
from arbitration.domain.refusals import DoneBefore, Missing, OutOfOrder
from arbitration.models import PaperCorrection, Receipt
from disputes.domain import clocks
from disputes.domain.service.recording import prove_by_conduct, record_service
from disputes.domain.timeline import Kind, Reach, record
from disputes.domain.transfers import came_from_commission
from disputes.domain.words import house_words
from disputes.models import Deadline, ServedPaper, ServiceMethod


def open_clocks(proceeding, *, at, by=None):
    """Start ARB_ACCEPT after the day on which the application was received.

    That day is known once the application is received; before, it is known only where the case
    began at the commission. An application passed on by a mediation organisation waits for the
    applicant's signature, and so does the clock (劳动争议调解仲裁法 articles 28, 29).
    """
    receipt = one_of(proceeding, "arbitration_receipt")
    if receipt is None and proceeding.sent_from_id is not None:
        return None
    on = receipt.received_on if receipt else proceeding.case.received_on
    running = clocks.find_clock(proceeding.case, "ARB_ACCEPT", proceeding=proceeding)
    if running and running.started_on == on:
        return running
    if running:
        clocks.stop_clock(
            running,
            on=max(on, running.started_on),
            at=at,
            by=by,
            state=Deadline.State.STOPPED,
            reason=house_words(N_("Received on another day")),
        )
    return clocks.start_clock(
        proceeding.case, "ARB_ACCEPT", on=on, at=at, by=by, proceeding=proceeding
    )


@transaction.atomic
def receive(
    proceeding,
    *,
    received_on,
    signed_on,
    complete,
    missing="",
    asked_on=None,
    asked_method=ServiceMethod.DIRECT,
    at,
    by=None,
):
    """Record that the application, signed by the applicant on *signed_on*, arrived.

    *missing* says what is missing when it is not *complete*, *asked_on* when the applicant was
    told all of it at once, in the one notice served by *asked_method*: that day ARB_ACCEPT stands
    still until the papers are there (劳动人事争议仲裁办案规则 articles 29, 46(二)). Returns the
    ``Receipt``.
    """
    lock(proceeding)
    facts = {"received_on": received_on, "signed_on": signed_on, "complete": complete}
    check_receipt(
        proceeding, **facts, missing=missing, asked_on=asked_on, today=timezone.localdate(at)
    )
    manner = _manner(proceeding)
    receipt = Receipt.objects.create(
        proceeding=proceeding,
        manner=manner,
        missing="" if complete else missing,
        asked_on=None if complete else asked_on,
        at=at,
        by=by,
        **facts,
    )
    open_clocks(proceeding, at=at, by=by)
    _record_receipt(receipt, at=at, by=by)
    if not complete:
        _wait_for_papers(receipt, method=asked_method, at=at, by=by)
    return receipt


def check_receipt(proceeding, *, received_on, signed_on, complete, missing, asked_on, today):
    """Raise a ``Refusal`` when an application cannot be received like this."""
    refuse_second(proceeding, "arbitration_receipt")
    check_day(received_on, field="received_on", today=today)
    check_day(signed_on, field="signed_on", today=today)
    if signed_on > received_on:
        raise OutOfOrder(field="received_on", day=signed_on, what=_("when the applicant signed"))
    if not complete:
        if not missing.strip():
            raise Missing(field="missing", what=_("what is missing"))
        check_day(
            asked_on,
            field="asked_on",
            today=today,
            after=received_on,
            what=_("when the application was received"),
        )


@transaction.atomic
def receive_correction(proceeding, *, received, received_on, complete=True, at, by=None):
    """Record the papers that the applicant brought on *received_on*.

    Once everything is there, ARB_ACCEPT starts again after that day
    (劳动人事争议仲裁办案规则 article 46(二)). Returns the ``PaperCorrection``.
    """
    lock(proceeding)
    check_correction(
        proceeding, received=received, received_on=received_on, today=timezone.localdate(at)
    )
    receipt = one_of(proceeding, "arbitration_receipt")
    correction = PaperCorrection.objects.create(
        proceeding=proceeding,
        asked=receipt.missing if receipt else "",
        received=received,
        received_on=received_on,
        complete=complete,
        at=at,
        by=by,
    )
    prove_by_conduct(
        proceeding,
        paper=ServedPaper.CORRECTION,
        parties=proceeding.case.parties.filter(role="applicant"),
        receipt=house_words(N_("Brought the papers that were asked for")),
        at=at,
        by=by,
    )
    if complete:
        _start_again(proceeding, on=received_on, at=at, by=by)
    verb = N_("Papers completed") if complete else N_("Papers brought, still incomplete")
    _note(proceeding, verb, at=at, by=by, kind=Kind.PAPER, text=received, reach=Reach.OFFICE)
    return correction


def check_correction(proceeding, *, received, received_on, today, **_rest):
    """Raise a ``Refusal`` when no correction can be recorded like this."""
    if is_complete(proceeding):
        raise DoneBefore
    if not received.strip():
        raise Missing(field="received", what=_("what was received"))
    receipt = one_of(proceeding, "arbitration_receipt")
    check_day(
        received_on,
        field="received_on",
        today=today,
        after=receipt and receipt.asked_on,
        what=_("when the applicant was told"),
    )


def is_complete(proceeding):
    """Return whether all papers of the application are there."""
    receipt = one_of(proceeding, "arbitration_receipt")
    if receipt is None:
        return is_imported(proceeding)
    return receipt.complete or proceeding.paper_corrections.filter(complete=True).exists()


def missing_papers(proceeding):
    """Return what the applicant was asked to bring, "" when nothing."""
    receipt = one_of(proceeding, "arbitration_receipt")
    return "" if receipt is None else receipt.missing


def received_on(proceeding):
    """Return the date from which the decision is due: of receipt, or of the last papers."""
    receipt = one_of(proceeding, "arbitration_receipt")
    correction = proceeding.paper_corrections.order_by("received_on").last()
    if correction:
        return correction.received_on
    return receipt and receipt.received_on


def _manner(proceeding):
    if proceeding.sent_from_id is None:
        return Receipt.Manner.DIRECT
    if came_from_commission(proceeding):
        return Receipt.Manner.TRANSFERRED
    return Receipt.Manner.FROM_TIER


def _wait_for_papers(receipt, *, method, at, by):
    proceeding = receipt.proceeding
    for party in proceeding.case.parties.filter(role="applicant"):
        record_service(
            proceeding,
            party,
            paper=ServedPaper.CORRECTION,
            served_on=receipt.asked_on,
            method=method or ServiceMethod.DIRECT,
            at=at,
            by=by,
        )
    asked = {"on": receipt.asked_on, "at": at, "by": by}
    clocks.start_clock(
        proceeding.case,
        "ARB_CORRECT",
        on=receipt.received_on,
        at=at,
        by=by,
        proceeding=proceeding,
    )
    clocks.stop_clocks(proceeding, "ARB_CORRECT", **asked)
    accept = clocks.find_clock(proceeding.case, "ARB_ACCEPT", proceeding=proceeding)
    reason = house_words(N_("Waiting for the applicant's papers"))
    clocks.suspend_clock(accept, reason=reason, **asked)


def _start_again(proceeding, *, on, at, by):
    running = clocks.find_clock(proceeding.case, "ARB_ACCEPT", proceeding=proceeding)
    if running and running.state == Deadline.State.SUSPENDED:
        clocks.resume_clock(running, on=on, at=at, by=by)
    clocks.start_clock(proceeding.case, "ARB_ACCEPT", on=on, at=at, by=by, proceeding=proceeding)


def filed_on(proceeding):
    """Return the date on which the application came, None when it is not known."""
    receipt = one_of(proceeding, "arbitration_receipt")
    return receipt and receipt.received_on


def _record_receipt(receipt, *, at, by):
    _note(
        receipt.proceeding,
        N_("Application for arbitration received"),
        at=at,
        by=by,
        kind=Kind.PAPER,
        key=True,
    )
    if not receipt.complete:
        _note(
            receipt.proceeding,
            N_("Applicant asked for missing papers"),
            at=at,
            by=by,
            kind=Kind.PAPER,
            text=receipt.missing,
            reach=Reach.OFFICE,
        )


def _note(proceeding, verb, *, at, by, **facts):
    record(proceeding.case, verb, at=at, by=by, proceeding=proceeding, **facts)
