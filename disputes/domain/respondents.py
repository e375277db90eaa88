"""Further respondents: whoever the law wants named beside the employer."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import AlreadyClosed, Refusal
from disputes.domain.timeline import record
from disputes.models import Consent, Party, Tier
from law.respondents import CAPACITIES


class NamedBefore(Refusal):
    """The respondent is in the case."""

    sentence = _("This respondent is named already.")
    field = "name"


class AtTheDesk(Refusal):
    """After docketing the panel adds parties."""

    sentence = _(
        "The case is docketed: the panel adds parties at the desk of the case, where the term of"
        " the award starts again."
    )


class SomebodyElse(Refusal):
    """No respondent of the case."""

    sentence = _("Choose one of the respondents of this case.")
    field = "party"


@transaction.atomic
def add_respondent(proceeding, *, name, capacity, agrees=None, at, by=None, **facts):
    """Name a further respondent in the case of *proceeding*, in the *capacity* of its code.

    *facts* are further fields of ``Party``. *agrees* says whether it agrees to mediation, None
    when it was not asked yet. 调解仲裁法 22, 33号令 6 and 7. Raises ``NamedBefore``, ``AtTheDesk``,
    ``AlreadyClosed``. Returns the ``Party``.
    """
    _check(proceeding)
    case = proceeding.case
    respondents = case.parties.filter(role=Party.Role.RESPONDENT)
    code = facts.get("credit_code")
    known = respondents.filter(name=name).exists()
    if known or (code and respondents.filter(credit_code=code).exists()):
        raise NamedBefore
    party = Party.objects.create(
        case=case,
        role=Party.Role.RESPONDENT,
        kind=facts.pop("kind", Party.Kind.EMPLOYER),
        name=name,
        capacity=capacity,
        **facts,
    )
    _note_answer(party, agrees, at=at, by=by)
    record(
        case,
        N_("A further respondent is named: %(name)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        key=True,
        name=name,
        text=str(CAPACITIES[capacity]),
    )
    return party


@transaction.atomic
def describe(proceeding, *, party, capacity, licence, agrees=None, at, by=None):
    """Say as what the respondent *party* is named and whether it is licensed.

    *agrees* says what it answered about mediation since, None when nothing. Raises
    ``SomebodyElse``, ``AlreadyClosed``, ``AtTheDesk``.
    """
    _check(proceeding)
    if party.case_id != proceeding.case_id or party.role != Party.Role.RESPONDENT:
        raise SomebodyElse
    party.capacity, party.licence = capacity, licence
    party.save(update_fields=["capacity", "licence"])
    _note_answer(party, agrees, at=at, by=by)
    record(
        proceeding.case,
        N_("What %(name)s is named as was put right"),
        at=at,
        by=by,
        proceeding=proceeding,
        name=party.name,
    )
    return party


def _note_answer(party, agrees, *, at, by):
    if agrees is not None:
        Consent.objects.create(
            party=party, purpose=Consent.Purpose.MEDIATION, given=agrees, at=at, recorded_by=by
        )


def _check(proceeding):
    if proceeding.closed_at:
        raise AlreadyClosed
    if proceeding.tier == Tier.ARBITRATION and proceeding.accepted_on:
        raise AtTheDesk
