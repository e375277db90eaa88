"""Which papers a case can have: a table to which the rooms above add what they know.

The record knows the parties, the claims and the clocks. What a session said or an agreement
holds is known above; a room registers its kinds with the function that fills them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from disputes.domain import proof_papers
from disputes.domain.paper_rosters import of_consents, of_roster
from disputes.domain.service.receipt import fill_receipt
from disputes.models import Proceeding, Tier, TimelineEntry

Reach = TimelineEntry.Reach
MEDIATION = (Tier.ENTERPRISE, Tier.REGIONAL)
ARBITRATION = (Tier.ARBITRATION,)
ANYWHERE = (*MEDIATION, *ARBITRATION)
COLLECTIVE = 10  # workers (劳动争议调解仲裁法 article 7)


@dataclass(frozen=True)
class Source:
    """Where a kind of paper gets its fields.

    *fill* takes the proceeding and returns {field: text or rows} beyond what the record knows.
    *fill_for* takes the party besides, for what the record knows of one recipient alone.
    *tiers* are those at which the paper is made, *to_party* says that it goes to one party,
    *due* takes the proceeding and says whether it is time for it, *reach* who else reads it.
    """

    code: str
    tiers: tuple = MEDIATION
    to_party: bool = False
    fill: Callable = lambda proceeding: {}
    fill_for: Callable = lambda proceeding, party: {}
    due: Callable = lambda proceeding: False
    reach: str = Reach.ONWARD


_sources = {}
_together = set()


def register(*sources, together=()):
    """Let these ``Source`` rows count; a later one of the same kind replaces an earlier one.

    *together* are single records of a proceeding that ``due`` asks for, read along with it.
    """
    _together.update(together)
    for source in sources:
        _sources[source.code] = source


def due_at(proceeding):
    """Return the ``Source`` rows of the papers whose time has come in *proceeding*."""
    row = Proceeding.objects.select_related("case", *_together).get(pk=proceeding.pk)
    return [source for source in sources_at(row.tier).values() if source.due(row)]


def source_of(code):
    """Return the ``Source`` of the kind *code*, or None."""
    return _sources.get(code)


def sources_at(tier):
    """Return {code: Source} of the papers that are made at *tier*."""
    return {code: source for code, source in _sources.items() if tier in source.tiers}


def _is_collective(row):
    return row.case.worker_count >= COLLECTIVE


register(
    Source("application", ANYWHERE, fill=of_consents),
    Source("oral_application"),
    Source("address_confirmation", ANYWHERE, to_party=True),
    Source("power_of_attorney", ANYWHERE, to_party=True),
    Source("legal_representative", ANYWHERE),
    Source("representatives", ANYWHERE, fill=of_roster, due=_is_collective),
    Source("roster_annex", ANYWHERE, fill=of_roster, due=_is_collective),
    Source("withdrawal", ANYWHERE),
    Source("recusal_application", ANYWHERE, reach=Reach.OFFICE),
    Source("postponement", ANYWHERE),
    Source("reading_log", ANYWHERE, reach=Reach.OFFICE),
    Source("evidence_receipt", ANYWHERE, to_party=True),
    Source("service_receipt", ANYWHERE, to_party=True, fill_for=fill_receipt),
    Source("evidence_list", ANYWHERE, fill=proof_papers.lists_of),
    # What a side said of the other's proof in mediation does not travel.
    Source("examination_record", ANYWHERE, fill=proof_papers.examined, reach=Reach.OFFICE),
    Source("payment_order", MEDIATION),
    Source("arbitration_application", ANYWHERE),
    Source("transfer_letter", ANYWHERE),
    Source("closing_report", ANYWHERE, reach=Reach.OFFICE, due=lambda row: bool(row.closed_at)),
    Source("file_cover", ANYWHERE, reach=Reach.OFFICE, due=lambda row: bool(row.closed_at)),
    Source("letter_hint"),
    Source("letter_opinion"),
    Source("letter_proposal"),
    Source("meeting_notice"),
    Source("meeting_attendance"),
    Source("meeting_topics"),
    Source("meeting_minutes", reach=Reach.OFFICE),
    Source("meeting_supervision"),
    Source("hotline_order", reach=Reach.OFFICE),
    Source("clue_report", reach=Reach.OFFICE),
    Source("major_report", reach=Reach.OFFICE),
)
