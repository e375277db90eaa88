"""The three administrators with whom a house begins."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from offices.domain import second_factor
from offices.domain.accounts import open_account, reset_password
from offices.domain.staffing import post
from offices.duties import ADMINISTRATORS, Role
from offices.models import Office, Posting, User
from offices.refusals import Refusal

USERNAMES = {
    Role.SYSTEM_ADMINISTRATOR: "xitong",
    Role.SECURITY_ADMINISTRATOR: "anquan",
    Role.AUDIT_ADMINISTRATOR: "shenji",
}


class NoFederation(Refusal):
    """The register has no federation at which administrators could serve."""

    sentence = _(
        "The register has no city federation yet. Import it first: bin/manage import_offices FILE"
    )


@transaction.atomic
def create_administrators(*, on, renew=False):
    """Return the three administrators as a list of (role, person, password or "").

    Each serves from the date *on* at the city federation. Who is there already stays as he is,
    and his password is not known; with *renew* he gets a new one, and sets up his second factor
    anew. Raises ``NoFederation``.
    """
    federation = (
        Office.objects.filter(kind=Office.Kind.CITY_FEDERATION, is_active=True)
        .order_by("pk")
        .first()
    )
    if federation is None:
        raise NoFederation
    return [_create(role, federation, on=on, renew=renew) for role in ADMINISTRATORS]


def _create(role, federation, *, on, renew):
    serving = Posting.objects.active(on).filter(office=federation, role=role, user__is_active=True)
    posting = serving.order_by("pk").first()
    if posting:
        person = posting.user
        return role, person, _renew(person) if renew else ""
    person, password = open_account(username=_free_name(role), name=str(role.label))
    post(person, office=federation, role=role, since=on)
    return role, person, password


def _renew(person):
    second_factor.reset(person, by=None)
    return reset_password(person, by=None)


def _free_name(role):
    """A username for *role* that nobody has: an earlier administrator keeps his own."""
    name, number = USERNAMES[role], 1
    while User.objects.filter(username__iexact=name).exists():
        number += 1
        name = f"{USERNAMES[role]}{number}"
    return name
