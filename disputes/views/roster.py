"""The page of a roster, and what is done on it."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disputes.domain.refusals import Refusal
from disputes.domain.reveals import reveal_roster
from disputes.domain.roster import entries, results, severing, speaking
from disputes.domain.roster.places import places_alone
from disputes.domain.roster.workbooks import write_members, write_template
from disputes.forms import roster as forms
from disputes.models import Evidence, Member, MemberResult, Representative, SettlementConsent
from disputes.models.party import pairs_of
from disputes.models.sealed import indexes_of
from disputes.permissions import duties_in, visible_cases
from disputes.validators import narrow, normalise_identity_number, normalise_name, normalise_phone
from disputes.views.casefile import CaseFile
from disputes.views.paging import read_number

PAGE = 50
FINDINGS = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DUTIES = {"mediate", "accept_cases", "docket_cases", "arbitrate"}


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request, pk):
    """Show the roster of a case, page by page, and take in a workbook."""
    file = _file(request, pk)
    if request.method != "POST":
        return _show(request, file, forms.RosterForm())
    _require_writer(file)
    form = forms.RosterForm(request.POST, request.FILES)
    if form.is_valid() and _take_in(request, file, form):
        return redirect("roster", pk=pk)
    return _show(request, file, form, status=422)


def _take_in(request, file, form):
    try:
        upload = entries.take_in(
            file.current, file=form.cleaned_data["file"], at=timezone.now(), by=request.user
        )
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return False
    messages.success(
        request,
        _("%(added)s workers added, %(changed)s brought up to date, %(rejected)s rows rejected.")
        % {"added": upload.added, "changed": upload.changed, "rejected": upload.rejected},
    )
    return True


def _show(request, file, form, status=200):
    rows, previous, following = _page(file, request.GET)
    upload = file.case.roster_uploads.order_by("-pk").first() if file.is_writer else None
    findings = upload.report.get("findings", []) if upload else []
    election = speaking.election_of(file.case)
    context = {
        "file": file,
        "form": form,
        "members": rows,
        "previous": previous,
        "following": following,
        "asked": request.GET.get("q", "").strip(),
        "upload": upload,
        "findings": findings[:FINDINGS],
        "more_findings": len(findings[FINDINGS:]),
        "election": election,
        "counts": speaking.consents_of(file.current),
        "export": forms.ExportForm(),
        "each_signs": speaking.each_signs(file.case),
    }
    context["silent"] = context["counts"]["every"] - (
        context["counts"]["given"] + context["counts"]["refused"]
    )
    return render(request, "disputes/roster.html", context, status=status)


def _page(file, query):
    """Return (members, number before which the page before ends, number after which goes on)."""
    rows = _search(_with_facts(file), query.get("q", ""))
    after, before = read_number(query.get("after")), read_number(query.get("before"))
    if before is not None:
        found = list(rows.filter(number__lt=before).order_by("-number")[: PAGE + 1])
        more, found = len(found) > PAGE, found[:PAGE][::-1]
        return found, found[0].number if more and found else None, before - 1
    found = list(rows.filter(number__gt=after or 0).order_by("number")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    previous = found[0].number if after and found else None
    return found, previous, found[-1].number if more else None


def _with_facts(file):
    """Return the members of the case of *file* with what a line says of each."""
    election = speaking.election_of(file.case)
    said = SettlementConsent.objects.filter(member=OuterRef("pk"), proceeding=file.current)
    latest = MemberResult.objects.filter(member=OuterRef("pk")).order_by("-proceeding", "-at", "pk")
    seats = Representative.objects.filter(member=OuterRef("pk"), election=election)
    return (
        Member.objects.filter(case=file.case)
        .select_related("party", "severance__case")
        .annotate(
            consent=Subquery(said.values("given")[:1]),
            latest_result=Subquery(latest.values("result")[:1]),
            speaks=Exists(seats),
        )
    )


def _search(rows, text):
    """Narrow *rows* to those that *text* means: a number, a name, a document or a telephone."""
    text = narrow(text.replace("\x00", ""))[:80]
    if not text:
        return rows
    number = read_number(text)
    if number is not None and len(text) <= 6:
        return rows.filter(number=number)
    document = indexes_of(normalise_identity_number(text))
    phone = indexes_of(normalise_phone(text))
    found = Q(party__id_index__in=document) | Q(party__phone_index__in=phone)
    name = normalise_name(text)
    if len(name) > 1:
        found |= Q(party__name_pairs__contains=pairs_of(name))
    return rows.filter(found)


@require_safe
def roster_template(request, pk):
    """Hand out the empty form."""
    _file(request, pk)
    target = BytesIO()
    write_template(target)
    return _workbook(target, _("Roster, empty form.xlsx"))


@require_safe
def roster_rejects(request, pk):
    """Hand back the rejected rows of the last upload."""
    file = _file(request, pk)
    _require_writer(file)
    upload = file.case.roster_uploads.order_by("-pk").first()
    if upload is None or not upload.rejects:
        raise Http404
    name = _("Roster, rejected rows.xlsx")
    return FileResponse(upload.rejects.open(), as_attachment=True, filename=name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roster_export(request, pk):
    """Hand out the roster: masked, or by POST and for a reason in full."""
    file = _file(request, pk)
    members = list(_with_facts(file).order_by("number"))
    if request.method == "POST":
        _require_writer(file)
        form = forms.ExportForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say for what the full roster is needed."))
            return redirect("roster", pk=pk)
        reason = form.cleaned_data["reason"]
        parties = [member.party for member in members]
        reveal_roster(parties, reason=reason, at=timezone.now(), by=request.user)
    target = BytesIO()
    write_members(members, target, masked=request.method != "POST")
    return _workbook(target, _("Roster %(number)s.xlsx") % {"number": file.case.matter_number})


def _workbook(target, name):
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def roster_election(request, pk):
    """Record who was elected to speak for the workers."""
    return _act(request, pk, forms.ElectionForm, _elect)


@require_http_methods(["GET", "HEAD", "POST"])
def roster_consents(request, pk):
    """Record who consents to the settlement."""
    return _act(request, pk, forms.ConsentsForm, speaking.record_consents)


def _elect(proceeding, *, present, **facts):
    return speaking.elect(proceeding, present_count=present, **facts)


def _act(request, pk, form_class, verb, *, member=None, **options):
    file = _file(request, pk)
    _require_writer(file)
    form = form_class(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        proceeding=file.current,
        today=file.today,
        member=member,
        **options,
    )
    if form.is_bound and form.is_valid() and _done(form, verb, by=request.user):
        messages.success(request, form.done)
        return redirect("roster", pk=pk)
    context = {"file": file, "form": form, "member": member}
    return render(
        request, "disputes/roster_act.html", context, status=422 if form.is_bound else 200
    )


def _done(form, verb, *, by):
    try:
        verb(form.proceeding, **form.cleaned_data, at=timezone.now(), by=by)
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
        return False
    return True


@require_safe
def member(request, pk, number):
    """Show one worker of the roster: who she is, masked, and what became of her claims."""
    file = _file(request, pk)
    row = get_object_or_404(_with_facts(file), number=number)
    noted = MemberResult.objects.filter(member=row).select_related("claim", "proceeding__office")
    context = {"file": file, "member": row, "party": row.party, "results": noted.order_by("pk")}
    context["own_case"] = _own_case(request.user, row)
    return render(request, "disputes/member.html", context)


def _own_case(user, row):
    """Return the case with which she went on alone, where *user* may see it."""
    severance = getattr(row, "severance", None)
    if severance is None:
        return None
    return visible_cases(user).filter(pk=severance.case_id).first()


@require_http_methods(["GET", "HEAD", "POST"])
def member_act(request, pk, number, act):
    """Do something about one worker: let her go alone, take her off, note her result."""
    file = _file(request, pk)
    row = get_object_or_404(Member.objects.select_related("party"), case=file.case, number=number)
    if act == "alone":
        options = {"offices": places_alone(file.current), "materials": _materials(file)}
        return _act(request, pk, forms.AloneForm, _alone(row), member=row, **options)
    if act == "off":
        return _act(request, pk, forms.StrikeOffForm, _off(row), member=row)
    return _act(request, pk, forms.ResultForm, _result(row), member=row)


def _materials(file):
    return file.content.rows(Evidence.objects.filter(case=file.case)).order_by("pk")


def _alone(row):
    return lambda proceeding, **facts: severing.go_alone(row, proceeding=proceeding, **facts)


def _off(row):
    return lambda proceeding, **facts: entries.strike_off(row, **facts)


def _result(row):
    return lambda proceeding, **facts: results.note_result(proceeding, member=row, **facts)


def _file(request, pk):
    """Return the case: 404 for a stranger, 403 for one who does not read its content."""
    file = CaseFile(request.user, pk)
    if not file.content.is_full or file.current is None:
        raise PermissionDenied
    file.is_writer = bool(duties_in(request.user, file.case) & DUTIES)
    return file


def _require_writer(file):
    if not file.is_writer:
        raise PermissionDenied
