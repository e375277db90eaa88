"""Who asks: a token of a person, or the session of her browser."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission

from offices.domain.standing import keep_standing
from offices.domain.tokens import find_token, owner_of
from offices.middleware import must_change_password, must_enrol
from offices.signals import token_refused


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer fx_…``"""

    def authenticate(self, request):
        """Return (the person, the token), None when no token came; raises for a bad one."""
        kind, _space, token = get_authorization_header(request).partition(b" ")
        if kind.lower() != b"bearer":
            return None
        token = token.strip().decode(errors="replace")
        row = find_token(token, at=timezone.now())
        if row is None:
            token_refused.send(type(self), request=request._request, user=owner_of(token))
            raise AuthenticationFailed(_("This token is not known, has ended or was revoked."))
        return row.user, row

    def authenticate_header(self, request):
        return 'Bearer realm="fangxian"'


class TokenScheme(OpenApiAuthenticationExtension):
    """How the description of the API names the tokens."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer", "description": "fx_…"}


class Serving(BasePermission):
    """Whoever could enter the pages now, with a token that opens what is asked for.

    A view says in ``scopes`` which scope each method needs.
    """

    message = _("This account serves nowhere today, or has a password or second factor to set.")

    def has_permission(self, request, view):
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return False
        if must_change_password(user) or must_enrol(user):
            return False
        if not keep_standing(user, on=timezone.localdate()).postings:
            return False
        return self._is_opened(request, view)

    def _is_opened(self, request, view):
        scope = getattr(view, "scopes", {}).get(request.method)
        if request.auth is None or scope is None or scope in request.auth.scopes:
            return True
        self.message = _("This token does not open this: it lacks the scope %(scope)s.") % {
            "scope": scope
        }
        return False
