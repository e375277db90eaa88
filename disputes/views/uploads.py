"""The doors through which a large file comes in piece by piece, for the script of the page.

It asks how many bytes are here (HEAD), sends the next piece (PATCH), says at the end what it
counted (POST). Who may hand in materials is asked again at each piece.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from disputes.domain import uploading
from disputes.domain.refusals import Refusal
from disputes.forms.notes import UploadForm
from disputes.models import Upload
from disputes.permissions import read_case, visible_cases
from disputes.views.case import own_proceeding, writable
from disputes.views.paging import read_number

OFFSET, LENGTH = "Upload-Offset", "Upload-Length"


@require_POST
def upload_begin(request, pk):
    """Begin to take in a file for the case; answers with its address and what is here of it."""
    file = writable(request, pk)
    form = UploadForm(request.POST, parties=file.parties)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        row = uploading.begin(
            own_proceeding(file), **form.begun(), at=timezone.now(), by=request.user
        )
    except Refusal as refusal:
        return _refuse(refusal)
    facts = {"url": reverse("upload", args=[row.uid]), "offset": row.received}
    return JsonResponse(facts, status=201)


@never_cache
@require_http_methods(["HEAD", "PATCH", "POST"])
def upload(request, uid):
    """Say how many bytes are here, take the next piece, or make the whole a material."""
    row = _own(request.user, uid)
    if request.method == "HEAD":
        return _at(row.received, row)
    return _append(request, row) if request.method == "PATCH" else _finish(request, row)


@require_GET
def uploads(request):
    """List one's own unfinished files, the last touched first, to go on with or to discard."""
    rows = Upload.objects.filter(
        by=request.user,
        evidence__isnull=True,
        proceeding__case__in=visible_cases(request.user),
    )
    rows = rows.select_related("proceeding").order_by("-touched_at", "pk")[: uploading.MOST_OPEN]
    context = {"rows": rows, "kept_days": uploading.KEPT.days}
    return render(request, "disputes/uploads.html", context)


@require_POST
def upload_discard(request, uid):
    """Throw an unfinished file away."""
    row = _own(request.user, uid)
    uploading.discard(row)
    messages.success(request, _("%(name)s is discarded.") % {"name": row.name})
    return redirect("uploads")


def _append(request, row):
    piece = _read(request)
    announced = read_number(request.headers.get("Content-Length"))
    offset = read_number(request.headers.get(OFFSET))
    if not 0 < len(piece) == announced <= uploading.MOST_PIECE or offset is None:
        return _at(row.received, row, status=400)
    try:
        received = uploading.append(row, offset=offset, piece=piece, at=timezone.now())
    except uploading.OutOfStep:
        row.refresh_from_db()
        return _at(row.received, row, status=409)
    except Refusal as refusal:
        uploading.discard(row)
        return _refuse(refusal)
    return _at(received, row)


def _read(request):
    """Return what came of the piece: less than announced when the line broke."""
    try:
        return request.read(uploading.MOST_PIECE + 1)
    except UnreadablePostError:
        return b""


def _finish(request, row):
    try:
        known = uploading.finish(row, sha256=request.POST.get("sha256", ""), at=timezone.now())
    except uploading.NotWhole:
        return _at(row.received, row, status=409)
    except Refusal as refusal:
        return _refuse(refusal)
    messages.success(request, _("%(name)s is kept.") % {"name": known.name})
    return JsonResponse({"name": known.name, "sha256": known.sha256}, status=201)


def _own(user, uid):
    """Return the upload *uid* of *user*; 404 for anybody else's, 403 when she may not go on."""
    rows = Upload.objects.filter(uid=uid, by=user, proceeding__case__in=visible_cases(user))
    row = rows.select_related("proceeding").first()
    if row is None:
        raise Http404
    content = read_case(user, row.proceeding.case_id)[2]
    if row.proceeding_id not in content.worked:
        raise PermissionDenied
    return row


def _at(received, row, status=204):
    return HttpResponse(status=status, headers={OFFSET: received, LENGTH: row.size})


def _refuse(refusal):
    return JsonResponse({"errors": {refusal.field or "files": [str(refusal)]}}, status=422)
