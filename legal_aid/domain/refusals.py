"""Why the help says no. Each refusal is a sentence that a clerk can read."""

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Refusal


class LicenceTaken(Refusal):
    """Two people with one licence."""

    sentence = _("Another lawyer of the pool has this licence number.")
    field = "licence_number"


class InPoolAlready(Refusal):
    """She is in the pool."""

    sentence = _("This person is in the pool already.")
    field = "user"


class FirmKnown(Refusal):
    """The firm is on the list."""

    sentence = _("A firm of this name is on the list already.")
    field = "name"


class LicenceExpired(Refusal):
    """Who may not practise is given nothing to do."""

    sentence = _("The licence of this lawyer has expired. Renew it in the pool first.")
    field = "lawyer"


class NotServing(Refusal):
    """Her time in the pool is over, or has not begun."""

    sentence = _("On that day this lawyer does not serve in the pool.")
    field = "lawyer"


class OnLeave(Refusal):
    """She is away."""

    sentence = _("On that day this lawyer is on leave.")
    field = "lawyer"


class EndsBeforeItBegins(Refusal):
    """A period that runs backwards."""

    sentence = _("The end must lie after the beginning.")
    field = "ends_at"


class LeaveOverlaps(Refusal):
    """Away twice on one day."""

    sentence = _("A leave of this lawyer covers some of these days already.")
    field = "since"


class LawyerTaken(Refusal):
    """Nobody is in two places."""

    is_late = True
    sentence = _("This lawyer is somewhere else at that time.")
    field = "lawyer"


class PlaceTaken(Refusal):
    """One lawyer per place."""

    is_late = True
    sentence = _("Another lawyer is on duty at this place at that time.")
    field = "place"


class DutyKept(Refusal):
    """Somebody booked a talk in these hours."""

    sentence = _("Somebody has booked a consultation in these hours. Call it off first.")


class ConsultationOver(Refusal):
    """It has been written down, or called off."""

    is_late = True
    sentence = _("This consultation has been written down or called off already.")


class NotHeldYet(Refusal):
    """Nothing has been said yet."""

    sentence = _("Write the consultation down first.")


class HasCase(Refusal):
    """It has become a case."""

    sentence = _("This consultation has become a case already.")


class DraftUnderWay(Refusal):
    """Another application is half written."""

    sentence = _(
        "You have an unfinished application on the intake form. File it or discard it first."
    )


class NobodyToApply(Refusal):
    """A case without a worker."""

    sentence = _("This case names no worker who could apply.")


class AppliedAlready(Refusal):
    """One application at a time."""

    is_late = True
    sentence = _("An application for legal aid is open in this case already.")


class NotPromised(Refusal):
    """Nobody stands for what is written."""

    sentence = _("The applicant must promise that what she says is true.")
    field = "promised"


class NotUrgent(Refusal):
    """No time limit is near."""

    sentence = _(
        "Aid goes ahead of its decision only when a time limit ends in fewer than 7 days"
        " (Legal Aid Law, article 44). Decide on the application first."
    )
    field = "limit_on"


class DecidedAlready(Refusal):
    """One decision."""

    is_late = True
    sentence = _("This application has been decided already.")


class MeansUnknown(Refusal):
    """Nothing to decide on."""

    sentence = _(
        "Neither an exemption nor the means of the household are known. Note one of them first."
    )
    field = "decision"


class ReasonsMissing(Refusal):
    """A no without a why."""

    sentence = _("A refusal needs its reasons; the applicant reads them.")
    field = "reasons"


class NothingToObjectTo(Refusal):
    """Only a refusal is objected to, and once."""

    sentence = _("Only a refusal can be objected to, and only once.")


class NoObjection(Refusal):
    """Nothing to review."""

    sentence = _("No objection waits for a decision.")


class DecidedByHerself(Refusal):
    """Nobody reviews her own decision."""

    sentence = _("You decided on this application yourself. Somebody else decides the objection.")


class ApplicationOver(Refusal):
    """The application has ended."""

    is_late = True
    sentence = _("This application has ended.")


class NotToAssign(Refusal):
    """Nothing granted yet."""

    sentence = _("A lawyer is assigned once aid is granted, or given ahead of the decision.")


class LawyerAssigned(Refusal):
    """One lawyer at a time."""

    sentence = _("A lawyer has this matter already. Change the lawyer instead.")


class FullyLoaded(Refusal):
    """She has as much as she may."""

    sentence = _("This lawyer has as many open cases as she may have.")
    field = "lawyer"


class Conflicted(Refusal):
    """A conflict of interest."""

    sentence = _("This lawyer has a conflict of interest in this dispute. Choose another.")
    field = "lawyer"


class FirmConflicted(Refusal):
    """The firm stands on the other side."""

    sentence = _("Her firm advises a party of this dispute, or did within two years.")
    field = "lawyer"


class NotOffered(Refusal):
    """There is nothing to answer."""

    is_late = True
    sentence = _("This assignment does not wait for an answer any more.")


class NotHers(Refusal):
    """Somebody else was asked."""

    sentence = _("Another lawyer was given this matter.")


class NoLawyerAtWork(Refusal):
    """Nobody works on it."""

    sentence = _("No lawyer works on this matter.")


class NotAtWork(Refusal):
    """She does not work on it."""

    sentence = _("You do not work on this matter now.")


class NotYetDay(Refusal):
    """Work of tomorrow."""

    sentence = _("Only what has been done is logged: the day lies ahead.")
    field = "on"


class NothingLogged(Refusal):
    """A report on nothing."""

    sentence = _("The work log is empty. Log the work first, then hand in the closing report.")


class ClosedAlready(Refusal):
    """One closing report."""

    is_late = True
    sentence = _("The closing report of this matter is in already.")


class NotClosed(Refusal):
    """The matter runs."""

    sentence = _("The closing report is not in yet.")


class CheckedAlready(Refusal):
    """Scored once."""

    is_late = True
    sentence = _("This has been scored already.")


class OwnWork(Refusal):
    """Nobody scores herself."""

    sentence = _("Nobody scores her own work.")


class NoStandard(Refusal):
    """No cap for this kind of payment."""

    sentence = _("No standard is in force for this kind of payment. Enter one first.")
    field = "kind"


class AboveCap(Refusal):
    """More than the standard allows."""

    sentence = _("This is more than the standard allows.")
    field = "amount"


class BudgetExhausted(Refusal):
    """The project has no money left."""

    sentence = _("The budget of this project does not cover this.")
    field = "amount"


class PurposeMissing(Refusal):
    """A yuan that leads nowhere."""

    sentence = _("Every payment leads to a case or to an approved item. Name one of them.")
    field = "item"


class HandlerApproves(Refusal):
    """Who asks does not decide."""

    sentence = _("You asked for this payment yourself. Somebody else approves it.")


class PayeeApproves(Refusal):
    """Who is paid does not decide."""

    sentence = _("You are the payee of this payment. Somebody else approves it.")


class PayeeHandles(Refusal):
    """Who is paid does not ask."""

    sentence = _("Nobody asks for a payment to herself.")
    field = "payee"


class PayerNotApart(Refusal):
    """Who pays neither approved it nor is paid."""

    sentence = _("Whoever pays has neither approved the payment nor is its payee.")


class NotAdvanced(Refusal):
    """Only an advance comes back."""

    sentence = _("Only money that was advanced for a client and paid comes back to the fund.")


class MoreThanOut(Refusal):
    """More would come back than was advanced."""

    sentence = _("No more comes back than is still out.")
    field = "amount"


class BackTooEarly(Refusal):
    """It was not out yet."""

    sentence = _("It cannot come back before the day on which it was paid.")
    field = "on"


class ScanUsed(Refusal):
    """One voucher pays for one thing."""

    sentence = _("This scan is the voucher of another payment already.")
    field = "scan"


class ScanKnown(Refusal):
    """Twice the same."""

    sentence = _("This file is enclosed already.")
    field = "scan"


class NotAScan(Refusal):
    """A Word document can be rewritten; a film shows no voucher."""

    sentence = _("A scan is a PDF or an image; this file is neither.")
    field = "scan"


class PaperIssued(Refusal):
    """One paper of a kind counts."""

    sentence = _("This paper has been issued already.")


class PaperTooEarly(Refusal):
    """What it would say has not happened."""

    sentence = _("It is not time for this paper: what it says has not happened yet.")


class NothingPaid(Refusal):
    """An empty sheet."""

    sentence = _("Nothing was paid in this month.")
    field = "month"


class NotChecked(Refusal):
    """Quality first."""

    sentence = _("Check the quality of the work first, then archive the file.")


class ArchivedAlready(Refusal):
    """Once."""

    sentence = _("This file has been archived already.")


class CheckedByHerself(Refusal):
    """Four eyes."""

    sentence = _("You gave the first opinion yourself. Somebody else checks it.")


class NoFirstOpinion(Refusal):
    """Nothing to check."""

    sentence = _("The first opinion is not written yet.")


class NotWaiting(Refusal):
    """The payment is not at this step."""

    sentence = _("This payment does not wait for that any more.")


class PaidTwice(Refusal):
    """A subsidy for one matter is paid once."""

    sentence = _("A subsidy for this matter has been asked for already.")
    field = "kind"


class VoucherMissing(Refusal):
    """Money without paper."""

    sentence = _("A payment needs the number of its voucher.")
    field = "voucher"


class VoucherKnown(Refusal):
    """One voucher, one payment."""

    sentence = _("A payment with this voucher number is in the books already.")
    field = "voucher"
