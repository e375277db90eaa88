"""The doors to issued papers of legal aid."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from legal_aid.forms.papers import SheetForm, VoidForm
from legal_aid.permissions import ADMINISTER, KEEP, centres_of, get_aid_paper
from legal_aid.sheets import paid_in
from legal_aid.views.doing import serve_form
from papers.answers import PDF, WORD, hand_out
from papers.domain import issuing
from papers.refusals import ConversionFailed, NoOffice


@require_safe
def aid_paper(request, pk, form):
    """Hand out an issued paper as "word" or "pdf"."""
    row = get_aid_paper(request.user, pk)
    name = f"{row.paper.title}{row.paper.number}"
    if form == "word":
        return hand_out(issuing.read(row.paper), name=f"{name}.docx", content_type=WORD)
    if form != "pdf":
        raise Http404
    try:
        pdf = issuing.pdf_of(row.paper)
    except (NoOffice, ConversionFailed) as refusal:
        messages.error(request, str(refusal))
        return redirect(_page_of(row))
    return hand_out(pdf, name=f"{name}.pdf", content_type=PDF)


def aid_paper_void(request, pk):
    """Declare an issued paper void."""
    row = get_aid_paper(request.user, pk)
    if not row.powers & {ADMINISTER, KEEP} or row.paper.kind == "aid_cover":
        raise PermissionDenied
    back = _page_of(row)
    return serve_form(request, VoidForm, row=row, back=back, trail=[(row.paper.number, back)])


def sheet_issue(request):
    """Issue the sheet of subsidies of one month as a paper."""
    centre = centres_of(request.user, ADMINISTER, KEEP).order_by("pk").first()
    if centre is None:
        raise PermissionDenied

    def paid(**month):
        return paid_in([centre], user=request.user, **month)

    back = reverse("fund")
    return serve_form(request, SheetForm, row=(centre, paid), back=back, trail=[(_("Fund"), back)])


def _page_of(row):
    if row.payment_id:
        return reverse("payment", args=[row.payment_id])
    return (
        reverse("application", args=[row.application_id]) if row.application_id else reverse("fund")
    )
