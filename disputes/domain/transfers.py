"""Handing a case to another office, and back, and placing it from above.

Who got a case may return it once, with a reason, and never hands it on to where it was before.
After that somebody above both decides, and the case stays where it is placed. Between commissions
nothing is returned: who got a case takes it, or the authority above names another
(劳动人事争议仲裁办案规则 article 9). The clock of acceptance runs from the dispatch, not from when
somebody looks at it.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.proceedings import close_proceeding, open_proceeding
from disputes.domain.refusals import Refusal
from disputes.domain.routing import tier_of
from disputes.domain.timeline import record
from disputes.models import Outcome, Tier, Transfer
from offices.models import Office

Kind = Transfer.Kind


class SameOffice(Refusal):
    """The case is there already."""

    sentence = _("The case is at this office already.")
    field = "office"


class OtherTier(Refusal):
    """The office is of another tier."""

    sentence = _("Choose an office of the same tier; between tiers a case is escalated.")
    field = "office"


class NobodySentIt(Refusal):
    """The case did not come from another office."""

    sentence = _("No other office sent this case: there is nobody to return it to.")


class ReturnedBefore(Refusal):
    """The case was returned once."""

    sentence = _("This case was returned once already. Ask the office above to place it.")


class WasThere(Refusal):
    """Handing a case on to where it was is returning it."""

    sentence = _(
        "The case was at this office before: return it, once, or ask the office above to decide."
    )
    field = "office"


class PassedOn(Refusal):
    """A commission takes what another one passed on."""

    sentence = _(
        "Another commission passed this case on, so it is taken here. If this commission is not"
        " competent either, record whom the authority above both designates"
        " (劳动人事争议仲裁办案规则 article 9)."
    )


class Placed(Refusal):
    """Somebody above decided where the case belongs."""

    sentence = _("A higher office placed this case here: it is handled here.")


@transaction.atomic
def hand_on(proceeding, *, office, reason, at, by):
    """Hand the case of *proceeding* to *office*, of the same tier; return its proceeding there.

    Raises ``SameOffice``, ``OtherTier``, ``Placed``, ``PassedOn``, ``ReturnedBefore`` and
    ``WasThere``.
    """
    _refuse_placed(proceeding)
    if came_from_commission(proceeding):
        raise PassedOn
    if was_returned(proceeding.case):
        raise ReturnedBefore
    if office != proceeding.office and proceeding.case.proceedings.filter(office=office).exists():
        raise WasThere
    return _move(proceeding, office=office, kind=Kind.HANDED, reason=reason, at=at, by=by)


@transaction.atomic
def hand_back(proceeding, *, reason, at, by):
    """Return the case to the office that sent it; return its proceeding there.

    Also to the tier before, from which it was escalated. Raises ``NobodySentIt``,
    ``PassedOn``, ``ReturnedBefore``, ``Placed``.
    """
    _refuse_placed(proceeding)
    if proceeding.sent_from is None:
        raise NobodySentIt
    if came_from_commission(proceeding):
        raise PassedOn
    if was_returned(proceeding.case):
        raise ReturnedBefore
    return _move(
        proceeding, office=proceeding.sent_from, kind=Kind.RETURNED, reason=reason, at=at, by=by
    )


@transaction.atomic
def place(proceeding, *, office, reason, at, by):
    """Decide from above that *office* handles the case; return its proceeding there.

    Raises ``SameOffice`` and ``OtherTier``.
    """
    return _move(proceeding, office=office, kind=Kind.PLACED, reason=reason, at=at, by=by)


def was_returned(case):
    """Return whether an office returned *case* before."""
    return Transfer.objects.filter(sender__case=case, kind=Kind.RETURNED).exists()


def is_placed(proceeding):
    """Return whether somebody above decided that *proceeding* is handled where it is."""
    return Transfer.objects.filter(receiver=proceeding, kind=Kind.PLACED).exists()


def came_from_commission(proceeding):
    """Return whether *proceeding* is at a commission and another commission passed it on."""
    sender = proceeding.sent_from if proceeding.tier == Tier.ARBITRATION else None
    return sender is not None and sender.tier == Office.Tier.ARBITRATION


def _refuse_placed(proceeding):
    if is_placed(proceeding):
        raise Placed


def _move(proceeding, *, office, kind, reason, at, by):
    if office == proceeding.office:
        raise SameOffice
    if kind != Kind.RETURNED and tier_of(office) != proceeding.tier:
        raise OtherTier
    close_proceeding(proceeding, outcome=Outcome.TRANSFERRED, at=at, by=by)
    receiver = open_proceeding(
        proceeding.case, office=office, at=at, by=by, sent_from=proceeding.office
    )
    Transfer.objects.create(
        kind=kind, sender=proceeding, receiver=receiver, reason=reason, at=at, by=by
    )
    record(
        proceeding.case,
        _SAID[kind],
        at=at,
        by=by,
        proceeding=proceeding,
        key=True,
        text=reason,
        sender=proceeding.office.name,
        receiver=office.name,
    )
    return receiver


_SAID = {
    Kind.HANDED: N_("Handed on from %(sender)s to %(receiver)s"),
    Kind.RETURNED: N_("Returned by %(sender)s to %(receiver)s"),
    Kind.PLACED: N_("Placed with %(receiver)s from above, no longer with %(sender)s"),
}
