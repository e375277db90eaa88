"""Why somebody does not sit."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain.refusals.common import Told


class SatTwice(Told):
    """A panel has three different people."""

    sentence = _("%(person)s cannot sit on the panel twice.")


class Mediated(Told):
    """Whoever mediated a matter does not decide it."""

    sentence = _("%(person)s mediated this matter and may not decide it. Choose somebody else.")


class WalledOff(Told):
    """Whoever is recused from a case does not decide it."""

    sentence = _("%(person)s is recused from this case. Choose somebody else.")


class SoleArbitrator(Told):
    """One arbitrator decides simple cases only."""

    sentence = _(
        "One arbitrator alone decides simple cases only. This one is major or collective and"
        " needs a panel of three."
    )


class AloneIsAlone(Told):
    """A sole arbitrator has nobody beside him."""

    sentence = _("One arbitrator sits alone: leave this empty.")


class ConflictNotDeclared(Told):
    """The panel must declare that it has no interest in the case."""

    sentence = _("Every arbitrator must declare that there is no conflict of interest.")
