"""Accounts: opened for a person, locked and unlocked, switched off, never deleted."""

from datetime import timedelta

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Sum

from offices.domain import second_factor
from offices.domain.refusals import NameTaken, NotOneself
from offices.models import SecondFactor, User
from offices.passwords import make_password_once


@transaction.atomic
def open_account(*, username, name):
    """Open an account and return (person, password); the password is said this once only.

    *username* is kept in small letters. The person must change the password at the first login
    and enters nothing until posted. Raises ``NameTaken``.
    """
    username = User.normalize_username(username).lower()
    if User.objects.filter(username__iexact=username).exists():
        raise NameTaken
    user = User(username=username, name=name, must_change_password=True)
    password = make_password_once()
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise NameTaken from None
    return user, password


@transaction.atomic
def reset_password(user, *, by):
    """Give *user* a new password for one login and return it; every open session ends.

    Raises ``NotOneself``: one's own password is changed, not reset.
    """
    if user == by:
        raise NotOneself
    password = make_password_once()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    return password


def change_password(user, password):
    """Let *user* have the *password* of her own choice."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])


def rename(user, *, name):
    """Let *user* be called *name*; the files written before keep the name they were given."""
    user.name = name
    user.save(update_fields=["name"])


def switch_off(user, *, by):
    """Switch the account of *user* off; every open session ends. Raises ``NotOneself``."""
    if user == by:
        raise NotOneself
    user.is_active = False
    user.save(update_fields=["is_active"])


def switch_on(user):
    """Let *user* log in again. The postings that are still in force count again."""
    user.is_active = True
    user.save(update_fields=["is_active"])


def is_locked(user, *, at):
    """Return whether logging in as *user* is locked at the moment *at*, from some machine or all.

    Wrong passwords lock the machine from which they came, so that nobody is locked out by
    strangers; wrong codes after the right password lock the account.
    """
    factor = SecondFactor.objects.filter(user=user).first()
    if factor is not None and second_factor.is_locked(factor, at=at):
        return True
    since = at - timedelta(hours=settings.AXES_COOLOFF_TIME)
    return (
        AccessAttempt.objects.filter(username__iexact=user.username, attempt_time__gte=since)
        .order_by()
        .values("ip_address")
        .annotate(failures=Sum("failures_since_start"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
        .exists()
    )


def unlock(user):
    """Forget the failed logins of *user*, so that the next attempt is heard at once."""
    reset(username=user.username)
    second_factor.unlock(user)
