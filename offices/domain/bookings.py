"""Taking rooms and people for an occasion, so that neither is ever taken twice."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices import occasions
from offices.models import Booking, Room, User
from offices.refusals import Refusal

Kind = Booking.Kind


class Taken(Refusal):
    """Something or somebody is taken at that time; *booking* is by what."""

    is_late = True
    by_what = ""

    def __init__(self, booking, *, seen=None, field=None):
        self.booking = booking
        begins, ends = map(timezone.localtime, (booking.starts_at, booking.ends_at))
        said = {
            "what": str(booking.room or booking.person),
            "hours": f"{begins:%Y-%m-%d %H:%M}–{ends:%H:%M}",
            "title": seen.title if seen else "",
        }
        super().__init__((self.by_what if seen else self.sentence) % said, field=field)


class RoomTaken(Taken):
    """The room is taken."""

    sentence = _("%(what)s is taken %(hours)s.")
    by_what = _("%(what)s is taken %(hours)s: %(title)s.")
    field = "room"


class PersonTaken(Taken):
    """The person is expected elsewhere."""

    sentence = _("%(what)s is expected elsewhere %(hours)s.")
    by_what = _("%(what)s is expected elsewhere %(hours)s: %(title)s.")
    field = "starts_at"


@dataclass(frozen=True)
class Wish:
    """What the occasion with the key *occasion* of *kind* needs, from one aware moment up to
    another: a *room* or none, and *people*.
    """

    kind: str
    occasion: int | None
    starts_at: datetime
    ends_at: datetime
    room: Room | None = None
    people: tuple = ()


@transaction.atomic
def book(wish, *, by=None):
    """Take what *wish* names, in the place of what its occasion took before.

    Raises ``RoomTaken`` and ``PersonTaken``; they say by what if *by* may know it.
    """
    book_all([wish], by=by)


@transaction.atomic
def book_all(wishes, *, by=None):
    """Take what all *wishes* name together: two occasions can so exchange their rooms."""
    _lock(wishes)
    for wish in wishes:
        release(wish.kind, wish.occasion)
    for wish in wishes:
        check_free(wish, by=by)
        Booking.objects.bulk_create(_rows(wish))


def release(kind, occasion):
    """Give free what the occasion with the key *occasion* of *kind* took."""
    Booking.objects.filter(kind=kind, occasion=occasion).delete()


def check_free(wish, *, by=None, room_field=None, person_field=None):
    """Raise ``RoomTaken`` or ``PersonTaken`` when something that *wish* names is taken by another
    occasion; the fields are those beside which the sentence stands.
    """
    clash = clashes(wish).first()
    if clash is None:
        return
    seen = occasions.describe(by, [clash]).get((clash.kind, clash.occasion))
    if clash.room_id:
        raise RoomTaken(clash, seen=seen, field=room_field)
    raise PersonTaken(clash, seen=seen, field=person_field)


def clashes(wish):
    """Return the bookings of other occasions that stand in the way of *wish*, rooms first."""
    wanted = Q(person__in=[person.pk for person in wish.people])
    if wish.room is not None:
        wanted |= Q(room=wish.room)
    rows = Booking.objects.filter(
        wanted, starts_at__lt=wish.ends_at, ends_at__gt=wish.starts_at
    ).exclude(kind=wish.kind, occasion=wish.occasion)
    return rows.select_related("room", "person").order_by("room", "starts_at", "pk")


def _lock(wishes):
    """Let two who want the same room or person ask one after the other, in one order."""
    rooms = {wish.room.pk for wish in wishes if wish.room is not None}
    people = {person.pk for wish in wishes for person in wish.people}
    for model, keys in ((Room, rooms), (User, people)):
        rows = model.objects.filter(pk__in=keys).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))


def _rows(wish):
    common = {
        "kind": wish.kind,
        "occasion": wish.occasion,
        "starts_at": wish.starts_at,
        "ends_at": wish.ends_at,
    }
    if wish.room is not None:
        yield Booking(room=wish.room, **common)
    for person in {person.pk: person for person in wish.people}.values():
        yield Booking(person=person, **common)
