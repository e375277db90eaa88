"""Declaring one's own ties, and taking a declaration back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.models import Declaration

Kind = Declaration.Kind


class NothingNamed(Refusal):
    """A tie to nobody."""

    sentence = _("Give the name, or the number, so that it can be compared.")
    field = "name"


class NumberNeeded(Refusal):
    """One's own name is known; only the number helps."""

    sentence = _("Give your identity number: your name is known already.")
    field = "number"


@transaction.atomic
def declare(user, *, kind, name="", number="", firm="", department="", ended_on=None, at):
    """Declare a tie of *user*; return the ``Declaration``. Raises the refusals of this file."""
    if kind == Kind.HERSELF and not number:
        raise NumberNeeded
    if kind != Kind.HERSELF and not (name or number):
        raise NothingNamed
    return Declaration.objects.create(
        user=user,
        kind=kind,
        name=name,
        number=number,
        firm=firm,
        department=department,
        ended_on=ended_on,
        made_at=at,
    )


@transaction.atomic
def take_declaration_back(declaration, *, at):
    """Take *declaration* back: it is compared with no case any more."""
    declaration.withdrawn_at = at
    declaration.save(update_fields=["withdrawn_at"])


def ties_of(user):
    """Return what *user* declared and has not taken back, as a queryset."""
    return ties_in_force().filter(user=user)


def ties_in_force():
    """Return what anybody declared and has not taken back, as a queryset."""
    return Declaration.objects.filter(withdrawn_at__isnull=True)
