"""The agenda of a meeting: for its coordinator to keep, for each agency its own view."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disputes.domain.filetypes import content_type_of, is_shown_in_place
from disputes.domain.refusals import Refusal
from disputes.models import Case
from disputes.permissions import (
    at_desk,
    convenable_cases,
    get_case,
    hidden_cases,
    visible_cases,
)
from mediation.domain.meetings import agenda as verbs
from mediation.domain.meetings import invitations
from mediation.domain.meetings import people as lists
from mediation.domain.meetings.planning import wish_of
from mediation.domain.meetings.suggestions import suggest
from mediation.forms.meetings.agenda import ItemForm, MaterialForm, NewItemForm, PersonForm
from mediation.meeting_actions import PROPOSING
from mediation.models import ActionItem, AgendaItem, ItemMaterial, Meeting, Participant
from mediation.permissions import convenes
from mediation.views.meetings import get_meeting, kept_meeting
from offices.domain import bookings

Reason = AgendaItem.Reason


@require_http_methods(["GET", "POST"])
def agenda(request, pk):
    """Keep the agenda: suggestions beside what is on it."""
    meeting = kept_meeting(request.user, pk)
    form = NewItemForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if _try(request, verbs.add_item, meeting, **facts, at=timezone.now(), by=request.user):
            return redirect("meeting_agenda", pk=pk)
    items = verbs.shown_items(
        meeting, request.user, on=timezone.localdate(), offices=[meeting.office_id]
    )
    total = sum(each.minutes for each in items)
    context = {
        "meeting": meeting,
        "items": items,
        "suggestions": suggest(request.user, meeting, today=timezone.localdate()),
        "agencies": form.agencies,
        "form": form,
        "total": total,
        "over": max(0, total - meeting.minutes),
        "materials_by": verbs.materials_by(meeting),
    }
    return render(request, "meetings/agenda.html", context, status=422 if form.errors else 200)


@require_POST
def add(request, pk):
    """Put a suggested case, a left item or an overdue action on the agenda."""
    meeting = kept_meeting(request.user, pk)
    said, common = request.POST, {"at": timezone.now(), "by": request.user}
    if said.get("case", "").isdecimal():
        case = _suggested_case(request.user, said["case"])
        reason = said.get("reason") if said.get("reason") in Reason.values else Reason.OTHER
        _try(request, verbs.add_case, meeting, case, reason=reason, **common)
    elif said.get("item", "").isdecimal():
        left = (
            AgendaItem.objects.exclude(case__in=hidden_cases(request.user))
            .filter(
                pk=said["item"][:18], meeting__office=meeting.office, state=AgendaItem.State.CARRIED
            )
            .first()
        )
        if left is None:
            raise Http404
        _try(request, verbs.carry_over, left, meeting, **common)
    elif said.get("action", "").isdecimal():
        row = (
            ActionItem.objects.exclude(item__case__in=hidden_cases(request.user))
            .filter(pk=said["action"][:18], meeting__office=meeting.office, done_on__isnull=True)
            .first()
        )
        if row is None:
            raise Http404
        title = _("Overdue: %(what)s") % {"what": row.text}
        facts = {"title": title[:150], "request": row.text, "responsible": row.office}
        _try(request, verbs.add_item, meeting, reason=Reason.ACTION, minutes=10, **facts, **common)
    return redirect("meeting_agenda", pk=pk)


@require_http_methods(["GET", "POST"])
def item(request, pk, item):
    """Change an item and with whom it is shared."""
    meeting, row = _item(request.user, pk, item)
    form = ItemForm(request.POST or None, meeting=meeting, initial=_said(row))
    if request.method == "POST" and form.is_valid():
        common = {"at": timezone.now(), "by": request.user}
        if _try(request, verbs.edit_item, row, viewers=form.shared, **form.facts, **common):
            return redirect("meeting_agenda", pk=pk)
    context = {"meeting": meeting, "item": row, "form": form, "here": row.title}
    return render(request, "meetings/item.html", context, status=422 if form.errors else 200)


@require_POST
def move(request, pk, item):
    """Let an item change places, or take it off."""
    _meeting, row = _item(request.user, pk, item)
    if request.POST.get("do") == "off":
        _try(request, verbs.withdraw_item, row)
    else:
        _try(request, verbs.move_item, row, up=request.POST.get("do") == "up")
    return redirect("meeting_agenda", pk=pk)


@require_safe
def preview(request, pk, office):
    """Show the agenda exactly as the agency *office* sees it."""
    meeting = kept_meeting(request.user, pk)
    agency = next((each for each in lists.agencies_at(meeting) if each.pk == office), None)
    if agency is None:
        raise Http404
    context = {
        "meeting": meeting,
        "agency": agency,
        "agencies": lists.agencies_at(meeting),
        "items": verbs.shown_items(
            meeting, agency, on=timezone.localdate(), offices=[agency.pk], beside=request.user
        ),
        "here": _("What each agency sees"),
    }
    return render(request, "meetings/preview.html", context)


@require_http_methods(["GET", "POST"])
def people(request, pk):
    """Keep the list of those who come."""
    meeting = kept_meeting(request.user, pk)
    form = PersonForm(request.POST or None, meeting=meeting)
    if (
        request.method == "POST"
        and form.is_valid()
        and _try(
            request, _add_person, meeting, at=timezone.now(), by=request.user, **form.cleaned_data
        )
    ):
        return redirect("meeting_people", pk=pk)
    rows = meeting.participants.filter(removed_at__isnull=True).select_related(
        "office", "stands_in_for"
    )
    context = {"meeting": meeting, "people": rows.order_by("pk"), "form": form, "here": _("People")}
    return render(request, "meetings/people.html", context, status=422 if form.errors else 200)


@require_POST
def person(request, pk, person):
    """Take somebody off the list, or note the answer that he told the coordinator."""
    meeting = kept_meeting(request.user, pk)
    row = meeting.participants.filter(pk=person, removed_at__isnull=True).first()
    if row is None:
        raise Http404
    if request.POST.get("do") == "off":
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        if meeting.status == Meeting.Status.INVITED:
            invitations.tell_cancelled(meeting, at=timezone.now(), only=row)
    elif request.POST.get("do") in Participant.Answer.values:
        row.answer, row.answered_at = request.POST["do"], timezone.now()
        row.answer_via = Participant.Via.DESK
        row.save(update_fields=["answer", "answered_at", "answer_via"])
    if meeting.is_ahead:
        _try(request, bookings.book, wish_of(meeting), by=request.user)
    return redirect("meeting_people", pk=pk)


@require_http_methods(["GET", "POST"])
def propose(request, pk):
    """Put a case before one of the next meetings: from its page the second click."""
    case = get_case(request.user, pk)
    desk = at_desk(request.user, case)
    if desk is None or not set(desk.duties).intersection(PROPOSING):
        raise PermissionDenied
    ahead = Meeting.objects.filter(
        status__in=["draft", "invited"], question="", starts_at__gt=timezone.now()
    ).select_related("office")[:6]
    if request.method == "POST":
        chosen = next((row for row in ahead if str(row.pk) == request.POST.get("meeting")), None)
        if chosen is None:
            raise Http404
        common = {"at": timezone.now(), "by": request.user}
        if _try(request, verbs.add_case, chosen, case, reason=Reason.PROPOSED, **common):
            messages.success(
                request, _("The case is on the agenda of %(day)s.") % {"day": chosen.name}
            )
        return redirect("case", pk=pk)
    context = {"case": case, "proceeding": desk, "ahead": ahead}
    return render(request, "meetings/propose.html", context)


@require_POST
def hand_in(request, pk, item):
    """Add a paper to an item: the responsible agency and the coordinator do."""
    meeting = get_meeting(request.user, pk)
    row = _visible_item(request.user, meeting, item)
    if not _may_hand_in(request.user, meeting, row):
        raise PermissionDenied
    form = MaterialForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            kind = content_type_of(form.cleaned_data["file"])
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            ItemMaterial.objects.create(
                item=row,
                title=form.cleaned_data["title"],
                file=form.cleaned_data["file"],
                content_type=kind,
                late=timezone.localdate() > verbs.materials_by(meeting),
                at=timezone.now(),
                by=request.user,
            )
    else:
        messages.error(request, _("Give the paper a title and choose a file."))
    return redirect(meeting)


@never_cache
@require_safe
def material(request, pk, material):
    """Hand out a paper of an item to those who read what is inside it."""
    meeting = get_meeting(request.user, pk)
    row = ItemMaterial.objects.filter(pk=material, item__meeting=meeting).first()
    if row is None or not _visible_item(request.user, meeting, row.item_id).reads_inside:
        raise Http404
    try:
        file = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=not is_shown_in_place(row.content_type),
        filename=row.title,
        content_type=row.content_type,
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _suggested_case(user, key):
    case = (
        Case.objects.filter(pk=int(key[:18]))
        .filter(pk__in=(convenable_cases(user) | visible_cases(user)).values("pk"))
        .first()
    )
    if case is None:
        raise Http404
    return case


def _item(user, pk, item):
    meeting = kept_meeting(user, pk)
    row = _visible_item(user, meeting, item)
    if not row.reads_title:
        raise Http404
    return meeting, row


def _visible_item(user, meeting, item):
    row = (
        AgendaItem.objects.filter(meeting=meeting, pk=item)
        .exclude(state=AgendaItem.State.WITHDRAWN)
        .visible_to(user, on=timezone.localdate())
        .select_related("responsible", "case")
        .first()
    )
    if row is None:
        raise Http404
    return row


def _may_hand_in(user, meeting, row):
    if convenes(user, meeting):
        return row.reads_title
    own = meeting.participants.filter(user=user, removed_at__isnull=True, office=row.responsible)
    return row.reads_inside and own.exists()


def _said(row):
    viewers = list(row.viewers.all())
    return {
        "title": row.title,
        "request": row.request,
        "minutes": row.minutes,
        "responsible": row.responsible_id,
        "viewers": [each.office_id for each in viewers],
        "with_materials": [each.office_id for each in viewers if each.materials],
        "with_case": [each.office_id for each in viewers if each.case],
    }


def _add_person(meeting, *, office, user, name, mail, role, stands_in_for, at, by):
    delegate = lists.Delegate(
        office, user, user.name if user else name, mail or (user.email if user else ""), role
    )
    lists.list_people(meeting, [delegate])
    row = meeting.participants.filter(office=office, user=user, name=delegate.name).last()
    if stands_in_for:
        row.stands_in_for = stands_in_for
        row.save(update_fields=["stands_in_for"])
    invitations.tell_one(row, at=at)
    if meeting.is_ahead:
        bookings.book(wish_of(meeting), by=by)
    verbs.grant_cases(meeting, at=at, by=by)
    return True


def _try(request, verb, /, *arguments, **facts):
    try:
        verb(*arguments, **facts)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    return True
