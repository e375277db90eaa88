"""Work of the register in the background: each job may run twice without harm."""

from datetime import timedelta

from django.utils import timezone

from offices.rest import repeats

KEPT = timedelta(days=1)


def forget_calls():
    """Remove the answers of calls that nobody will repeat any more."""
    return repeats.forget_calls(before=timezone.now() - KEPT)
