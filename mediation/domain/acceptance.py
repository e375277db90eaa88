"""From the application to the decision whether to mediate."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain import clocks
from disputes.domain.referrals import refer_refused
from disputes.domain.refusals import Refusal
from disputes.domain.responses import meet_contact
from disputes.domain.timeline import Kind, Reach, record
from disputes.models import ServedPaper, Source
from mediation.domain import serving
from mediation.domain.consent import (
    agree_for_silent,
    applicant_agreed,
    respondent_agreed,
    unwilling,
)
from mediation.domain.limitation import run_anew
from mediation.domain.refusals import check_day, check_moment, check_notice
from mediation.models import AcceptanceDecision, Consultation, Correction, Examination

Answer, Method = Consultation.Answer, Consultation.Method


class NothingAsked(Refusal):
    """There is nothing that the applicant was asked to bring."""

    sentence = _("Nothing is missing from this application: there is nothing to correct.")


class NotSaidWhatIsMissing(Refusal):
    """An incomplete application without a word on what it lacks."""

    sentence = _("Say what is missing, so that the applicant can bring all of it at once.")
    field = "missing"


class NotSaidWhyOutside(Refusal):
    """Out of scope without a reason."""

    sentence = _("Say why this dispute is outside the scope of mediation.")
    field = "note"


class AlreadyDecided(Refusal):
    """The decision on acceptance stands."""

    is_late = True
    sentence = _("It has been decided already whether to accept this application.")


class ApplicantDidNotAgree(Refusal):
    """The applicant did not ask for mediation, or said no to it."""

    sentence = _(
        "The applicant has not agreed to mediation. Mediation is voluntary: without her it cannot "
        "be accepted."
    )
    field = "accepted"


class RespondentDidNotAgree(Refusal):
    """The other side did not agree when it was last asked, or was not asked."""

    sentence = _(
        "The other side has not agreed to mediation. Only with the agreement of both sides can "
        "the application be accepted."
    )
    field = "accepted"


class FurtherRespondentDidNotAgree(Refusal):
    """One of several respondents refused, or was named after the others were asked."""

    sentence = _(
        "A further respondent has not agreed to mediation, or was named after the others had been"
        " asked. Each of them must agree before the application is accepted."
    )
    field = "accepted"


class OutOfScope(Refusal):
    """The examination found the dispute outside the scope."""

    sentence = _("The examination found this dispute outside the scope of mediation.")
    field = "accepted"


class ReasonsMissing(Refusal):
    """A refusal without reasons."""

    sentence = _("Give the reasons: the applicant has a right to know why.")
    field = "reasons"


def open_clocks(proceeding, *, at, by=None):
    """Start the term for the decision and the day from which arbitration is open by law.

    Both run from the day of the application; at a later tier from the day on which the file
    came (企业劳动争议协商调解规定 article 22, 劳动争议调解仲裁法 article 14). What a court entrusts
    is confirmed to it, too (人民法院在线调解规则 article 12).
    """
    first = proceeding.ordinal == 1
    on = proceeding.case.received_on if first else timezone.localdate(proceeding.opened_at)
    entrusted = ("COURT_MED_CONFIRM",) if is_entrusted(proceeding) else ()
    for rule in ("MED_ACCEPT", "MED_STAT_EXIT", *entrusted):
        clocks.start_clock(proceeding.case, rule, on=on, at=at, by=by, proceeding=proceeding)


@transaction.atomic
def examine(proceeding, *, in_scope, complete, missing="", note="", at, by):
    """Record whether the dispute belongs here and the application is complete.

    *missing* says what the applicant is asked to bring, *note* why the dispute is out of scope.
    Raises ``NotSaidWhatIsMissing``, ``NotSaidWhyOutside``.
    """
    if not in_scope and not note:
        raise NotSaidWhyOutside
    if in_scope and not complete and not missing:
        raise NotSaidWhatIsMissing
    examination = Examination.objects.create(
        proceeding=proceeding,
        in_scope=in_scope,
        complete=complete,
        missing="" if complete else missing,
        note=note,
        at=at,
        by=by,
    )
    _tell_examination(examination)
    return examination


def _tell_examination(examination):
    if not examination.in_scope:
        verb, text = N_("Application examined: outside the scope of mediation"), examination.note
    elif examination.complete:
        verb, text = N_("Application examined: complete"), ""
    else:
        verb, text = N_("Application examined: something is missing"), examination.missing
    _tell(examination.proceeding, verb, at=examination.at, by=examination.by, text=text)


@transaction.atomic
def receive_correction(proceeding, *, received, received_on, at, by):
    """Record what the applicant brought on the date *received_on*, of what was missing.

    Raises ``NothingAsked`` when the last examination missed nothing.
    """
    examination = last_examination(proceeding)
    if examination is None or not examination.missing:
        raise NothingAsked
    check_day(proceeding, received_on, at=at, field="received_on")
    correction = Correction.objects.create(
        proceeding=proceeding,
        asked=examination.missing,
        received=received,
        received_on=received_on,
        at=at,
        by=by,
    )
    _tell(
        proceeding,
        N_("Correction received on %(day)s"),
        at=at,
        by=by,
        kind=Kind.PAPER,
        text=received,
        day=received_on,
    )
    return correction


@transaction.atomic
def consult(proceeding, *, asked_at, method, answer, note="", at, by):
    """Record that the other side was asked at the moment *asked_at*, and what it answered.

    What was said beside the answer, *note*, stays with this office. When the other side refuses,
    the limitation period runs anew from that day (企业劳动争议协商调解规定 article 31 item 5).
    """
    check_asked_at(proceeding, asked_at=asked_at, at=at)
    consultation = Consultation.objects.create(
        proceeding=proceeding,
        asked_at=asked_at,
        method=method,
        answer=answer,
        note=note,
        at=at,
        by=by,
    )
    meet_contact(proceeding, met_at=asked_at, at=at, by=by)
    if answer == Answer.AGREED:
        agree_for_silent(proceeding, at=at, by=by)
    if answer == Answer.REFUSED:
        run_anew(proceeding.case, on=timezone.localdate(asked_at), at=at, by=by)
    _tell_consultation(consultation)
    return consultation


def check_asked_at(proceeding, *, asked_at, at):
    """Raise the refusal that speaks against the moment *asked_at*, if any."""
    check_moment(proceeding, asked_at, at=at, field="asked_at")


def _tell_consultation(consultation):
    verb = {
        Answer.AGREED: N_("The other side agrees to mediation"),
        Answer.REFUSED: N_("The other side refuses mediation"),
        Answer.NONE: N_("The other side was asked and has not answered"),
    }[consultation.answer]
    kind = {Method.PHONE: Kind.CALL, Method.VISIT: Kind.VISIT}.get(consultation.method, Kind.COURSE)
    told = {"at": consultation.at, "by": consultation.by, "kind": kind}
    _tell(consultation.proceeding, verb, **told)
    if consultation.note:
        _tell(
            consultation.proceeding,
            N_("What the other side said"),
            reach=Reach.OFFICE,
            text=consultation.note,
            **told,
        )


@transaction.atomic
def decide(
    proceeding,
    *,
    accepted,
    reasons="",
    notice_served_on=None,
    notice_method="",
    notice_receipt="",
    notice_reason="",
    notice_witnesses="",
    at,
    by,
):
    """Accept the application, or refuse it with reasons and a served notice.

    Accepted only when both sides agreed (企业劳动争议协商调解规定 articles 22 and 23); then the
    term for mediation runs from today. Receipt, reason and witnesses prove the service of the
    notice. Raises the refusals of ``check_decision``.
    """
    notice = {"notice_served_on": notice_served_on, "notice_method": notice_method}
    proof = {
        "notice_receipt": notice_receipt,
        "notice_reason": notice_reason,
        "notice_witnesses": notice_witnesses,
    }
    check_decision(proceeding, accepted=accepted, reasons=reasons, **notice, **proof, at=at)
    on = timezone.localdate(at)
    decision = AcceptanceDecision.objects.create(
        proceeding=proceeding,
        accepted=accepted,
        applicant_agreed=applicant_agreed(proceeding),
        respondent_agreed=respondent_agreed(proceeding),
        reasons=reasons,
        **notice,
        on=on,
        at=at,
        by=by,
    )
    clocks.stop_clocks(proceeding, "MED_ACCEPT", "COURT_MED_CONFIRM", on=on, at=at, by=by)
    serving.serve_notice(
        proceeding,
        paper=_notice_of(accepted),
        served_on=notice_served_on,
        method=notice_method,
        proof=proof,
        at=at,
        by=by,
    )
    if accepted:
        _begin_mediation(proceeding, on=on, at=at, by=by)
    else:
        _refer_outside(proceeding, reason=reasons, at=at, by=by)
    _tell_decision(decision)
    return decision


def check_decision(proceeding, *, accepted, reasons, notice_served_on, notice_method, at, **proof):
    """Raise the refusal that speaks against this decision at the moment *at*, if any."""
    if AcceptanceDecision.objects.filter(proceeding=proceeding).exists():
        raise AlreadyDecided
    if accepted:
        _check_consent(proceeding)
    elif not reasons:
        raise ReasonsMissing
    check_notice(
        proceeding, served_on=notice_served_on, method=notice_method, at=at, needed=not accepted
    )
    serving.check_notice_proof(
        proceeding,
        paper=_notice_of(accepted),
        served_on=notice_served_on,
        method=notice_method,
        proof=proof,
        at=at,
    )


def _notice_of(accepted):
    return ServedPaper.ACCEPTANCE_NOTICE if accepted else ServedPaper.REFUSAL_NOTICE


def _check_consent(proceeding):
    examination = last_examination(proceeding)
    if examination and not examination.in_scope:
        raise OutOfScope
    if not applicant_agreed(proceeding):
        raise ApplicantDidNotAgree
    if unwilling(proceeding).exists():
        raise FurtherRespondentDidNotAgree
    if not respondent_agreed(proceeding):
        raise RespondentDidNotAgree


def _begin_mediation(proceeding, *, on, at, by):
    proceeding.accepted_on = on
    proceeding.save(update_fields=["accepted_on"])
    # The court waits thirty days before it takes the suit (人民法院在线调解规则 article 24).
    rules = ("MED_CLOSE", "COURT_DELEGATED_MED") if is_entrusted(proceeding) else ("MED_CLOSE",)
    for rule in rules:
        clocks.start_clock(proceeding.case, rule, on=on, at=at, by=by, proceeding=proceeding)


def is_entrusted(proceeding):
    """Return whether a court entrusted the case, which began in *proceeding*, before any suit."""
    return proceeding.ordinal == 1 and proceeding.case.source == Source.COURT


def _refer_outside(proceeding, *, reason, at, by):
    """Send the applicant where her claims are heard when they were found out of scope here."""
    examination = last_examination(proceeding)
    if examination and not examination.in_scope:
        refer_refused(proceeding, reason=reason, at=at, by=by)


def _tell_decision(decision):
    told = {"at": decision.at, "by": decision.by}
    verb = N_("Accepted for mediation") if decision.accepted else N_("Not accepted for mediation")
    _tell(decision.proceeding, verb, text=decision.reasons, key=True, **told)
    if decision.notice_served_on:
        _tell(
            decision.proceeding,
            N_("Notice of the decision served on %(day)s"),
            kind=Kind.PAPER,
            day=decision.notice_served_on,
            **told,
        )


def last_examination(proceeding):
    """Return the latest ``Examination`` of *proceeding*, or None."""
    return proceeding.examinations.last()


def is_accepted(proceeding):
    """Return whether mediation was accepted; of an imported proceeding its date says so."""
    return proceeding.accepted_on is not None


def _tell(proceeding, verb, **told):
    record(proceeding.case, verb, proceeding=proceeding, **told)
