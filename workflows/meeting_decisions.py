"""What a decision of the joint meeting does to a case, and what the course does not allow."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disputes.domain.clocks import find_clock
from disputes.domain.refusals import Refusal
from disputes.models import Outcome, Tier
from mediation.models import MeetingDecision
from workflows.courses import leave_for_arbitration
from workflows.leaving import is_mediation, is_open

Kind = MeetingDecision.Kind


class NotInMediation(Refusal):
    """Only a case in mediation goes on to arbitration or is mediated further."""

    sentence = gettext_lazy("The case is not in mediation at present.")
    field = "kind"


class ArbitrationComesFirst(Refusal):
    """A labour dispute goes to the court by way of arbitration."""

    sentence = gettext_lazy(
        "Before the court comes arbitration (劳动争议调解仲裁法 article 5). Decide on arbitration."
    )
    field = "kind"


class NothingToConfirm(Refusal):
    """The court confirms an agreement, within its term."""

    sentence = gettext_lazy(
        "There is no agreement for which judicial confirmation may still be asked."
    )
    field = "kind"


class CaseEnded(Refusal):
    """Nothing follows in a case that has ended."""

    sentence = gettext_lazy("The case has ended. Only note this item.")
    field = "kind"


def foresee(case, kinds, by):
    """Return [(kind, whether the course allows it, a sentence)] for *kinds* decided in *case*."""
    last = _last(case)
    return [(kind, *_foresee(last, kind)) for kind in kinds]


def _foresee(last, kind):
    try:
        return True, _check(last, kind)
    except Refusal as refusal:
        return False, str(refusal)


@transaction.atomic
def carry_out(case, kind, at, by):
    """Let *case* go on as decided; return a sentence. Raises the refusals above, and those of
    the course.
    """
    last = _last(case)
    said = _check(last, kind)
    if kind == Kind.ARBITRATION:
        new = leave_for_arbitration(last, at=at, by=by)
        return _("%(said)s New number: %(number)s.") % {"said": said, "number": new.number}
    return said


def _check(last, kind):
    check = CHECKS.get(kind)
    return check(last) if check else ""


def _check_arbitration(last):
    if not is_mediation(last):
        raise NotInMediation
    return _("Mediation ends; the application waits at the commission for a signature.")


def _check_mediation(last):
    if not is_mediation(last):
        raise NotInMediation
    return _("The case stays where it is; its clock runs on.")


def _check_court(last):
    if last.tier != Tier.ARBITRATION or last.closed_at is None:
        raise ArbitrationComesFirst
    return _("The case stays closed; the court is asked by the parties.")


def _check_aid(last):
    _refuse_ended(last)
    return _("The case goes on; the legal-aid centre gets an action item.")


def _check_inspection(last):
    _refuse_ended(last)
    return _("The case goes on; the labour bureau gets an action item.")


def _refuse_ended(last):
    if not is_open(last):
        raise CaseEnded


def _check_confirmation(last):
    case = last.case
    settled = case.proceedings.filter(outcome=Outcome.SETTLED).exists()
    if not settled or find_clock(case, "COURT_CONFIRM") is None:
        raise NothingToConfirm
    return _("The agreement stands; the parties ask the court together, within the term.")


def _last(case):
    return case.proceedings.select_related("case", "office", "desk", "handler").latest("ordinal")


CHECKS = {
    Kind.ARBITRATION: _check_arbitration,
    Kind.MEDIATION: _check_mediation,
    Kind.COURT: _check_court,
    Kind.CONFIRMATION: _check_confirmation,
    Kind.AID: _check_aid,
    Kind.INSPECTION: _check_inspection,
}
