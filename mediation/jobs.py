"""Background work of the joint meeting: each job may run twice without harm."""

from django.utils import timezone

from mediation.domain.meetings import followup, mailbox


def read_mailbox():
    """Read the answers that came by mail."""
    return mailbox.read_mailbox(at=timezone.now())


def remind_of_actions():
    """Remind agencies of what they have to do."""
    return followup.remind(at=timezone.now())
