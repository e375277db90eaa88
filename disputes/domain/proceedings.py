"""Opening and closing a tier's handling of a case."""

from django.db import transaction
from django.utils import timezone

from disputes import signals
from disputes.domain import numbers, responses
from disputes.domain.refusals import AlreadyClosed, OfficeClosed
from disputes.domain.routing import tier_of
from disputes.domain.service import closing
from disputes.models import Case, Deadline, Proceeding
from disputes.models.choices import SETTLING_OUTCOMES


@transaction.atomic
def open_proceeding(case, *, office, at, by=None, sent_from=None):
    """Open the handling of *case* at *office*, with the next number of that office.

    Raises ``OfficeClosed``: a case never comes to where nobody works.
    """
    if not office.is_active:
        raise OfficeClosed
    tier = tier_of(office)
    number = numbers.proceeding_number(office, tier=tier, year=timezone.localdate(at).year)
    proceeding = Proceeding.objects.create(
        case=case,
        office=office,
        desk=desk_of(office, sent_from=sent_from, federation=case.federation),
        tier=tier,
        ordinal=case.proceedings.count() + 1,
        number=number,
        number_key=numbers.number_key(number),
        sent_from=sent_from,
        opened_at=at,
    )
    responses.begin(proceeding, at=at, by=by)
    signals.proceeding_opened.send(Proceeding, proceeding=proceeding, at=at, by=by)
    return proceeding


def desk_of(office, *, federation, sent_from=None):
    """Return the office whose people do the steps of a case at *office*.

    It is *office* itself, or for one that works outside of this house the office that sent the
    case, else the *federation*.
    """
    return office if office.handled_here else sent_from or federation


@transaction.atomic
def close_proceeding(proceeding, *, outcome, at, by=None, settled_amount=None):
    """Close *proceeding* with *outcome*; its clocks stop. Raises ``AlreadyClosed``."""
    changed = Proceeding.objects.filter(pk=proceeding.pk, closed_at__isnull=True).update(
        closed_at=at, outcome=outcome, settled_amount=settled_amount
    )
    if not changed:
        raise AlreadyClosed
    proceeding.refresh_from_db()
    _stop_handling_clocks(proceeding, at=at, by=by)
    responses.ask_answers(proceeding, at=at, by=by)
    signals.proceeding_closed.send(Proceeding, proceeding=proceeding, at=at, by=by)
    return proceeding


@transaction.atomic
def end_case(case, *, at, outcome, tier):
    """End *case*: nobody handles it any more. A settling outcome names its line of defence.

    Raises ``Unserved`` while a paper waits for the proof of its service.
    """
    closing.refuse_unserved(case, outcome=outcome)
    closing.drop_open(case)
    line = tier if outcome in SETTLING_OUTCOMES else None
    Case.objects.filter(pk=case.pk).update(ended_at=at, defence_line=line)
    case.refresh_from_db()
    signals.case_ended.send(Case, case=case, at=at)
    return case


# Clocks that go on when the handling ends: they are the parties' own.
OUTLIVING = (
    "REVIEW_APPLY",
    "COURT_CONFIRM",
    "SUE_15",
    "SETASIDE_30",
    "LIMITATION",
    "EXEC_2Y",
)


def _stop_handling_clocks(proceeding, *, at, by):
    from disputes.domain.clocks import stop_clock

    on = timezone.localdate(at)
    running = Deadline.objects.running().filter(proceeding=proceeding)
    for deadline in running.exclude(rule__rule_id__in=OUTLIVING):
        stop_clock(
            deadline,
            on=max(on, deadline.started_on),
            at=at,
            by=by,
            state=Deadline.State.STOPPED,
        )
