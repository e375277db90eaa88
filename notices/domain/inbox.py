"""Telling people something, and their reading it."""

from django.db import transaction

from notices.domain.fanout import channels_on, spread
from notices.models import Notice

# What rooms that know cases take out of an inbox at reading: see ``screen``.
_screens = []
# More than this is shown as "99+": counting on would cost and say nothing.
CAP = 99


def notify(recipients, verb, *, kind, url, key, at, **facts):
    """Tell each of *recipients* once that *verb*, a msgid that *facts* fill, happened.

    *key* names the news: telling it again changes nothing. *url* is the page to go to. A notice
    names no party: who and what is behind the link, which asks for permission.
    """
    notify_each(
        [
            {"recipient_id": recipient.pk, "url": url, "key": key, "facts": facts}
            for recipient in recipients
        ],
        verb,
        kind=kind,
        at=at,
    )


@transaction.atomic
def notify_each(news, verb, *, kind, at):
    """Tell many people of many things at once: in the inbox, and where else they want to be told.

    *news* are dicts of recipient_id, url, key and facts, each with the meaning that it has for
    ``notify``. One query while no channel outside of the house is set up.
    """
    notices = [
        Notice(
            recipient_id=each["recipient_id"],
            kind=kind,
            verb=verb,
            facts={name: str(value) for name, value in each["facts"].items()},
            url=each["url"],
            key=each["key"],
            created_at=at,
        )
        for each in news
    ]
    new = _untold(notices) if channels_on() else []
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    spread(new, at=at)


def _untold(notices):
    """Return those of *notices* that their recipients were not told before."""
    told = set(
        Notice.objects.filter(
            recipient__in={notice.recipient_id for notice in notices},
            key__in={notice.key for notice in notices},
        ).values_list("recipient", "key")
    )
    return [notice for notice in notices if (notice.recipient_id, notice.key) not in told]


def screen(function):
    """Let *function*, of a person and a list of her notices, return those she may still read."""
    _screens.append(function)
    return function


def readable(user, notices):
    """Return those of the list *notices* of *user* that she may still read."""
    for function in _screens:
        notices = function(user, notices)
    return notices


def take_back(recipients, *, urls):
    """Take back what *recipients* were told of the pages *urls*: they may not know any more."""
    Notice.objects.filter(recipient__in=recipients, url__in=urls).delete()


@transaction.atomic
def open_notice(user, uid, *, at):
    """Mark the notice *uid* of *user* as read and return it, None when there is none."""
    notice = Notice.objects.filter(recipient=user, uid=uid).first()
    if notice and notice.read_at is None:
        Notice.objects.filter(pk=notice.pk).update(read_at=at)
    return notice


def count_unread(user):
    """Return how many notices *user* has not read, counting at most one past ``CAP``."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True)[: CAP + 1].count()


def mark_read(user, *, at):
    """Mark every notice of *user* as read."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True).update(read_at=at)
