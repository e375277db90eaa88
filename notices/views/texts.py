"""The words of notices, kept by the administrator."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notices.catalogue import CATALOGUE, PLACES
from notices.domain import texts
from notices.forms.preferences import WordsForm
from notices.models import Kind, NoticeText
from offices.forms.fields import tell_refusal
from offices.permissions import KEEP_REGISTER, needs_duty
from offices.refusals import Refusal
from offices.views.queries import sent


@require_safe
@needs_duty(KEEP_REGISTER)
def notice_texts(request):
    """Show every kind of notice with its words."""
    words = texts.all_words()
    changed = {row.kind: row for row in NoticeText.objects.select_related("changed_by")}
    rows = [(kind, entry, words[kind], changed.get(kind)) for kind, entry in CATALOGUE.items()]
    return render(request, "notices/texts.html", {"rows": rows})


@needs_duty(KEEP_REGISTER)
def notice_text(request, kind):
    """Show the words of one kind, preview what was written, or keep it."""
    kind = _kind(kind)
    form = WordsForm(sent(request), initial=texts.words_of(kind))
    preview = None
    if form.is_valid():
        try:
            texts.check_words(form.cleaned_data)
            preview = texts.fill(form.cleaned_data, kind=kind, count=3)
            if "preview" not in request.POST:
                texts.change_words(kind, **form.cleaned_data, at=timezone.now(), by=request.user)
                messages.success(request, _("Saved."))
                return redirect("notice_texts")
        except Refusal as refusal:
            tell_refusal(form, refusal)
    if not form.is_bound:
        preview = texts.fill(texts.words_of(kind), kind=kind, count=3)
    context = {"kind": kind, "form": form, "preview": preview, "braces": PLACES.items()}
    status = 422 if form.is_bound and not preview else 200
    return render(request, "notices/text.html", context, status=status)


@require_POST
@needs_duty(KEEP_REGISTER)
def notice_text_usual(request, kind):
    """Go back to the usual words."""
    texts.forget_words(_kind(kind))
    messages.success(request, _("The usual words hold again."))
    return redirect("notice_texts")


def _kind(name):
    if name not in Kind.values:
        raise Http404
    return Kind(name)
