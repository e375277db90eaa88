"""The words of a notice as they leave the house."""

from string import Formatter

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from notices.catalogue import CATALOGUE, PLACES, SHORT, SUBJECT
from notices.models import NoticeText
from offices.context import federation_name
from offices.refusals import Refusal


class UnknownPlace(Refusal):
    """A text names something that is not known where it is put together."""

    sentence = _("Only these may stand in braces: {places}.")

    def __init__(self, *, field):
        places = ", ".join(f"{{{name}}}" for name in PLACES)
        super().__init__(str(self.sentence).replace("{places}", places), field=field)


class NoLink(Refusal):
    """A message that leads nowhere tells nothing at all."""

    sentence = _("Put {link} where the reader is to go on.")


def words_of(kind):
    """Return the words of *kind* as {"subject", "text", "short"}, in the language of the house."""
    return all_words()[kind]


def all_words():
    """Return {kind: its words} in one query."""
    with translation.override(settings.LANGUAGE_CODE):
        found = {kind: usual_words(kind) for kind in CATALOGUE}
    for row in NoticeText.objects.all():
        found[row.kind] = {"subject": row.subject, "text": row.text, "short": row.short}
    return found


def usual_words(kind):
    """Return the words of *kind* before anybody changed them, in the current language."""
    return {"subject": str(SUBJECT), "text": str(CATALOGUE[kind].text), "short": str(SHORT)}


def fill(words, *, kind, path="", count=1):
    """Return *words* with their places filled; *path* is the page of the house to go to."""
    with translation.override(settings.LANGUAGE_CODE):
        facts = {
            "house": federation_name() or "防线",
            "kind": str(kind.label),
            "link": settings.HOUSE_URL + (path or reverse("inbox")),
            "count": count,
        }
    return {name: text.format(**facts) for name, text in words.items()}


def check_words(words):
    """Raise ``UnknownPlace`` or ``NoLink`` when *words* cannot be filled or lead nowhere."""
    for name, text in words.items():
        try:
            parts = list(Formatter().parse(text))
        except ValueError as error:
            raise UnknownPlace(field=name) from error
        named = [part[1:] for part in parts if part[1] is not None]
        if any(place not in PLACES or spec or sign for place, spec, sign in named):
            raise UnknownPlace(field=name)
        if name != "subject" and "link" not in [place for place, *_rest in named]:
            raise NoLink(field=name)


@transaction.atomic
def change_words(kind, *, subject, text, short, at, by):
    """Let notices of *kind* leave in other words; raises the refusals of ``check_words``."""
    words = {"subject": subject, "text": text, "short": short}
    check_words(words)
    row, _made = NoticeText.objects.update_or_create(
        kind=kind, defaults={**words, "changed_at": at, "changed_by": by}
    )
    return row


def forget_words(kind):
    """Go back to the usual words of *kind*."""
    NoticeText.objects.filter(kind=kind).delete()
