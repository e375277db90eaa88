"""Tokens of programs: making one, finding whose it is, taking it back."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offices.models import ApiToken
from offices.refusals import Refusal

PREFIX = "fx_"
# Days that a token may live, and how many one person may have at once.
LONGEST_DAYS, MOST = 365, 20
# When a token was last used is written at most this often.
USED_EVERY = timedelta(minutes=1)


class TooManyTokens(Refusal):
    """Somebody who has many tokens knows none of them."""

    sentence = _("You have twenty tokens in use. Revoke one that you do not need.")


class NoScope(Refusal):
    """A token that opens nothing."""

    sentence = _("Choose what the token may be used for.")
    field = "scopes"


@transaction.atomic
def issue_token(user, *, name, scopes, days, at):
    """Make a token of *user* that lives *days* days and return (the row, the token itself).

    The token is said this once. Raises ``TooManyTokens`` and ``NoScope``.
    """
    if not scopes:
        raise NoScope
    if living_tokens(user, at=at).count() >= MOST:
        raise TooManyTokens
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user,
        name=name,
        digest=digest_of(token),
        start=token[:8],
        scopes=sorted(scopes),
        created_at=at,
        expires_at=at + timedelta(days=min(days, LONGEST_DAYS)),
    )
    return row, token


def living_tokens(user, *, at):
    """Return the tokens of *user* that open something at the moment *at*."""
    return ApiToken.objects.filter(user=user, revoked_at__isnull=True, expires_at__gt=at)


def find_token(token, *, at):
    """Return the row of *token* with its person if it is good at the moment *at*, else None."""
    row = (
        ApiToken.objects.filter(
            digest=digest_of(token),
            revoked_at__isnull=True,
            expires_at__gt=at,
            user__is_active=True,
        )
        .select_related("user")
        .first()
    )
    if row and (row.last_used_at is None or at - row.last_used_at >= USED_EVERY):
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=at)
    return row


def owner_of(token):
    """Return the person whose *token* is, or was until it ended; None when it never was one."""
    row = ApiToken.objects.filter(digest=digest_of(token)).select_related("user").first()
    return row and row.user


def revoke_token(row, *, at):
    """Let the token of *row* open nothing any more."""
    ApiToken.objects.filter(pk=row.pk, revoked_at__isnull=True).update(revoked_at=at)


def digest_of(token):
    """Return the hash under which *token* is kept: it is long and random, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
