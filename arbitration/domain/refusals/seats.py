"""Why a seat of the panel stays, changes or is empty."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain.refusals.common import Told


class NotSeated(Told):
    """Only members of the panel disclose."""

    sentence = _("%(person)s is not on the panel of this case.")


class Advised(Told):
    """Whoever advised a side does not decide."""

    sentence = _("%(person)s advised a party in this case. Choose somebody else.")


class KinNeverStays(Told):
    """The law leaves no choice."""

    sentence = _("A party or a close relative of one cannot stay on the panel.")


class DecidesOnHimself(Told):
    """Somebody else decides."""

    sentence = _("Nobody decides on his own disclosure.")


class SeatUnfit(Told):
    """A member may not sit until it is decided, or must be replaced."""

    sentence = _("%(person)s cannot sit now. Decide on the disclosure, or change the seat.")
