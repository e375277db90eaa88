"""Sentences that stay: they are written in the house's language, whoever writes them."""

from django.conf import settings
from django.utils import translation


def in_house_language():
    """Return a context in which translated words are those of the house.

    What is kept with a row is read by others: an entry of the books is not in English because
    the accountant reads English pages.
    """
    return translation.override(settings.LANGUAGE_CODE)
