"""Events: writing down that something happened, and telling programs that asked."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from notices.channels.targets import check_target
from notices.domain.outbox import enqueue, make_message
from notices.models import Channel, Event, Message, Subscription
from offices.refusals import Refusal

PREFIX = "cn.fangxian."
# How long the key before goes on signing beside the new one.
CHANGEOVER = timedelta(days=7)
KEPT = timedelta(days=30)
MOST, MOST_REPLAYED = 10, 5000
# One fan-out at a time: the order of events of a case is made here.
_LOCK = 0x6578_6F75_7400


class TooManySubscriptions(Refusal):
    """One account has its share."""

    sentence = _("You have ten webhooks. End one that you do not need.")


class TooMuchToReplay(Refusal):
    """More than a replay sends."""

    sentence = _("More than 5,000 events lie after this moment. Choose a later one.")
    field = "since"


def emit(name, *, subject, at, **links):
    """Write down that *name*, of the catalogue, happened to *subject* at the moment *at*.

    *links* are paths of this house under which more can be read, by whoever may.
    """
    emit_all([(name, subject, links)], at=at)


def emit_all(news, *, at):
    """Write down many events at once, each (name, subject, links) as ``emit`` takes them."""
    Event.objects.bulk_create(
        [
            Event(type=PREFIX + name, subject=subject, data=links, at=at)
            for name, subject, links in news
        ],
        batch_size=1000,
    )


@transaction.atomic
def subscribe(user, *, name, url, types, at):
    """Let the program at *url* be told of events of *types* (none: all) that *user* may see.

    Returns the ``Subscription``. Raises ``BadTarget`` and ``TooManySubscriptions``.
    """
    check_target(url)
    if Subscription.objects.filter(user=user, ended_at__isnull=True).count() >= MOST:
        raise TooManySubscriptions
    return Subscription.objects.create(
        user=user, name=name, url=url, types=sorted(types), secret=_make_secret(), created_at=at
    )


@transaction.atomic
def rotate(subscription, *, at):
    """Give *subscription* a new key; the one before signs beside it for seven days."""
    subscription.old_secret, subscription.secret = subscription.secret, _make_secret()
    subscription.old_until = at + CHANGEOVER
    subscription.save(update_fields=["secret", "old_secret", "old_until"])


@transaction.atomic
def unsubscribe(subscription, *, at):
    """Tell the program nothing any more, what waits included."""
    Subscription.objects.filter(pk=subscription.pk, ended_at__isnull=True).update(ended_at=at)
    waiting = Message.objects.filter(route=subscription.route, state=Message.State.WAITING)
    waiting.update(state=Message.State.PARKED, ended_at=at, last_error="Withheld")


@transaction.atomic
def fan_out(sees, *, at, limit=500):
    """Put up to *limit* new events into the outbox for every program that asked; return how many.

    ``sees(user, happened)`` returns of *happened*, pairs of type and subject, what *user* may
    know now. Does nothing while another worker is at it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    events = list(Event.objects.filter(spread_at__isnull=True).order_by("pk")[:limit])
    for subscription in Subscription.objects.filter(ended_at__isnull=True).select_related("user"):
        _hand_over(subscription, events, sees, at=at)
    Event.objects.filter(pk__in=[event.pk for event in events]).update(spread_at=at)
    return len(events)


@transaction.atomic
def replay(subscription, sees, *, since, at):
    """Send *subscription* again every event from the moment *since* on; return how many.

    They keep their numbers, so that a program takes those that it has for what they are. Raises
    ``TooMuchToReplay``.
    """
    events = Event.objects.filter(at__gte=since, spread_at__isnull=False).order_by("pk")
    events = list(events[: MOST_REPLAYED + 1])
    if len(events) > MOST_REPLAYED:
        raise TooMuchToReplay
    return _hand_over(subscription, events, sees, at=at, again=f"-{at:%Y%m%d%H%M%S%f}")


def _hand_over(subscription, events, sees, *, at, again=""):
    wanted = [e for e in events if not subscription.types or e.type in subscription.types]
    seen = sees(subscription.user, {(e.type, e.subject) for e in wanted}) if wanted else set()
    told = [_message(subscription, e, again, at=at) for e in wanted if (e.type, e.subject) in seen]
    enqueue(told)
    return len(told)


def _message(subscription, event, again, *, at):
    content = {
        "subscription": subscription.pk,
        "subject": event.subject,
        "event": cloud_event(event),
    }
    return make_message(
        Channel.WEBHOOK,
        "",
        content,
        lane=f"{subscription.route}:{event.subject}",
        route=subscription.route,
        key=f"{event.uid}{again}",
        at=at,
        recipient_id=subscription.user_id,
    )


def cloud_event(event):
    """Return *event* as a CloudEvent (version 1.0) in JSON: what happened, and where to read."""
    return {
        "specversion": "1.0",
        "id": str(event.uid),
        "source": settings.HOUSE_URL,
        "type": event.type,
        "subject": f"cases/{event.subject}",
        "time": event.at.isoformat(),
        "datacontenttype": "application/json",
        "data": {name: settings.HOUSE_URL + path for name, path in event.data.items()},
    }


def forget_events(*, before):
    """Remove events that happened before the moment *before*; return how many."""
    return Event.objects.filter(at__lt=before, spread_at__isnull=False).delete()[0]


def _make_secret():
    return f"whsec_{secrets.token_urlsafe(32)}"
