"""What the law says about a case as it stands: who must be named, and where each claim can go."""

from dataclasses import dataclass

from disputes.models import IdType, Party
from disputes.validators import birth_date_of
from law.avenues import RELATION_TITLES, Relation, avenues_of, relation_of
from law.respondents import CAPACITIES, required


@dataclass(frozen=True)
class Gap:
    """Respondents that the law wants named and nobody named: *title*, *article*, *capacities*."""

    title: object
    article: str
    capacities: tuple

    @property
    def names(self):
        """Who is missing, in words."""
        return [CAPACITIES[code] for code in self.capacities]


@dataclass(frozen=True)
class Way:
    """Where the claim *kind* can go, the first way first; *claim* is its row, if there is one."""

    kind: object
    avenues: tuple
    claim: object = None


@dataclass(frozen=True)
class Advice:
    """*gaps* in the respondents, the *relation*, the *ways* of claims, [] where all is usual."""

    gaps: list
    relation: Relation
    ways: list

    @property
    def relation_title(self):
        """The relation in words."""
        return RELATION_TITLES[self.relation]


def advise(case, parties, claims):
    """Return the ``Advice`` on *case* with the rows *parties* and *claims*. Asks no query."""
    worker = next((row for row in parties if row.role == Party.Role.APPLICANT), None)
    facts = _facts(worker)
    respondents = [row for row in parties if row.role == Party.Role.RESPONDENT]
    day = case.occurred_on or case.received_on
    relation = relation_of(
        form=facts["form"], cause=case.cause, born=facts["born"], sex=facts["sex"], on=day
    )
    return Advice(
        gaps=gaps_of(
            form=facts["form"],
            dispatched=facts["dispatched"],
            cause=case.cause,
            respondents=[(row.capacity, row.licence) for row in respondents],
        ),
        relation=relation,
        ways=ways_of(
            [(row.get_kind_display(), row.kind, row) for row in claims if not row.counter],
            relation,
            on=day,
            migrant=facts["migrant"],
        ),
    )


def _facts(worker):
    if worker is None or worker.kind != Party.Kind.WORKER:
        return {"form": "", "born": None, "sex": "", "dispatched": False, "migrant": False}
    citizen = worker.id_type == IdType.RESIDENT
    return {
        "form": worker.employment_form,
        "born": birth_date_of(worker.id_number) if citizen else None,
        "sex": worker.sex,
        "dispatched": worker.is_dispatched,
        "migrant": worker.is_migrant,
    }


def gaps_of(*, form, dispatched, cause, respondents):
    """Return a ``Gap`` for each requirement that is not met.

    *respondents* are pairs of capacity and licence, as codes.
    """
    present = {capacity for capacity, _licence in respondents}
    licences = [licence for _capacity, licence in respondents]
    rows = required(form=form, dispatched=dispatched, cause=cause, licences=licences)
    return [
        Gap(row.title, row.article, row.missing(present)) for row in rows if row.missing(present)
    ]


def ways_of(claims, relation, *, on, migrant=False):
    """Return a ``Way`` for each of *claims*, (words, code, row or None), of an unusual relation.

    A labour dispute goes the usual way, and nothing is said.
    """
    if relation == Relation.LABOUR:
        return []
    return [
        Way(words, tuple(avenues_of(relation, kind, on=on, migrant=migrant)), row)
        for words, kind, row in claims
    ]
