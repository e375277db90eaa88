"""One's own account: logging in, the password, what one serves as."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from offices.domain.accounts import change_password
from offices.domain.second_factor import is_recovery_code
from offices.duties import DUTIES, ROLE_DUTIES
from offices.forms.people import LoginForm, NewPasswordForm
from offices.middleware import EXPIRED, must_change_password
from offices.models import SecondFactor
from offices.passwords import RULES
from offices.views.queries import next_of, sent


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
        answer = super().form_valid(form)
        self._warn_of_recovery(form)
        return answer

    def _warn_of_recovery(self, form):
        """Say how many recovery codes are left when one of them was used just now."""
        if not is_recovery_code(form.cleaned_data["code"]) or not form.get_user().secured_at:
            return
        left = len(form.get_user().second_factor.recovery)
        words = ngettext(
            "You logged in with a recovery code. %(count)d is left.",
            "You logged in with a recovery code. %(count)d are left.",
            left,
        )
        messages.warning(self.request, words % {"count": left})


@sensitive_post_parameters()
def password_change(request):
    """Let a person choose a password of her own."""
    form = NewPasswordForm(request.user, sent(request))
    if form.is_valid():
        change_password(request.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The password is changed."))
        return redirect(next_of(request))
    context = {
        "form": form,
        "rules": RULES,
        "forced": must_change_password(request.user),
        "next": next_of(request),
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
    factor = SecondFactor.objects.filter(user=request.user).first()
    context = {"postings": postings, "today": today, "left": len(factor.recovery) if factor else 0}
    return render(request, "offices/me.html", context)


def _held(posting):
    return ROLE_DUTIES[posting.role]
