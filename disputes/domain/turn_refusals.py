"""Why a clock is not turned by hand."""

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.look.words import say_day


class TurnRefused(Refusal):
    """A refusal whose sentence may name a day."""

    def __init__(self, *, field=None, day=None):
        super().__init__(
            self.sentence % {"day": say_day(day, year=True)} if day else self.sentence, field=field
        )


class AlreadySuspended(TurnRefused):
    """The clock stands still already."""

    sentence = _("This clock stands still already. Let it go on first.")


class NotSuspended(TurnRefused):
    """The clock runs."""

    sentence = _("This clock runs: there is nothing to take up again.")


class NoGround(TurnRefused):
    """The law knows no such ground for this time limit."""

    sentence = _("The law does not accept this ground for this time limit.")


class ReasonMissing(TurnRefused):
    """Nobody would know why."""

    sentence = _("Say why: it stands on the sheet of the deadline.")


class EvidenceMissing(TurnRefused):
    """There is no paper."""

    sentence = _("Attach the paper on which this rests, or choose it among the materials.")


class ApproverMissing(TurnRefused):
    """Nobody approved it."""

    sentence = _("Say who approved it.")


class NotTheirs(TurnRefused):
    """The approver is not in charge."""

    sentence = _("This person was not in charge of the office on that day.")


class DayAhead(TurnRefused):
    """The day has not come."""

    sentence = _("%(day)s has not come yet.")


class BeforeLastEvent(TurnRefused):
    """Something later was recorded already."""

    sentence = _("The clock was last turned on %(day)s: this cannot lie before it.")


class Over(TurnRefused):
    """The time limit had ended."""

    sentence = _("This deadline had ended on %(day)s.")


class ToldBefore(TurnRefused):
    """The parties cannot be told before it was approved."""

    sentence = _("The parties were told before %(day)s, when it was approved.")
