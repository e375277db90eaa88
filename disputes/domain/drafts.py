"""Drafts: what somebody typed into a form and has not filed."""

import json

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disputes.domain.evidence import inspect
from disputes.domain.refusals import Refusal
from disputes.models import Draft, DraftFile

MOST_CHARACTERS = 200_000
MOST_FILES = 50


class DraftTooLong(Refusal):
    """There is more text than any form has."""

    sentence = _("This is too long to be kept as a draft.")


class TooManyFiles(Refusal):
    """The draft has as many files as it may."""

    sentence = _("At most 50 files go with one application; hand the others in later.")


def read_draft(user, *, form):
    """Return the draft of *form* by *user*, or None."""
    return Draft.objects.filter(user=user, form=form).first()


def content_of(draft):
    """Return what *draft* holds: field name to list of values, as a form posts them."""
    try:
        content = json.loads(draft.content or "{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


@transaction.atomic
def save_draft(user, *, form, content, at):
    """Keep *content*, field name to list of values, as the draft of *form* by *user*.

    Raises ``DraftTooLong``.
    """
    text = json.dumps(content, ensure_ascii=False)
    if len(text) > MOST_CHARACTERS:
        raise DraftTooLong
    draft, _made = Draft.objects.update_or_create(
        user=user, form=form, defaults={"content": text, "saved_at": at}
    )
    return draft


@transaction.atomic
def add_file(draft, *, file, at):
    """Keep *file* with *draft*. Raises ``TooManyFiles`` and what ``content_type_of`` raises."""
    if draft.files.count() >= MOST_FILES:
        raise TooManyFiles
    known = inspect(file)
    same = draft.files.filter(sha256=known.sha256).first()
    return same or DraftFile.objects.create(draft=draft, file=file, added_at=at, **vars(known))


@transaction.atomic
def remove_file(draft, *, pk):
    """Throw away the file *pk* of *draft*; nothing happens when it is not there."""
    for row in draft.files.filter(pk=pk):
        _delete_content([row])
        row.delete()


@transaction.atomic
def discard_draft(draft):
    """Throw *draft* away with its files."""
    _delete_content(list(draft.files.all()))
    draft.delete()


def _delete_content(files):
    for row in files:
        transaction.on_commit(lambda file=row.file: file.storage.delete(file.name))
