"""Why an application, a defence or a handover is not taken like this."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain.refusals.common import Told


class NotReceived(Told):
    """There is no application to decide on."""

    sentence = _("The application has not been received yet.")


class Incomplete(Told):
    """The papers are incomplete."""

    sentence = _("The papers are not complete. Still missing: %(missing)s")


class NotSent(Told):
    """No package was sent."""

    sentence = _("The package has not been sent yet.")


class NotAcknowledged(Told):
    """The outside organisation did not confirm."""

    sentence = _("The other organisation has not confirmed receipt yet.")


class WrongOutcome(Told):
    """The outcome does not exist at this tier."""

    sentence = _("A case does not end like this at this tier.")


class TermNotOver(Told):
    """The respondent may still answer."""

    sentence = _("The respondent may answer until %(day)s. Record it then, or that he waives it.")


class CounterclaimLate(Told):
    """A counterclaim is brought within the term of the defence."""

    sentence = _("A counterclaim had to come by %(day)s. The respondent must apply separately.")
