"""What kind of matter it is, and which ways are open: the yes-or-no questions of the law."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from law.claims import MONEY, Nature, nature_of
from law.numbers import round_yuan, yuan

COLLECTIVE_WORKERS = 10
ARBITRATION_REPRESENTATIVES = (3, 5)
LITIGATION_REPRESENTATIVES = (2, 5)
FINAL_AWARD_MONTHS = 12
REVIEW_DAYS = 15
OVERAGE_RULES_FROM = date(2026, 7, 1)
_OVERAGE_TO_ARBITRATION = frozenset(
    {
        Nature.REMUNERATION,
        Nature.WORKING_TIME,
        Nature.SAFETY,
        Nature.INJURY,
        Nature.INJURY_MEDICAL,
    }
)


def is_collective(*, workers: int, common_claim: bool, collective_contract: bool = False) -> bool:
    """Return whether a case is collective: ten workers or more with a common claim, or a dispute
    over a collective contract (调解仲裁法7; 33号令5、62).
    """
    return bool(collective_contract) or (int(workers) >= COLLECTIVE_WORKERS and bool(common_claim))


class Documents(StrEnum):
    """Which award papers the commission makes (33号令50(4))."""

    FINAL = "final"
    NON_FINAL = "non_final"
    SEPARATE = "separate"


@dataclass(frozen=True)
class FinalAward:
    """*threshold* in yuan; *final* says per item whether its award is final; *documents*."""

    threshold: Decimal
    final: tuple[bool, ...]
    documents: Documents


def classify_award(
    items: Sequence[tuple[str, object]], *, monthly_min_wage, confirms_relationship: bool = False
) -> FinalAward:
    """Return which items of an award are final (调解仲裁法47; 33号令50; 解释(一)19).

    *items*: pairs of a claim and its amount in yuan. Item by item, claims for money are final up
    to twelve monthly minimum wages (*monthly_min_wage* of the day), the equal amount included;
    disputes over national standards of working time, leave and social insurance always are.
    Confirming a labour relation makes the whole award non-final (人社部发〔2022〕9号11).
    """
    threshold = yuan(monthly_min_wage) * FINAL_AWARD_MONTHS
    natures = [nature_of(claim) for claim, _ in items]
    if confirms_relationship or Nature.RELATIONSHIP in natures:
        final = (False,) * len(natures)
    else:
        final = tuple(
            is_standards_dispute(nature) or (nature in MONEY and yuan(amount) <= threshold)
            for nature, (_, amount) in zip(natures, items, strict=True)
        )
    return FinalAward(round_yuan(threshold), final, _documents(final))


def _documents(final):
    if all(final) and final:
        return Documents.FINAL
    return Documents.SEPARATE if any(final) else Documents.NON_FINAL


def is_standards_dispute(claim) -> bool:
    """Return whether *claim* is about national standards of working time, leave or insurance,
    for which an award is final whatever the amount (调解仲裁法47(二)).
    """
    nature = claim if isinstance(claim, Nature) else nature_of(claim)
    return nature in (Nature.WORKING_TIME, Nature.INSURANCE)


class Route(StrEnum):
    """Where a claim goes first."""

    ARBITRATION = "ARBITRATION"
    COURT_DIRECT = "COURT_DIRECT"


def overage_route(claim, *, on: date = OVERAGE_RULES_FROM) -> Route:
    """Return where the *claim* of a worker over retirement age goes, for a matter of the day *on*.

    From 2026-07-01 pay, rest and leave, safety and health, and injury go to arbitration, all
    else to the court (人社部等五部门令第56号19); before, all of it to the court.
    """
    if on >= OVERAGE_RULES_FROM and nature_of(claim) in _OVERAGE_TO_ARBITRATION:
        return Route.ARBITRATION
    return Route.COURT_DIRECT


def is_review_admissible(
    *,
    contains: Iterable[str] = (),
    days_since_effective: int | None = None,
    court_confirmed: bool = False,
    within_scope: bool = True,
    jurisdiction: bool = True,
) -> bool:
    """Return whether the commission accepts the joint application to review an agreement
    (33号令75): not when it confirms a labour relation, after 15 days, once the court has
    confirmed it, or outside scope or jurisdiction. *days_since_effective* are those by which the
    time limit is judged; with the dates at hand ask REVIEW_APPLY, which rolls over days off.
    """
    contents = [contains] if isinstance(contains, str) else list(contains)
    return (
        within_scope
        and jurisdiction
        and not court_confirmed
        and all(nature_of(content) != Nature.RELATIONSHIP for content in contents)
        and (days_since_effective is None or days_since_effective <= REVIEW_DAYS)
    )


class Closure(StrEnum):
    """How an arbitration ended, as far as applying again is concerned."""

    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    REFUSED = "refused"
    DECIDED = "decided"


def may_refile(closure: Closure) -> bool:
    """Return whether the same claim on the same facts is accepted again (33号令34、35、39):
    only after the applicant withdrew it.
    """
    return closure == Closure.WITHDRAWN


def is_payment_order_open(claim, *, performance_overdue: bool) -> bool:
    """Return whether the worker may ask for a payment order on the agreement (调解仲裁法16):
    for pay, medical costs of an injury, compensation or damages not paid in time.
    """
    return bool(performance_overdue) and nature_of(claim) in MONEY


SIGNATURES = ("worker", "employer", "mediator", "seal")


def is_agreement_effective(signatures: Mapping[str, object]) -> bool:
    """Return whether an agreement is effective: both parties, mediator and seal of the
    organisation are all there (调解仲裁法14(2); 17号令26). *signatures* maps each of SIGNATURES
    to something true.
    """
    return all(signatures.get(name) for name in SIGNATURES)


def agreement_effective_on(signatures: Mapping[str, date | None]) -> date | None:
    """Return the day of the last of the four SIGNATURES, None while one is missing."""
    if not is_agreement_effective(signatures):
        return None
    return max(signatures[name] for name in SIGNATURES)


def may_arbitrate() -> bool:
    """Return True: mediation is voluntary, every party may apply for arbitration at any time
    (调解仲裁法5; 劳动法79). A function so that pages ask the law and not their own opinion.
    """
    return True


def may_sue(
    *,
    award_received: bool = False,
    refused_or_late: bool = False,
    wage_note: bool = False,
    wage_only_agreement: bool = False,
    payment_order_ended: bool = False,
) -> bool:
    """Return whether the court is open: after arbitration, when the commission refused or was
    late (调解仲裁法29、43), or without it for a wage note (解释(一)15), an agreement about pay
    alone (51), and an agreement whose payment order ended (13).
    """
    return any(
        (award_received, refused_or_late, wage_note, wage_only_agreement, payment_order_ended)
    )
