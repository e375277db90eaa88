"""Who may see and do what. Every door asks here, and nowhere else.

``visible_cases`` says which cases exist for a person, ``readable_cases`` which she reads,
``visible_content`` which rows in one, ``can`` whether she may do something in it. Duties are held
at offices through postings; walls win over everything. The rules stand in docs/permissions.md,
their conditions in disputes/scopes.py.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.http import Http404
from django.utils import timezone

from disputes.models import (
    Case,
    Joinder,
    Level,
    Proceeding,
    Response,
    Tier,
    TimelineEntry,
    Transfer,
)
from disputes.models.choices import Grade
from disputes.scopes import Kind, current_grants, scope_of
from offices.domain.staffing import offices_where
from offices.models import Office

Reach = TimelineEntry.Reach


def visible_cases(user, *, on=None):
    """Return the cases that exist for *user* on the date *on* (today), as a lazy queryset.

    A case exists for the colleagues of an office that handles or handled it, for arbitrators and
    their clerk when it is theirs, for those who supervise such an office from above, for whoever
    reported it, and for whoever holds a grant. A wall hides it from one person whatever else she
    may do, a seal from everybody but its handlers, their heads and the persons named.
    """
    scope = _scope(user, on)
    return scope.visible.all() if scope.standing.postings else Case.objects.none()


def readable_cases(user, *, on=None):
    """Return those of the visible cases whose content *user* reads on the date *on* (today)."""
    scope = _scope(user, on)
    return scope.readable.all() if scope.standing.postings else Case.objects.none()


def near_cases(user, *, on=None):
    """Return those of the visible cases that *user* sees otherwise than from above, or None.

    Among these she may look for a person; whoever sees a case from above with its names masked
    could otherwise unmask them by searching. None stands for all, when she supervises nothing.
    """
    scope = _scope(user, on)
    if set(scope.below) <= set(scope.own_offices):
        return None
    return scope.cases(scope.near())


def hidden_cases(user, *, on=None):
    """Return the ids of the cases that a wall or a seal hides from *user*, as a queryset.

    For what is not a case but speaks of one: books, figures, agendas. There are few.
    """
    return _scope(user, on).hidden()


def worked_proceedings(user, *, on=None):
    """Return the proceedings whose rows *user* reads whole on the date *on* (today), lazily.

    These are the ones at whose desk she works on the case; what was said at another desk, or at
    hers in a case that somebody else holds, is not among them.
    """
    scope = _scope(user, on)
    if not scope.standing.postings:
        return Proceeding.objects.none()
    cases = scope.open_to(scope.cases(scope.worked()))
    return Proceeding.objects.filter(scope.worked(), case__in=cases)


def convenable_cases(user, *, on=None):
    """Return the cases that may be suggested to *user*, who convenes the joint meeting.

    Of the offices at and below those for which she convenes, walls and seals kept. She learns
    number, office and reason; to read a case it must be put on the agenda, which is recorded.
    """
    scope = _scope(user, on)
    own = [row for row in scope.standing.postings if "convene_meetings" in row.held]
    offices = Office.objects.filter(pk__in=[])
    for posting in own:
        offices = offices | Office.objects.filter(path__startswith=posting.office.path)
    return scope.cases(Q(desk__in=offices))


def listing_offices(user, *, on=None):
    """Return the ids of the offices whose cases are listed to *user* as a colleague."""
    return _scope(user, on).own_offices


def supervised_offices(user, *, on=None):
    """Return the ids of the offices that *user* supervises from above."""
    return _scope(user, on).below


def can_view(user, case, *, on=None):
    """Return whether *case* exists for *user* on the date *on* (today)."""
    return visible_cases(user, on=on).filter(pk=case.pk).exists()


@dataclass(frozen=True)
class Content:
    """Which rows of one case a person reads.

    *level* is CASE for those who work on it or hold a grant, INTERNAL for colleagues and for
    those who supervise from above (that it exists and where it stands, names masked), PUBLIC for
    who only reported it (how it stands and how it ended). *worked* are the ids of the
    proceedings whose rows she reads whole, *deep* of those where she reads the highly sensitive
    ones too, *after* is an ordinal: rows that travel onward reach her from the proceedings
    before it. *major* opens what is highly sensitive and travels, of a major case.
    """

    user: object
    level: int
    worked: frozenset = frozenset()
    deep: frozenset = frozenset()
    after: int = 0
    major: bool = False

    @property
    def is_full(self):
        """Whether she reads more than that the case exists and where it stands."""
        return self.level >= Level.CASE

    @property
    def is_outline(self):
        """Whether she reads at least the outline: masked names, clocks, the open step."""
        return self.level >= Level.INTERNAL

    def rows(self, queryset):
        """Narrow *queryset* of rows with case, proceeding, level and reach to what she reads."""
        mine = Q(proceeding__in=self.worked)
        reaches = (
            Q(reach=Reach.ALL)
            | Q(reach=Reach.OFFICE) & mine
            | Q(reach=Reach.ONWARD) & (mine | Q(proceeding__ordinal__lt=self.after))
            | Q(reach=Reach.ONWARD, proceeding__isnull=True)
        )
        travels = Q(reach__in=(Reach.ALL, Reach.ONWARD))
        sensitive = Q(proceeding__in=self.deep) | (travels if self.major else _NOTHING)
        own = self._own(queryset.model)
        levels = Q(level__lte=min(self.level, Level.CASE)) | Q(level=Level.SENSITIVE) & (
            sensitive | own
        )
        return queryset.filter(reaches | Q(reach=Reach.OWN) & own, levels)

    def _own(self, model):
        if not self.is_full:
            return _NOTHING
        return Q(**{"actor" if hasattr(model, "actor") else "added_by": self.user})


_NOTHING = Q(pk__in=[])


def visible_content(user, case, *, on=None):
    """Return the ``Content`` of *case* that *user* reads on the date *on* (today).

    Raises ``Http404`` when the case does not exist for her.
    """
    return read_case(user, case.pk, on=on)[2]


def read_case(user, pk, *, on=None):
    """Return (case *pk*, its proceedings in order, the ``Content`` that *user* reads of it).

    Two queries, whatever the case holds; offices and handlers come with the proceedings. Raises
    ``Http404`` when the case does not exist for her on the date *on* (today).
    """
    scope = _scope(user, on)
    mine = scope.grants().filter(case=OuterRef("pk"))
    case = (
        visible_cases(user, on=scope.on)
        .filter(pk=pk)
        .annotate(
            own_grants=ArraySubquery(
                mine.values(grant=JSONObject(kind="kind", proceeding="proceeding"))
            ),
            is_named=Exists(scope.named().filter(case=OuterRef("pk"))),
            granted=ArraySubquery(_granted_people(scope.on)),
        )
        .select_related("federation", "reporting_office", "filed_by")
        .first()
    )
    if case is None:
        raise Http404
    proceedings = list(_proceedings_of(case, scope))
    return case, proceedings, _Reader(scope, case, proceedings).content()


def with_outline(cases, user, *, on=None):
    """Annotate *cases* with ``is_outline``: whether *user* reads more than how each one stands."""
    own = Proceeding.objects.filter(_scope(user, on).outlined(), case=OuterRef("pk"))
    return cases.annotate(is_outline=Exists(own))


def can(user, duty, case, *, on=None):
    """Return whether *user* holds *duty* where *case* is handled now, and reads its content."""
    return duty in duties_in(user, case, on=on)


def duties_in(user, case, *, on=None):
    """Return the duties that *user* holds where *case* is handled now; none when it has ended.

    And none where she does not read the content: who may not read does not act.
    """
    proceeding = at_desk(user, case, on=on)
    return set(proceeding.duties) if proceeding and proceeding.closed_at is None else set()


def at_desk(user, case, *, on=None):
    """Return the last proceeding of *case*, with the list ``duties`` that *user* holds at its desk.

    They are none where she does not read the content. ``is_supervised`` says whether she
    supervises the desk from above; ``is_joined``, ``was_returned`` and ``is_placed`` what became
    of the case among the offices. One query, offices and case included; None for a case without
    a proceeding.
    """
    scope = _scope(user, on)
    read = readable_cases(user, on=scope.on).filter(pk=OuterRef("case"))
    row = (
        Proceeding.objects.filter(case=case)
        .annotate(is_read=Exists(read), **_moved())
        .select_related("office", "desk", "case", "sent_from")
        .order_by("-ordinal")
        .first()
    )
    if row is not None:
        row.duties = sorted(scope.standing.at(row.desk_id)) if row.is_read else []
        row.is_supervised = scope.standing.is_above(row.desk_id)
    return row


def _moved():
    """Return columns of a proceeding: joined to another case, returned before, placed here."""
    together = Joinder.objects.filter(severed_at=None)
    case = OuterRef("case")
    return {
        "is_joined": Exists(together.filter(Q(main=case) | Q(joined=case))),
        "was_returned": Exists(
            Transfer.objects.filter(sender__case=case, kind=Transfer.Kind.RETURNED)
        ),
        "is_placed": Exists(
            Transfer.objects.filter(receiver=OuterRef("pk"), kind=Transfer.Kind.PLACED)
        ),
    }


def may_inspect(user, proceedings, *, on=None):
    """Return whether *user* may open the case of *proceedings* for a reason, from above a desk."""
    standing = _scope(user, on).standing
    return any(standing.is_above(row.desk_id, duty="inspect_cases") for row in proceedings)


def held_by(user, *, on=None):
    """Return the ids of the people whose files *user* acts on: her own, and of those away.

    Somebody away names a substitute; he acts where he serves himself.
    """
    return _scope(user, on).held_by


def can_file_at(user, *, on=None):
    """Return the offices at which *user* may file a case, as a queryset."""
    return offices_where(user, "file_cases", on=on or timezone.localdate())


def get_case(user, pk):
    """Return the case *pk* if it exists for *user*; raises ``Http404``."""
    case = visible_cases(user).filter(pk=pk).first()
    if case is None:
        raise Http404
    return case


def require(user, duty, case):
    """Raise ``Http404`` for a stranger to *case*, ``PermissionDenied`` for one without *duty*."""
    require_any(user, (duty,), case)


def require_any(user, duties, case):
    """Raise ``Http404`` for a stranger, ``PermissionDenied`` for one without any of *duties*."""
    get_case(user, case.pk)
    if not duties_in(user, case).intersection(duties):
        raise PermissionDenied


class _Reader:
    """What the person of *scope* reads of *case*, told from rows that are read already."""

    def __init__(self, scope, case, proceedings):
        self.scope, self.case, self.proceedings = scope, case, proceedings
        grants = case.own_grants or []
        self.kinds = {grant["kind"] for grant in grants}
        self.asked_about = {grant["proceeding"] for grant in grants}

    def content(self):
        """Return the ``Content``."""
        user = self.scope.user
        if self.case.level == Level.SENSITIVE and not self._is_in_circle():
            return Content(user, level=self._lowest())
        worked = [row for row in self.proceedings if self._works_on(row)]
        return Content(
            user,
            level=Level.CASE if worked or self.kinds else self._lowest(),
            worked=frozenset(row.pk for row in worked),
            deep=frozenset(row.pk for row in worked if self._reads_deep(row)),
            after=self._after(worked),
            major=self._reads_major,
        )

    @property
    def _reads_major(self):
        return Kind.REASON in self.kinds and self.case.grade == Grade.MAJOR

    def _lowest(self):
        offices = {*self.scope.own_offices, *self.scope.below}
        seen = any(row.desk_id in offices or self._is_assigned(row) for row in self.proceedings)
        return Level.INTERNAL if seen or self.kinds else Level.PUBLIC

    def _is_in_circle(self):
        return (
            self.case.is_named
            or Kind.LAWYER in self.kinds
            or self._reads_major
            or any(
                row.desk_id in self.scope.heads or self._is_assigned(row)
                for row in self.proceedings
            )
        )

    def _is_assigned(self, row):
        return row.desk_id in self.scope.work_offices and (
            row.handler_id in self.scope.held_by or row.is_beside
        )

    def _works_on(self, row):
        waiting = row.handler_id is None and row.closed_at is None
        return (
            row.desk_id in self.scope.whole
            or self._is_assigned(row)
            or (row.desk_id in self.scope.shared and waiting)
            or row.pk in self.asked_about
        )

    def _reads_deep(self, row):
        """Return whether she reads what is highly sensitive at the desk of *row*.

        The head of a committee on which the employer sits does not.
        """
        leads = row.desk_id in self.scope.heads and row.tier != Tier.ENTERPRISE
        judges = row.desk_id in self.scope.seats and self._is_assigned(row)
        return leads or judges or self.case.is_named or row.pk in self.asked_about

    def _after(self, worked):
        last = max((row.ordinal for row in worked), default=0)
        # A grant opens what the last desk would hand on, but nothing that stays with it.
        everything = self.kinds - {Kind.LAWYER}
        return len(self.proceedings) + 1 if everything else last


def _scope(user, on):
    return scope_of(user, on or timezone.localdate())


def _granted_people(on):
    """Return who holds a grant on the outer case, as {"name", "kind"}."""
    current = current_grants(on).filter(case=OuterRef("pk"))
    return current.order_by("pk").values(person=JSONObject(name="user__name", kind="kind"))


def _proceedings_of(case, scope):
    beside = scope.assignments().filter(proceeding=OuterRef("pk"))
    measured = Response.objects.filter(proceeding=OuterRef("pk")).order_by("since", "pk")
    facts = JSONObject(
        id="pk", case="case", measure="measure", since="since", due="due_at", met="met_at"
    )
    rows = Proceeding.objects.filter(case=case).annotate(
        is_beside=Exists(beside), measured=ArraySubquery(measured.values(facts=facts))
    )
    return rows.select_related("office", "handler", "sent_from").order_by("ordinal")
