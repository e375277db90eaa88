"""The simplified procedure, and back to the ordinary one."""

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day, lock, one_of
from arbitration.domain.people import check_duty
from arbitration.domain.refusals import (
    Decided,
    FigureMissing,
    FormalService,
    Missing,
    NotDocketed,
    NotSimple,
    NotSimplified,
    SimplifiedAlready,
    TermOver,
    TooMuchForSimple,
)
from arbitration.models import SimplifiedProcedure
from disputes.domain import clocks
from disputes.domain.timeline import record
from disputes.look.words import say_yuan
from disputes.models import Claim, ServedPaper, ServiceMethod
from disputes.models.choices import Grade
from law.parameters import parameter_on
from law.refusals import LawRefusal

Ground = SimplifiedProcedure.Ground


@transaction.atomic
def simplify(
    proceeding,
    *,
    ground,
    decided_on,
    decided_by,
    harmless,
    agreed_on=None,
    defence_days=None,
    at,
    by=None,
):
    """Handle the case by the simplified procedure from the date *decided_on*.

    *harmless* says that nothing of what excludes it is at hand: public interest, great effect, a
    respondent who cannot be found. With the respondent's consent of *agreed_on* his term is
    *defence_days* working days (劳动人事争议仲裁办案规则 articles 56 to 59). Returns the row.
    """
    lock(proceeding)
    facts = {
        "ground": ground,
        "decided_on": decided_on,
        "decided_by": decided_by,
        "agreed_on": agreed_on,
        "defence_days": defence_days,
    }
    today = timezone.localdate(at)
    check_simplification(proceeding, **facts, harmless=harmless, today=today)
    row = SimplifiedProcedure.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    running = clocks.find_clock(proceeding.case, "ARB_DEFENSE", proceeding=proceeding)
    if running and defence_days:
        clocks.start_clock(
            proceeding.case,
            "ARB_DEFENSE",
            on=running.started_on,
            at=at,
            by=by,
            proceeding=proceeding,
            amount=defence_days,
        )
    _note(row, N_("Handled by the simplified procedure"), at=at, by=by)
    return row


def check_simplification(
    proceeding, *, ground, decided_on, decided_by, harmless, agreed_on, defence_days, today
):
    """Raise a ``Refusal`` when the case cannot be simplified like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    if one_of(proceeding, "simplified"):
        raise SimplifiedAlready
    if proceeding.arbitral_decisions.filter(partial=False).exists():
        raise Decided
    if not harmless or proceeding.case.grade == Grade.MAJOR or _cannot_be_found(proceeding):
        raise NotSimple(field="harmless")
    check_day(
        decided_on,
        field="decided_on",
        today=today,
        after=proceeding.accepted_on,
        what=_("when the case was docketed"),
    )
    check_duty(decided_by, "decide_docket", proceeding, on=today, field="decided_on")
    if ground == Ground.SMALL:
        _check_amount(proceeding, on=decided_on)
    if (ground == Ground.AGREED or defence_days) and agreed_on is None:
        raise Missing(field="agreed_on", what=_("when the respondent agreed"))
    if agreed_on:
        check_day(agreed_on, field="agreed_on", today=today)


@transaction.atomic
def convert(proceeding, *, converted_on, reason, at, by=None):
    """Turn the case to the ordinary procedure before the term of the award ends.

    The term still runs from acceptance (劳动人事争议仲裁办案规则 article 61): no clock moves.
    """
    lock(proceeding)
    check_conversion(
        proceeding, converted_on=converted_on, reason=reason, today=timezone.localdate(at)
    )
    row = one_of(proceeding, "simplified")
    row.converted_on, row.convert_reason = converted_on, reason
    row.save(update_fields=["converted_on", "convert_reason"])
    _note(row, N_("Turned to the ordinary procedure"), at=at, by=by, text=reason)
    return row


def check_conversion(proceeding, *, converted_on, reason, today):
    """Raise a ``Refusal`` when the case cannot be turned like this."""
    if not is_simplified(proceeding):
        raise NotSimplified
    row = one_of(proceeding, "simplified")
    if not reason.strip():
        raise Missing(field="reason", what=_("why the case is not simple"))
    check_day(
        converted_on,
        field="converted_on",
        today=today,
        after=row.decided_on,
        what=_("when the case was simplified"),
    )
    award = clocks.find_clock(proceeding.case, "ARB_AWARD", proceeding=proceeding)
    if award and converted_on > award.due_legal:
        raise TermOver(field="converted_on", day=award.due_legal)


def is_simplified(proceeding):
    """Return whether *proceeding* is handled by the simplified procedure now."""
    row = one_of(proceeding, "simplified")
    return row is not None and row.converted_on is None


def defence_days(proceeding):
    """Return the agreed term of the defence in working days, None for the law's own."""
    return one_of(proceeding, "simplified").defence_days if is_simplified(proceeding) else None


def check_method(proceeding, method, *, field="method"):
    """Raise ``FormalService`` when papers of *proceeding* cannot be served by *method*."""
    if method == ServiceMethod.SIMPLE and not is_simplified(proceeding):
        raise FormalService(field=field)


def _cannot_be_found(proceeding):
    served = proceeding.services.served().filter(paper=ServedPaper.APPLICATION_COPY)
    return served.filter(method=ServiceMethod.PUBLIC).exists()


def _check_amount(proceeding, *, on):
    claims = Claim.objects.of_applicant().filter(case=proceeding.case)
    asked = claims.aggregate(sum=Sum("amount"))["sum"] or 0
    try:
        most = parameter_on("avg_wage_year", on).amount
    except LawRefusal as error:
        raise FigureMissing(str(error), field="ground") from error
    if asked > most:
        raise TooMuchForSimple(field="ground", amount=say_yuan(asked), most=say_yuan(most))


def _note(row, verb, *, at, by, text=""):
    record(row.proceeding.case, verb, at=at, by=by, proceeding=row.proceeding, text=text, key=True)
