"""What this room does when somebody logs in."""

import time

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from offices.middleware import BEGUN, SEEN, SERVED
from offices.models import Posting
from offices.passwords import is_outworn


@receiver(user_logged_in)
def begin_session(sender, request, user, **kwargs):
    """Write when the session began and whether at work: it ends some time later, or with that."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())
    today = timezone.localdate()
    request.session[SERVED] = Posting.objects.active(today).filter(user=user).exists()


@receiver(user_logged_in)
def ask_for_new_password(sender, user, **kwargs):
    """Let nobody go on with a password that is too old."""
    if not user.must_change_password and is_outworn(user, at=timezone.now()):
        user.must_change_password = True
        user.save(update_fields=["must_change_password"])
