"""The meeting itself: who is there, item by item, what is decided; its minutes; what follows."""

from io import BytesIO

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disputes.domain.refusals import Refusal
from disputes.permissions import hidden_cases
from mediation.domain.meetings import followup, session
from mediation.domain.meetings import minutes as papers
from mediation.domain.meetings import people as lists
from mediation.domain.meetings.agenda import shown_items
from mediation.forms.meetings.agenda import (
    ActionForm,
    CodeForm,
    CommentsForm,
    CorrectionForm,
    DecideForm,
    EvidenceForm,
    SummaryForm,
)
from mediation.models import AgendaItem, Meeting, MeetingDecision, Minutes
from mediation.permissions import agencies_for, convenes
from mediation.views.meetings import get_meeting, kept_meeting

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_POST
def turn(request, pk):
    """Open or close the meeting."""
    meeting = kept_meeting(request.user, pk)
    verb = session.close_meeting if request.POST.get("do") == "close" else session.open_meeting
    if _try(request, verb, meeting, at=timezone.now()) and verb is session.close_meeting:
        return redirect("meeting_minutes", pk=pk)
    return redirect("meeting_live", pk=pk)


@require_http_methods(["GET", "POST"])
def live(request, pk):
    """Go through the agenda: the coordinator decides item by item, the others read along."""
    meeting = get_meeting(request.user, pk)
    offices = agencies_for(request.user, meeting)
    items = shown_items(meeting, request.user, on=timezone.localdate(), offices=offices)
    keeps = convenes(request.user, meeting)
    current = _current(items, request.GET.get("item"))
    form = None
    if keeps and current and not current.is_closed and _is_open(meeting, current):
        form = DecideForm(
            request.POST or None,
            meeting=meeting,
            initial={"discussion": current.discussion, "responsible": current.item.responsible_id},
        )
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and _decide(request, form, current):
            return redirect(_next(meeting, items, current))
    room = _room(request, meeting)
    context = {
        "meeting": meeting,
        "items": items,
        "shown": current,
        "form": form,
        "convenes": keeps,
        "ways": _foreseen(request.user, current, form, room["quorum"]),
        "action_form": _action_form(meeting, form, keeps and current),
        "here": _("In session"),
        **room,
    }
    return render(
        request, "meetings/live.html", context, status=422 if form and form.errors else 200
    )


@require_POST
def leave(request, pk, item):
    """Carry an item over or take it off; or add an action item to it."""
    meeting = kept_meeting(request.user, pk)
    row = get_item(request.user, meeting, item)
    states = {"carry": AgendaItem.State.CARRIED, "off": AgendaItem.State.WITHDRAWN}
    common = {"at": timezone.now(), "by": request.user}
    if request.POST.get("do") in states:
        _try(request, session.leave_item, row, state=states[request.POST["do"]], **common)
    else:
        form = ActionForm(request.POST, meeting=meeting, prefix="action")
        if form.is_valid():
            _try(request, session.add_action, row, **form.cleaned_data, **common)
        else:
            messages.error(request, _("Say what is to be done, by whom, in how many working days."))
    return redirect(f"{reverse('meeting_live', args=[pk])}?item={row.pk}")


@never_cache
@require_safe
def attendance(request, pk):
    """The panel of who is there, asked again every few seconds."""
    meeting = get_meeting(request.user, pk)
    context = {"meeting": meeting, "convenes": convenes(request.user, meeting)}
    return render(request, "meetings/_attendance.html", context | _room(request, meeting))


@require_http_methods(["GET", "POST"])
def sign_in(request, pk):
    """Sign in with the code on the screen."""
    meeting = get_meeting(request.user, pk)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            session.sign_in(
                meeting, user=request.user, code=form.cleaned_data["code"], at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("You are signed in."))
            return redirect("meeting_live", pk=pk)
    row = meeting.participants.filter(user=request.user, removed_at__isnull=True).first()
    context = {"meeting": meeting, "form": form, "row": row, "here": _("Sign in")}
    return render(request, "meetings/sign_in.html", context, status=422 if form.errors else 200)


@require_POST
def tick(request, pk, person):
    """Tick somebody on the list, or take the tick back."""
    meeting = kept_meeting(request.user, pk)
    row = meeting.participants.select_related("meeting").filter(pk=person).first()
    if row is None:
        raise Http404
    if row.signed_in_at:
        _try(request, session.untick, row)
    else:
        _try(request, session.tick, row, at=timezone.now())
    return redirect("meeting_live", pk=pk)


@require_safe
def sheet(request, pk):
    """The list to sign by hand, on paper."""
    meeting = kept_meeting(request.user, pk)
    rows = meeting.participants.filter(removed_at__isnull=True).select_related("office")
    context = {"meeting": meeting, "people": rows.order_by("pk"), "here": _("Attendance sheet")}
    return render(request, "meetings/sheet.html", context)


@require_http_methods(["GET", "POST"])
def minutes(request, pk):
    """The minutes: for the coordinator to bring forward, for agencies to comment and read."""
    meeting = get_meeting(request.user, pk)
    keeps = convenes(request.user, meeting)
    editions = list(meeting.minutes_editions.select_related("paper"))
    last = editions[-1] if editions else None
    agencies = lists.agencies_at(meeting)
    offices = _own(request.user, meeting, agencies)
    if not keeps and (last is None or last.state == Minutes.State.DRAFT and last.edition == 1):
        last = None
    items = shown_items(
        meeting, request.user, on=timezone.localdate(), offices=[row.pk for row in offices]
    )
    # What was said of all items together may say something of one that is shut to her.
    whole = not any(each.item.is_shut for each in items)
    comments = CommentsForm(
        request.POST if request.POST.get("do") == "comment" else None, items=items
    )
    if request.method == "POST" and _act(
        request, meeting, last, offices, keeps and whole, comments
    ):
        return redirect("meeting_minutes", pk=pk)
    summary = {"summary": last.summary if last and whole else ""}
    context = {
        "meeting": meeting,
        "minutes": last,
        "editions": editions,
        "convenes": keeps,
        "writes": keeps and whole,
        "items": items,
        "offices": offices,
        "agencies": agencies if keeps else [],
        "comments": _comments(request.user, last, offices, keeps, whole),
        "form": SummaryForm(initial=summary),
        "comment_form": comments,
        "correction_form": CorrectionForm(initial=summary),
        "here": pgettext("meeting", "Minutes"),
        "now": timezone.now(),
    }
    status = 422 if comments.is_bound and comments.errors else 200
    return render(request, "meetings/minutes.html", context, status=status)


@require_safe
def minutes_paper(request, pk, office):
    """Hand out the minutes as a Word document in the edition of one agency."""
    meeting = get_meeting(request.user, pk)
    mine = agencies_for(request.user, meeting)
    keeps = convenes(request.user, meeting)
    agency = next((each for each in lists.agencies_at(meeting) if each.pk == office), None)
    last = meeting.minutes_editions.last()
    if agency is None or last is None or not (keeps or office in mine):
        raise Http404
    if not keeps and last.state == Minutes.State.DRAFT and last.edition == 1:
        raise Http404
    content = papers.document_for(last, agency, at=timezone.now(), reader=request.user)
    name = _("Minutes %(meeting)s %(agency)s.docx") % {
        "meeting": meeting.name, "agency": agency.short_name,
    }  # fmt: skip
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=WORD)


@require_safe
def actions(request):
    """What agencies have to do because of meetings."""
    today = timezone.localdate()
    rows = followup.actions_for(request.user, on=today)
    state = "done" if request.GET.get("state") == "done" else "open"
    rows = rows.filter(done_on__isnull=state == "open")[:100]
    context = {"rows": rows, "state": state, "today": today}
    return render(request, "meetings/actions.html", context)


@require_http_methods(["GET", "POST"])
def action(request, pk):
    """Close an action item with evidence."""
    today = timezone.localdate()
    row = followup.actions_for(request.user, on=today).filter(pk=pk).first()
    if row is None:
        raise Http404
    form = EvidenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {
            "evidence": form.cleaned_data["evidence"],
            "at": timezone.now(),
            "by": request.user,
        }
        if _try(request, followup.finish, row, **facts):
            messages.success(request, _("The action item is closed."))
            return redirect("meeting_actions")
    context = {"row": row, "form": form, "today": today}
    return render(request, "meetings/action.html", context, status=422 if form.errors else 200)


def get_item(user, meeting, item):
    """Return the open item of *meeting* that *user* may decide on; raises ``Http404``."""
    rows = AgendaItem.objects.filter(meeting=meeting, pk=item)
    row = rows.visible_to(user, on=timezone.localdate()).first()
    if row is None or not row.reads_title:
        raise Http404
    return row


def _is_open(meeting, shown):
    return meeting.status == Meeting.Status.IN_SESSION and shown.state == AgendaItem.State.OPEN


def _action_form(meeting, form, keeps):
    if meeting.status != Meeting.Status.IN_SESSION or not (form or keeps):
        return None
    agencies = form.agencies if form else None
    return ActionForm(meeting=meeting, agencies=agencies, prefix="action")


def _current(items, wanted):
    chosen = next((each for each in items if str(each.item.pk) == wanted), None)
    waiting = (each for each in items if each.state == AgendaItem.State.OPEN)
    return chosen or next(waiting, items[0] if items else None)


def _next(meeting, items, current):
    after = [each for each in items if each.number > current.number and each.state == "open"]
    address = reverse("meeting_live", args=[meeting.pk])
    return f"{address}?item={after[0].item.pk}" if after else address


def _decide(request, form, current):
    try:
        row = session.decide(current.item, **form.cleaned_data, at=timezone.now(), by=request.user)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    if row.is_opinion:
        messages.warning(request, _("Below the quorum: kept as an opinion, nothing moves."))
    elif row.effect:
        messages.success(request, row.effect)
    return True


def _foreseen(user, current, form, quorum):
    """Return what each decision would do to the case, for the table beside the form."""
    if form is None or current is None or not current.case or not quorum["met"]:
        return []
    return [
        {"words": MeetingDecision.Kind(kind).label, "allowed": allowed, "said": said}
        for kind, allowed, said in session.foresee(current.item, by=user)
    ]


def _own(user, meeting, agencies):
    """Return those of *agencies* as which *user* reads *meeting*."""
    keys = agencies_for(user, meeting)
    offices = {office.pk: office for office in (meeting.office, *agencies)}
    return [office for key, office in offices.items() if key in keys]


def _room(request, meeting):
    rows = meeting.participants.filter(removed_at__isnull=True).select_related("office")
    people = list(rows.order_by("pk"))
    found = {"people": people, "quorum": session.quorum_of(meeting, people)}
    if meeting.status == Meeting.Status.IN_SESSION and convenes(request.user, meeting):
        address = request.build_absolute_uri(reverse("meeting_sign_in", args=[meeting.pk]))
        found["code"] = session.code_of(meeting, at=timezone.now())
        found["picture"] = segno.make(address, error="m").png_data_uri(scale=4, border=2)
    return found


def _comments(user, last, offices, keeps, whole):
    if last is None:
        return []
    rows = last.comments.exclude(item__case__in=hidden_cases(user))
    if not whole:
        rows = rows.filter(item__isnull=False)
    rows = rows.select_related("office", "item").order_by("pk")
    return list(rows if keeps else rows.filter(office__in=offices))


def _act(request, meeting, last, offices, keeps, comments):
    said, common = request.POST, {"at": timezone.now(), "by": request.user}
    if said.get("do") == "comment":
        return _comment(request, last, offices, comments, common)
    if not keeps:
        raise PermissionDenied
    if said.get("do") == "draft":
        summary = said.get("summary", "")[:5000]
        return _try(request, papers.draft_minutes, meeting, summary=summary, **common)
    if last is None or said.get("do") not in FORWARD:
        raise Http404
    return FORWARD[said["do"]](request, last, common)


def _ask(request, last, common):
    return _try(request, papers.ask_comments, last, at=common["at"])


def _issue(request, last, common):
    return _try(request, papers.issue_minutes, last, **common)


def _correct(request, last, common):
    form = CorrectionForm(request.POST)
    if form.is_valid():
        return _try(request, papers.correct, last, **form.cleaned_data, **common)
    messages.error(request, _("Say why the minutes are corrected."))
    return False


FORWARD = {"ask": _ask, "issue": _issue, "correct": _correct}


def _comment(request, last, offices, form, common):
    chosen = request.POST.get("office", "")
    office = next(
        (row for row in offices if str(row.pk) == chosen), offices[0] if offices else None
    )
    if last is None or office is None:
        raise PermissionDenied
    if not form.is_valid():
        return False
    return _try(request, papers.comment, last, office=office, said=form.said, **common)


def _try(request, verb, /, *arguments, **facts):
    try:
        verb(*arguments, **facts)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    return True
