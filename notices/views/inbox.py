"""The inbox of one person."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from notices.domain.inbox import mark_read, open_notice, readable_notices

PAGE = 50


def inbox(request):
    """Show the newest notices of the person who asks."""
    context = {"notices": readable_notices(request.user)[:PAGE]}
    return render(request, "notices/inbox.html", context)


def notice(request, uid):
    """Go to the page that a notice tells of, or to the inbox when it is not hers."""
    found = open_notice(request.user, uid, at=timezone.now())
    return redirect(found.url if found else "inbox")


@require_POST
def read_all(request):
    """Mark every notice as read."""
    mark_read(request.user, at=timezone.now())
    return redirect("inbox")
