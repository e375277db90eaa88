"""Why a meeting is not planned or held like this."""

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal


class NotAhead(Refusal):
    """The meeting has begun, is over or was cancelled."""

    is_late = True
    sentence = _("This meeting has begun, is over or was cancelled: it cannot be changed.")


class EditedMeanwhile(Refusal):
    """Somebody else saved in between."""

    is_late = True
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


class ItemClosed(Refusal):
    """The item, or the meeting, is done."""

    sentence = _("This item is done, or the meeting is over.")


class OnAgendaAlready(Refusal):
    """A case is talked about once."""

    sentence = _("This case is on the agenda already.")


class NotInSession(Refusal):
    """Decisions are made in a meeting that is open."""

    sentence = _("The meeting is not open.")


class ItemsLeft(Refusal):
    """Every item ends somehow."""

    sentence = _("Item %(number)d has no decision yet: decide it, carry it over or take it off.")


class WrongCode(Refusal):
    """The code on the screen changes every half minute."""

    sentence = _("This code is not, or no longer, right. Read the new one from the screen.")
    field = "code"


class NotOnList(Refusal):
    """Only who is on the list signs in."""

    sentence = _("You are not on the list of this meeting.")


class DoneAlready(Refusal):
    """An action item is closed once."""

    sentence = _("This action item is closed already.")


class EvidenceMissing(Refusal):
    """Done is what something shows."""

    sentence = _("Say what was done and what shows it.")
    field = "evidence"


class CommentsOver(Refusal):
    """The draft is not open to comments."""

    sentence = _("The draft is not open to comments, or the 48 hours are over.")


class MinutesOutOfTurn(Refusal):
    """Draft, comments, issue: one after the other."""

    sentence = _("The minutes are not at this point.")


class LinkOver(Refusal):
    """The link of a mail does not count any more."""

    sentence = _(
        "This link does not count any more: the meeting has changed, is over, or the link is older"
        " than 30 days. Use the one in the newest mail."
    )
