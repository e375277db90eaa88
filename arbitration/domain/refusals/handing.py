"""Why a package does not go, and why nothing is written back like this."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain.refusals.common import Told


class SharingNotAgreed(Told):
    """Personal data leave with consent, or on another basis of the law."""

    sentence = _(
        "The applicant has not agreed that her data are passed on. Have her agree, or say on what"
        " basis they go without it."
    )


class NoAmountThere(Told):
    """Nothing was agreed or awarded."""

    sentence = _("With this outcome nothing is paid: leave the amount empty.")


class NotOneOfOurs(Told):
    """The file names a case that was not handed over by these people."""

    sentence = _("No case with the number %(number)s was handed over here.")


class FileUnreadable(Told):
    """The file holds nothing that can be taken."""

    sentence = _("This file cannot be read. Use the form that came with the package.")


class ValueUnreadable(Told):
    """One value of a row means nothing."""

    sentence = _("“%(value)s” cannot be read as: %(what)s")


class NothingWritten(Told):
    """The row says nothing."""

    sentence = _("The row says neither a receipt nor a number nor an outcome.")


class SaidOtherwise(Told):
    """What was written back before differs."""

    sentence = _("Something else was written back before: %(what)s")
