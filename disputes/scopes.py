"""What one person reaches on one day: the parts of the one question, as conditions in SQL.

Who serves where is asked first (``standing_of``); the offices then stand in the conditions as
arrays, so that PostgreSQL knows how many cases they mean and picks its indexes accordingly.
The rules themselves are told in docs/permissions.md.
"""

from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q

from disputes import lookups  # noqa: F401 - registers ``any``
from disputes.models import Assignment, Case, CaseGrant, Level, Named, Proceeding, Wall
from disputes.models.choices import Grade
from offices.domain.standing import standing_of

Kind = CaseGrant.Kind
# A grant counts only for who still serves as what it was given for.
GRANT_DUTIES = {
    Kind.LAWYER: ("review_cases",),
    Kind.MEETING: ("convene_meetings", "answer_meetings"),
    Kind.REASON: ("inspect_cases",),
}


class Scope:
    """The conditions for *user* on the date *on*.

    *whole*, *shared*, *seats*, *heads*, *filing* and *below* are ids of offices: where she reads
    every case, where she shares the work as a mediator, sits as an arbitrator, leads, files, and
    what she supervises from above.
    """

    def __init__(self, user, standing):
        self.user, self.on, self.standing = user, standing.on, standing
        offices = standing.offices
        self.whole = offices("view_cases")
        self.shared = offices("mediate")
        self.seats = offices("arbitrate")
        self.heads = offices("assign_cases")
        self.filing = offices("file_cases")
        self.below = sorted(self.standing.below)
        # Whose files are hers today: her own, and those of the people for whom she stands in.
        self.held_by = [user.pk, *sorted(standing.stands_for)]
        self.grant_kinds = [kind for kind, duties in GRANT_DUTIES.items() if offices(*duties)]

    @property
    def own_offices(self):
        """The offices whose cases are listed to her as a colleague."""
        return sorted({*self.whole, *self.shared})

    @property
    def work_offices(self):
        """The offices at which an assignment counts."""
        return sorted({*self.whole, *self.shared, *self.seats})

    @cached_property
    def visible(self):
        """The cases that exist for her, as a queryset to start from."""
        return self.cases(self.listed())

    @cached_property
    def readable(self):
        """Those whose content she reads, likewise."""
        return self.open_to(self.cases(self.read()))

    def cases(self, rows):
        """Return the cases of the proceedings that the condition *rows* names, walls and seals
        kept.
        """
        found = Case.objects.filter(pk__in=Proceeding.objects.filter(rows).values("case"))
        return found.exclude(pk__any=ArraySubquery(self._walled())).filter(
            Q(sealed=False) | Q(pk__any=self._sealed_circle)
        )

    def hidden(self):
        """Return the ids of the cases behind a wall or a seal, as a queryset: there are few."""
        sealed = Case.objects.filter(sealed=True).exclude(pk__any=self._sealed_circle)
        return sealed.order_by().values("pk").union(self._walled(), all=True)

    def open_to(self, cases):
        """Narrow *cases* that she reads to those that are not too sensitive for her."""
        major = self._granted_for(Kind.REASON, case__grade=Grade.MAJOR)
        circle = Q(pk__any=self._circle(case__level=Level.SENSITIVE))
        return cases.filter(Q(level__lt=Level.SENSITIVE) | circle | Q(pk__in=major))

    def personal(self):
        """Name the proceedings by which a case is hers apart from the offices where she serves."""
        reported = Q(case__id__any=ArraySubquery(self._reported()))
        return self._assigned_at(self.seats) | self._granted() | reported

    def near(self):
        """Name the proceedings that are listed to her otherwise than from above."""
        return _at(self.own_offices) | self.personal()

    def listed(self):
        """Name the proceedings by which a case exists for her."""
        return self.near() | _at(self.below)

    def outlined(self):
        """Name those by which she reads at least the outline of a case."""
        offices = sorted({*self.own_offices, *self.below})
        return _at(offices) | self._assigned_at(self.seats) | self._granted()

    def worked(self):
        """Name the proceedings whose rows she reads whole as one who works at their desk.

        Those that are assigned to her, and as a mediator those that nobody holds yet: somebody
        has to take them up.
        """
        waiting = _at(self.shared) & Q(handler__isnull=True, closed_at__isnull=True)
        return _at(self.whole) | waiting | self._assigned_at(self.work_offices)

    def read(self):
        """Name the proceedings by which she reads the content of a case."""
        return self.worked() | self._granted()

    def grants(self):
        """Return her grants of today, as a queryset."""
        return current_grants(self.on).filter(user=self.user, kind__in=self.grant_kinds)

    def assignments(self):
        """Return her assignments beside a handler, as a queryset."""
        return Assignment.objects.filter(user=self.user)

    def named(self):
        """Return where she is named, as a queryset."""
        return Named.objects.filter(user=self.user)

    def _walled(self):
        return Wall.objects.filter(user=self.user).order_by().values("case")

    def _reported(self):
        reported = Case.objects.filter(filed_by=self.user, reporting_office__in=self.filing)
        return reported.order_by().values("pk")

    def _granted(self):
        if not self.grant_kinds:
            return _NONE
        return Q(case__id__any=ArraySubquery(self.grants().values("case")))

    def _granted_for(self, kind, **which):
        return self.grants().filter(kind=kind, **which).order_by().values("case")

    def _assigned_at(self, offices):
        if not offices:
            return _NONE
        beside = ArraySubquery(self.assignments().values("proceeding"))
        return (Q(handler__in=self.held_by) | Q(pk__any=beside)) & _at(offices)

    @cached_property
    def _sealed_circle(self):
        return self._circle(case__sealed=True)

    def _circle(self, **which):
        """Return the ids of the cases *which* that are hers although few people read them."""
        rows = Proceeding.objects.filter(
            _at(self.heads)
            | self._assigned_at(self.work_offices)
            | Q(case__id__any=ArraySubquery(self.named().values("case")))
            | Q(case__in=self._granted_for(Kind.LAWYER)),
            **which,
        )
        return ArraySubquery(rows.order_by().values("case"))


_NONE = Q(pk__in=[])
_KEPT = "_scope"


def _at(offices):
    """Return the condition that a proceeding's desk is one of *offices* (ids)."""
    return Q(desk__id__any=offices) if offices else _NONE


def scope_of(user, on):
    """Return the ``Scope`` of *user* on the date *on*: the same one throughout a request."""
    standing = standing_of(user, on=on)
    kept = getattr(user, _KEPT, None)
    if kept is None or kept.standing is not standing:
        kept = Scope(user, standing)
        setattr(user, _KEPT, kept)
    return kept


def current_grants(on):
    """Return the grants that have not ended on the date *on*, as a queryset."""
    return CaseGrant.objects.filter(Q(until__isnull=True) | Q(until__gte=on))
