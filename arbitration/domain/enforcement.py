"""Enforcement before the award."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day, lock, one_of
from arbitration.domain.refusals import (
    AmountNeeded,
    Decided,
    DoneBefore,
    Missing,
    MoreThanAsked,
    NoPanel,
    NotForAdvance,
    NotSoUrgent,
)
from arbitration.models import AdvanceEnforcement
from disputes.domain.timeline import Kind, record
from disputes.look.words import say_yuan
from law.claims import MONEY, nature_of


@transaction.atomic
def decide_advance(
    proceeding, *, claim, asked_on, decided_on, granted, reasons, at, by=None, **rest
):
    """Decide on paying *claim* before the award, as the applicant asked on *asked_on*.

    *rest*: rights_clear, hardship, security (bools), amount (yuan), court and sent_on. A worker
    need not give security; the court enforces it (劳动争议调解仲裁法 article 44). Returns the row.
    """
    lock(proceeding)
    facts = {
        "claim": claim,
        "asked_on": asked_on,
        "decided_on": decided_on,
        "granted": granted,
        "reasons": reasons,
        **_plain(granted, rest),
    }
    check_advance(proceeding, **facts, today=timezone.localdate(at))
    row = AdvanceEnforcement.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    verb = N_("Enforcement before the award granted: %(amount)s yuan")
    if not granted:
        verb = N_("Enforcement before the award refused")
    record(
        proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        key=True,
        text=reasons,
        amount=say_yuan(row.amount or 0),
    )
    return row


def check_advance(
    proceeding,
    *,
    claim,
    asked_on,
    decided_on,
    granted,
    reasons,
    rights_clear,
    hardship,
    security,
    amount,
    court,
    sent_on,
    today,
):
    """Raise a ``Refusal`` when the panel cannot decide like this."""
    if one_of(proceeding, "arbitral_panel") is None:
        raise NoPanel
    if proceeding.arbitral_decisions.filter(partial=False).exists():
        raise Decided
    if nature_of(claim.kind) not in MONEY or claim.counter or claim.dropped_on:
        raise NotForAdvance(field="claim")
    if not reasons.strip():
        raise Missing(field="reasons", what=_("the reasons"))
    check_day(asked_on, field="asked_on", today=today, after=proceeding.accepted_on)
    check_day(
        decided_on,
        field="decided_on",
        today=today,
        after=asked_on,
        what=_("when it was asked for"),
    )
    if granted:
        _check_grant(proceeding, claim, rights_clear, hardship, amount)
        _check_sent(decided_on, court, sent_on, today)


def _check_grant(proceeding, claim, rights_clear, hardship, amount):
    if proceeding.advance_enforcements.filter(claim=claim, granted=True).exists():
        raise DoneBefore(field="claim")
    if not (rights_clear and hardship):
        raise NotSoUrgent(field="rights_clear")
    if not amount:
        raise AmountNeeded(field="amount")
    if claim.amount is not None and amount > claim.amount:
        raise MoreThanAsked(field="amount", most=say_yuan(claim.amount))


def _check_sent(decided_on, court, sent_on, today):
    if not sent_on and not court.strip():
        return
    if not court.strip():
        raise Missing(field="court", what=_("which court"))
    check_day(
        sent_on, field="sent_on", today=today, after=decided_on, what=_("when it was decided")
    )


def _plain(granted, rest):
    facts = {
        "rights_clear": False,
        "hardship": False,
        "security": False,
        "amount": None,
        "court": "",
        "sent_on": None,
        **rest,
    }
    return facts if granted else facts | {"amount": None, "court": "", "sent_on": None}
