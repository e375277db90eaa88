"""What this room does when somebody logs in."""

import time

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from offices.middleware import BEGUN, SEEN
from offices.passwords import is_outworn


@receiver(user_logged_in)
def start_clock_of_session(sender, request, **kwargs):
    """Write when the session began: it ends a fixed time later."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())


@receiver(user_logged_in)
def ask_for_new_password(sender, user, **kwargs):
    """Let nobody go on with a password that is too old."""
    if not user.must_change_password and is_outworn(user, at=timezone.now()):
        user.must_change_password = True
        user.save(update_fields=["must_change_password"])
