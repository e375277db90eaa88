"""Whether agreements are kept: noting what was performed, what is late, and the ways then open."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes import signals
from disputes.domain import clocks
from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Kind, record
from disputes.models import ClaimKind
from mediation.domain import enforceability
from mediation.domain.refusals import NotYet
from mediation.models import Agreement, Enforceability, Instalment

State, Way, Result = Instalment.State, Enforceability.Way, Enforceability.Result
# 支付令 is open for these alone (劳动争议调解仲裁法 article 16).
PAYMENT_ORDER = {
    ClaimKind.WAGE_ARREARS, ClaimKind.OVERTIME, ClaimKind.INJURY_MEDICAL, ClaimKind.SEVERANCE,
    ClaimKind.DAMAGES,
}  # fmt: skip
WAGES = {ClaimKind.WAGE_ARREARS, ClaimKind.OVERTIME}


class NotInForce(Refusal):
    """Nothing is owed under an agreement that has no effect."""

    sentence = _("This agreement is not in force: nothing can be performed yet.")


class NotDue(Refusal):
    """Nobody is late before the day."""

    sentence = _("This instalment is not due yet.")
    field = "state"


class DayMissing(Refusal):
    """Performed, but when?"""

    sentence = _("Say on which day it was performed.")
    field = "performed_on"


class OneWayOnly(Refusal):
    """Review and confirmation exclude each other while one waits, and once one is granted."""

    is_late = True
    sentence = _(
        "The parties have chosen one of the two ways already: arbitration review or judicial "
        "confirmation, not both (劳动人事争议仲裁办案规则 article 75)."
    )
    field = "way"


class RefusedBefore(Refusal):
    """The same is not asked twice."""

    sentence = _("This was refused before. The other way stays open while its term runs.")
    field = "way"


class TooLate(Refusal):
    """The term for the application is over."""

    sentence = _("The term for this application is over.")
    field = "applied_on"


class NotReviewed(Refusal):
    """The commission does not review what confirms a labour relation."""

    sentence = _("An agreement that confirms a labour relation cannot go to arbitration review.")
    field = "way"


@transaction.atomic
def note_performance(instalment, *, state, performed_on=None, proof="", at, by):
    """Note whether *instalment* was performed, on which date, and what proves it.

    Raises ``NotInForce``, ``NotDue``, ``DayMissing`` and ``NotYet``.
    """
    row = Instalment.objects.select_for_update().get(pk=instalment.pk)
    agreement = row.term.agreement
    if agreement.effective_on is None:
        raise NotInForce
    today = timezone.localdate(at)
    if state == State.UNPERFORMED and today <= row.due_on:
        raise NotDue
    if state == State.PERFORMED and performed_on is None:
        raise DayMissing
    if performed_on and performed_on > today:
        raise NotYet(field="performed_on")
    row.state, row.proof = state, proof
    row.performed_on = performed_on if state == State.PERFORMED else None
    row.noted_at, row.noted_by = at, by
    row.save()
    _tell(agreement.proceeding, row)
    return row


def _tell(proceeding, row):
    verb = {
        State.PERFORMED: N_("Instalment due on %(due)s performed on %(day)s"),
        State.UNPERFORMED: N_("Instalment due on %(due)s not performed"),
        State.OPEN: N_("Instalment due on %(due)s open again"),
    }[row.state]
    record(
        proceeding.case, verb, at=row.noted_at, by=row.noted_by, proceeding=proceeding,
        kind=Kind.PAPER, key=row.state == State.UNPERFORMED, text=row.proof, due=row.due_on,
        day=row.performed_on or "",
    )  # fmt: skip


@transaction.atomic
def apply_jointly(agreement, *, way, applied_on, at, by):
    """Record the joint application for review or confirmation; one of the two, within its term.

    Review: 15 days, confirmation: 30 days from the day of effect (企业劳动争议协商调解规定 article
    27, 民事诉讼法 article 205). Raises ``NotInForce``, ``OneWayOnly``, ``RefusedBefore``,
    ``NotReviewed``, ``TooLate`` and ``NotYet``.
    """
    if agreement.effective_on is None:
        raise NotInForce
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.applications.filter(result__in=["", Result.GRANTED]).exists():
        raise OneWayOnly
    if not enforceability.is_open(agreement, way):
        raise RefusedBefore
    if way == Way.REVIEW and agreement.confirms_relationship:
        raise NotReviewed
    if applied_on > timezone.localdate(at):
        raise NotYet(field="applied_on")
    proceeding = agreement.proceeding
    clock = clocks.find_clock(proceeding.case, enforceability.TERMS[way], proceeding=proceeding)
    if clock is None or applied_on > clock.due_legal:
        raise TooLate
    row = Enforceability.objects.create(
        agreement=agreement, way=way, applied_on=applied_on, at=at, by=by
    )
    clocks.stop_clocks(proceeding, *enforceability.TERMS.values(), on=applied_on, at=at, by=by)
    verb = {
        Way.REVIEW: N_("Joint application for arbitration review on %(day)s"),
        Way.COURT: N_("Joint application for judicial confirmation on %(day)s"),
    }[way]
    record(
        proceeding.case, verb, at=at, by=by, proceeding=proceeding, kind=Kind.PAPER, key=True,
        day=applied_on,
    )  # fmt: skip
    if way == Way.REVIEW:
        signals.agreement_submitted.send(
            Enforceability, proceeding=proceeding, applied_on=applied_on, at=at, by=by
        )
    return row


def instalments_of(offices):
    """Return the instalments of agreements in force at *offices* (ids), those due first."""
    return Instalment.objects.filter(
        term__agreement__effective_on__isnull=False,
        term__agreement__proceeding__desk__in=offices,
    )


def rates(offices, *, today, hidden=()):
    """Return {office id: (performed, due)} of the instalments due until the date *today*.

    Those of the cases *hidden*, ids or a queryset of them, are not counted.
    """
    rows = (
        instalments_of(offices)
        .filter(due_on__lte=today)
        .exclude(term__agreement__proceeding__case__in=hidden)
        .order_by()
        .values("term__agreement__proceeding__desk")
        .annotate(due=Count("pk"), performed=Count("pk", filter=Q(state=State.PERFORMED)))
    )
    desk = "term__agreement__proceeding__desk"
    return {row[desk]: (row["performed"], row["due"]) for row in rows}


def ways_open(agreement):
    """Return (kind of paper or "", sentence) of what is open when the agreement is not kept.

    劳动争议调解仲裁法 articles 15 and 16; 法释〔2020〕26号 articles 13 and 51.
    """
    reminder = ("performance_reminder", _("Remind the debtor in writing."))
    if _is_enforceable(agreement):
        return [("", _ENFORCEMENT), reminder]
    kinds = set(agreement.proceeding.case.claims.of_applicant().values_list("kind", flat=True))
    found = [*_after_refusal(agreement), reminder]
    if kinds & PAYMENT_ORDER:
        found.append(
            (
                "payment_order",
                _(
                    "Wages, medical costs of a work injury, severance or damages: the worker may "
                    "apply for a payment order with the agreement (调解仲裁法 article 16). If the "
                    "court ends it, she sues on the agreement directly (法释〔2020〕26号 article "
                    "13)."
                ),
            )
        )
    found.append(
        (
            "arbitration_application",
            _("Either side may apply for arbitration (调解仲裁法 article 15)."),
        )
    )
    if kinds and kinds <= WAGES:
        found.append(
            (
                "",
                _(
                    "An agreement about wages alone: the worker may sue on it directly "
                    "(法释〔2020〕26号 article 51)."
                ),
            )
        )
    return found


def _is_enforceable(agreement):
    """Return whether the commission or the court has stood behind the agreement."""
    last = agreement.enforceability
    return last is not None and last.result == Result.GRANTED


def _after_refusal(agreement):
    """Return what is open once the last application was refused: never a dead end."""
    last = agreement.enforceability
    if last is None or last.result != Result.REFUSED:
        return []
    if last.way == Way.COURT:
        return [("", _AFTER_THE_COURT)]
    return [("arbitration_application", _AFTER_THE_COMMISSION)]


_ENFORCEMENT = _(
    "The commission's statement or the court's ruling can be enforced: the creditor applies to "
    "the court within two years from the last day of the term of performance (民事诉讼法 article "
    "250; 调解仲裁法 article 51)."
)
_AFTER_THE_COMMISSION = _(
    "The commission makes no statement of this agreement. Both sides may still ask the court to "
    "confirm it while its 30 days run; else the dispute itself goes to arbitration "
    "(企业劳动争议协商调解规定 article 28)."
)
_AFTER_THE_COURT = _(
    "The court does not confirm this agreement. The parties may mediate again and change it, or "
    "the dispute goes to arbitration, or to court where the law allows it directly "
    "(民事诉讼法 article 206)."
)


def agreement_of(proceeding):
    """Return the agreement of *proceeding* that is in force, or None."""
    return Agreement.objects.filter(proceeding=proceeding, effective_on__isnull=False).first()
