"""The second factor: codes of an authenticator, and recovery codes for when it is lost."""

import secrets
from base64 import b32decode, b32encode
from datetime import timedelta
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from django_otp.oath import TOTP

from offices.domain.refusals import NotOneself, TooManyWrongCodes, WrongCode
from offices.models import SecondFactor
from offices.sealed import index_of

# As RFC 6238 has them, and every authenticator: half minutes, and one of them to each side.
STEP, DIGITS, TOLERANCE = 30, 6, 1
SECRET_BYTES = 20
# Digits only: the field for codes brings up the keyboard for numbers.
RECOVERY_CODES, RECOVERY_DIGITS, GROUP = 10, 12, 4


def make_secret():
    """Return a new secret in base 32, as authenticators take it."""
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def address_of(secret, *, account, house):
    """Return the address that an authenticator reads from the square code."""
    asked = {"secret": secret, "issuer": house, "digits": DIGITS, "period": STEP}
    return f"otpauth://totp/{quote(f'{house}:{account}')}?{urlencode(asked, quote_via=quote)}"


@transaction.atomic
def enrol(user, *, secret, code, at):
    """Let *user* have the authenticator that knows *secret* and return ten recovery codes.

    The codes are said this once. An authenticator that she had before counts no more, and her
    other sessions end. Raises ``WrongCode`` unless *code* is what it shows at the moment *at*.
    """
    step = _step_of(secret, _plain(code), at=at)
    if step is None:
        raise WrongCode
    codes = _make_recovery_codes()
    facts = {"secret": secret, "last_step": step, "recovery": _hashes(secret, codes), "failures": 0}
    SecondFactor.objects.update_or_create(user=user, defaults=facts)
    user.secured_at = at
    user.save(update_fields=["secured_at"])
    return codes


@transaction.atomic
def prove(user, code, *, at):
    """Return whether *code* is what the authenticator of *user* shows, or a recovery code.

    Each code counts once. Raises ``TooManyWrongCodes`` for half an hour after five wrong ones,
    from whatever machine.
    """
    factor = SecondFactor.objects.select_for_update().get(user=user)
    if is_locked(factor, at=at):
        raise TooManyWrongCodes
    proven = _use(factor, _plain(code), at=at)
    if proven:
        factor.failures = 0
    elif code:
        factor.failures = factor.failures + 1 if _is_recent(factor, at) else 1
        factor.failed_at = at
    factor.save()
    return proven


@transaction.atomic
def renew_recovery_codes(user):
    """Return ten new recovery codes of *user*, said this once; the old ones count no more."""
    factor = SecondFactor.objects.select_for_update().get(user=user)
    codes = _make_recovery_codes()
    factor.recovery = _hashes(factor.secret, codes)
    factor.save(update_fields=["recovery"])
    return codes


@transaction.atomic
def reset(user, *, by):
    """Take the authenticator of *user* away; every open session ends, the next login asks for one.

    Raises ``NotOneself``: a person without her authenticator asks another administrator.
    """
    if user == by:
        raise NotOneself
    SecondFactor.objects.filter(user=user).delete()
    user.secured_at = None
    user.save(update_fields=["secured_at"])


def is_locked(factor, *, at):
    """Return whether too many wrong codes were typed for *factor* before the moment *at*."""
    return factor.failures >= settings.AXES_FAILURE_LIMIT and _is_recent(factor, at)


def unlock(user):
    """Forget the wrong codes of *user*."""
    SecondFactor.objects.filter(user=user).update(failures=0, failed_at=None)


def is_recovery_code(code):
    """Return whether *code* is as long as a recovery code, and not one of an authenticator."""
    return len(_plain(code)) == RECOVERY_DIGITS


def _is_recent(factor, at):
    cool_off = timedelta(hours=settings.AXES_COOLOFF_TIME)
    return factor.failed_at is not None and at - factor.failed_at < cool_off


def _use(factor, code, *, at):
    """Let *code* count, this once; return whether it was right."""
    step = _step_of(factor.secret, code, at=at, after=factor.last_step)
    if step is not None:
        factor.last_step = step
        return True
    # Codes given out before they were tied to the secret stand under the key of the index.
    for hashed in (_hash(factor.secret, code), index_of(f"{factor.user_id}:{code}")):
        if hashed in factor.recovery:
            factor.recovery.remove(hashed)
            return True
    return False


def _step_of(secret, code, *, at, after=0):
    """Return the half minute since 1970 of which *code* is the code, later than *after*."""
    if len(code) != DIGITS or not code.isdecimal():
        return None
    clock = TOTP(b32decode(secret), step=STEP, digits=DIGITS)
    clock.time = at.timestamp()
    return clock.t() if clock.verify(int(code), tolerance=TOLERANCE, min_t=after + 1) else None


def _plain(code):
    """Return *code* as typed, without the gaps between its groups."""
    return "".join(sign for sign in code if sign.isalnum())


def _make_recovery_codes():
    return [_make_recovery_code() for _code in range(RECOVERY_CODES)]


def _make_recovery_code():
    code = f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}d}"
    return "-".join(code[at : at + GROUP] for at in range(0, RECOVERY_DIGITS, GROUP))


def _hashes(secret, codes):
    return [_hash(secret, _plain(code)) for code in codes]


def _hash(secret, code):
    # Keyed: who has the database alone cannot try all codes. By the authenticator's own secret,
    # which is sealed: so a new key of the index, from which no code can be hashed again, ends none.
    return index_of(code, key=secret)
