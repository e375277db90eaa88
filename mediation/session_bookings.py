"""What the plan of rooms and people says of mediation sessions."""

from django.urls import reverse
from django.utils.translation import gettext as _

from disputes.permissions import visible_cases
from mediation.models import PlannedSession
from offices.occasions import Seen


def describe(user, keys, *, on=None):
    """Return {key: ``Seen``} of the planned sessions *keys* in cases that exist for *user*."""
    cases = visible_cases(user, on=on)
    rows = PlannedSession.objects.filter(pk__in=keys, proceeding__case__in=cases)
    return {
        row.pk: Seen(
            _("Mediation session %(number)s") % {"number": row.proceeding.number},
            reverse("case", args=[row.proceeding.case_id]),
        )
        for row in rows.select_related("proceeding")
    }
