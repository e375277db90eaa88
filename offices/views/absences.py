"""Being away, and who acts meanwhile: entered by oneself or by the head of the office."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from offices.domain import absences
from offices.domain.standing import standing_of
from offices.forms.absences import AbsenceForm
from offices.forms.fields import tell_refusal
from offices.models import Absence, Posting, User
from offices.refusals import Refusal
from offices.views.queries import sent

LEAD = "assign_cases"
# What is over is shown for so long.
KEPT_DAYS = 90
SHOWN = 200


@require_safe
def absence_list(request):
    """Show who is away and who acts meanwhile: oneself, and the people whom one leads."""
    today = timezone.localdate()
    rows = (
        Absence.objects.filter(_concerns(request.user, today))
        .filter(until__gte=today - timedelta(days=KEPT_DAYS))
        .select_related("user", "substitute")
        .order_by("-until", "pk")[:SHOWN]
    )
    mine = {request.user.pk, *_led(request.user, today).values_list("user", flat=True)}
    rows = list(rows)
    for row in rows:
        row.may_end = row.until >= today and row.user_id in mine
    return render(request, "offices/absences.html", {"rows": rows, "today": today})


def absence_add(request):
    """Enter an absence."""
    today = timezone.localdate()
    form = AbsenceForm(
        sent(request),
        people=_people(request.user, today),
        substitutes=_colleagues(request.user, today),
        initial={"user": request.user.pk, "since": today},
    )
    if form.is_valid():
        try:
            absences.enter_absence(**form.cleaned_data, at=timezone.now(), by=request.user)
        except Refusal as refusal:
            tell_refusal(form, refusal)
        else:
            messages.success(request, _("The absence is entered."))
            return redirect("absences")
    status = 422 if form.is_bound else 200
    return render(request, "offices/absence_add.html", {"form": form}, status=status)


@require_POST
def absence_end(request, pk):
    """Be back today."""
    today = timezone.localdate()
    absence = get_object_or_404(Absence, pk=pk)
    if not _may_enter(request.user, absence.user_id, today):
        raise Http404
    try:
        absences.end_absence(absence, on=today)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Back at work from today on."))
    return redirect("absences")


def _led(user, today):
    """Return the ids of the people who serve where *user* leads, as a queryset."""
    offices = standing_of(user, on=today).offices(LEAD)
    return Posting.objects.active(today).filter(office__in=offices).values("user")


def _concerns(user, today):
    return Q(user=user) | Q(substitute=user) | Q(user__in=_led(user, today))


def _people(user, today):
    found = User.objects.filter(Q(pk=user.pk) | Q(pk__in=_led(user, today)), is_active=True)
    return found.order_by("name", "pk")


def _colleagues(user, today):
    """Return the people of the offices where *user* serves; whether they may act the verb says."""
    offices = [posting.office_id for posting in standing_of(user, on=today).postings]
    serving = Posting.objects.active(today).filter(office__in=offices).values("user")
    return User.objects.filter(pk__in=serving, is_active=True).order_by("name", "pk")


def _may_enter(user, person, today):
    """Return whether *user* enters absences of the *person* (id)."""
    return person == user.pk or _led(user, today).filter(user=person).exists()
