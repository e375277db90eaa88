"""Telling people something, and their reading it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from notices.domain.fanout import channels_on, spread
from notices.models import Notice

# More than this is shown as "99+": counting on would cost and say nothing.
CAP = 99
# The room that knows what notices are about: see ``keep``.
_keepers = []


@dataclass(frozen=True)
class Keeper:
    """What the room above says of what notices are about.

    *subjects* takes addresses of pages and gives {address: (subject, whether it is for readers of
    it only)}; *shut* takes the ids of subjects and of people and a date and gives those pairs of
    them that are hidden from each other; *open_to* takes a person and gives the condition under
    which she may still read a notice.
    """

    subjects: object
    shut: object
    open_to: object


def keep(keeper):
    """Let *keeper* say of what notices are about who may know of it."""
    _keepers[:] = [keeper]


def notify(recipients, verb, *, kind, url, key, at, **facts):
    """Tell each of *recipients* once that *verb*, a msgid that *facts* fill, happened.

    *key* names the news: telling it again changes nothing. *url* is the page to go to. A notice
    names no party: who and what is behind the link, which asks for permission. Who is kept away
    from what the page is about is told nowhere: not inside, not by mail or message.
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
    ``notify``. One query while no channel outside of the house is set up, and one to see who is
    kept away.
    """
    news, subjects = _open_to_know(list(news), on=timezone.localdate(at))
    notices = [_notice(each, verb, kind, subjects, at) for each in news]
    new = _untold(notices) if channels_on() else []
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    spread(new, at=at)


def _notice(each, verb, kind, subjects, at):
    subject, for_readers = subjects.get(each["url"], (None, True))
    return Notice(
        recipient_id=each["recipient_id"],
        kind=kind,
        verb=verb,
        facts={name: str(value) for name, value in each["facts"].items()},
        url=each["url"],
        subject=subject,
        for_readers=for_readers,
        key=each["key"],
        created_at=at,
    )


def _open_to_know(news, *, on):
    """Return (those of *news* that their recipients may know, {address: what it is about})."""
    subjects = {}
    for keeper in _keepers:
        subjects |= keeper.subjects({each["url"] for each in news})
    about = {subject for subject, _for_readers in subjects.values()}
    if not about:
        return news, subjects
    people = {each["recipient_id"] for each in news}
    shut = set().union(*(keeper.shut(about, people, on=on) for keeper in _keepers))

    def is_shut(each):
        return (subjects.get(each["url"], (None,))[0], each["recipient_id"]) in shut

    return [each for each in news if not is_shut(each)], subjects


def _untold(notices):
    """Return those of *notices* that their recipients were not told before."""
    told = set(
        Notice.objects.filter(
            recipient__in={notice.recipient_id for notice in notices},
            key__in={notice.key for notice in notices},
        ).values_list("recipient", "key")
    )
    return [notice for notice in notices if (notice.recipient_id, notice.key) not in told]


def readable_notices(user):
    """Return the notices of *user* that she may still read, newest first, as a queryset."""
    conditions = [keeper.open_to(user) for keeper in _keepers]
    return Notice.objects.filter(*conditions, recipient=user)


def take_back(recipients, *, subject):
    """Take back what *recipients* were told of *subject*: they may not know any more."""
    Notice.objects.filter(recipient__in=recipients, subject=subject).delete()


@transaction.atomic
def open_notice(user, uid, *, at):
    """Mark the notice *uid* of *user* as read and return it, None when there is none for her."""
    notice = readable_notices(user).filter(uid=uid).first()
    if notice and notice.read_at is None:
        Notice.objects.filter(pk=notice.pk).update(read_at=at)
    return notice


def count_unread(user):
    """Return how many notices *user* may read and has not, counting at most one past ``CAP``."""
    # What she may not read any more is among the newest, too; so no more rows are looked at.
    newest = Notice.objects.filter(recipient=user, read_at__isnull=True)
    newest = newest.order_by("-created_at", "-pk").values("pk")[: CAP + 1]
    return readable_notices(user).filter(pk__in=newest).order_by().count()


def mark_read(user, *, at):
    """Mark every notice of *user* as read."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True).update(read_at=at)
