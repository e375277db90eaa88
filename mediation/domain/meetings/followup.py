"""What agencies have to do because of a meeting, until it is done."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from disputes.permissions import hidden_cases
from law.calendar import load_calendar
from mediation.domain.meetings.agenda import materials_by
from mediation.domain.meetings.people import SPOKESMEN
from mediation.domain.meetings.refusals import DoneAlready, EvidenceMissing
from mediation.models import ActionItem, AgendaItem, Meeting, Participant
from mediation.permissions import ANSWER, CONVENE
from notices.domain.inbox import notify
from notices.models import Notice
from offices.domain.standing import standing_of
from offices.models import Posting, User

# Calendar days before the due date on which an agency is reminded.
AHEAD = timedelta(days=3)
# Which meetings are looked at for papers, in calendar days.
MATERIALS_AHEAD = timedelta(days=60)


def actions_for(user, *, on):
    """Return the action items that *user* may know of on the date *on*, the most urgent first.

    Those of the agencies for which she answers or speaks, and those of meetings she convenes; not
    those about a case that a wall or a seal hides from her.
    """
    standing = standing_of(user, on=on)
    if not standing.postings:
        return ActionItem.objects.none()
    speaking = [row.office_id for row in standing.postings if row.role in SPOKESMEN]
    own = [row.office_id for row in standing.postings]
    hers = Participant.objects.filter(user=user, office__in=own, removed_at__isnull=True)
    rows = ActionItem.objects.filter(
        Q(office__in=[*standing.offices(ANSWER), *speaking])
        | Q(meeting__office__in=standing.offices(CONVENE))
        | Q(office__in=hers.values("office"), meeting__in=hers.values("meeting"))
    )
    # No list of ids is read for it: the worklist asks this at every look.
    rows = rows.exclude(item__case__in=hidden_cases(user, on=on))
    return rows.select_related("office", "meeting").order_by("due_on", "pk")


def open_actions(user, *, on, limit=20):
    """Return the open action items of the agencies of *user*, for her worklist."""
    standing = standing_of(user, on=on)
    own = [row.office_id for row in standing.postings]
    rows = actions_for(user, on=on).filter(done_on__isnull=True, office__in=own)
    return list(rows[:limit])


@transaction.atomic
def finish(action, *, evidence, at, by):
    """Close *action* with *evidence*: what was done, and what shows it."""
    row = ActionItem.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if row.done_on:
        raise DoneAlready
    if not evidence.strip():
        raise EvidenceMissing
    row.done_on, row.evidence, row.done_by = timezone.localdate(at), evidence, by
    row.save(update_fields=["done_on", "evidence", "done_by"])
    return row


def remind(*, at):
    """Remind agencies three days before, on the day, and each week after; return how many."""
    today = timezone.localdate(at)
    due = ActionItem.objects.filter(done_on__isnull=True, due_on__lte=today + AHEAD)
    count = 0
    for row in due.select_related("office", "meeting")[:500]:
        if _is_turn(row, today):
            _remind(row, today, at=at)
            count += 1
    return count


def remind_of_materials(*, at):
    """Remind agencies of papers for their items, on the working day before and on the day on
    which they are due; return how many items. Whoever handed something in is left in peace.
    """
    today = timezone.localdate(at)
    tomorrow = load_calendar().workday_after(today, 1)
    ahead = Meeting.objects.filter(
        status=Meeting.Status.INVITED, starts_at__gt=at, starts_at__lt=at + MATERIALS_AHEAD
    )
    count = 0
    for meeting in ahead.select_related("office"):
        due = materials_by(meeting)
        if due in (today, tomorrow):
            count += _ask_materials(meeting, due, today, at=at)
    return count


def missing_materials(meeting):
    """Return the open items of *meeting* for which nothing was handed in, as a queryset."""
    open_items = AgendaItem.objects.filter(meeting=meeting, state=AgendaItem.State.OPEN)
    return open_items.filter(materials__isnull=True).exclude(responsible=meeting.office_id)


def _ask_materials(meeting, due, today, *, at):
    count = 0
    for item in missing_materials(meeting):
        rows = meeting.participants.filter(
            office=item.responsible, removed_at__isnull=True, user__isnull=False
        )
        notify(
            [row.user for row in rows.select_related("user")],
            N_("Papers for an item of the joint meeting are due on %(due)s"),
            kind=Notice.Kind.MEETING,
            url=meeting.get_absolute_url(),
            key=f"materials-{item.pk}-{today}",
            at=at,
            due=due,
        )
        count += 1
    return count


def _is_turn(row, today):
    if row.reminded_on is None:
        return True
    if today >= row.due_on > row.reminded_on:
        return True
    return today > row.due_on and (today - row.reminded_on).days >= 7


@transaction.atomic
def _remind(row, today, *, at):
    postings = Posting.objects.active(today).filter(office=row.office, role__in=SPOKESMEN)
    people = User.objects.filter(postings__in=postings, is_active=True).distinct()
    over = today > row.due_on
    notify(
        people,
        N_("An action item of the joint meeting is overdue since %(due)s")
        if over
        else N_("An action item of the joint meeting is due on %(due)s"),
        kind=Notice.Kind.DEADLINE,
        # Its own page: who must not know of its case is not told.
        url=reverse("meeting_action", args=[row.pk]),
        key=f"action-{row.pk}-{today}",
        at=at,
        due=row.due_on,
    )
    row.reminded_on = today
    row.save(update_fields=["reminded_on"])
