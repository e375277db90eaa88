"""Why the help says no. Each refusal is a sentence that a clerk can read."""

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal


class LicenceTaken(Refusal):
    """Two people with one licence."""

    sentence = _("Another lawyer of the pool has this licence number.")
    field = "licence_number"


class InPoolAlready(Refusal):
    """She is in the pool."""

    sentence = _("This person is in the pool already.")
    field = "user"


class FirmKnown(Refusal):
    """The firm is on the list."""

    sentence = _("A firm of this name is on the list already.")
    field = "name"


class LicenceExpired(Refusal):
    """Who may not practise is given nothing to do."""

    sentence = _("The licence of this lawyer has expired. Renew it in the pool first.")
    field = "lawyer"


class NotServing(Refusal):
    """Her time in the pool is over, or has not begun."""

    sentence = _("On that day this lawyer does not serve in the pool.")
    field = "lawyer"


class OnLeave(Refusal):
    """She is away."""

    sentence = _("On that day this lawyer is on leave.")
    field = "lawyer"


class EndsBeforeItBegins(Refusal):
    """A period that runs backwards."""

    sentence = _("The end must lie after the beginning.")
    field = "ends_at"


class LeaveOverlaps(Refusal):
    """Away twice on one day."""

    sentence = _("A leave of this lawyer covers some of these days already.")
    field = "since"


class LawyerTaken(Refusal):
    """Nobody is in two places."""

    sentence = _("This lawyer is somewhere else at that time.")
    field = "lawyer"


class PlaceTaken(Refusal):
    """One lawyer per place."""

    sentence = _("Another lawyer is on duty at this place at that time.")
    field = "place"


class DutyKept(Refusal):
    """Somebody booked a talk in these hours."""

    sentence = _("Somebody has booked a consultation in these hours. Call it off first.")


class ConsultationOver(Refusal):
    """It has been written down, or called off."""

    sentence = _("This consultation has been written down or called off already.")


class NotHeldYet(Refusal):
    """Nothing has been said yet."""

    sentence = _("Write the consultation down first.")


class HasCase(Refusal):
    """It has become a case."""

    sentence = _("This consultation has become a case already.")


class DraftUnderWay(Refusal):
    """Another application is half written."""

    sentence = _(
        "You have an unfinished application on the intake form. File it or discard it first."
    )
