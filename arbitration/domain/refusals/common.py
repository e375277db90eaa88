"""What the refusals of the desk have in common."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.look.words import say_day


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


class NotDocketed(Told):
    """The commission has not taken the case on."""

    sentence = _("The case is not docketed yet.")


class NotEntitled(Told):
    """Somebody does not hold the duty at the commission."""

    sentence = _("%(person)s does not serve at %(office)s in this capacity on that day.")
