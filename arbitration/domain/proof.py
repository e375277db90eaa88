"""The period of proof, the lists of the parties, their exchange and what each side says."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain.guards import check_day, lock
from arbitration.domain.refusals import (
    DoneBefore,
    DoubtUnexplained,
    Missing,
    NotDocketed,
    NothingChosen,
    OutOfOrder,
    OwnProof,
    PeriodOver,
)
from arbitration.models import ProofItem, ProofOpinion, ProofPeriod
from disputes.domain.timeline import Kind, Reach, record

DOUBTS = ("doubts_authenticity", "doubts_legality", "doubts_relevance")
Opinion = ProofOpinion.Opinion


@transaction.atomic
def set_period(proceeding, *, until, notified_on, reason="", at, by=None):
    """Let the parties hand in proof until the date *until*; a later row replaces the one before.

    劳动人事争议仲裁办案规则 article 44. Returns the ``ProofPeriod``.
    """
    lock(proceeding)
    facts = {"until": until, "notified_on": notified_on, "reason": reason}
    check_period(proceeding, **facts, today=timezone.localdate(at))
    row = ProofPeriod.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    _note(proceeding, N_("Proof is taken until %(day)s"), at=at, by=by, text=reason, day=until)
    return row


def check_period(proceeding, *, until, notified_on, reason, today):
    """Raise a ``Refusal`` when the period cannot be set like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    set_before = _set_period(proceeding)
    if set_before and set_before < today:
        raise PeriodOver(day=set_before)
    if set_before and not reason.strip():
        raise Missing(field="reason", what=_("why the period is moved"))
    check_day(
        notified_on,
        field="notified_on",
        today=today,
        after=proceeding.accepted_on,
        what=_("when the case was docketed"),
    )
    if until < notified_on:
        raise OutOfOrder(field="until", day=notified_on, what=_("when the parties were told"))


def last_day(proceeding):
    """Return the last date on which proof and changed claims are taken, None while none is known.

    It is the one that was set, else the day before the parties were first heard.
    """
    until = _set_period(proceeding)
    if until:
        return until
    first = proceeding.hearings.filter(record__isnull=False, cancelled=False).first()
    return first and timezone.localdate(first.starts_at) - timedelta(days=1)


@transaction.atomic
def hand_in(proceeding, *, party, items, submitted_on, at, by=None):
    """Enter the *items* of proof that *party* handed in on the date *submitted_on*.

    Each item is a dict of name, purpose, source, pages, is_original and material (or None).
    What comes after the period is taken and marked. Returns the ``ProofItem`` rows.
    """
    lock(proceeding)
    check_list(proceeding, items=items, submitted_on=submitted_on, today=timezone.localdate(at))
    until = last_day(proceeding)
    first = (proceeding.proof_items.filter(party=party).aggregate(n=Max("number"))["n"] or 0) + 1
    rows = ProofItem.objects.bulk_create(
        ProofItem(
            proceeding=proceeding,
            party=party,
            number=number,
            submitted_on=submitted_on,
            is_late=until is not None and submitted_on > until,
            at=at,
            by=by,
            **item,
        )
        for number, item in enumerate(items, first)
    )
    verb = N_("%(role)s handed in proof, %(count)s items")
    _note(proceeding, verb, at=at, by=by, role=party.get_role_display(), count=len(rows))
    return rows


def check_list(proceeding, *, items, submitted_on, today):
    """Raise a ``Refusal`` when a list of proof cannot be entered like this."""
    if proceeding.accepted_on is None:
        raise NotDocketed
    check_day(submitted_on, field="submitted_on", today=today)
    if not items:
        raise NothingChosen


@transaction.atomic
def exchange(proceeding, *, party, exchanged_on, at, by=None):
    """Pass what *party* handed in to the other side, on the date *exchanged_on*.

    Returns how many items went.
    """
    lock(proceeding)
    check_exchange(proceeding, party=party, exchanged_on=exchanged_on, today=timezone.localdate(at))
    count = waiting_for_exchange(proceeding, party).update(exchanged_on=exchanged_on)
    verb = N_("Proof of the %(role)s passed to the other side")
    _note(proceeding, verb, at=at, by=by, role=party.get_role_display())
    return count


def check_exchange(proceeding, *, party, exchanged_on, today):
    """Raise a ``Refusal`` when nothing can be passed on like this."""
    waiting = waiting_for_exchange(proceeding, party)
    last = waiting.aggregate(last=Max("submitted_on"))["last"]
    if last is None:
        raise DoneBefore
    check_day(
        exchanged_on, field="exchanged_on", today=today, after=last, what=_("when it was handed in")
    )


def waiting_for_exchange(proceeding, party):
    """Return the items of *party* that the other side has not got yet."""
    return proceeding.proof_items.filter(party=party, exchanged_on__isnull=True)


@transaction.atomic
def say(proceeding, *, party, opinions, said_on, at, by=None):
    """Record what *party* says of the other side's proof: *opinions* is a list of dicts of item,
    opinion, doubts_authenticity, doubts_legality, doubts_relevance and reason.

    劳动争议调解仲裁法 articles 38, 39. Returns the ``ProofOpinion`` rows.
    """
    lock(proceeding)
    check_opinions(
        proceeding,
        party=party,
        opinions=opinions,
        said_on=said_on,
        today=timezone.localdate(at),
    )
    rows = ProofOpinion.objects.bulk_create(
        ProofOpinion(party=party, said_on=said_on, at=at, by=by, **_plain(facts))
        for facts in opinions
    )
    disputed = sum(row.opinion == Opinion.DISPUTED for row in rows)
    verb = N_("%(role)s on the other side's proof: %(count)s items, %(disputed)s disputed")
    _note(
        proceeding,
        verb,
        at=at,
        by=by,
        role=party.get_role_display(),
        count=len(rows),
        disputed=disputed,
    )
    return rows


def check_opinions(proceeding, *, party, opinions, said_on, today):
    """Raise a ``Refusal`` when opinions cannot be recorded like this."""
    check_day(said_on, field="said_on", today=today)
    if not opinions:
        raise NothingChosen
    open_items = {item.pk for item in items_for(proceeding, party)}
    for facts in opinions:
        item = facts["item"]
        if item.party_id == party.pk:
            raise OwnProof
        if item.pk not in open_items:
            raise DoneBefore
        _check_doubt(facts)


def items_for(proceeding, party):
    """Return the items on which *party* has not said its opinion yet, in order."""
    rows = proceeding.proof_items.exclude(party=party)
    if party.role != "third":
        # One side does not examine what its own side handed in.
        rows = rows.exclude(party__role=party.role)
    return rows.exclude(opinions__party=party).select_related("party").order_by("party", "number")


def _check_doubt(facts):
    doubts = any(facts.get(name) for name in DOUBTS)
    if facts["opinion"] == Opinion.DISPUTED and not (doubts and facts["reason"].strip()):
        raise DoubtUnexplained(field=f"reason_{facts['item'].pk}")


def _plain(facts):
    if facts["opinion"] == Opinion.DISPUTED:
        return facts
    return facts | dict.fromkeys(DOUBTS, False)


def _set_period(proceeding):
    return proceeding.proof_periods.values_list("until", flat=True).last()


def _note(proceeding, verb, *, at, by, **facts):
    record(
        proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        reach=Reach.OFFICE,
        **facts,
    )
