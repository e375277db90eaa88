"""One's own ties: declared, compared, and read by nobody else."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from disputes.domain import declarations as ties
from disputes.domain.refusals import Refusal
from disputes.forms.access import DeclarationForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declarations(request):
    """Show what one declared, and declare a further tie."""
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ties.declare(request.user, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Declared. It is compared when you are given a case."))
            return redirect("declarations")
    context = {"form": form, "rows": ties.ties_of(request.user)}
    status = 422 if form.is_bound else 200
    return render(request, "disputes/declarations.html", context, status=status)


@require_POST
def declaration_end(request, pk):
    """Take a declaration of one's own back."""
    row = get_object_or_404(ties.ties_of(request.user), pk=pk)
    ties.take_declaration_back(row, at=timezone.now())
    messages.success(request, _("Taken back."))
    return redirect("declarations")
