"""The agreement on its own pages: terms, signatures, what becomes of it."""

import base64
import binascii

from django import forms
from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from disputes.domain.refusals import Refusal
from disputes.domain.roster.speaking import each_signs
from mediation.desk import get_mediated
from mediation.domain import (
    agreements,
    bound,
    confirmation,
    enforceability,
    performance,
    sessions,
    signing,
)
from mediation.domain.terms import warnings_of, write_terms
from mediation.forms.terms import (
    BLANKS,
    MOST,
    JointApplicationForm,
    ResultForm,
    SignForm,
    TermForm,
)
from mediation.models import Enforceability, Signing
from papers.titles import title_of

PNG = "data:image/png;base64,"


def terms(request, pk):
    """Write the terms one by one, with their sums checked."""
    proceeding = get_mediated(request.user, pk)
    agreement = agreements.of(proceeding)
    formset = _formset(request, proceeding, agreement)
    if request.method == "POST" and formset.is_valid() and _write(request, proceeding, formset):
        return redirect("agreement_sign", pk=pk)
    context = _context(proceeding, agreement) | {"formset": formset}
    status = 422 if formset.is_bound else 200
    return render(request, "mediation/terms.html", context, status=status)


def sign(request, pk):
    """Show the text and take the four elements."""
    proceeding = get_mediated(request.user, pk)
    agreement = agreements.of(proceeding)
    if agreement is None:
        return redirect("agreement_terms", pk=pk)
    form = SignForm(
        request.POST or None,
        request.FILES or None,
        employers=bound.employers_of(proceeding),
        each_worker=each_signs(proceeding.case),
        initial={"signed_on": timezone.localdate(), "method": Signing.Method.PAD},
    )
    if request.method == "POST" and form.is_valid() and _sign(request, proceeding, form):
        return redirect("agreement_sign", pk=pk)
    elements = signing.elements_of(proceeding, agreement)
    context = _context(proceeding, agreement) | {
        "form": form,
        "elements": elements,
        "complete": all(row for _label, row in elements),
    }
    return render(request, "mediation/sign.html", context, status=422 if form.is_bound else 200)


@require_POST
def take_back(request, pk):
    """Take the signatures back, so that the text can be changed."""
    proceeding = get_mediated(request.user, pk)
    if agreements.of(proceeding) is None:
        raise Http404
    try:
        signing.take_back(proceeding, at=timezone.now(), by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("agreement_terms", pk=pk)


@require_safe
def after(request, pk):
    """Show what follows an agreement: instalments, review or confirmation, ways that are open."""
    proceeding = get_mediated(request.user, pk)
    agreement = performance.agreement_of(proceeding)
    if agreement is None:
        return redirect("agreement_terms", pk=pk)
    return _show_after(request, proceeding, agreement, JointApplicationForm(initial=_today()))


@require_POST
def apply_jointly(request, pk):
    """Record the joint application for review or confirmation."""
    proceeding = get_mediated(request.user, pk)
    agreement = performance.agreement_of(proceeding)
    if agreement is None:
        raise Http404
    form = JointApplicationForm(request.POST)
    if form.is_valid():
        try:
            performance.apply_jointly(
                agreement, **form.cleaned_data, at=timezone.now(), by=request.user
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The application is recorded."))
            return redirect("agreement_after", pk=pk)
    return _show_after(request, proceeding, agreement, form, status=422)


@require_POST
def note_result(request, pk):
    """Record what became of the joint application."""
    proceeding = get_mediated(request.user, pk)
    agreement = performance.agreement_of(proceeding)
    if agreement is None:
        raise Http404
    form = ResultForm(request.POST)
    if form.is_valid():
        try:
            confirmation.note_result(
                agreement, **form.cleaned_data, at=timezone.now(), by=request.user
            )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The result is recorded."))
            return redirect("agreement_after", pk=pk)
    blank = JointApplicationForm(initial=_today())
    return _show_after(request, proceeding, agreement, blank, result=form, status=422)


def _show_after(request, proceeding, agreement, form, *, result=None, status=200):
    rows = performance.instalments_of([proceeding.desk_id]).filter(term__agreement=agreement)
    context = _context(proceeding, agreement) | {
        "form": form,
        "rows": list(rows.select_related("term__debtor").order_by("due_on", "pk")),
        "applications": list(agreement.applications.all()),
        "chosen": agreement.enforceability,
        "is_open": any(enforceability.is_open(agreement, way) for way in Enforceability.Way),
        "result": result or ResultForm(initial={"result_on": timezone.localdate()}),
        "ways": [
            (code, title_of(code) if code else "", words)
            for code, words in performance.ways_open(agreement)
        ],
    }
    return render(request, "mediation/after.html", context, status=status)


def _context(proceeding, agreement):
    return {
        "proceeding": proceeding,
        "case": proceeding.case,
        "agreement": agreement,
        "warnings": warnings_of(agreement) if agreement else [],
        "signed": agreement.signings.exists() if agreement else False,
        "today": timezone.localdate(),
    }


def _today():
    return {"applied_on": timezone.localdate()}


def _formset(request, proceeding, agreement):
    parties = proceeding.case.parties.order_by("pk")
    known = _known(agreement) or _proposed(proceeding)
    factory = forms.formset_factory(
        TermForm, extra=BLANKS if known else BLANKS + 1, max_num=MOST, absolute_max=MOST
    )
    return factory(
        request.POST or None, initial=known, form_kwargs={"parties": parties}, prefix="t"
    )


def _proposed(proceeding):
    """Let the first term begin with what was proposed in the last session."""
    last = sessions.last_session(proceeding)
    if last is None or not last.proposal:
        return []
    employer = proceeding.case.parties.filter(kind="employer").order_by("pk").first()
    amount = last.offer_amount
    return [
        {
            "debtor": employer and employer.pk,
            "content": last.proposal[:500],
            "amount": amount,
            "days": f"{last.offer_due.isoformat()} {amount or ''}".strip()
            if last.offer_due
            else "",
        }
    ]


def _known(agreement):
    if agreement is None:
        return []
    rows = agreement.term_rows.prefetch_related("instalments")
    return [
        {
            "debtor": row.debtor_id,
            "content": row.content,
            "amount": row.amount,
            "days": "\n".join(
                f"{one.due_on.isoformat()} {one.amount or ''}".strip()
                for one in row.instalments.all()
            ),
            "account": row.account,
            "default_clause": row.default_clause,
        }
        for row in rows
    ]


def _write(request, proceeding, formset):
    drafts = [form.draft() for form in formset if not form.is_blank()]
    try:
        write_terms(proceeding, drafts=drafts, at=timezone.now(), by=request.user)
    except Refusal as refusal:
        formset.non_form_errors().append(str(refusal))
        return False
    messages.success(request, _("The terms are kept."))
    return True


def _sign(request, proceeding, form):
    facts = form.cleaned_data
    file = facts["file"] or _drawing(facts["drawn"])
    try:
        signing.sign(
            proceeding,
            who=facts["who"],
            party=facts["party"],
            method=facts["method"],
            signed_on=facts["signed_on"],
            file=file,
            at=timezone.now(),
            by=request.user,
        )
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    messages.success(request, _("The signature is kept with its hash."))
    return True


def _drawing(text):
    """Return what was drawn on the pad as a file, None when nothing readable was."""
    if not text.startswith(PNG):
        return None
    try:
        content = base64.b64decode(text.removeprefix(PNG), validate=True)
    except (binascii.Error, ValueError):
        return None
    return ContentFile(content, name="signature.png")
