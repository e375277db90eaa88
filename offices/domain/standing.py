"""Where a person serves on one day and which duties that gives, asked once and handed around."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Exists, OuterRef, Q

from offices.models import Absence, Office, OfficeGroupObjectPermission, Posting

SUPERVISE = "supervise"
_KEPT = "_standing"
# Stand for the person and the day in the question that is kept.
_WHO, _WHEN = -1, date.min
_POSTING, _OFFICE = (
    [field.attname for field in model._meta.concrete_fields] for model in (Posting, Office)
)
_LISTS = ("held", "below", "beside", "away")


@dataclass(frozen=True)
class Standing:
    """A person's postings in force on the date *on*, and the duties held through them.

    *stands_for* are the ids of the people away that day for whom she acts on their files. *duties*
    maps a duty to the ids of the offices at which it is held, *below* are the ids of the offices
    whose lists she sees as one who supervises: at and under each office where she has that duty
    and, for a house's only city federation, those under no federation: commission, court,
    bureaus. Above those nobody stands, see ``is_above``.
    """

    on: date
    postings: tuple = ()
    duties: dict = field(default_factory=dict)
    below: frozenset = frozenset()
    stands_for: frozenset = frozenset()

    def offices(self, *duties):
        """Return the ids of the offices at which one of *duties* is held, in order."""
        return sorted(set().union(*(self.duties.get(duty, ()) for duty in duties)))

    def at(self, office):
        """Return the duties held at the office with the id *office*."""
        return {duty for duty, held in self.duties.items() if office in held}

    def beneath(self, duty):
        """Return the ids of the offices that the person supervises from where she holds *duty*."""
        lists = [(*each.below, *each.beside) for each in self.postings if duty in each.held]
        return sorted(set().union(*lists))

    def is_above(self, office, *, duty=SUPERVISE):
        """Return whether the person holds *duty* above the office with the id *office*."""
        return any(
            office in posting.below and posting.office_id != office and duty in posting.held
            for posting in self.postings
        )


def standing_of(user, *, on):
    """Return the ``Standing`` of *user* on the date *on*, in one query.

    Without a query while a request keeps it, see ``keep_standing``; nobody's is empty.
    """
    if not user.is_authenticated or not user.is_active:
        return Standing(on)
    kept = getattr(user, _KEPT, None)
    return kept if kept is not None and kept.on == on else _read(user, on)


def keep_standing(user, *, on):
    """Return the ``Standing`` of *user* and keep it with this object for the rest of a request.

    Only a request keeps it: whatever lives longer must see a posting end.
    """
    standing = standing_of(user, on=on)
    setattr(user, _KEPT, standing)
    return standing


def kept_standing(user):
    """Return the ``Standing`` that is kept with this object, None when nobody asked for it yet."""
    return getattr(user, _KEPT, None)


def _read(user, on):
    sql, facts = _question()
    with connection.cursor() as cursor:
        cursor.execute(sql, [{_WHO: user.pk, _WHEN: on}.get(fact, fact) for fact in facts])
        postings = tuple(map(_posting, cursor.fetchall()))
    return Standing(
        on,
        postings,
        _by_duty(postings),
        frozenset(_below(postings)),
        frozenset().union(*(posting.away for posting in postings)),
    )


def _posting(row):
    """Return the ``Posting`` of a *row* that answers the question, its office and lists with it."""
    own, office = row[: len(_POSTING)], row[len(_POSTING) : -len(_LISTS)]
    posting = Posting.from_db(DEFAULT_DB_ALIAS, _POSTING, own)
    posting.office = Office.from_db(DEFAULT_DB_ALIAS, _OFFICE, office)
    for name, found in zip(_LISTS, row[-len(_LISTS) :], strict=True):
        setattr(posting, name, found)
    return posting


@cache
def _question():
    """Return (SQL, parameters) that read the postings of ``_WHO`` on ``_WHEN`` with their lists.

    Every page asks it, and putting it together takes longer than its answer: it is kept.
    """
    on = _WHEN
    held = OfficeGroupObjectPermission.objects.filter(
        group=OuterRef("group"),
        content_object=OuterRef("office"),
        permission__content_type__app_label="offices",
    )
    supervising = OfficeGroupObjectPermission.objects.filter(
        group=OuterRef(OuterRef("group")),
        content_object=OuterRef(OuterRef("office")),
        permission__codename=SUPERVISE,
    )
    supervised = Office.objects.filter(Exists(supervising)).order_by()
    under = Q(path__startswith=OuterRef("office__path"))
    away = Absence.objects.covered(on).filter(substitute=OuterRef("user"))
    rows = (
        Posting.objects.active(on)
        .filter(user=_WHO)
        .annotate(
            held=ArraySubquery(held.values("permission__codename")),
            below=ArraySubquery(supervised.filter(under).values("pk")),
            beside=ArraySubquery(supervised.filter(~under, _is_only_federation()).values("pk")),
            away=ArraySubquery(away.order_by().values("user")),
        )
        .values_list(*_POSTING, *(f"office__{name}" for name in _OFFICE), *_LISTS)
    )
    return rows.query.sql_with_params()


def _by_duty(postings):
    duties = {}
    for posting in postings:
        for duty in posting.held:
            duties.setdefault(duty, set()).add(posting.office_id)
    return {duty: frozenset(offices) for duty, offices in duties.items()}


def _below(postings):
    return [office for posting in postings for office in (*posting.below, *posting.beside)]


def _is_only_federation():
    """Return the condition that the office of a posting is the only city federation there is."""
    federations = Office.objects.filter(kind=Office.Kind.CITY_FEDERATION).order_by()
    own = OuterRef(OuterRef("office"))
    return Exists(federations.filter(pk=own)) & ~Exists(federations.exclude(pk=own))
