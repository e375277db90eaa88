"""Giving files out: those that nobody holds, and those of people who leave or are away."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from disputes.domain.candidates import WORK, candidates_for, distribute
from disputes.domain.refusals import Refusal
from disputes.models import Deadline, Proceeding, Tier
from disputes.permissions import hidden_cases, readable_cases
from mediation.domain.appointment import ConflictNotDeclared, appoint
from offices.domain.staffing import offices_where
from offices.models import Absence, OfficeGroupObjectPermission, Posting, User
from workflows.courses import StepTaken, change_handler, complete_step
from workflows.worklist import handling_clocks, open_steps

PAGE = 25
# Who leaves within so many days is shown to the head already.
AHEAD_DAYS = 30
LEAD = "assign_cases"


class NobodyChosen(Refusal):
    """The row names no person."""

    sentence = _("Choose who takes this file.")


def led_offices(user, *, on):
    """Return the offices whose files *user* gives out on the date *on*, as a queryset."""
    return offices_where(user, LEAD, on=on)


def files_to_give(user, *, on):
    """Return the accepted proceedings that nobody holds where *user* leads, as a queryset.

    Those that wait for a mediator, and those whose handler keeps away from now on.
    """
    unconfirmed = Deadline.objects.running().filter(proceeding=OuterRef("pk"), armed=False)
    return _led(user, on).filter(
        ~Exists(unconfirmed),
        handler__isnull=True,
        accepted_on__isnull=False,
        tier__lt=Tier.ARBITRATION,
    )


def files_of(person, user, *, on):
    """Return the open proceedings that *person* holds where *user* leads, as a queryset."""
    return _led(user, on).filter(handler=person)


def _led(user, on):
    return Proceeding.objects.filter(
        closed_at__isnull=True,
        office__handled_here=True,
        desk__in=led_offices(user, on=on),
        case__in=readable_cases(user, on=on),
    )


def people_to_relieve(user, *, on):
    """Return whose files wait to be handed on where *user* leads, with the number ``files``.

    People who no longer do this work there, who leave within ``AHEAD_DAYS`` days (``leaves_on``),
    and who are away without a substitute (``away_until``): a list of ``User``, in two queries.
    """
    files = _led(user, on).filter(handler__isnull=False)
    rows = files.values("handler", "desk").annotate(files=Count("pk")).order_by()
    counts = {}
    for row in rows:
        counts.setdefault(row["handler"], {})[row["desk"]] = row["files"]
    desks = {desk for each in counts.values() for desk in each}
    people = User.objects.filter(pk__in=counts).prefetch_related(
        Prefetch("postings", working(on).filter(office__in=desks), to_attr="working"),
        Prefetch("absences", Absence.objects.active(on), to_attr="away"),
    )
    found = [_relieved(person, counts[person.pk], on) for person in people]
    return sorted((each for each in found if each), key=lambda each: (each.name, each.pk))


def _relieved(person, counts, on):
    """Return *person* with what makes her files wait, or None when nothing does."""
    last = {posting.office_id: posting.until for posting in person.working}
    person.gone = not person.is_active or any(desk not in last for desk in counts)
    ends = [last[desk] for desk in counts if last.get(desk)]
    person.leaves_on = min((day for day in ends if day <= on + timedelta(AHEAD_DAYS)), default=None)
    person.away_until = next((row.until for row in person.away if not row.substitute_id), None)
    person.files = sum(counts.values())
    return person if person.gone or person.leaves_on or person.away_until else None


def working(on):
    """Return the postings of the date *on* in which somebody handles files, as a queryset."""
    held = OfficeGroupObjectPermission.objects.filter(
        group=OuterRef("group"),
        content_object=OuterRef("office"),
        permission__codename__in=WORK,
    )
    return Posting.objects.active(on).filter(Exists(held))


def leavers(on):
    """Return the postings of who has left or leaves within ``AHEAD_DAYS`` days, a queryset.

    Those whose person holds open files at the office and does not go on working there.
    """
    files = Proceeding.objects.filter(
        handler=OuterRef("user"), desk=OuterRef("office"), closed_at__isnull=True
    )
    after = Posting.objects.filter(user=OuterRef("user"), office=OuterRef("office")).filter(
        Q(until__isnull=True) | Q(until__gt=OuterRef("until"))
    )
    rows = Posting.objects.filter(
        ~Exists(after), until__gte=on - timedelta(AHEAD_DAYS), until__lte=on + timedelta(AHEAD_DAYS)
    )
    return rows.filter(Exists(files)).select_related("user", "office")


def staff_of(user, *, on):
    """Return who handles files where *user* leads, with ``files``, ``skill_list`` and ``away``.

    Files that a wall or a seal hides from *user* are not counted.
    """
    offices = led_offices(user, on=on)
    people = working(on).filter(office__in=offices).values("user")
    held = Proceeding.objects.filter(handler=OuterRef("pk"), closed_at__isnull=True)
    held = held.exclude(case__in=hidden_cases(user, on=on))
    number = held.order_by().values("handler").annotate(n=Count("pk")).values("n")
    return (
        User.objects.filter(pk__in=people, is_active=True)
        .annotate(files=Coalesce(Subquery(number), 0))
        .prefetch_related(
            Prefetch("absences", Absence.objects.ahead(on).select_related("substitute"), "away"),
            "skills",
        )
        .order_by("name", "pk")
    )


@dataclass
class Row:
    """One file of a page, with who could take it and what came of giving it."""

    proceeding: object
    candidates: list
    suggested: object = None
    chosen: object = None
    taken: bool = False
    error: str = ""

    @property
    def clock(self):
        """The clock that runs out first among those that the office keeps, or None."""
        return next(iter(self.proceeding.running_clocks), None)

    @property
    def options(self):
        """Those who may take the file."""
        return [row for row in self.candidates if not row.conflict]

    @property
    def conflicts(self):
        """Why others may not, as sentences."""
        return [row.conflict for row in self.candidates if row.conflict]


def rows_of(files, *, on, seen_by, after=0, without=None, limit=PAGE):
    """Return one page of *files* as ``Row``, oldest first, and the key of the next page or "".

    Each row suggests a person; *without* names one (``User``) who is not offered. What is hidden
    from *seen_by* is not counted. A fixed number of queries whatever the number of rows.
    """
    found = list(_with_facts(files).filter(pk__gt=after).order_by("pk")[: limit + 1])
    page = found[:limit]
    candidates = {
        pk: [row for row in rows if row.person != without]
        for pk, rows in candidates_for(page, on=on, seen_by=seen_by).items()
    }
    given = distribute(candidates)
    rows = [Row(each, candidates[each.pk], given[each.pk], given[each.pk]) for each in page]
    return rows, page[-1].pk if len(found) > limit else ""


def _with_facts(files):
    clocks = handling_clocks().select_related("rule")
    return files.select_related("case", "office", "desk").prefetch_related(
        "case__parties", Prefetch("deadlines", clocks, to_attr="running_clocks")
    )


def give(proceeding, *, person, reason, conflict_declared, at, by):
    """Give the file of *proceeding* to *person*: appoint her where that is what waits.

    Raises what appointing and changing the handler refuse.
    """
    if not conflict_declared:
        raise ConflictNotDeclared
    waiting = open_steps().filter(process__course__proceeding=proceeding)
    task = next((task for task in waiting if task.flow_task.name == "appoint"), None)
    facts = {"reason": reason, "conflict_declared": conflict_declared, "at": at, "by": by}
    if task is not None:
        return complete_step(task, appoint, mediator=person, **facts)
    return change_handler(proceeding, handler=person, **facts)


def give_all(rows, *, reason, at, by):
    """Give the files of those *rows* that are ``taken``, each by itself; return how many went.

    A row that is refused keeps its sentence in ``error``; the others go on.
    """
    given = 0
    for row in rows:
        if not row.taken:
            continue
        try:
            _give_row(row, reason=reason, at=at, by=by)
        except Refusal as refusal:
            row.error = str(refusal)
        else:
            given += 1
    return given


@transaction.atomic
def _give_row(row, *, reason, at, by):
    if row.chosen is None:
        raise NobodyChosen
    # The file may have been given, or have gone on, since the page was shown.
    proceeding = Proceeding.objects.select_for_update(of=("self",)).get(pk=row.proceeding.pk)
    if (proceeding.handler_id, proceeding.closed_at) != (row.proceeding.handler_id, None):
        raise StepTaken
    give(proceeding, person=row.chosen.person, reason=reason, conflict_declared=True, at=at, by=by)


def served_under(person, user, *, on):
    """Return whether *person* serves or served at an office where *user* leads."""
    return person.postings.filter(office__in=led_offices(user, on=on)).exists()
