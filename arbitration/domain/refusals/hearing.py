"""Why nobody is heard like this."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain.refusals.common import Told


class NoPanel(Told):
    """Nobody decides the case yet."""

    sentence = _("Form the panel first.")


class HearingStands(Told):
    """One hearing at a time."""

    sentence = _("A hearing is set for %(day)s. Record what came of it first.")


class NoHearing(Told):
    """There is no hearing to record."""

    sentence = _("No hearing is set.")


class HearingPast(Told):
    """A hearing is set for a time ahead."""

    sentence = _("The hearing must lie ahead.")


class HearingHours(Told):
    """A hearing ends after it begins, on the same day."""

    sentence = _("The hearing must end after it begins, on the same day.")


class HearingAhead(Told):
    """A hearing is recorded once it has begun."""

    sentence = _(
        "The hearing begins on %(day)s at %(time)s. Before that it can only be put off to another"
        " day."
    )


class NoticeTooLate(Told):
    """The parties must have the notice in time."""

    sentence = _(
        "For a hearing on %(hearing)s the parties must have the notice on %(latest)s at the"
        " latest. Told on %(told)s, they can be heard from %(earliest)s on, or both must agree to"
        " less."
    )


class DefenceStillOpen(Told):
    """No hearing while the respondent may still answer."""

    sentence = _(
        "The respondent may answer until %(day)s. Set the hearing after that day, or both must"
        " agree to less."
    )


class NoRoom(Told):
    """A hearing in a room needs one."""

    sentence = _("Choose a hearing room, or name a new one.")


class WrongResult(Told):
    """The result does not fit who was there."""

    sentence = _("This result does not fit who was present.")


class MediationNotTried(Told):
    """The panel tries mediation before it decides."""

    sentence = _("The panel must try mediation before it decides. Do so, or adjourn.")
