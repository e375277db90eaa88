"""The people of the demo who log in: at least one for every role that staff serve in."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offices.domain.staffing import post
from offices.duties import Role
from offices.models import Office, User
from offices.refusals import Refusal
from workflows.demo.words import DATA

# Said openly: demo accounts enter a house only where it is switched to demo data.
PASSWORD = "Yanshi-2026"  # noqa: S105
# Before any case of the demo was filed.
SINCE = date(2020, 1, 1)


class NoFederation(Refusal):
    """There is no register in which demo people could serve."""

    sentence = _(
        "The register has no city federation. Import a register first (bin/manage import_offices"
        " FILE), or let bin/manage demo bring one of its own."
    )


@dataclass(frozen=True)
class Account:
    """A line of data/accounts.csv: who serves as what at the *nth* office of a kind."""

    username: str
    name: str
    role: Role
    kind: str
    nth: int


@dataclass(frozen=True)
class Login:
    """A demo account as it is listed; *password* is empty when somebody has changed it."""

    username: str
    password: str
    role: Role
    office: Office


@cache
def cast():
    """Return the ``Account`` list of the demo."""
    with (DATA / "accounts.csv").open(encoding="utf-8", newline="") as file:
        return [_read(row) for row in csv.DictReader(file)]


def _read(row):
    return Account(**{**row, "role": Role(row["role"]), "nth": int(row["nth"])})


@transaction.atomic
def make_accounts(*, on):
    """Make the demo accounts that are missing on the date *on*; return a ``Login`` for each.

    Nobody else's account is touched: a name that is taken gets a number. An office that the
    register lacks leaves its roles out. Raises ``NoFederation``.
    """
    if not offices_of(Office.Kind.CITY_FEDERATION).exists():
        raise NoFederation
    offices = {kind: list(offices_of(kind)) for kind in {each.kind for each in cast()}}
    made = [
        (account, offices[account.kind][account.nth], *_find_or_make(account))
        for account in cast()
        if account.nth < len(offices[account.kind])
    ]
    for account, office, user, is_new in made:
        if is_new:
            post(user, office=office, role=account.role, since=SINCE, on=on)
    return _list([(account, office, user) for account, office, user, _new in made])


def offices_of(kind):
    """Return the active offices of *kind* in the order in which they were entered."""
    return Office.objects.filter(kind=kind, is_active=True).order_by("pk")


def _find_or_make(account):
    """Return (the demo user of *account*, whether made just now)."""
    name, number = account.username, 1
    while True:
        user = User.objects.filter(username__iexact=name).first()
        if user is None:
            return _make(name, account.name), True
        if user.is_demo:
            return user, False
        number += 1
        name = f"{account.username}{number}"


def _make(username, name):
    return User.objects.create(
        username=username,
        name=name,
        password=_hashed(),
        must_change_password=True,
        is_demo=True,
    )


@cache
def _hashed():
    # Slow by design, and the same password is known to everybody: once is enough.
    return make_password(PASSWORD)


def _list(made):
    unchanged = {
        hashed: check_password(PASSWORD, hashed)
        for hashed in {user.password for _account, _office, user in made}
    }
    return [
        Login(user.username, PASSWORD if unchanged[user.password] else "", account.role, office)
        for account, office, user in made
        if user.is_active
    ]
