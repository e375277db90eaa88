"""One's own account: logging in, the password, what one serves as."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from offices.domain.accounts import change_password
from offices.duties import DUTIES, ROLE_DUTIES
from offices.forms.people import LoginForm, NewPasswordForm
from offices.middleware import EXPIRED, must_change_password
from offices.passwords import RULES
from offices.views.queries import sent


class LoginView(views.LoginView):
    """Log in, told why when the session had expired."""

    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        """Add whether the person was here before and the session ran out."""
        expired = self.request.session.get(EXPIRED, False)
        return super().get_context_data(expired=expired, **kwargs)

    def form_valid(self, form):
        """Log in; the session that had run out is over."""
        self.request.session.pop(EXPIRED, None)
        return super().form_valid(form)


@sensitive_post_parameters()
def password_change(request):
    """Let a person choose a password of her own."""
    form = NewPasswordForm(request.user, sent(request))
    if form.is_valid():
        change_password(request.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The password is changed."))
        return redirect(_next(request))
    context = {
        "form": form,
        "rules": RULES,
        "forced": must_change_password(request.user),
        "next": _next(request),
    }
    return render(request, "offices/password.html", context)


@require_safe
def me(request):
    """Show what one serves as and may do, one's language and one's password."""
    today = timezone.localdate()
    postings = list(
        request.user.postings.select_related("office").overlapping(today).order_by("since", "pk")
    )
    for posting in postings:
        posting.duties = [words for duty, words in DUTIES.items() if duty in _held(posting)]
    return render(request, "offices/me.html", {"postings": postings, "today": today})


def _held(posting):
    return ROLE_DUTIES[posting.role]


def _next(request):
    url = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if url and own else resolve_url("me")
