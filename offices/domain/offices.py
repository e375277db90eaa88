"""The standing of an office in the register: entered, changed, closed, never deleted."""

from django.db import transaction

from offices.domain.refusals import BelowItself, KindInUse, StillInUse
from offices.domain.register_rows import TIER_OF
from offices.duties import roles_at
from offices.models import Office
from offices.signals import office_closing


@transaction.atomic
def enter_office(office, *, on):
    """Write *office*, new or changed, on the date *on*; its tier follows from its kind.

    Raises ``BelowItself`` when it would stand below itself, ``KindInUse`` when people serve
    there in roles that its new kind does not know.
    """
    if office.pk:
        _refuse_circle(office)
        if _serving(office, on).exclude(role__in=roles_at(office.kind)).exists():
            raise KindInUse
    office.tier = TIER_OF[office.kind]
    office.save()
    return office


@transaction.atomic
def close_office(office, *, on):
    """Take *office* out of use on the date *on*; its files and its name stay.

    Raises ``StillInUse``, or what another room has against it.
    """
    Office.objects.select_for_update().get(pk=office.pk)
    if _serving(office, on).exists() or office.children.filter(is_active=True).exists():
        raise StillInUse
    office_closing.send(sender=Office, office=office)
    office.is_active = False
    office.save(update_fields=["is_active"])


def reopen_office(office):
    """Take *office* into use again."""
    office.is_active = True
    office.save(update_fields=["is_active"])


def _refuse_circle(office):
    if not office.parent_id:
        return
    # Two moves at once could close a circle that neither of them sees: one after the other.
    list(Office.objects.select_for_update().filter(parent=None).values_list("pk"))
    path = Office.objects.values_list("path", flat=True).get(pk=office.pk)
    if Office.objects.filter(pk=office.parent_id, path__startswith=path).exists():
        raise BelowItself


def _serving(office, on):
    """The postings at *office* in force on the date *on* or later."""
    return office.postings.overlapping(on)
