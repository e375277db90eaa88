"""One's own second factor: setting it up, another authenticator, new recovery codes."""

import segno
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from offices.context import federation_name
from offices.domain.refusals import WrongCode
from offices.domain.second_factor import (
    address_of,
    enrol,
    make_secret,
    prove,
    renew_recovery_codes,
)
from offices.forms.fields import tell_refusal
from offices.forms.people import CodeForm
from offices.middleware import must_enrol
from offices.refusals import Refusal
from offices.sealed import seal, unseal
from offices.views.queries import next_of, sent

# In the session, sealed: the secret that was shown and is not confirmed yet.
PENDING = "pending_secret"


@never_cache
@sensitive_post_parameters()
def second_factor(request):
    """Set up an authenticator, or let who has one replace it or get new recovery codes."""
    if request.user.secured_at and PENDING not in request.session:
        return _change(request)
    return _set_up(request)


def _set_up(request):
    """Show a secret until a code proves that the authenticator has taken it."""
    secret, form = _pending(request), CodeForm(sent(request))
    if form.is_valid():
        try:
            codes = enrol(
                request.user, secret=secret, code=form.cleaned_data["code"], at=timezone.now()
            )
        except Refusal as refusal:
            tell_refusal(form, refusal)
        else:
            del request.session[PENDING]
            update_session_auth_hash(request, request.user)
            return _show_codes(request, codes)
    return render(request, "offices/second_factor.html", _offer(request, secret, form))


def _offer(request, secret, form):
    address = address_of(
        secret, account=request.user.username, house=_("Fangxian") + " " + federation_name()
    )
    return {
        "form": form,
        "square": segno.make(address, micro=False).svg_inline(border=4, scale=4, omitsize=True),
        "secret": [secret[at : at + 4] for at in range(0, len(secret), 4)],
        "forced": must_enrol(request.user),
        "next": next_of(request),
    }


def _change(request):
    """Ask for a code before anything is changed."""
    form = CodeForm(sent(request))
    if form.is_valid():
        try:
            if not prove(request.user, form.cleaned_data["code"], at=timezone.now()):
                raise WrongCode
        except Refusal as refusal:
            tell_refusal(form, refusal)
        else:
            return _go_on(request)
    context = {"form": form, "left": len(request.user.second_factor.recovery)}
    return render(request, "offices/second_factor_change.html", context)


def _go_on(request):
    if request.POST.get("wish") == "codes":
        return _show_codes(request, renew_recovery_codes(request.user))
    _pending(request)
    return redirect("second_factor")


def _show_codes(request, codes):
    context = {"codes": codes, "next": next_of(request)}
    return render(request, "offices/recovery_codes.html", context)


def _pending(request):
    """Return the secret on offer, the same until it is confirmed."""
    if PENDING not in request.session:
        request.session[PENDING] = seal(make_secret())
    return unseal(request.session[PENDING])
