"""Why somebody is not posted, and why an account or an office stays as it is."""

from django.utils.translation import gettext_lazy as _

from offices.refusals import Refusal


class RoleDoesNotFit(Refusal):
    """The role is not served at an office of this kind."""

    sentence = _("This role is not served at an office of this kind. Choose another role.")
    field = "role"


class AdministratorsApart(Refusal):
    """One person would be two administrators, or an administrator and something else."""

    sentence = _(
        "An administrator serves as nothing else: the system, security and audit administrators "
        "are three persons, and none of them works on cases."
    )
    field = "role"


class AlreadyServing(Refusal):
    """The person serves there in this role already on one of the days."""

    sentence = _("This person already serves there in this role on some of these days.")
    field = "since"


class OfficeNotActive(Refusal):
    """Nobody is posted to an office that is no longer active."""

    sentence = _("This office is no longer active. Nobody can be posted there.")
    field = "office"


class AccountNotActive(Refusal):
    """Nobody is posted whose account is switched off."""

    sentence = _("This account is switched off. Switch it on before posting the person.")
    field = "person"


class EndsBeforeItBegins(Refusal):
    """The last day lies before the first."""

    sentence = _("The last day cannot be before the first day.")
    field = "until"


class AlreadyEnded(Refusal):
    """The posting is over."""

    sentence = _("This posting has already ended.")
