"""The agenda: putting items on it, sharing them, and showing each agency its own view."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, OuterRef, Prefetch, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from disputes.look.outline import case_title
from disputes.models import CaseGrant, Proceeding
from law.calendar import load_calendar
from mediation.domain.meetings.refusals import ItemClosed, OnAgendaAlready
from mediation.models import ActionItem, AgendaItem, ItemViewer, Meeting
from mediation.permissions import convenes

Reason, State = AgendaItem.Reason, AgendaItem.State
MATERIALS_BEFORE = 3  # working days
# How long those who discussed a case read it after the meeting, in calendar days.
READS_ON = timedelta(days=30)


@transaction.atomic
def add_item(meeting, *, title, responsible, at, by, case=None, reason=Reason.OTHER, **facts):
    """Put an item on the agenda of *meeting*, last; return it.

    Of *case* once only. Raises ``ItemClosed`` when the meeting is over, ``OnAgendaAlready``.
    """
    meeting = _lock(meeting)
    if case and meeting.items.filter(case=case).exclude(state=State.WITHDRAWN).exists():
        raise OnAgendaAlready
    last = meeting.items.aggregate(last=Max("ordinal"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, ordinal=last + 1, title=title, responsible=responsible, case=case,
        reason=reason, at=at, by=by, **facts,
    )  # fmt: skip
    grant_cases(meeting, at=at, by=by)
    return item


@transaction.atomic
def add_case(meeting, case, *, reason, at, by):
    """Put *case* on the agenda of *meeting*, with the office that handles it responsible.

    Its title says the cause alone: agencies that see the title may not know which case it is.
    """
    proceeding = case.proceedings.select_related("desk").latest("ordinal")
    with translation.override(settings.LANGUAGE_CODE):
        title = str(case.get_cause_display())
    return add_item(
        meeting,
        title=title,
        responsible=proceeding.desk,
        case=case,
        reason=reason,
        at=at,
        by=by,
    )


@transaction.atomic
def carry_over(item, meeting, *, at, by):
    """Put *item*, left over from an earlier meeting, on the agenda of *meeting*."""
    again = add_item(
        meeting, title=item.title, responsible=item.responsible, case=item.case,
        reason=Reason.CARRIED, request=item.request, minutes=item.minutes, carried_from=item,
        at=at, by=by,
    )  # fmt: skip
    share(
        again, [(row.office, row.materials, row.case) for row in item.viewers.all()], at=at, by=by
    )
    return again


@transaction.atomic
def edit_item(item, *, viewers, at, by, **facts):
    """Change *item*, and with whom it is shared: (office, materials, case) for each agency."""
    item = _open(item)
    for name, value in facts.items():
        setattr(item, name, value)
    item.save(update_fields=list(facts))
    share(item, viewers, at=at, by=by)
    return item


@transaction.atomic
def share(item, viewers, *, at, by):
    """Share *item* with *viewers*: (office, whether materials, whether the case) for each."""
    item.viewers.all().delete()
    ItemViewer.objects.bulk_create(
        ItemViewer(item=item, office=office, materials=materials, case=case)
        for office, materials, case in viewers
        if office != item.responsible
    )
    grant_cases(item.meeting, at=at, by=by)


@transaction.atomic
def move_item(item, *, up):
    """Let *item* change places with the one before it, or with the one after it."""
    item = _open(item)
    rows = item.meeting.items.select_for_update()
    beside = (
        rows.filter(ordinal__lt=item.ordinal).last()
        if up
        else rows.filter(ordinal__gt=item.ordinal).first()
    )
    if beside is not None:
        mine = item.ordinal
        AgendaItem.objects.filter(pk=item.pk).update(ordinal=beside.ordinal)
        AgendaItem.objects.filter(pk=beside.pk).update(ordinal=mine)


@transaction.atomic
def withdraw_item(item):
    """Take *item* off the agenda; before people were invited it leaves no trace."""
    item = _open(item)
    if item.meeting.status == Meeting.Status.DRAFT and not item.carried_from_id:
        later = item.meeting.items.filter(ordinal__gt=item.ordinal)
        item.viewers.all().delete()
        item.materials.all().delete()
        item.delete()
        later.update(ordinal=F("ordinal") - 1)
        return
    AgendaItem.objects.filter(pk=item.pk).update(state=State.WITHDRAWN)


def grant_cases(meeting, *, at, by):
    """Let the people of the agencies that may know a case read it until after *meeting*.

    Its coordinator at once, the others once they are invited. A wall still wins.
    """
    until = timezone.localdate(meeting.starts_at) + READS_ON
    people = _people(meeting)
    for item in meeting.items.filter(case__isnull=False).exclude(state=State.WITHDRAWN):
        offices = {item.responsible_id, meeting.office_id}
        offices |= set(item.viewers.filter(case=True).values_list("office", flat=True))
        readers = {row.user_id for row in people if row.office_id in offices} | (
            {by.pk} if by and convenes(by, meeting, on=timezone.localdate(at)) else set()
        )
        for reader in readers:
            _grant(item.case_id, reader, until, at=at, by=by)


@dataclass(frozen=True)
class Shown:
    """An item as one reader sees it; what she does not read is empty, never merely hidden."""

    item: AgendaItem
    number: int
    minutes: int
    title: str
    is_closed: bool
    request: str = ""
    case: object = None
    case_number: str = ""
    parties: str = ""
    responsible: str = ""
    viewers: tuple = ()
    materials: tuple = ()
    discussion: str = ""
    decision: object = None
    actions: tuple = ()
    state: str = ""
    reason: str = ""
    edits: bool = False


def shown_items(meeting, reader, *, on, offices=(), beside=None):
    """Return the ``Shown`` list of the agenda of *meeting* for *reader*, a person or an agency.

    *on* is the date on which she reads it.

    *offices* are the ids of the agencies as which she reads: what is assigned to one of them is
    shown to her even where the item is not, unless a wall or a seal closes it to her, or to the
    person *beside* an agency who asks for what it reads. Everything that leaves the house about
    an agenda — pages, papers, mail, feeds — is made from this. Five queries at most.
    """
    last = Proceeding.objects.filter(case=OuterRef("case")).order_by("-ordinal").values("number")
    rows = (
        AgendaItem.objects.filter(meeting=meeting)
        .exclude(state=State.WITHDRAWN)
        .visible_to(reader, on=on, beside=beside)
        .annotate(case_number=Subquery(last[:1]))
        .select_related("responsible", "case", "decision__responsible")
        .prefetch_related(
            Prefetch("viewers", ItemViewer.objects.select_related("office")),
            Prefetch("actions", ActionItem.objects.select_related("office")),
            "materials",
            "case__parties",
        )
        .order_by("ordinal")
    )
    return [_show(row, set(offices)) for row in rows]


def _show(row, offices):
    decision = getattr(row, "decision", None)
    if row.is_shut:
        offices = ()
    assigned = decision is not None and decision.responsible_id in offices
    actions = [
        each for each in row.actions.all() if row.reads_decision or each.office_id in offices
    ]
    common = {
        "item": row,
        "number": row.ordinal,
        "minutes": row.minutes,
        "decision": decision if row.reads_decision or assigned else None,
        "actions": tuple(actions),
    }
    if not row.reads_title:
        return Shown(title=_("Item not open to you"), is_closed=True, **common)
    return Shown(
        title=row.title,
        is_closed=False,
        request=row.request,
        responsible=row.responsible.name,
        viewers=tuple(each.office.short_name for each in row.viewers.all()),
        materials=tuple(row.materials.all()) if row.reads_inside else (),
        discussion=row.discussion if row.reads_inside else "",
        state=row.state,
        reason=row.get_reason_display(),
        **common,
        **(_case(row) if row.reads_case and row.case_id else {}),
    )


def _case(row):
    return {
        "case": row.case,
        "case_number": row.case_number or row.case.matter_number,
        "parties": case_title(row.case.parties.all(), worker_count=row.case.worker_count),
    }


def materials_by(meeting):
    """Return the date by which papers are handed in: three working days before, or as set."""
    return meeting.materials_by or load_calendar().workday_before(
        timezone.localdate(meeting.starts_at), MATERIALS_BEFORE
    )


def _lock(meeting):
    row = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if row.status in (Meeting.Status.CLOSED, Meeting.Status.CANCELLED):
        raise ItemClosed
    return row


def _open(item):
    row = (
        AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=item.pk)
    )
    if row.state != State.OPEN or row.meeting.status in (
        Meeting.Status.CLOSED,
        Meeting.Status.CANCELLED,
    ):
        raise ItemClosed
    return row


def _people(meeting):
    if meeting.status == Meeting.Status.DRAFT:
        return []
    return list(meeting.participants.filter(removed_at__isnull=True, user__isnull=False))


def _grant(case, reader, until, *, at, by):
    row, made = CaseGrant.objects.get_or_create(
        case_id=case,
        user_id=reader,
        kind=CaseGrant.Kind.MEETING,
        defaults={
            "reason": _("item of the joint meeting"),
            "granted_at": at,
            "granted_by": by,
            "until": until,
        },
    )
    if not made and (row.until is None or row.until < until):
        row.until = until
        row.save(update_fields=["until"])
