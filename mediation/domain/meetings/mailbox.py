"""The mailbox of the meeting's office, read by IMAP."""

import imaplib

from django.conf import settings

from mediation.domain.meetings.inbound import MOST_BYTES, take_in

AT_ONCE = 50
TIMEOUT = 20  # seconds


def read_mailbox(*, at):
    """Read the new mails, at most ``AT_ONCE``; return how many. Nothing without a server.

    A mail is marked as read when its row is in the database, so none is lost; of one that comes
    twice the second is passed over.
    """
    access = settings.MEETING_IMAP
    if not access["host"]:
        return 0
    kind = imaplib.IMAP4_SSL if access["tls"] else imaplib.IMAP4
    with kind(access["host"], access["port"], timeout=TIMEOUT) as server:
        server.login(access["user"], access["password"])
        server.select("INBOX")
        _state, found = server.uid("search", None, "UNSEEN")
        numbers = found[0].split()[:AT_ONCE]
        for number in numbers:
            take_in(_fetch(server, number), at=at)
            server.uid("store", number, "+FLAGS", r"(\Seen)")
        return len(numbers)


def _fetch(server, number):
    """Return the mail *number*, cut where it is too long anyway."""
    _state, parts = server.uid("fetch", number, f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)")
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")
