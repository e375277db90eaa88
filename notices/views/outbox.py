"""What waits to leave the house and what was given up, for the administrator."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from notices.domain import delivery
from notices.models import Message, Route
from offices.paging import turn
from offices.permissions import KEEP_REGISTER, needs_duty
from offices.views.queries import ask_choice, ask_number, count_to_cap

State = Message.State


@require_safe
@needs_duty(KEEP_REGISTER)
def outbox(request):
    """Show the messages of one state, oldest first, and the routes that are down."""
    state = ask_choice(request, "state", State.values) or State.PARKED
    found = Message.objects.filter(state=state).select_related("recipient")
    found = found.defer("address", "content")
    page = turn(
        found, key="pk", after=ask_number(request, "after"), before=ask_number(request, "before")
    )
    context = {
        "page": page,
        "state": state,
        "states": [
            (value, label, count_to_cap(Message.objects.filter(state=value)))
            for value, label in State.choices
        ],
        "routes": Route.objects.all()[:50],
        "parked_routes": _parked_routes() if state == State.PARKED else [],
        "now": timezone.now(),
    }
    return render(request, "notices/outbox.html", context)


def _parked_routes():
    parked = Message.objects.filter(state=State.PARKED).order_by("route")
    return parked.values_list("route", flat=True).distinct()[:50]


@require_POST
@needs_duty(KEEP_REGISTER)
def resend(request, pk):
    """Try one message again."""
    message = get_object_or_404(Message.objects.exclude(state=State.SENT), pk=pk)
    delivery.resend(message, at=timezone.now(), by=request.user)
    messages.success(request, _("It leaves again within a minute."))
    return redirect("outbox")


@require_POST
@needs_duty(KEEP_REGISTER)
def resend_all(request):
    """Try everything again that was given up on one route."""
    number = delivery.resend_all(request.POST.get("route", ""), at=timezone.now(), by=request.user)
    words = ngettext("%(count)d message leaves again.", "%(count)d messages leave again.", number)
    messages.success(request, words % {"count": number})
    return redirect("outbox")
