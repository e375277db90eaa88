"""Why the course of a case before the award does not go like this."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain.refusals.common import Told


class Suspended(Told):
    """Nothing is heard or decided while the case stands still."""

    sentence = _("The case has been suspended since %(day)s. Resume it first.")


class NotSuspended(Told):
    """There is nothing to resume."""

    sentence = _("The case is not suspended.")


class Decided(Told):
    """The panel has decided."""

    sentence = _("The panel has decided this case already.")


class AfterProof(Told):
    """A claim is added or changed before the period of proof ends."""

    sentence = _(
        "The period of proof ended on %(day)s. What is asked for later must be applied for"
        " separately."
    )


class NotTheirs(Told):
    """The other side asks for such a thing."""

    sentence = _("This party cannot ask for this: choose the other side.")


class LastClaim(Told):
    """A case without claims is withdrawn."""

    sentence = _("This is the only claim left. Withdraw the case instead.")


class ClaimGone(Told):
    """The claim is decided or given up."""

    sentence = _("This claim has been decided or given up.")


class WithinNewTerm(Told):
    """The other side has a new term to answer."""

    sentence = _(
        "The other side may answer until %(until)s, but a hearing is set for %(hearing)s. Put it"
        " off first, or have the term waived."
    )


class NothingToAnswer(Told):
    """No new term runs."""

    sentence = _("No term to answer runs.")


class ObjectionLate(Told):
    """An objection comes within the term of the defence."""

    sentence = _(
        "An objection to jurisdiction had to come in writing by %(day)s. A later one does not"
        " hold the case up."
    )


class NoObjection(Told):
    """There is no objection to decide on."""

    sentence = _("No objection to jurisdiction waits for a decision.")


class ObjectionOpen(Told):
    """The commission says first whether it is competent."""

    sentence = _("Decide on the objection to jurisdiction first.")


class PassedOnByCommission(Told):
    """A commission takes a case that another one passed on."""

    sentence = _(
        "Another commission passed this case on: it is taken. If this commission is not competent"
        " either, the authority above both decides."
    )


class PeriodOver(Told):
    """A period is made longer before it ends."""

    sentence = _("The period of proof ended on %(day)s: it can no longer be moved.")


class CommissionedNow(Told):
    """Mediators try at the moment."""

    sentence = _(
        "Mediators try until %(day)s. Set the hearing after that day, or record how it ended."
    )


class NotCommissioned(Told):
    """No mediation was commissioned."""

    sentence = _("No mediation is under way.")


class HeardAlready(Told):
    """It comes before the hearing."""

    sentence = _("This comes before the hearing, but the parties have been heard.")


class AskedTooLate(Told):
    """A party asks in time."""

    sentence = _("A postponement had to be asked for by %(day)s.")


class NotForAdvance(Told):
    """Only some claims are enforced in advance."""

    sentence = _(
        "Only pay, medical costs of an injury, compensation and damages can be enforced before"
        " the award."
    )


class NotSoUrgent(Told):
    """Both conditions must hold."""

    sentence = _("Both conditions of the law must hold.")


class MoreThanAsked(Told):
    """No more than was asked for."""

    sentence = _("No more than the %(most)s yuan asked for.")


class NotSimple(Told):
    """The law keeps the simplified procedure from such cases."""

    sentence = _(
        "A case of public interest or great effect, or with a respondent whose whereabouts are"
        " unknown, is not simplified."
    )


class TooMuchForSimple(Told):
    """The amount is too high."""

    sentence = _("%(amount)s yuan are claimed, more than the average yearly wage of %(most)s yuan.")


class SimplifiedAlready(Told):
    """The case was simplified before."""

    sentence = _("The case is or was handled by the simplified procedure.")


class NotSimplified(Told):
    """The case is ordinary."""

    sentence = _("The case is not handled by the simplified procedure.")


class NoticeUnconfirmed(Told):
    """Nobody is treated as absent whom the notice may not have reached."""

    sentence = _(
        "Nothing proves that the notice of the hearing arrived: nobody can be treated as absent"
        " without reason. Record the proof under “Service of papers”, or adjourn."
    )
