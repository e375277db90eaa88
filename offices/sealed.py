"""Secrets and personal data at rest: encrypted text, found again only through a keyed hash."""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys):
    return MultiFernet([Fernet(key) for key in keys])


def seal(text):
    """Return *text* encrypted under the first key of ``FIELD_KEYS``; the empty text stays empty."""
    if not text:
        return ""
    return _cipher(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def unseal(token):
    """Return the text of *token*; every key of ``FIELD_KEYS`` is tried."""
    if not token:
        return ""
    return _cipher(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()


def index_of(text, *, key=None):
    """Return the hash by which *text* is found, under ``INDEX_KEY`` unless another *key* is given.

    The empty text stays empty.
    """
    if not text:
        return ""
    key = (key or settings.INDEX_KEY).encode()
    return hmac.new(key, text.upper().encode(), hashlib.sha256).hexdigest()[:32]


def indexes_of(text):
    """Return the hashes under which *text* may stand: two while ``INDEX_KEY`` is being changed."""
    keys = filter(None, (settings.INDEX_KEY, settings.INDEX_KEY_OLD))
    return [index_of(text, key=key) for key in keys]


class SealedTextField(models.TextField):
    """A text that only the application can read: the database holds a Fernet token."""

    def get_prep_value(self, value):
        return seal(super().get_prep_value(value) or "")

    def from_db_value(self, value, expression, connection):
        return unseal(value)
