"""Why a case does not end, or go to court, like this."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain.refusals.common import Told


class GroundDoesNotFit(Told):
    """The ground belongs to another way of ending."""

    sentence = _("A case does not end in this way on this ground.")


class NoStatementToRegret(Told):
    """Nothing was settled before the panel, or a party went back on it already."""

    sentence = _("There is no mediation statement that a party could go back on.")


class SignedForIt(Told):
    """Whoever signed for the statement is bound by it."""

    sentence = _(
        "This party has signed for the statement: it goes back on it no more"
        " (劳动争议调解仲裁法 article 42)."
    )


class NotDecidedYet(Told):
    """The court comes after the commission."""

    sentence = _("The commission has not decided yet: there is nothing to go to court about.")


class NothingFinal(Told):
    """Only a final award is set aside."""

    sentence = _("No claim has a final award: whoever disagrees sues instead.")


class WrongCourtOutcome(Told):
    """The outcome belongs to another kind of case."""

    sentence = _("A case of this kind does not end like this at court.")
