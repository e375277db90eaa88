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


class NameTaken(Refusal):
    """Another account has this name, in whatever letters."""

    sentence = _("There is already an account of this name. Choose another.")
    field = "username"


class NotOneself(Refusal):
    """An administrator would do something to her own account."""

    sentence = _("This is your own account: another administrator has to do this.")


class WrongCode(Refusal):
    """The code is not what the authenticator shows, or counted before."""

    sentence = _(
        "This code is wrong, or was used already. Wait until the authenticator shows the next one."
    )
    field = "code"


class TooManyWrongCodes(Refusal):
    """Too many wrong codes were typed: for half an hour none is heard."""

    sentence = _(
        "Five codes in a row were wrong. Try again in 30 minutes, or ask the security "
        "administrator to unlock the account."
    )
    field = "code"


class StillInUse(Refusal):
    """The office has people serving or active offices below it."""

    sentence = _(
        "People serve here or offices stand below it. End the postings and move or close the "
        "offices below first."
    )


class BelowItself(Refusal):
    """The office would stand below itself."""

    sentence = _("An office cannot stand below itself. Choose another parent.")
    field = "parent"


class KindInUse(Refusal):
    """People serve at the office in roles that another kind of office does not know."""

    sentence = _(
        "People serve here in roles that this kind of office does not have. End their postings "
        "first, or keep the kind."
    )
    field = "kind"


class AlreadyAway(Refusal):
    """The person is away on one of these days already."""

    sentence = _("An absence is entered for some of these days already.")
    field = "since"


class AwayTooLong(Refusal):
    """Nobody is away for longer than a year without the posting being ended."""

    sentence = _("At most a year at a time. Who leaves for longer hands the files on.")
    field = "until"


class SubstituteElsewhere(Refusal):
    """The substitute does not do the same work at the same office."""

    sentence = _("A substitute serves at the same office and does the same work there.")
    field = "substitute"


class SubstituteAway(Refusal):
    """The substitute is away herself."""

    sentence = _("This person is away herself on some of these days. Choose another substitute.")
    field = "substitute"


class AbsenceOver(Refusal):
    """The absence lies in the past."""

    sentence = _("This absence is over already.")
