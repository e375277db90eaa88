"""Why a meeting is not planned or held like this."""

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal


class NotAhead(Refusal):
    """The meeting has begun, is over or was cancelled."""

    sentence = _("This meeting has begun, is over or was cancelled: it cannot be changed.")


class EditedMeanwhile(Refusal):
    """Somebody else saved in between."""

    sentence = _(
        "Somebody else changed this meeting in the meantime. Look at it again, then save your"
        " change."
    )


class MeetingInThePast(Refusal):
    """A meeting is planned for a time ahead."""

    sentence = _("The meeting must lie ahead.")
    field = "starts_at"


class MeetingHours(Refusal):
    """A meeting ends after it begins, on the same day."""

    sentence = _("The meeting must end after it begins, on the same day.")
    field = "ends_at"


class NoPlace(Refusal):
    """Nobody knows where to go."""

    sentence = _("Choose a room, or name another place or the link of a video meeting.")
    field = "room"


class NoDates(Refusal):
    """The rule gives no date."""

    sentence = _("This rule gives no date between the first day and the last.")
    field = "until"


class TooLong(Refusal):
    """A series ends within two years."""

    sentence = _("A series runs for at most 24 months. Enter an earlier last day.")
    field = "until"


class ReasonNeeded(Refusal):
    """Warnings are overridden with a reason."""

    sentence = _("Say why the meeting stays where it is in spite of the warnings.")
    field = "override_reason"


class NobodyInvited(Refusal):
    """A meeting without people."""

    sentence = _("Nobody is on the list yet.")


class Unsettled(Refusal):
    """Something must be settled before people are told."""

    sentence = _("Settle this first: %(question)s.")
