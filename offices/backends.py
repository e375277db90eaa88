"""Logging in with both factors."""

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from offices.domain.refusals import TooManyWrongCodes
from offices.domain.second_factor import prove


class BothFactorsBackend(ModelBackend):
    """The password and, of who has an authenticator, its code; both fail alike."""

    def authenticate(self, request, username=None, password=None, code="", **kwargs):
        """Return the person, None when something is wrong.

        Raises PermissionDenied, and has the page "locked" shown, after too many wrong codes.
        """
        user = super().authenticate(request, username=username, password=password, **kwargs)
        if user is None or user.secured_at is None:
            return user
        try:
            return user if prove(user, code, at=timezone.now()) else None
        except TooManyWrongCodes as refusal:
            if request is not None:
                # What axes reads to show its page instead of the form.
                request.axes_locked_out = True
            raise PermissionDenied from refusal
