"""Who may see and do what. Every door asks here, and nowhere else.

``visible_cases`` says which cases exist for a person, ``visible_content`` which rows in a case
she reads, ``can`` whether she may do something in it. Duties are held at offices through
postings; walls win over everything.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.http import Http404
from django.utils import timezone

from disputes.models import Case, CaseGrant, Level, Proceeding, TimelineEntry, Wall
from offices.domain.staffing import offices_where
from offices.models import OfficeGroupObjectPermission, Posting

Reach = TimelineEntry.Reach


def visible_cases(user, *, on=None):
    """Return the cases that exist for *user* on the date *on* (today), as a lazy queryset.

    A case exists for those who read cases at an office that handles or handled it, for those
    who supervise such an office from above, for whoever filed it, and for whoever holds a
    grant. A wall hides it from one person whatever else she may do.
    """
    if not user.is_authenticated or not user.is_active:
        return Case.objects.none()
    on = on or timezone.localdate()
    own = Proceeding.objects.filter(case=OuterRef("pk"))
    return Case.objects.filter(
        Exists(own.filter(desk__in=offices_where(user, "view_cases", on=on)))
        | Exists(own.filter(Exists(_supervising(user, on))))
        | Q(filed_by=user)
        | Exists(_grants(user, on).filter(case=OuterRef("pk"))),
        ~Exists(Wall.objects.filter(case=OuterRef("pk"), user=user)),
    )


@dataclass(frozen=True)
class Content:
    """Which rows of one case a person reads.

    *level* is CASE for those who handle it, INTERNAL for those who supervise from above (that it
    exists and where it stands, names masked), PUBLIC for who only reported it (how it stands and
    how it ended). *offices* are the ids of the desks whose rows she reads whole,
    *after* the ordinal of her last proceeding (rows that travel onward reach her from the tiers
    before).
    """

    user: object
    level: int
    offices: frozenset
    after: int

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
        mine = Q(proceeding__desk__in=self.offices)
        reaches = (
            Q(reach=Reach.ALL)
            | Q(reach=Reach.OFFICE) & mine
            | Q(reach=Reach.ONWARD) & (mine | Q(proceeding__ordinal__lt=self.after))
            | Q(reach=Reach.ONWARD, proceeding__isnull=True)
        )
        if hasattr(queryset.model, "actor"):
            reaches |= Q(reach=Reach.OWN, actor=self.user)
        return queryset.filter(reaches, level__lte=self.level)


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
    on = on or timezone.localdate()
    supervised = Proceeding.objects.filter(Exists(_supervising(user, on)), case=OuterRef("pk"))
    case = (
        visible_cases(user, on=on)
        .filter(pk=pk)
        .annotate(
            is_supervised=Exists(supervised),
            is_granted=Exists(_grants(user, on).filter(case=OuterRef("pk"))),
            granted=ArraySubquery(_granted_people(on)),
        )
        .select_related("federation", "reporting_office", "filed_by")
        .first()
    )
    if case is None:
        raise Http404
    proceedings = list(_proceedings_of(case, user, on))
    return case, proceedings, _content(user, case, proceedings)


def with_outline(cases, user, *, on=None):
    """Annotate *cases* with ``is_outline``: whether *user* reads more than how each one stands."""
    on = on or timezone.localdate()
    own = Proceeding.objects.filter(case=OuterRef("pk"))
    return cases.annotate(
        is_outline=ExpressionWrapper(
            Q(Exists(own.filter(desk__in=offices_where(user, "view_cases", on=on))))
            | Q(Exists(own.filter(Exists(_supervising(user, on)))))
            | Q(Exists(_grants(user, on).filter(case=OuterRef("pk")))),
            output_field=BooleanField(),
        )
    )


def _granted_people(on):
    """Return who holds a grant on the outer case, as {"name", "kind"}."""
    current = CaseGrant.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), case=OuterRef("pk")
    )
    return current.order_by("pk").values(person=JSONObject(name="user__name", kind="kind"))


def _proceedings_of(case, user, on):
    mine = offices_where(user, "view_cases", on=on).filter(pk=OuterRef("desk"))
    rows = Proceeding.objects.filter(case=case).annotate(is_mine=Exists(mine))
    return rows.select_related("office", "handler", "sent_from").order_by("ordinal")


def _content(user, case, proceedings):
    mine = [proceeding for proceeding in proceedings if proceeding.is_mine]
    if case.is_granted:
        mine += proceedings[-1:]
    outline = Level.INTERNAL if case.is_supervised else Level.PUBLIC
    return Content(
        user=user,
        level=Level.CASE if mine else outline,
        offices=frozenset(proceeding.desk_id for proceeding in mine),
        after=max((proceeding.ordinal for proceeding in mine), default=0),
    )


def can(user, duty, case, *, on=None):
    """Return whether *user* holds *duty* at the office that handles *case* now."""
    on = on or timezone.localdate()
    return (
        visible_cases(user, on=on)
        .filter(
            pk=case.pk,
            proceedings__closed_at__isnull=True,
            proceedings__desk__in=offices_where(user, duty, on=on),
        )
        .exists()
    )


def at_desk(user, case, *, on=None):
    """Return the last proceeding of *case*, with the list ``duties`` that *user* holds at its desk.

    ``is_supervised`` says whether she supervises the desk from above. One query, office and case
    included; None for a case without a proceeding.
    """
    on = on or timezone.localdate()
    held = OfficeGroupObjectPermission.objects.filter(
        group__postings__in=Posting.objects.active(on).filter(user=user),
        content_object=OuterRef("desk"),
    )
    return (
        Proceeding.objects.filter(case=case)
        .annotate(
            duties=ArraySubquery(held.values("permission__codename").distinct()),
            is_supervised=Exists(_supervising(user, on).exclude(pk=OuterRef("desk"))),
        )
        .select_related("office", "desk", "case")
        .order_by("-ordinal")
        .first()
    )


def duties_in(user, case, *, on=None):
    """Return the duties that *user* holds where *case* is handled now; none when it has ended."""
    proceeding = at_desk(user, case, on=on)
    return set(proceeding.duties) if proceeding and proceeding.closed_at is None else set()


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
    get_case(user, case.pk)
    if not can(user, duty, case):
        raise PermissionDenied


def require_any(user, duties, case):
    """Raise ``Http404`` for a stranger, ``PermissionDenied`` for one without any of *duties*."""
    get_case(user, case.pk)
    if not duties_in(user, case).intersection(duties):
        raise PermissionDenied


def _supervising(user, on):
    """Return the offices of *user* above the office of the outer proceeding."""
    below = ExpressionWrapper(OuterRef("desk__path"), output_field=CharField())
    return (
        offices_where(user, "supervise", on=on)
        .alias(below=below)
        .filter(below__startswith=F("path"))
    )


def _grants(user, on):
    return CaseGrant.objects.filter(Q(until__isnull=True) | Q(until__gte=on), user=user)
