"""Why the record says no. Each refusal is a sentence that a clerk can read."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from disputes.look.words import say_day
from offices.refusals import Refusal


class AlreadyClosed(Refusal):
    """The proceeding has ended."""

    is_late = True
    sentence = _("This proceeding is already closed.")


class NoOfficeToGoTo(Refusal):
    """The register names no office of the next tier."""

    sentence = _("The register has no office of the next tier for this case. Enter one first.")


class NotAtThisTier(Refusal):
    """The office does not handle cases of this tier."""

    sentence = _("This office does not handle disputes.")


class OfficeClosed(Refusal):
    """Nobody works at the office any more."""

    sentence = _(
        "This office is closed and takes no cases any more: hand the case on to the office that"
        " does its work now, or ask the office above."
    )
    field = "office"


class OfficeHasCases(Refusal):
    """An office with open cases would be closed."""

    sentence = _("Cases of this office are still open. Hand them over or close them first.")


class Told(Refusal):
    """A refusal whose sentence names facts; days among them are said as days."""

    def __init__(self, *, field=None, **facts):
        said = {
            name: say_day(fact, year=True) if isinstance(fact, date) else fact
            for name, fact in facts.items()
        }
        super().__init__(self.sentence % said if said else self.sentence, field=field)


class DoneBefore(Told):
    """The step was done, by oneself or by somebody else."""

    sentence = _("This has been recorded already.")


class NotYet(Told):
    """A day that lies ahead cannot have been the day of something."""

    sentence = _("%(day)s has not come yet.")


class OutOfOrder(Told):
    """Something cannot have happened before what comes before it."""

    sentence = _("This cannot lie before %(day)s, %(what)s.")


class Missing(Told):
    """Something must be said."""

    sentence = _("Fill this in: %(what)s.")


class DayMissing(Missing):
    """A date must be said."""

    sentence = _("Enter the date.")
