"""What is asked for: kinds of claims by cause, and amounts as they are met in practice."""

from datetime import timedelta
from decimal import Decimal
from math import log

from disputes.models import Cause, ClaimKind

# Main causes per mille, anchored on the one union sample of the province.
CAUSES = {
    Cause.WAGES: 460,
    Cause.TERMINATION: 90,
    Cause.SEVERANCE: 50,
    Cause.LEAVING: 40,
    Cause.INSURANCE: 130,
    Cause.INJURY: 100,
    Cause.RELATIONSHIP: 40,
    Cause.OVERTIME: 15,
    Cause.HOURS: 5,
    Cause.LEAVE: 10,
    Cause.NO_CONTRACT: 25,
    Cause.WELFARE: 10,
    Cause.TRAINING: 5,
    Cause.WOMEN: 8,
    Cause.COLLECTIVE_CONTRACT: 2,
    Cause.PLATFORM: 4,
    Cause.OTHER: 6,
}
# The claim that goes with a cause; further claims come from FURTHER.
FIRST = {
    Cause.WAGES: ClaimKind.WAGE_ARREARS,
    Cause.TERMINATION: ClaimKind.DAMAGES,
    Cause.SEVERANCE: ClaimKind.SEVERANCE,
    Cause.LEAVING: ClaimKind.SEVERANCE,
    Cause.INSURANCE: ClaimKind.INSURANCE,
    Cause.INJURY: ClaimKind.INJURY,
    Cause.RELATIONSHIP: ClaimKind.RELATIONSHIP,
    Cause.OVERTIME: ClaimKind.OVERTIME,
    Cause.HOURS: ClaimKind.OVERTIME,
    Cause.LEAVE: ClaimKind.ANNUAL_LEAVE,
    Cause.NO_CONTRACT: ClaimKind.DOUBLE_WAGE,
    Cause.PLATFORM: ClaimKind.WAGE_ARREARS,
    Cause.WOMEN: ClaimKind.REINSTATEMENT,
}
FURTHER = (
    ClaimKind.WAGE_ARREARS,
    ClaimKind.OVERTIME,
    ClaimKind.SEVERANCE,
    ClaimKind.ANNUAL_LEAVE,
    ClaimKind.DOUBLE_WAGE,
    ClaimKind.INSURANCE,
    ClaimKind.NOTICE_PAY,
)
WITHOUT_AMOUNT = (ClaimKind.RELATIONSHIP, ClaimKind.REINSTATEMENT)
WITH_PERIOD = (ClaimKind.WAGE_ARREARS, ClaimKind.OVERTIME, ClaimKind.DOUBLE_WAGE)
COUNTS = {1: 20, 2: 25, 3: 30, 4: 20, 5: 5}
ARBITRATED_COUNTS = {1: 7, 2: 8, 3: 45, 4: 30, 5: 10}
# Sums per case: a lognormal with this median and this mean, in yuan.
MEDIAN, MEAN = 11_000, 22_500
SIGMA = (2 * log(MEAN / MEDIAN)) ** 0.5
MEDIANS = {Cause.INJURY: 4 * MEDIAN, Cause.PLATFORM: 1_500}
CENT = Decimal("0.01")


def draw_cause(rng):
    """Return a main cause."""
    return rng.choices(list(CAUSES), CAUSES.values())[0]


def draw_claims(rng, cause, *, occurred_on, arbitrated=False):
    """Return claims as fields of ``Claim`` for a dispute that arose on the date *occurred_on*.

    Who goes straight to arbitration (*arbitrated*) asks for more.
    """
    counts = ARBITRATED_COUNTS if arbitrated else COUNTS
    wanted = rng.choices(list(counts), counts.values())[0]
    first = FIRST.get(cause, ClaimKind.OTHER)
    others = [kind for kind in FURTHER if kind != first]
    return make_claims(
        rng,
        [first, *rng.sample(others, wanted - 1)],
        total=draw_total(rng, cause),
        until=occurred_on,
    )


def make_claims(rng, kinds, *, total, until):
    """Return claims of *kinds* that add up to about *total* yuan, for months before *until*."""
    shares = [rng.uniform(0.5, 1.5) for _kind in kinds]
    return [
        _claim(rng, kind, amount=total * share / sum(shares), until=until)
        for kind, share in zip(kinds, shares, strict=True)
    ]


def draw_total(rng, cause):
    """Return a sum in yuan as claimed for *cause*."""
    return MEDIANS.get(cause, MEDIAN) * rng.lognormvariate(0, SIGMA)


def sum_of(claims):
    """Return what *claims*, fields of ``Claim``, add up to in yuan."""
    return sum((claim["amount"] or Decimal(0) for claim in claims), Decimal(0))


def _claim(rng, kind, *, amount, until):
    claim = {"kind": kind, "amount": None}
    if kind not in WITHOUT_AMOUNT:
        claim["amount"] = _money(rng, amount)
    if kind in WITH_PERIOD:
        claim["period_to"] = until
        claim["period_from"] = until - timedelta(days=30 * rng.randrange(1, 8))
    return claim


def _money(rng, amount):
    """Round as people do: mostly to ten yuan, sometimes to the cent."""
    cents = rng.random() < 0.3
    return max(Decimal(round(amount, 2) if cents else round(amount, -1)), Decimal(100)).quantize(
        CENT
    )
