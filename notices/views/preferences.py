"""What a person wants to be told, and how."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from notices.domain import preferences
from notices.domain.fanout import channels_on, contact_of
from notices.forms.preferences import ChoicesForm, ReachForm
from offices.forms.fields import tell_refusal
from offices.refusals import Refusal
from offices.views.queries import sent


def my_notices(request):
    """Show and keep where, when and of what the person who asks is told."""
    user, channels = request.user, channels_on()
    contact = contact_of(user)
    fields = ("mobile", "quiet_from", "quiet_until", "digest_at")
    known = {name: getattr(contact, name) for name in fields} | {"email": user.email}
    form = ReachForm(sent(request), initial=known)
    table = ChoicesForm(sent(request), channels=channels, chosen=preferences.choices_now(user))
    if form.is_valid() & table.is_valid():
        try:
            preferences.reach(user, **form.cleaned_data)
            preferences.choose(user, preferences.choices_now(user) | table.choices)
        except Refusal as refusal:
            tell_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("my_notices")
    context = {"form": form, "table": table, "channels": channels}
    return render(
        request, "notices/preferences.html", context, status=422 if form.is_bound else 200
    )
