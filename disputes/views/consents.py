"""The door to the consents of the parties of a case."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from disputes.domain.consents import (
    accept_supervisor,
    agree_to_sharing,
    consents_in_force,
    take_consent_back,
)
from disputes.forms.access import ConsentForm, SharingForm, SupervisorForm
from disputes.look.outline import party_name
from disputes.models import Consent
from disputes.views.access import WORKING, act, open_at_desk
from offices.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def case_consents(request, pk):
    """Show what the parties agreed to, and record that one takes a consent back."""
    file = open_at_desk(request, pk, WORKING)
    consents = consents_in_force(file.case).select_related("party")
    if request.method == "POST" and "person" in request.POST:
        return act(
            request,
            file,
            SupervisorForm,
            accept_supervisor,
            _("Recorded: this person may mediate."),
            to="case_consents",
        )
    if request.method == "POST" and "recipient" in request.POST:
        return act(
            request,
            file,
            SharingForm,
            agree_to_sharing,
            _("Recorded: personal data may be passed on there."),
            to="case_consents",
        )
    if request.method == "POST":
        return act(
            request,
            file,
            ConsentForm,
            take_consent_back,
            _("Recorded: from now on nothing more is done on this consent."),
            to="case_consents",
            consents=consents,
        )
    person = SupervisorForm(proceeding=_with_case(file), user=request.user, today=file.today)
    rows = Consent.objects.filter(party__case=file.case).select_related("party", "recorded_by")
    lines = list(rows.order_by("-at", "-pk"))
    people = [line.recipient for line in lines if line.purpose == Consent.Purpose.SUPERVISOR]
    names = {str(user.pk): user.name for user in User.objects.filter(pk__in=people)}
    for line in lines:
        line.whose = party_name(line.party)
        if line.purpose == Consent.Purpose.SUPERVISOR:
            line.whom = names.get(line.recipient, "")
        else:
            line.whom = line.recipient_name
    form = ConsentForm(
        proceeding=_with_case(file), user=request.user, today=file.today, consents=consents
    )
    told = {"proceeding": _with_case(file), "user": request.user, "today": file.today}
    sharing = SharingForm(**told)
    context = {
        "file": file,
        "lines": lines,
        "form": form,
        "any_in_force": consents.exists(),
        "recorded": [sharing, person] if person.applies else [sharing],
    }
    return render(request, "disputes/consents.html", context)


def _with_case(file):
    proceeding = file.current
    proceeding.case = file.case
    return proceeding
