"""What became of each worker's claims: per person and claim, in each proceeding."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import Refusal
from disputes.domain.roster.entries import present
from disputes.domain.timeline import Kind, Reach, record
from disputes.models import Claim, MemberResult

Result = MemberResult.Result
WITH_AMOUNT = (Result.SETTLED, Result.AWARDED)


class NoSuchClaim(Refusal):
    """The claim is of another case."""

    sentence = _("This claim is not one of this case.")
    field = "claim"


class AmountDoesNotFit(Refusal):
    """A sum where nothing was won."""

    sentence = _("Only what was settled or awarded has an amount.")
    field = "amount"


def note_settled(proceeding, *, at, by=None):
    """Note for everybody on the roster that each claim was settled in *proceeding*."""
    _note_all(proceeding, Result.SETTLED, at=at, by=by)


def note_not_settled(proceeding, *, at, by=None):
    """Note for everybody on the roster that no claim was settled in *proceeding*."""
    _note_all(proceeding, Result.NOT_SETTLED, at=at, by=by)


def note_awards(proceeding, won, *, at, by=None):
    """Note for everybody on the roster what the award says: *won* maps claim ids to yes or no."""
    for result, said in ((Result.AWARDED, True), (Result.REJECTED, False)):
        claims = [claim for claim, granted in won.items() if granted is said]
        if claims:
            _note_all(proceeding, result, claims=claims, at=at, by=by)


def _note_all(proceeding, result, *, claims=None, at, by):
    """Write one row per person and claim; what was noted before for one of them stays."""
    if claims is None:
        rows = Claim.objects.filter(case=proceeding.case).of_applicant()
        claims = list(rows.values_list("pk", flat=True))
    members = list(present(proceeding.case).values_list("pk", flat=True))
    MemberResult.objects.bulk_create(
        [
            MemberResult(
                member_id=member,
                claim_id=claim,
                proceeding=proceeding,
                result=result,
                at=at,
                by=by,
            )
            for member in members
            for claim in claims
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def note_result(proceeding, *, member, claim, result, amount=None, at, by):
    """Note what became of one *claim* of one *member*, with the *amount* in yuan she gets.

    It replaces what was noted for the whole roster. Raises ``NoSuchClaim``, ``AmountDoesNotFit``.
    """
    if claim.case_id != proceeding.case_id or member.case_id != proceeding.case_id:
        raise NoSuchClaim
    if amount is not None and result not in WITH_AMOUNT:
        raise AmountDoesNotFit
    row, _new = MemberResult.objects.update_or_create(
        member=member,
        claim=claim,
        proceeding=proceeding,
        defaults={"result": result, "amount": amount, "at": at, "by": by},
    )
    record(
        proceeding.case,
        N_("Result of worker %(number)s noted"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        reach=Reach.ONWARD,
        number=member.number,
    )
    return row
