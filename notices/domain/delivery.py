"""Delivering what waits in the outbox: each message at least once, in order, for three days.

A message is held while it is carried, so that a worker that dies leaves it as it was. It is
taken out when the receiver has it; whoever then dies before writing that down sends it again
under the same number.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from notices.channels import CARRIERS
from notices.channels.trouble import Down, Failed, Withheld
from notices.models import Message, Route

logger = logging.getLogger("fangxian.outbox")

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
# For so long after its first attempt a message is tried again, then it is given up.
PATIENCE = timedelta(hours=72)
State = Message.State
CHANGED = (
    "state", "aside", "attempts", "next_at", "first_tried_at", "last_error", "ended_at",
)  # fmt: skip


def pause_after(attempts):
    """Return how long to wait after so many failed *attempts*: twice as long each time."""
    return min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)


def due_messages(*, at):
    """Return the messages that may leave at the moment *at*: the first of each lane, lazily."""
    # What waits for the morning has not begun to leave: what must leave at night passes it.
    begun = Q(next_at__lte=at) | Q(attempts__gt=0)
    before = Message.objects.filter(
        begun, lane=OuterRef("lane"), pk__lt=OuterRef("pk"), state=State.WAITING, aside=False
    )
    down = Route.objects.filter(name=OuterRef("route"), paused_until__gt=at)
    return Message.objects.filter(
        ~Exists(before), ~Exists(down), state=State.WAITING, next_at__lte=at
    ).order_by("next_at", "pk")


def deliver_due(*, at, limit=500):
    """Deliver what is due at the moment *at*, at most *limit* messages; return how many were tried.

    May run at the same time in several workers.
    """
    tried = 0
    while tried < limit and deliver_next(at=at):
        tried += 1
    return tried


@transaction.atomic
def deliver_next(*, at):
    """Try the next message that is due at the moment *at*; return it, None when there is none."""
    waiting = due_messages(at=at).select_for_update(skip_locked=True, of=("self",))
    # What cannot be read must fail below, where it stops nobody else.
    message = waiting.defer("address", "content").first()
    if message is None:
        return None
    message.attempts += 1
    message.first_tried_at = message.first_tried_at or at
    _try(message, at=at)
    message.save(update_fields=CHANGED)
    return message


def _try(message, *, at):
    try:
        with transaction.atomic():
            CARRIERS[message.channel](message)
    except Down as trouble:
        _wait(message, _pause_route(message.route, trouble, at=at), trouble, at=at)
    except Withheld as trouble:
        message.last_error = _say(trouble)
        _end(message, State.PARKED, at=at)
    except Failed as trouble:
        _wait(message, at + pause_after(message.attempts), trouble, at=at)
    except Exception as error:
        # Refused by the receiver, or not even fit to be sent: the others must not wait for it.
        message.aside = True
        _wait(message, at + pause_after(message.attempts), error, at=at)
    else:
        _end(message, State.SENT, at=at)
        Route.objects.filter(name=message.route).delete()


def _wait(message, until, trouble, *, at):
    message.last_error = _say(trouble)
    logger.warning("message %s: %s", message.uid, message.last_error)
    if at - message.first_tried_at >= PATIENCE:
        _end(message, State.PARKED, at=at)
    else:
        message.next_at = until


def _end(message, state, *, at):
    message.state, message.ended_at = state, at
    if state == State.SENT:
        message.last_error = ""


def _pause_route(name, trouble, *, at):
    """Let nothing be tried on the route *name* for a while; return until when."""
    route, made = Route.objects.select_for_update().get_or_create(
        name=name,
        defaults={"down_since": at, "paused_until": at + FIRST_PAUSE, "last_error": _say(trouble)},
    )
    if not made and route.paused_until <= at:
        route.failures += 1
        route.paused_until = at + pause_after(route.failures)
        route.last_error = _say(trouble)
        route.save()
    return route.paused_until


def _say(trouble):
    """Return what went wrong without a word of the message: class of the error, or its code."""
    kind = type(trouble).__name__
    own = type(trouble).__module__.startswith("notices.")
    return f"{kind}: {trouble}"[:300] if own else kind


@transaction.atomic
def resend(message, *, at, by):
    """Try a *message* that was given up, or waits, again from the moment *at*, as *by* asked."""
    _again(Message.objects.filter(pk=message.pk), at=at, by=by)
    Route.objects.filter(name=message.route).update(paused_until=at)


@transaction.atomic
def resend_all(route, *, at, by):
    """Try everything again that was given up on *route*; return how much that is."""
    found = _again(Message.objects.filter(route=route, state=State.PARKED), at=at, by=by)
    Route.objects.filter(name=route).update(paused_until=at)
    return found


def _again(messages, *, at, by):
    return messages.exclude(state=State.SENT).update(
        state=State.WAITING,
        aside=False,
        ended_at=None,
        attempts=0,
        first_tried_at=None,
        next_at=at,
        resent_by=by,
    )


def forget_sent(*, before):
    """Remove what was sent before the moment *before*; return how many messages."""
    return Message.objects.filter(state=State.SENT, ended_at__lt=before).delete()[0]
