"""Why the commission's desk says no."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal
from disputes.look.words import say_day


class Told(Refusal):
    """A refusal whose sentence names facts; days among them are said as days."""

    def __init__(self, *, field=None, **facts):
        said = {
            name: say_day(fact, year=True) if isinstance(fact, date) else fact
            for name, fact in facts.items()
        }
        super().__init__(self.sentence % said if said else self.sentence, field=field)


class DoneBefore(Told):
    """The step was done, by oneself or by somebody else."""

    sentence = _("This has been recorded already.")


class NotYet(Told):
    """A day that lies ahead cannot have been the day of something."""

    sentence = _("%(day)s has not come yet.")


class OutOfOrder(Told):
    """Something cannot have happened before what comes before it."""

    sentence = _("This cannot lie before %(day)s, %(what)s.")


class Missing(Told):
    """Something must be said."""

    sentence = _("Fill this in: %(what)s.")


class DayMissing(Missing):
    """A date must be said."""

    sentence = _("Enter the date.")


class NotReceived(Told):
    """There is no application to decide on."""

    sentence = _("The application has not been received yet.")


class Incomplete(Told):
    """The papers are incomplete."""

    sentence = _("The papers are not complete. Still missing: %(missing)s")


class NotDocketed(Told):
    """The commission has not taken the case on."""

    sentence = _("The case is not docketed yet.")


class NotEntitled(Told):
    """Somebody does not hold the duty at the commission."""

    sentence = _("%(person)s does not serve at %(office)s in this capacity on that day.")


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


class NotByThisWay(Told):
    """The paper cannot be served like this."""

    sentence = _("A mediation statement takes effect when the party signs for it: hand it over.")


class NoElectronicService(Told):
    """The party did not agree to electronic service."""

    sentence = _("%(party)s has not agreed to electronic service.")


class TermNotOver(Told):
    """The respondent may still answer."""

    sentence = _("The respondent may answer until %(day)s. Record it then, or that he waives it.")


class CounterclaimLate(Told):
    """A counterclaim is brought within the term of the defence."""

    sentence = _("A counterclaim had to come by %(day)s. The respondent must apply separately.")


class NoPanel(Told):
    """Nobody decides the case yet."""

    sentence = _("Form the panel first.")


class HearingStands(Told):
    """One hearing at a time."""

    sentence = _("A hearing is set for %(day)s. Record what came of it first.")


class NoHearing(Told):
    """There is no hearing to record."""

    sentence = _("No hearing is set.")


class HearingPast(Told):
    """A hearing is set for a time ahead."""

    sentence = _("The hearing must lie ahead.")


class HearingHours(Told):
    """A hearing ends after it begins, on the same day."""

    sentence = _("The hearing must end after it begins, on the same day.")


class HearingAhead(Told):
    """A hearing is recorded once it has begun."""

    sentence = _(
        "The hearing begins on %(day)s at %(time)s. Before that it can only be put off to another"
        " day."
    )


class NoticeTooLate(Told):
    """The parties must have the notice in time."""

    sentence = _(
        "For a hearing on %(hearing)s the parties must have the notice on %(latest)s at the"
        " latest. Told on %(told)s, they can be heard from %(earliest)s on, or both must agree to"
        " less."
    )


class DefenceStillOpen(Told):
    """No hearing while the respondent may still answer."""

    sentence = _(
        "The respondent may answer until %(day)s. Set the hearing after that day, or both must"
        " agree to less."
    )


class NoRoom(Told):
    """A hearing in a room needs one."""

    sentence = _("Choose a hearing room, or name a new one.")


class RoomTaken(Told):
    """Two hearings cannot be in one room."""

    sentence = _("This room is taken at that time.")


class ArbitratorTaken(Told):
    """Nobody sits in two hearings."""

    sentence = _("%(person)s sits in another hearing at that time.")


class WrongResult(Told):
    """The result does not fit who was there."""

    sentence = _("This result does not fit who was present.")


class MediationNotTried(Told):
    """The panel tries mediation before it decides."""

    sentence = _("The panel must try mediation before it decides. Do so, or adjourn.")


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


class NotSent(Told):
    """No package was sent."""

    sentence = _("The package has not been sent yet.")


class NotAcknowledged(Told):
    """The outside organisation did not confirm."""

    sentence = _("The other organisation has not confirmed receipt yet.")


class WrongOutcome(Told):
    """The outcome does not exist at this tier."""

    sentence = _("A case does not end like this at this tier.")
