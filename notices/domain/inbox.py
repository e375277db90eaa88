"""Telling people something, and their reading it."""

from notices.models import Notice

# More than this is shown as "99+": counting on would cost and say nothing.
CAP = 99


def notify(recipients, verb, *, kind, url, key, at, **facts):
    """Tell each of *recipients* once that *verb*, a msgid that *facts* fill, happened.

    *key* names the news: telling it again changes nothing. *url* is the page to go to. A notice
    names no party: who and what is behind the link, which asks for permission.
    """
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=recipient,
                kind=kind,
                verb=verb,
                facts={name: str(value) for name, value in facts.items()},
                url=url,
                key=key,
                created_at=at,
            )
            for recipient in recipients
        ],
        ignore_conflicts=True,
    )


def count_unread(user):
    """Return how many notices *user* has not read, counting at most one past ``CAP``."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True)[: CAP + 1].count()


def mark_read(user, *, at):
    """Mark every notice of *user* as read."""
    return Notice.objects.filter(recipient=user, read_at__isnull=True).update(read_at=at)
