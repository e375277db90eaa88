"""What the refusals of the desk have in common."""

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import DayMissing, DoneBefore, Missing, NotYet, OutOfOrder, Told

__all__ = [
    "DayMissing",
    "DoneBefore",
    "Missing",
    "NotDocketed",
    "NotEntitled",
    "NotYet",
    "OutOfOrder",
    "Told",
]


class NotDocketed(Told):
    """The commission has not taken the case on."""

    sentence = _("The case is not docketed yet.")


class NotEntitled(Told):
    """Somebody does not hold the duty at the commission."""

    sentence = _("%(person)s does not serve at %(office)s in this capacity on that day.")
