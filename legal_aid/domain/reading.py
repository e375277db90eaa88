"""What a lawyer has read, and her notes on pages."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from legal_aid.domain import pages as drawing
from legal_aid.models import Annotation, Reading

MOST_SIGNS = 1000


class NoteEmpty(Refusal):
    """A note without words."""

    sentence = _("Write the note first.")


class NoteTooLong(Refusal):
    """A note that is an essay."""

    sentence = _("A note has at most 1,000 characters.")


class NoSuchPage(Refusal):
    """A note on a page that the document does not have."""

    sentence = _("The document has no such page.")


@transaction.atomic
def note_reading(review, material, *, page, pages, at):
    """Note in *review* that page *page* of the *pages* of *material* was opened; return the row."""
    row, _made = Reading.objects.get_or_create(
        review=review, material=material, defaults={"furthest": page, "pages": pages, "at": at}
    )
    if page > row.furthest:
        row.furthest, row.at = min(page, row.pages), at
        row.save(update_fields=["furthest", "at"])
    return row


@transaction.atomic
def annotate(review, material, *, page, text, at, place=""):
    """Put the note *text* on page *page* of *material*; *place* says where on the page.

    Raises ``NoteEmpty``, ``NoteTooLong``, ``NoSuchPage``.
    """
    text = text.strip()
    if not text:
        raise NoteEmpty
    if len(text) > MOST_SIGNS:
        raise NoteTooLong
    if page > drawing.count_pages(material):
        raise NoSuchPage
    return Annotation.objects.create(
        review=review, material=material, page=page, text=text, place=place[:100], at=at
    )


@transaction.atomic
def forget(review, *, pk):
    """Take the note *pk* off; nothing happens when it is not one of *review*."""
    Annotation.objects.filter(review=review, pk=pk).delete()
