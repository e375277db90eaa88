"""Filing an application at the desk."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from disputes.domain import drafts
from disputes.domain.filing import file_once, filed_before, is_of
from disputes.domain.refusals import Refusal
from disputes.forms.application import application_of
from disputes.forms.elements import ElementsForm, read_elements
from disputes.validators import normalise_identity_number
from disputes.views import intake_margin as margin
from disputes.views.desk import Desk, with_claim_added, with_claim_removed
from law.refusals import LawRefusal

# The buttons that do something else than filing; without a draft they have nothing to work on.
BUTTONS = {"add_claim", "remove_claim", "remove_file", "upload", "lookup", "save"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def intake(request):
    """Show the form with its draft; on POST do what the pressed button says."""
    desk = Desk(request)
    if request.method != "POST":
        values = desk.drafted()
        return _show_unjudged(request, desk, values)
    values = request.POST
    if not _keep(request, desk) and not BUTTONS.isdisjoint(values):
        return _show_unjudged(request, desk, values)
    try:
        anchor = _press(request, desk, values)
    except Refusal as refusal:
        messages.error(request, refusal)
        return _show_unjudged(request, desk, values)
    if anchor is not None:
        for sentence in desk.refused_files:
            messages.error(request, sentence)
        return redirect(f"{request.path}{anchor}")
    return _submit(request, desk, values)


@require_POST
def intake_draft(request):
    """Keep what is written so far; answer 204. Nothing is kept of what is already filed."""
    desk = Desk(request)
    if filed_before(desk.token(request.POST), by=desk.user):
        return HttpResponse(status=204)
    try:
        desk.save(request.POST)
    except Refusal as refusal:
        return HttpResponseBadRequest(str(refusal))
    return HttpResponse(status=204)


@require_POST
def intake_discard(request):
    """Throw the draft away and open an empty form."""
    desk = Desk(request)
    if desk.draft:
        drafts.discard_draft(desk.draft)
        messages.success(request, _("The draft is discarded."))
    return redirect("intake")


@require_POST
def intake_check(request, part):
    """Return one *part* of the form as it follows from what is written: employer or margin."""
    desk = Desk(request)
    form, claims = desk.read(request.POST)
    template = f"disputes/_intake_{part}.html"
    return render(request, template, _context(desk, form, claims))


def _keep(request, desk):
    """Keep the draft and the files that came with it; return whether it could be kept."""
    try:
        desk.save(request.POST)
    except Refusal as refusal:
        messages.error(request, refusal)
        return False
    desk.add_files(request.FILES.getlist("files"))
    return True


def _press(request, desk, values):
    """Do what a button other than filing says; return where on the page to go on, or None."""
    if "add_claim" in values:
        desk.save(with_claim_added(values))
        return "#s-dispute"
    if "remove_claim" in values:
        desk.save(with_claim_removed(values, values["remove_claim"]))
        return "#s-dispute"
    if "remove_file" in values:
        _remove_file(desk, values["remove_file"])
        return "#s-confirm"
    if "upload" in values:
        return "#s-confirm"
    if "lookup" in values:
        return "#s-employer"
    if "save" in values:
        messages.success(request, _("The draft is kept. It returns when you open this page again."))
        return ""
    return None


def _remove_file(desk, pk):
    if pk.isascii() and pk.isdecimal() and len(pk) < 19:
        drafts.remove_file(desk.draft, pk=int(pk))


def _submit(request, desk, values):
    token = desk.token(values)
    found = filed_before(token, by=desk.user)
    if found:
        if is_of(found, id_number=normalise_identity_number(values.get("id_number", ""))):
            return _go_to(request, found, new=False)
        token = desk.token({})
    form, claims = desk.check(values)
    elements = ElementsForm(values)
    # All are judged, so that all errors stand there at once.
    if all([form.is_valid(), claims.is_valid(), elements.is_valid()]):
        try:
            return _go_to(request, *_file(desk, form, claims, elements, token))
        except (Refusal, LawRefusal) as refusal:
            field = getattr(refusal, "field", None)
            form.add_error(field if field in form.fields else None, str(refusal))
    return _show(request, desk, form, claims, elements, token=token)


def _file(desk, form, claims, elements, token):
    return file_once(
        application_of(form, claims.rows(), elements),
        token=token,
        office=form.handling_office,
        at=desk.at,
        by=desk.user,
        reporting_office=form.reporting_office,
        draft=desk.draft,
    )


def _go_to(request, proceeding, new=True):
    sentence = _("Filed as %(number)s.") if new else _("This application was filed as %(number)s.")
    messages.success(request, sentence % {"number": proceeding.number})
    return redirect("case", pk=proceeding.case_id)


def _show_unjudged(request, desk, values):
    form, claims = desk.read(values)
    token = desk.token(values)
    return _show(request, desk, form, claims, read_elements(values), token=token)


def _show(request, desk, form, claims, elements, *, token):
    context = _context(desk, form, claims)
    context |= {"token": token, "draft": desk.draft, "elements": elements}
    context["wrong"] += len(elements.errors)
    return render(request, "disputes/intake.html", context)


def _context(desk, form, claims):
    files = desk.files()
    sections = margin.progress(form, claims, files)
    return {
        "form": form,
        "claims": claims,
        "files": files,
        "today": desk.today,
        "sections": sections,
        "wrong": sum(section.state == "bad" for section in sections),
        **margin.dates(form, desk.today),
        **margin.similar(form, claims, desk.user, desk.today),
    }
