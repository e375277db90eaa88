"""What this room does when somebody logs in."""

import time

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from offices.middleware import BEGUN, SEEN


@receiver(user_logged_in)
def start_clock_of_session(sender, request, **kwargs):
    """Write when the session began: it ends a fixed time later."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())
