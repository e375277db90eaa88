"""Notes of those who work on a case: written once, corrected only by a further entry."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import Refusal
from disputes.domain.responses import meet_contact
from disputes.domain.timeline import record
from disputes.models import TimelineEntry

Kind = TimelineEntry.Kind
Reach = TimelineEntry.Reach
VERBS = {Kind.CALL: N_("Telephone call"), Kind.VISIT: N_("Visit"), Kind.NOTE: N_("Note")}


class NotYours(Refusal):
    """Only the writer corrects what she wrote."""

    sentence = _("Only the person who wrote an entry can correct it.")


class NotANote(Refusal):
    """The entry was written by the course, not by hand."""

    sentence = _("Entries that the course wrote cannot be corrected by hand.")


@transaction.atomic
def add_note(proceeding, *, kind, text, reach, at, by):
    """Write a note of *kind* (call, visit or note) into the timeline; returns the entry.

    *reach* is office or own: notes never travel to another tier.
    """
    if kind in (Kind.CALL, Kind.VISIT):
        meet_contact(proceeding, met_at=at, at=at, by=by)
    return record(
        proceeding.case,
        VERBS[kind],
        at=at,
        by=by,
        proceeding=proceeding,
        kind=kind,
        reach=reach,
        text=text,
    )


@transaction.atomic
def correct_note(entry, *, text, at, by):
    """Write a further entry that says what *entry* should say; *entry* stays as it is.

    Raises ``NotYours`` and ``NotANote``.
    """
    if entry.kind not in VERBS:
        raise NotANote
    if entry.actor_id != by.pk:
        raise NotYours
    return record(
        entry.case,
        N_("Correction of the entry of %(moment)s"),
        at=at,
        by=by,
        proceeding=entry.proceeding,
        kind=entry.kind,
        reach=entry.reach,
        level=entry.level,
        text=text,
        moment=f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M}",
        corrects=entry.pk,
    )
