"""Pages for what went wrong, in words."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """Say that the form was too old or came from elsewhere, and how to go on."""
    return render(request, "403_csrf.html", status=403)
