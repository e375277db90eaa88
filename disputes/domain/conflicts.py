"""What speaks against somebody's working on a case: the conflict rules, asked at assignment.

The rules and their names are told in docs/conflicts.md. What blocks is refused; what only flags
is written down beside the assignment. That there is a tie is said, never to whom: declarations
are read by nobody but who made them.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disputes.domain.declarations import ties_of
from disputes.domain.refusals import Refusal
from disputes.models import Assignment, Declaration, Party, Proceeding, Tier, TimelineEntry
from disputes.validators import normalise_name, normalise_organisation
from offices.models import Office, Posting

Kind = Declaration.Kind
# For how long a former client binds a lawyer.
CLIENT_YEARS = 2


@dataclass(frozen=True)
class Conflict:
    """One thing that speaks against a person: the *rule* by its name, whether it *blocks*."""

    rule: str
    sentence: str
    blocks: bool = True


class HasConflict(Refusal):
    """A rule blocks the person."""

    sentence = gettext_lazy("This person is a party to the dispute, or belongs to one.")


def refuse_conflict(proceeding, user, *, on, field=None):
    """Raise ``HasConflict`` beside *field* when a rule blocks *user* on the date *on*."""
    for conflict in conflicts_of(proceeding, user, on=on):
        if conflict.blocks:
            raise HasConflict(conflict.sentence, field=field)


def flags_of(proceeding, user, *, on):
    """Return what is to be written down beside the assignment of *user*, without blocking it."""
    return [each for each in conflicts_of(proceeding, user, on=on) if not each.blocks]


def conflicts_of(proceeding, user, *, on):
    """Return every ``Conflict`` of *user* in *proceeding* on the date *on*, blocking ones first."""
    case = proceeding.case
    parties = list(case.parties.all())
    found = [
        *_of_name(parties, user),
        *_of_postings(proceeding, parties, user, on),
        *_of_ties(proceeding, parties, user, on),
        *_of_other_side(proceeding, user),
    ]
    return sorted(found, key=lambda conflict: not conflict.blocks)


def _of_name(parties, user):
    """C1: the same name, perhaps the same person."""
    if any(user.name in (party.name, party.contact_name) for party in parties):
        sentence = _("%(person)s has the same name as somebody in this dispute.")
        yield Conflict("C1", sentence % {"person": user})


def _of_postings(proceeding, parties, user, on):
    """C1: who serves at the employer, beyond the enterprise's own committee.

    The committee's mediators are the enterprise's own people by law
    (企业劳动争议协商调解规定 article 15).
    """
    codes = {party.credit_code for party in parties if party.kind == Party.Kind.EMPLOYER} - {""}
    if proceeding.tier == Tier.ENTERPRISE or not codes:
        return
    postings = Posting.objects.active(on).filter(
        user=user, office__tier=Office.Tier.ENTERPRISE, office__credit_code__in=codes
    )
    for posting in postings.select_related("office")[:1]:
        sentence = _("%(person)s serves at %(office)s, which belongs to the employer.")
        yield Conflict("C1", sentence % {"person": user, "office": posting.office})


def _of_ties(proceeding, parties, user, on):
    """C1, C2, C3, C5, C12: what the person declared, and lawyers of the same firm."""
    rules = {
        Kind.HERSELF: ("C1", True),
        Kind.EMPLOYER: ("C1", True),
        Kind.RELATIVE: ("C2", True),
        Kind.CLIENT: ("C5", True),
        Kind.SIDE: ("C3", False),
        Kind.PERSONNEL: ("C12", False),
    }
    for tie in [*ties_of(user), *_of_firm(user)]:
        rule, blocks = rules[tie.kind]
        if _binds(tie, on) and _concerns(tie, proceeding, parties):
            yield Conflict(rule, _say_tie(rule) % {"person": user}, blocks)


def _say_tie(rule):
    return {
        "C1": _("%(person)s has declared a tie to a party."),
        "C2": _("%(person)s has declared a close relative who is a party or belongs to one."),
        "C3": _("%(person)s stands for the employer on the committee."),
        "C5": _("%(person)s or her firm acts for a party, or did within two years."),
        "C12": _("%(person)s manages personnel at the enterprise."),
    }[rule]


def _of_firm(user):
    """Return the clients of other lawyers of her firm."""
    firms = [firm for firm in ties_of(user).values_list("firm", flat=True) if firm]
    others = Declaration.objects.filter(kind=Kind.CLIENT, firm__in=firms, withdrawn_at__isnull=True)
    return others.exclude(user=user) if firms else Declaration.objects.none()


def _binds(tie, on):
    if tie.kind != Kind.CLIENT or tie.ended_on is None:
        return True
    return tie.ended_on >= _years_before(on, CLIENT_YEARS)


def _years_before(on, years):
    last = 28 if (on.month, on.day) == (2, 29) else on.day
    return date(on.year - years, on.month, last)


def _concerns(tie, proceeding, parties):
    # Who stands for the employer, or manages its personnel, does so at her own committee.
    if tie.kind in (Kind.SIDE, Kind.PERSONNEL):
        parties = [party for party in parties if party.kind == Party.Kind.EMPLOYER]
    names = {normalise_name(tie.name), normalise_organisation(tie.name)} - {""}
    number = tie.number.upper()
    return any(
        (number and number in (party.id_number.upper(), party.credit_code.upper()))
        or names & {party.name, party.contact_name}
        for party in parties
    )


def _of_other_side(proceeding, user):
    """C4: who mediated a matter does not decide it, nor the other way round
    (劳动人事争议仲裁办案规则 article 11).
    """
    others = Proceeding.objects.filter(case=proceeding.case).exclude(pk=proceeding.pk)
    decides = proceeding.tier == Tier.ARBITRATION
    others = (
        others.exclude(tier=Tier.ARBITRATION) if decides else others.filter(tier=Tier.ARBITRATION)
    )
    beside = Assignment.objects.filter(proceeding__in=others, user=user)
    met = TimelineEntry.objects.filter(
        proceeding__in=others, kind=TimelineEntry.Kind.MEETING, actor=user
    )
    if others.filter(Q(handler=user)).exists() or beside.exists() or met.exists():
        sentence = (
            _("%(person)s mediated this matter and may not decide it.")
            if decides
            else _("%(person)s sat on this matter in arbitration and may not mediate it.")
        )
        yield Conflict("C4", sentence % {"person": user})
