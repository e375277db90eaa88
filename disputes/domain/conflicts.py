"""What speaks against somebody's working on a case: the conflict rules, asked at assignment.

The rules and their names are told in docs/conflicts.md. What blocks is refused; what only flags
is written down beside the assignment. That there is a tie is said, never to whom: declarations
are read by nobody but who made them.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disputes.domain.consents import consents_of
from disputes.domain.declarations import ties_in_force
from disputes.domain.refusals import Refusal
from disputes.models import (
    Assignment,
    CasePaper,
    Consent,
    Declaration,
    Party,
    Proceeding,
    Tier,
    TimelineEntry,
)
from disputes.validators import normalise_name, normalise_organisation
from offices.models import Office, Posting

Kind = Declaration.Kind
# The kind of paper with which the union charges an employer with a breach of labour law.
OPINION = "letter_opinion"
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
    return conflicts_among([proceeding], [user], on=on)[proceeding.pk, user.pk]


def conflicts_among(proceedings, people, *, on):
    """Return {(id of the proceeding, id of the person): conflicts, blocking ones first}.

    For every pair of *proceedings*, with their cases, and *people*, on the date *on*. Five
    queries whatever their number, and one more where a case is collective.
    """
    prefetch_related_objects(proceedings, "case__parties")
    known = _Known(proceedings, people, on)
    return {
        (proceeding.pk, user.pk): sorted(
            known.conflicts(proceeding, user), key=lambda conflict: not conflict.blocks
        )
        for proceeding in proceedings
        for user in people
    }


class _Known:
    """What is known of people and cases before they are compared."""

    def __init__(self, proceedings, people, on):
        self.on = on
        self.postings = _postings_at_employers(people, on)
        self.ties, self.clients = _ties(people)
        self.other_side = _other_side(proceedings)
        self.represented = _represented(proceedings)
        self.letters = _letters(proceedings, people)
        self.agreed = _agreed(self.letters)

    def conflicts(self, proceeding, user):
        """Yield the conflicts of *user* in *proceeding*."""
        parties = list(proceeding.case.parties.all())
        everyone = [*parties, *self.represented.get(proceeding.case_id, ())]
        yield from self._of_name(parties, user)
        yield from self._of_postings(proceeding, parties, user)
        yield from self._of_ties(proceeding, everyone, user)
        yield from self._of_other_side(proceeding, user)
        yield from self._of_letters(proceeding, user)

    def _of_name(self, parties, user):
        """C1: the same name, perhaps the same person.

        Names are shared by thousands. Whoever has declared her identity number is compared by it:
        another number clears her, no number to compare with leaves a flag.
        """
        namesakes = [party for party in parties if user.name in (party.name, party.contact_name)]
        if not namesakes:
            return
        own = {tie.number.upper() for tie in self.ties.get(user.pk, ()) if tie.kind == Kind.HERSELF}
        if not own:
            sentence = _(
                "%(person)s has the same name as somebody in this dispute. If it is somebody else,"
                " let her declare her identity number under her own ties: then the number counts."
            )
            yield Conflict("C1", sentence % {"person": user})
        elif any(user.name != party.name or not party.id_number for party in namesakes):
            sentence = _(
                "%(person)s has the same name as somebody in this dispute whose number is unknown."
            )
            yield Conflict("C1", sentence % {"person": user}, blocks=False)

    def _of_letters(self, proceeding, user):
        """C7: who issued an opinion against an employer does not mediate with it unasked."""
        if proceeding.tier == Tier.ARBITRATION:
            return
        agreed = self.agreed.get(proceeding.case_id, set())
        written = self.letters.get(proceeding.case_id, {}).get(user.pk, set())
        if written - {party for party, person in agreed if person == str(user.pk)}:
            sentence = _(
                "%(person)s issued an opinion against the employer and mediates only with the"
                " employer's recorded consent."
            )
            yield Conflict("C7", sentence % {"person": user})

    def _of_postings(self, proceeding, parties, user):
        """C1: who serves at the employer, beyond the enterprise's own committee.

        The committee's mediators are the enterprise's own people by law
        (企业劳动争议协商调解规定 article 15).
        """
        codes = {party.credit_code for party in parties if party.kind == Party.Kind.EMPLOYER} - {""}
        if proceeding.tier == Tier.ENTERPRISE:
            return
        for posting in self.postings.get(user.pk, ()):
            if posting.office.credit_code in codes:
                sentence = _("%(person)s serves at %(office)s, which belongs to the employer.")
                yield Conflict("C1", sentence % {"person": user, "office": posting.office})
                return

    def _of_ties(self, proceeding, parties, user):
        """C1, C2, C3, C5, C12: what the person declared, and lawyers of the same firm."""
        firms = {tie.firm for tie in self.ties.get(user.pk, ())} - {""}
        of_firm = (tie for tie in self.clients if tie.firm in firms and tie.user_id != user.pk)
        for tie in [*self.ties.get(user.pk, ()), *of_firm]:
            rule, blocks = RULES[tie.kind]
            if not (_binds(tie, self.on) and _concerns(tie, parties)):
                continue
            if tie.kind == Kind.SIDE and _is_own_department(tie, parties):
                yield Conflict("C3", _OF_HER_DEPARTMENT % {"person": user})
            else:
                yield Conflict(rule, _say_tie(rule) % {"person": user}, blocks)

    def _of_other_side(self, proceeding, user):
        """C4: who mediated a matter does not decide it, nor the other way round
        (劳动人事争议仲裁办案规则 article 11).
        """
        decides = proceeding.tier == Tier.ARBITRATION
        for other in self.other_side.get(proceeding.case_id, ()):
            worked = user.pk in (other.handler_id, *other.beside, *other.met)
            if worked and (other.tier == Tier.ARBITRATION) != decides:
                sentence = (
                    _("%(person)s mediated this matter and may not decide it.")
                    if decides
                    else _("%(person)s sat on this matter in arbitration and may not mediate it.")
                )
                yield Conflict("C4", sentence % {"person": user})
                return


# By the kind of a declared tie: the rule, and whether it blocks.
RULES = {
    Kind.HERSELF: ("C1", True),
    Kind.EMPLOYER: ("C1", True),
    Kind.RELATIVE: ("C2", True),
    Kind.CLIENT: ("C5", True),
    Kind.SIDE: ("C3", False),
    Kind.PERSONNEL: ("C12", False),
}


_OF_HER_DEPARTMENT = gettext_lazy(
    "%(person)s stands for the employer and works in the department of the worker."
)


def _represented(proceedings):
    """Return {id of a case: the workers on its roster}, asked only where cases are collective.

    They are related to people, too, though they are not at the table.
    """
    cases = [row.case_id for row in proceedings if row.case.collective]
    found = {}
    if cases:
        rows = Party.everyone.filter(case__in=cases, role=Party.Role.REPRESENTED)
        for party in rows:
            found.setdefault(party.case_id, []).append(party)
    return found


def _letters(proceedings, people):
    """Return {id of a case: {id of a person: employers, as ids of parties, against whom she issued
    an opinion}}; an opinion is against whoever was the employer of the case it was issued in.
    """
    by_code = {}
    for row in proceedings:
        for party in row.case.parties.all():
            if party.kind == Party.Kind.EMPLOYER and party.credit_code:
                by_code.setdefault(party.credit_code, []).append((row.case_id, party.pk))
    issued = CasePaper.objects.filter(
        paper__kind=OPINION,
        paper__voided_at__isnull=True,
        paper__issued_by__in=[person.pk for person in people],
        case__parties__kind=Party.Kind.EMPLOYER,
        case__parties__credit_code__in=list(by_code),
    )
    rows = issued.values_list("paper__issued_by", "case__parties__credit_code").distinct()
    found = {}
    for person, code in rows if by_code else ():
        for case, party in by_code[code]:
            found.setdefault(case, {}).setdefault(person, set()).add(party)
    return found


def issuers(employers):
    """Return the ids of the people who issued an opinion against one of *employers*, parties."""
    codes = employers.exclude(credit_code="").values("credit_code")
    rows = CasePaper.objects.filter(
        paper__kind=OPINION, paper__voided_at__isnull=True, case__parties__credit_code__in=codes
    )
    return rows.order_by().values("paper__issued_by")


def _agreed(letters):
    """Return {id of a case: (employer, key of the person) who may mediate all the same}."""
    found = {}
    if letters:
        rows = consents_of(Consent.Purpose.SUPERVISOR, cases=list(letters))
        for case, party, person in rows.values_list("party__case", "party", "recipient"):
            found.setdefault(case, set()).add((party, person))
    return found


def _postings_at_employers(people, on):
    """Return {id of the person: her postings at committees of enterprises}."""
    rows = Posting.objects.active(on).filter(
        user__in=[person.pk for person in people], office__tier=Office.Tier.ENTERPRISE
    )
    return _by_user(rows.exclude(office__credit_code="").select_related("office"))


def _ties(people):
    """Return ({id of the person: what she declared}, clients of anybody of the same firms)."""
    ids = [person.pk for person in people]
    firms = ties_in_force().filter(user__in=ids).exclude(firm="").values("firm")
    rows = ties_in_force().filter(Q(user__in=ids) | Q(kind=Kind.CLIENT, firm__in=firms))
    rows = list(rows)
    own = _by_user(row for row in rows if row.user_id in ids)
    return own, [row for row in rows if row.kind == Kind.CLIENT and row.firm]


def _other_side(proceedings):
    """Return {id of the case: its proceedings with those who worked on them}."""
    met = TimelineEntry.objects.filter(
        proceeding=OuterRef("pk"), kind=TimelineEntry.Kind.MEETING, actor__isnull=False
    )
    beside = Assignment.objects.filter(proceeding=OuterRef("pk"))
    rows = (
        Proceeding.objects.filter(case__in={row.case_id for row in proceedings})
        .annotate(
            beside=ArraySubquery(beside.order_by().values("user")),
            met=ArraySubquery(met.order_by().values("actor").distinct()),
        )
        .only("case", "tier", "handler")
    )
    found = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def _by_user(rows):
    found = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(row)
    return found


def _say_tie(rule):
    return {
        "C1": _("%(person)s has declared a tie to a party."),
        "C2": _("%(person)s has declared a close relative who is a party or belongs to one."),
        "C3": _("%(person)s stands for the employer on the committee."),
        "C5": _("%(person)s or her firm acts for a party, or did within two years."),
        "C12": _("%(person)s manages personnel at the enterprise."),
    }[rule]


def _binds(tie, on):
    if tie.kind != Kind.CLIENT or tie.ended_on is None:
        return True
    return tie.ended_on >= _years_before(on, CLIENT_YEARS)


def _years_before(on, years):
    last = 28 if (on.month, on.day) == (2, 29) else on.day
    return date(on.year - years, on.month, last)


def _is_own_department(tie, parties):
    """Return whether a worker among *parties* is of the department that *tie* names."""
    own = _plain(tie.department)
    workers = (party for party in parties if party.kind == Party.Kind.WORKER)
    return bool(own) and any(_plain(worker.department) == own for worker in workers)


def _plain(words):
    return "".join(words.split()).casefold()


def _concerns(tie, parties):
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
