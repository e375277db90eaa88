"""Webhooks of one's own programs, and the log of what was delivered to them."""

import json

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from notices.domain import delivery, events
from notices.models import Message, Route, Subscription
from offices.forms.fields import tell_refusal
from offices.paging import turn
from offices.refusals import Refusal
from offices.views.queries import ask_number, sent
from workflows.events import events_seen, types
from workflows.webhook_forms import ReplayForm, WebhookForm


def webhooks(request):
    """Show the webhooks of the person who asks, and make one."""
    form = WebhookForm(sent(request))
    if form.is_valid():
        try:
            row = events.subscribe(request.user, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            tell_refusal(form, refusal)
        else:
            return redirect("webhook", row.pk)
    rows = Subscription.objects.filter(user=request.user)[:50]
    context = {"form": form, "rows": rows}
    status = 422 if form.is_bound else 200
    return render(request, "workflows/webhooks.html", context, status=status)


@never_cache
def webhook(request, pk):
    """Show one webhook with its key and what was delivered; send again from a moment on."""
    row = _mine(request, pk)
    form = ReplayForm(sent(request))
    if form.is_valid() and _replayed(request, row, form):
        return redirect("webhook", pk)
    found = Message.objects.filter(route=row.route)
    page = turn(
        found, key="pk", after=ask_number(request, "after"), before=ask_number(request, "before")
    )
    labels = dict(types())
    for message in page.rows:
        kind = _type_of(message)
        message.told = labels.get(kind, kind)
    context = {
        "row": row,
        "form": form,
        "page": page,
        "told": [labels.get(name, name) for name in row.types],
        "down": Route.objects.filter(name=row.route).first(),
        "now": timezone.now(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "workflows/webhook.html", context, status=status)


@require_POST
def webhook_rotate(request, pk):
    """Give a webhook a new key."""
    events.rotate(_mine(request, pk), at=timezone.now())
    messages.success(request, _("New key. The one before signs beside it for seven days."))
    return redirect("webhook", pk)


@require_POST
def webhook_end(request, pk):
    """Tell a program nothing any more."""
    events.unsubscribe(_mine(request, pk), at=timezone.now())
    messages.success(request, _("Ended: nothing is sent there any more."))
    return redirect("webhooks")


@require_POST
def webhook_resend(request, pk):
    """Send everything again that was parked on the way to a program."""
    row = _mine(request, pk)
    number = delivery.resend_all(row.route, at=timezone.now(), by=request.user)
    words = ngettext("%(count)d message leaves again.", "%(count)d messages leave again.", number)
    messages.success(request, words % {"count": number})
    return redirect("webhook", pk)


def _replayed(request, row, form):
    try:
        since = form.cleaned_data["since"]
        number = events.replay(row, events_seen, since=since, at=timezone.now())
    except Refusal as refusal:
        tell_refusal(form, refusal)
        return False
    words = ngettext("%(count)d event is sent again.", "%(count)d events are sent again.", number)
    messages.success(request, words % {"count": number})
    return True


def _mine(request, pk):
    return get_object_or_404(Subscription, pk=pk, user=request.user, ended_at__isnull=True)


def _type_of(message):
    return json.loads(message.content)["event"]["type"]
