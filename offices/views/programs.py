"""The page for people whose programs use the interface: its description, and their tokens."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from offices.domain import tokens
from offices.forms.fields import tell_refusal
from offices.forms.tokens import TokenForm
from offices.models import ApiToken, Scope
from offices.refusals import Refusal
from offices.rest.catalogue import described
from offices.views.queries import sent


@require_safe
def interface(request):
    """Show every door for programs, as the machine-readable description tells it."""
    return render(request, "offices/interface.html", {"groups": described(get_language())})


@never_cache
def my_tokens(request):
    """Show the tokens of the person who asks, and make one, which is shown this once."""
    form, made = TokenForm(sent(request)), None
    if form.is_valid():
        try:
            made = tokens.issue_token(request.user, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            tell_refusal(form, refusal)
        else:
            form = TokenForm()
    labels = dict(Scope.choices)
    rows = list(ApiToken.objects.filter(user=request.user)[:50])
    for row in rows:
        row.said = [labels.get(scope, scope) for scope in row.scopes]
    context = {"form": form, "made": made, "rows": rows, "now": timezone.now()}
    status = 422 if form.is_bound else 200
    return render(request, "offices/tokens.html", context, status=status)


@require_POST
def token_revoke(request, pk):
    """Take a token back."""
    row = get_object_or_404(ApiToken, pk=pk, user=request.user)
    tokens.revoke_token(row, at=timezone.now())
    messages.success(request, _("Revoked: it opens nothing any more."))
    return redirect("my_tokens")
