"""Why the record says no. Each refusal is a sentence that a clerk can read."""

from django.utils.translation import gettext_lazy as _

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


class OfficeHasCases(Refusal):
    """An office with open cases would be closed."""

    sentence = _("Cases of this office are still open. Hand them over or close them first.")
