"""Background work of the joint meeting: each job may run twice without harm."""

from django.utils import timezone

from mediation.domain import dispatches
from mediation.domain.meetings import followup, mailbox


def read_mailbox():
    """Read the answers that came by mail."""
    return mailbox.read_mailbox(at=timezone.now())


def remind_of_actions():
    """Remind agencies of what they have to do, and of papers for their items."""
    now = timezone.now()
    return followup.remind(at=now) + followup.remind_of_materials(at=now)


def remind_of_dispatches():
    """Remind agencies of receipts and results that are late."""
    return dispatches.remind(at=timezone.now())
