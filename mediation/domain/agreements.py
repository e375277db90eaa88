"""The mediation agreement: writing it down, and when it takes effect."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain import clocks
from disputes.domain.refusals import Refusal
from disputes.domain.roster.results import note_settled
from disputes.domain.roster.speaking import check_consents
from disputes.domain.service.closing import all_served
from disputes.domain.timeline import Kind, Reach, record
from mediation.domain import bound, coworkers, serving
from mediation.domain.instalments import ensure_instalments
from mediation.domain.refusals import check_day
from mediation.models import Agreement
from mediation.models.agreement import ELEMENTS

LEAST_COPIES = 3


class AlreadyEffective(Refusal):
    """An agreement in force is not changed."""

    is_late = True
    sentence = _("This agreement is in force already and cannot be changed.")


class TooFewCopies(Refusal):
    """Each party and the organisation keep one."""

    sentence = _("At least three copies: one for each party, one for the file.")
    field = "copies"


class NoTermOfPerformance(Refusal):
    """Signed and sealed, but nobody can tell when or how it is performed."""

    sentence = _("Say by which day and how the agreement is performed.")
    field = "performance_by"


class PerformanceTooEarly(Refusal):
    """To be performed before anybody agreed to it."""

    sentence = _("The term of performance lies before the first signature.")
    field = "performance_by"


class SignedAfterAll(Refusal):
    """Declined, and signed by everybody."""

    sentence = _("Everybody has signed and sealed: this agreement has not been declined.")
    field = "declined"


class TermsMissing(Refusal):
    """Nobody can sign nothing."""

    sentence = _("Write down what the parties agreed.")
    field = "terms"


@transaction.atomic
def sign_agreement(proceeding, *, at, by, employers=(), handed_over=False, **facts):
    """Write down the agreement; *facts* are the fields of ``Agreement``, dates without a time.

    *employers* are the ``bound.Side`` of each employer where several take part. *handed_over* says
    that each party was handed its copy and signed for it; said alone, it is recorded of an
    agreement in force. Otherwise the copies stand to be served, and the case waits for the proof.

    It is kept while elements are missing and takes effect with the last of the four: both
    parties' signatures, the mediator's, the seal (劳动争议调解仲裁法 article 14,
    企业劳动争议协商调解规定 article 26). Then the terms for review and for judicial confirmation
    run, and mediation has ended. Raises the refusals of ``check_agreement``.
    """
    known = of(proceeding)
    if known and known.effective_on and not facts:
        return _serve(known, handed_over, at=at, by=by)
    facts = {"declined": False, **facts}
    check_agreement(proceeding, **facts, employers=employers, at=at)
    if coworkers.each_signs(proceeding.case):
        facts["worker_signed_on"] = coworkers.day_of(proceeding)
    if len(employers) > 1:
        facts["employer_signed_on"] = bound.day_of(employers)
    agreement = of(proceeding) or Agreement(proceeding=proceeding)
    for name, value in facts.items():
        setattr(agreement, name, value)
    agreement.effective_on = _effective_on(agreement)
    agreement.at, agreement.by = at, by
    if agreement.pk is None:
        agreement.save()
        bound.keep(agreement, employers)
    else:
        bound.keep(agreement, employers)
        agreement.save()
    if agreement.effective_on:
        _take_effect(agreement)
        if handed_over:
            serving.hand_over(agreement, at=at, by=by)
    else:
        _tell(agreement, _unsigned(agreement), reach=Reach.OFFICE)
    return agreement


def _serve(agreement, handed_over, *, at, by):
    if handed_over:
        serving.hand_over(agreement, at=at, by=by)
    serving.refuse_unserved(agreement.proceeding)
    return agreement


def check_agreement(proceeding, *, terms, copies, declined, at, employers=(), **facts):
    """Raise the refusal that speaks against this agreement at the moment *at*, if any."""
    if is_effective(proceeding):
        raise AlreadyEffective
    if not terms and not declined:
        raise TermsMissing
    if copies < LEAST_COPIES:
        raise TooFewCopies
    facts["employer_signed_on"] = bound.check(
        proceeding, employers, employer_signed_on=facts.get("employer_signed_on"), at=at
    )
    facts["worker_signed_on"] = coworkers.check(
        proceeding, worker_signed_on=facts.get("worker_signed_on")
    )
    for name in ELEMENTS:
        check_day(proceeding, facts.get(name), at=at, field=name)
    signed = [facts[name] for name in ELEMENTS if facts.get(name)]
    complete = len(signed) == len(ELEMENTS)
    if complete and declined:
        raise SignedAfterAll
    if complete:
        check_consents(proceeding)
    signed += [side.signed_on for side in employers if side.signed_on]
    _check_performance(facts["performance_by"], facts["performance_mode"], signed, complete)


def _check_performance(day, mode, signed, complete):
    if complete and not (day and mode):
        raise NoTermOfPerformance(field="performance_mode" if day else "performance_by")
    if signed and day and day < min(signed):
        raise PerformanceTooEarly


def of(proceeding):
    """Return the ``Agreement`` of *proceeding*, or None."""
    return Agreement.objects.filter(proceeding=proceeding).first()


def is_effective(proceeding):
    """Return whether the agreement of *proceeding* has taken effect."""
    return Agreement.objects.filter(proceeding=proceeding, effective_on__isnull=False).exists()


def is_over(proceeding):
    """Return whether nothing is left to do: the agreement is in force and served, or declined."""
    agreement = of(proceeding)
    if agreement is None:
        return False
    return agreement.declined or (agreement.effective_on is not None and all_served(proceeding))


def warnings(agreement):
    """Return what its people should know about *agreement*, as a list of sentences."""
    if not agreement.confirms_relationship:
        return []
    return [
        _(
            "An agreement that confirms a labour relation cannot go to arbitration review "
            "(劳动人事争议仲裁办案规则 article 75)."
        )
    ]


def _effective_on(agreement):
    if agreement.missing:
        return None
    return max(getattr(agreement, name) for name in ELEMENTS)


def _unsigned(agreement):
    if agreement.declined:
        return N_("One side will not sign the agreement")
    return N_("Agreement written, not everybody has signed")


def _take_effect(agreement):
    proceeding, on = agreement.proceeding, agreement.effective_on
    told = {"on": on, "at": agreement.at, "by": agreement.by}
    clocks.stop_clocks(proceeding, "MED_CLOSE", **told)
    # The commission does not review an agreement that confirms a labour relation.
    reviewed = () if agreement.confirms_relationship else ("REVIEW_APPLY",)
    for rule in ("COURT_CONFIRM", *reviewed):
        clocks.start_clock(proceeding.case, rule, proceeding=proceeding, **told)
    note_settled(proceeding, at=agreement.at, by=agreement.by)
    ensure_instalments(agreement)
    serving.owe_agreement(agreement, at=agreement.at, by=agreement.by)
    _tell(agreement, N_("Agreement effective since %(day)s"), key=True, day=on)


def _tell(agreement, verb, **told):
    record(
        agreement.proceeding.case,
        verb,
        at=agreement.at,
        by=agreement.by,
        proceeding=agreement.proceeding,
        kind=Kind.PAPER,
        **told,
    )
