"""Between the meetings and the world: invitations, answers, subscriptions, mail that came in."""

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disputes.domain.refusals import Refusal
from mediation.domain.meetings import busy as busy_verbs
from mediation.domain.meetings import feeds as verbs
from mediation.domain.meetings import invitations
from mediation.domain.meetings.refusals import LinkOver
from mediation.forms.meetings.links import AnswerForm, BusyForm, FeedForm
from mediation.models import BusyCalendar, FeedToken, InboundMail, Participant
from mediation.permissions import answering_offices, convening_offices
from mediation.views.meetings import get_meeting, kept_meeting
from offices.addresses import address_of

# Why a mail waits for a person.
WHY = {
    "too_long": gettext_lazy("longer than 1 MB"),
    "too_many": gettext_lazy("more than 200 entries"),
    "forged": gettext_lazy("the mail server found the sender forged"),
    "no_answer": gettext_lazy("no answer to an invitation in it"),
    "unreadable": gettext_lazy("cannot be read"),
    "rule": gettext_lazy("a rule that no meeting has"),
    "unknown": gettext_lazy("about a meeting that is not ours"),
    "sender": gettext_lazy("the sender was not invited, or answers for somebody else"),
    "zone": gettext_lazy("a time in a zone that is not known"),
    "sequence": gettext_lazy("newer than the invitation"),
    "old": gettext_lazy("older than the last change of the meeting"),
    "counter": gettext_lazy("proposes another time"),
}


@require_POST
def invite(request, pk):
    """Send the invitations to one meeting, or to all settled dates of its series."""
    meeting = kept_meeting(request.user, pk)
    common = {"at": timezone.now(), "by": request.user}
    try:
        if request.POST.get("do") == "series" and meeting.series_id:
            count = len(invitations.invite_series(meeting.series, **common))
        else:
            invitations.invite(meeting, **common)
            count = 1
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The invitations to %(count)d dates are sent.") % {"count": count}
        )
    return redirect(meeting)


@require_POST
def reply(request, pk):
    """Answer an invitation from the page of the meeting."""
    meeting = get_meeting(request.user, pk)
    row = meeting.participants.filter(user=request.user, removed_at__isnull=True).first()
    if row is None:
        raise PermissionDenied
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why you do not come, or who comes instead."))
    elif _record(row, form):
        messages.success(request, _("Your answer is recorded."))
    return redirect(meeting)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request, token):
    """Let an invited person answer without an account; only a POST records anything.

    Programs that look at links in mail follow them by GET, and change nothing.
    """
    try:
        row = invitations.read_token(token)
    except LinkOver as refusal:
        return render(request, "meetings/answer.html", {"refusal": str(refusal)}, status=410)
    form = AnswerForm(request.POST or None)
    done = request.method == "POST" and form.is_valid() and _record(row, form)
    context = {"row": row, "meeting": row.meeting, "form": form, "done": done}
    return render(request, "meetings/answer.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def feeds(request):
    """List the person's subscriptions and those of her agencies; make one, shown once."""
    offices = {*answering_offices(request.user), *convening_offices(request.user)}
    form = FeedForm(request.POST or None, offices=offices)
    secret = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        office = form.offices.get(said["owner"])
        _row, secret = verbs.make_feed(
            user=None if office else request.user, office=office, purpose=said["purpose"],
            level=said["level"], until=said["until"], at=timezone.now(), by=request.user,
        )  # fmt: skip
    context = {
        "form": form,
        "calendar": BusyCalendar.objects.filter(user=request.user).first(),
        "busy_form": BusyForm(),
        "rows": _own_feeds(request.user, offices).select_related("office"),
        "address": _address(request, "meeting_feed", secret),
        "busy": _address(request, "meeting_busy", secret),
        **(_ways(request, secret) if secret else {}),
        "today": timezone.localdate(),
    }
    return render(request, "meetings/feeds.html", context, status=422 if form.errors else 200)


@require_POST
def busy_calendar(request):
    """Take in the person's calendar of another program, or forget it."""
    if request.POST.get("do") == "forget":
        busy_verbs.take_away(request.user)
        messages.success(request, _("Your calendar is forgotten."))
        return redirect("meeting_feeds")
    form = BusyForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data["file"].read(busy_verbs.MOST_BYTES + 1)
        try:
            row = busy_verbs.hand_in(request.user, data, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            said = {"count": row.times.count(), "unread": row.unread}
            messages.success(
                request,
                _("%(count)d busy times are kept; %(unread)d entries could not be read.") % said,
            )
    else:
        messages.error(request, _("Choose a file."))
    return redirect("meeting_feeds")


@require_POST
def stop(request, pk):
    """Stop a subscription."""
    offices = {*answering_offices(request.user), *convening_offices(request.user)}
    row = _own_feeds(request.user, offices).filter(pk=pk).first()
    if row is None:
        raise Http404
    verbs.stop(row, at=timezone.now())
    messages.success(request, _("The subscription is stopped."))
    return redirect("meeting_feeds")


@login_not_required
@require_safe
def feed(request, secret):
    """Hand out a subscription to a calendar program."""
    row = _fetched(request, secret)
    now = timezone.now()
    tag, changed = verbs.version_of(row, at=now)
    tag = f'"{tag}"'
    if tag in [each.strip() for each in request.headers.get("If-None-Match", "").split(",")]:
        response = HttpResponseNotModified()
    else:
        response = _calendar(
            verbs.calendar_of(row, at=now, site=request.build_absolute_uri("/")[:-1])
        )
    response.headers["ETag"] = tag
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


@login_not_required
@require_safe
def busy(request, secret):
    """Hand out the busy times of a person or an agency, and nothing else."""
    return _calendar(verbs.busy_times(_fetched(request, secret), at=timezone.now()))


@require_safe
def mail(request):
    """List the mails that wait for a person."""
    rows = _mails(request.user).select_related("meeting", "participant__office")
    state = "all" if request.GET.get("state") == "all" else "waiting"
    if state == "waiting":
        rows = rows.filter(state=InboundMail.State.WAITING)
    found = list(rows[:100])
    for row in found:
        row.because = WHY.get(row.why, "")
    context = {"rows": found, "state": state}
    return render(request, "meetings/mail.html", context)


@require_POST
def settle(request, pk):
    """Count an answer that waited, or lay a mail aside."""
    row = _mails(request.user).filter(pk=pk, state=InboundMail.State.WAITING).first()
    if row is None:
        raise Http404
    if request.POST.get("do") == "count" and row.participant and row.answer:
        invitations.answer(
            row.participant, answer=row.answer, via=Participant.Via.DESK, note=row.note,
            at=timezone.now(),
        )  # fmt: skip
    row.state, row.by = InboundMail.State.DONE, request.user
    row.save(update_fields=["state", "by"])
    return redirect("meeting_mail")


def _mails(user):
    """Return the mails that *user* keeps as a coordinator; raises ``PermissionDenied``."""
    offices = convening_offices(user)
    if not offices:
        raise PermissionDenied
    mine = InboundMail.objects.filter(meeting__office__in=offices)
    return mine | InboundMail.objects.filter(meeting__isnull=True)


def _own_feeds(user, offices):
    own = FeedToken.objects.filter(user=user) | FeedToken.objects.filter(office__in=offices)
    return own.filter(revoked_at__isnull=True)


def _fetched(request, secret):
    now = timezone.now()
    row = verbs.find_feed(secret, on=timezone.localdate(now))
    if row is None:
        raise Http404
    program = request.headers.get("User-Agent", "")[:80]
    verbs.note_use(row, by=f"{address_of(request)} {program}".strip(), at=now)
    return row


def _calendar(text):
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response


def _address(request, name, secret):
    return request.build_absolute_uri(reverse(name, args=[secret])) if secret else ""


def _ways(request, secret):
    """Return the address at which telephones offer to subscribe, and a picture of it."""
    webcal = f"webcal://{_address(request, 'meeting_feed', secret).partition('://')[2]}"
    picture = segno.make(webcal, error="m").png_data_uri(scale=3, border=2)
    return {"webcal": webcal, "picture": picture}


def _record(row, form):
    facts = {name: form.cleaned_data[name] for name in ("answer", "note")}
    return invitations.answer(row, **facts, via=Participant.Via.PAGE, at=timezone.now())
