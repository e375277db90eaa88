"""Work of the log in the background: each job may run twice without harm."""

import logging

from django.contrib.auth import get_user_model
from django.utils import timezone

from audit.domain import chain, verifying
from audit.signals import log_damaged

logger = logging.getLogger("fangxian.audit")


def seal():
    """Seal the lines that are new; return how many."""
    return chain.seal_new()


def verify(asked_by=None):
    """Verify the whole chain and write its anchor into the log of the process, outside of the base.

    *asked_by* is the id of the person who asked for it, None for the nightly run.
    """
    by = get_user_model().objects.filter(pk=asked_by).first() if asked_by else None
    found = verifying.verify(at=timezone.now(), by=by)
    anchor = (found.at.isoformat(timespec="seconds"), found.last_entry, found.last_hash)
    if found.is_whole:
        logger.info("Audit log is whole; anchor %s %s:%s", *anchor)
    else:
        logger.error("Audit log is damaged: %s at line %s", found.fault, found.bad_entry)
        log_damaged.send(sender="audit", verification=found)
    return found.is_whole
