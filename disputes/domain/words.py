"""Words that are stored, not shown: the reasons of clock events."""

from django.conf import settings
from django.utils import translation


def house_words(msgid):
    """Return *msgid* in the language of the house, in which its clerks write reasons."""
    with translation.override(settings.LANGUAGE_CODE):
        return translation.gettext(msgid)


def house_label(row, field):
    """Return how the choice in *field* of *row* reads in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(getattr(row, f"get_{field}_display")())


def house_text(say):
    """Return what *say*, called without arguments, says in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(say())
