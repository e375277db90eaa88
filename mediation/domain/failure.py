"""Mediation that came to nothing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain import clocks
from disputes.domain.refusals import Refusal
from disputes.domain.roster.results import note_not_settled
from disputes.domain.timeline import Kind, Reach, record
from disputes.models import Deadline, ServedPaper
from mediation.domain import serving
from mediation.domain.agreements import AlreadyEffective, is_effective
from mediation.domain.limitation import run_anew
from mediation.domain.refusals import check_notice
from mediation.models import FailureRecord, Signature

Reason = FailureRecord.Reason


class AlreadyRecorded(Refusal):
    """The failure stands in the file, complete."""

    is_late = True
    sentence = _("The failure of this mediation is recorded already.")


class NotExpired(Refusal):
    """The term for mediation has not run out."""

    sentence = _("The term for this mediation has not run out.")
    field = "reason"


class SignatureUnexplained(Refusal):
    """Somebody refused to sign, and nobody wrote down why."""

    sentence = _("Write down why the signature was refused.")
    field = "refusal_note"


@transaction.atomic
def record_failure(
    proceeding,
    *,
    reason,
    worker_signature,
    employer_signature,
    notice_served_on,
    notice_method,
    refusal_note="",
    notice_receipt="",
    notice_reason="",
    notice_witnesses="",
    at,
    by,
):
    """Record that mediation came to nothing, and the notice that arbitration is open.

    企业劳动争议协商调解规定 article 30. Mediation ends today and the limitation period runs anew
    (article 31); where the term had run out by itself both happened then, and the record of that
    day is completed. Receipt, reason and witnesses prove the service of the notice. Raises the
    refusals of ``check_failure``.
    """
    facts = {
        "worker_signature": worker_signature,
        "employer_signature": employer_signature,
        "notice_served_on": notice_served_on,
        "notice_method": notice_method,
        "refusal_note": refusal_note,
    }
    proof = {
        "notice_receipt": notice_receipt,
        "notice_reason": notice_reason,
        "notice_witnesses": notice_witnesses,
    }
    check_failure(proceeding, reason=reason, **facts, **proof, at=at)
    failure = of(proceeding)
    if failure is None:
        failure = FailureRecord(proceeding=proceeding, reason=reason)
        _end_mediation(proceeding, on=timezone.localdate(at), at=at, by=by)
        _tell_failure(proceeding, reason, at=at, by=by)
    for name, value in {**facts, "at": at, "by": by}.items():
        setattr(failure, name, value)
    failure.save()
    serving.serve_notice(
        proceeding,
        paper=ServedPaper.FAILURE_NOTICE,
        served_on=notice_served_on,
        method=notice_method,
        proof=proof,
        at=at,
        by=by,
    )
    _tell_notice(failure)
    return failure


def check_failure(
    proceeding,
    *,
    reason,
    worker_signature,
    employer_signature,
    notice_served_on,
    notice_method,
    refusal_note,
    at,
    **proof,
):
    """Raise the refusal that speaks against this record at the moment *at*, if any."""
    if is_effective(proceeding):
        raise AlreadyEffective
    known = of(proceeding)
    if known and known.by_id:
        raise AlreadyRecorded
    if not known and reason == Reason.EXPIRED and term_runs(proceeding, at=at):
        raise NotExpired
    if Signature.REFUSED in (worker_signature, employer_signature) and not refusal_note:
        raise SignatureUnexplained
    check_notice(proceeding, served_on=notice_served_on, method=notice_method, at=at, needed=True)
    serving.check_notice_proof(
        proceeding,
        paper=ServedPaper.FAILURE_NOTICE,
        served_on=notice_served_on,
        method=notice_method,
        proof=proof,
        at=at,
    )


@transaction.atomic
def record_expiry(proceeding, *, at):
    """Record that the term for mediation ran out: nobody does this, the clock does.

    It counts as failure from the last day of the term (企业劳动争议协商调解规定 article 29),
    however late the clock was heard. Does nothing more where the failure is recorded. Raises
    ``NotExpired`` while the term runs or stands still.
    """
    failure = of(proceeding)
    if failure:
        return failure
    term = clocks.find_clock(proceeding.case, "MED_CLOSE", proceeding=proceeding)
    if term is None or term_runs(proceeding, at=at):
        raise NotExpired
    failure = FailureRecord.objects.create(proceeding=proceeding, reason=Reason.EXPIRED, at=at)
    clocks.stop_clock(term, on=term.due_legal, at=at, state=Deadline.State.EXPIRED)
    run_anew(proceeding.case, on=term.due_legal, at=at)
    _tell_failure(proceeding, Reason.EXPIRED, at=at, by=None)
    return failure


def of(proceeding):
    """Return the ``FailureRecord`` of *proceeding*, or None."""
    return FailureRecord.objects.filter(proceeding=proceeding).first()


def term_runs(proceeding, *, at):
    """Return whether the term for mediation still runs, or stands still, at the moment *at*."""
    term = clocks.find_clock(proceeding.case, "MED_CLOSE", proceeding=proceeding)
    if term is None:
        return False
    return term.state == Deadline.State.SUSPENDED or timezone.localdate(at) <= term.due_legal


def _end_mediation(proceeding, *, on, at, by):
    clocks.stop_clocks(proceeding, "MED_CLOSE", on=on, at=at, by=by)
    run_anew(proceeding.case, on=on, at=at, by=by)


def _tell_failure(proceeding, reason, *, at, by):
    verb = {
        Reason.EXPIRED: N_("Not settled: the term for mediation ran out"),
        Reason.REFUSED: N_("Not settled: one side does not want to go on"),
        Reason.NO_AGREEMENT: N_("Not settled: the parties could not agree"),
        Reason.UNREACHABLE: N_("Not settled: one side cannot be reached"),
    }[reason]
    record(proceeding.case, verb, at=at, by=by, proceeding=proceeding, key=True)
    note_not_settled(proceeding, at=at, by=by)


def _tell_notice(failure):
    told = {"at": failure.at, "by": failure.by, "proceeding": failure.proceeding}
    case = failure.proceeding.case
    record(
        case,
        N_("Told in writing on %(day)s that arbitration is open"),
        kind=Kind.PAPER,
        day=failure.notice_served_on,
        **told,
    )
    if failure.refusal_note:
        record(
            case,
            N_("Why a signature is missing"),
            reach=Reach.OFFICE,
            text=failure.refusal_note,
            **told,
        )
