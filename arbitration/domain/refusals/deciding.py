"""Why nothing is decided or served like this."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain.refusals.common import Told
from disputes.domain.refusals import Refusal


class NotHeard(Told):
    """There is no result of a hearing to decide on."""

    sentence = _("The hearing has not come to a result on which the panel can decide.")


class NoStatement(Told):
    """A statement needs both parties."""

    sentence = _("The respondent was absent: there is nothing that both parties agreed on.")


class AmountWrong(Told):
    """What is awarded does not fit what was asked."""

    sentence = _("Between 0.01 and %(most)s yuan was asked for and may be awarded in part.")


class AmountNeeded(Told):
    """A part must be named."""

    sentence = _("Enter the amount that is awarded.")


class AmountOfNothing(Told):
    """A rejected claim carries no amount."""

    sentence = _("A rejected claim carries no amount.")


class ClaimForgotten(Told):
    """Every claim is decided."""

    sentence = _("Decide on every claim of the case.")


class OverrideUnexplained(Told):
    """Departing from the law's proposal needs a reason."""

    sentence = _("The law proposes “%(paper)s”. Say why it is not.")


class FigureMissing(Refusal):
    """A figure that the law needs is not recorded; the law room says which."""


class NothingToServe(Told):
    """There is no decision yet."""

    sentence = _("There is no decision to serve yet.")


class NobodyServed(Told):
    """Nothing was entered."""

    sentence = _("Enter at least one party on whom the decision was served.")


class TermOver(Told):
    """An extension comes before the term ends."""

    sentence = _("The term ended on %(day)s: it can no longer be extended.")


class NoTerm(Told):
    """The term does not run."""

    sentence = _("The term for the award does not run.")


class NotAllInPart(Told):
    """A partial award leaves something to decide."""

    sentence = _("This decides every claim: make the award itself, not a partial one.")
