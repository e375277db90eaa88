"""One case as the commission's desk shows it: each kind of record read once, when asked for."""

from functools import cached_property

from django.utils import timezone

from arbitration.models import CourtCase
from disputes.domain.proof import number_pages
from disputes.domain.service.ways import shown_name
from disputes.look.outline import case_title, party_name
from disputes.models import Deadline, ProofItem, Service
from disputes.models.choices import Outcome

# What hangs once on a proceeding and is read together with it.
SINGLE = (
    "arbitral_panel__presiding",
    "arbitral_panel__second",
    "arbitral_panel__third",
    "arbitral_panel__clerk",
    "arbitration_receipt",
    "docket_decision",
    "defence",
    "simplified",
    "collective_notice",
    "award_extension__approved_by",
    "special_ending",
)
REMEDIES = (
    "SUE_15",
    "SETASIDE_30",
    "SETASIDE_WORKER_OUT",
    "SETASIDE_UNSTATED",
    "SUE_AFTER_SET",
    "SUE_NOEXEC",
    "APPEAL_15",
    "EXEC_2Y",
)


class DeskFile:
    """The records of *proceeding*, which was read with SINGLE, for one whose duties are known."""

    def __init__(self, proceeding, *, duties, today=None):
        self.proceeding, self.case, self.duties = proceeding, proceeding.case, duties
        self.today = today or timezone.localdate()

    def one(self, name):
        """Return the single record *name*, or None."""
        return getattr(self.proceeding, name, None)

    @property
    def panel(self):
        return self.one("arbitral_panel")

    @property
    def is_open(self):
        return self.proceeding.closed_at is None

    @property
    def is_docketed(self):
        """Whether the case is under way before the panel."""
        return self.is_open and self.proceeding.accepted_on is not None

    @property
    def is_simplified(self):
        row = self.one("simplified")
        return row is not None and row.converted_on is None

    @cached_property
    def parties(self):
        rows = list(self.case.parties.order_by("pk"))
        for row in rows:
            row.shown_name = shown_name(row)
        return rows

    @property
    def title(self):
        return case_title(self.parties, worker_count=self.case.worker_count)

    @cached_property
    def claims(self):
        return list(self.case.claims.order_by("pk"))

    @cached_property
    def suspensions(self):
        return list(self.proceeding.suspensions.select_related("approved_by"))

    @property
    def is_suspended(self):
        return any(row.resumed_on is None for row in self.suspensions)

    @cached_property
    def motions(self):
        rows = self.proceeding.claim_motions.select_related("party")
        return self._named(rows.prefetch_related("changes__claim"))

    @cached_property
    def added(self):
        return self._named(self.proceeding.added_parties.select_related("party"))

    @cached_property
    def objections(self):
        rows = self.proceeding.jurisdiction_objections.select_related("party", "transferred_to")
        return self._named(rows)

    @property
    def has_open_objection(self):
        return any(row.upheld is None for row in self.objections)

    @cached_property
    def disclosures(self):
        return list(self.proceeding.disclosures.select_related("person", "decided_by"))

    @cached_property
    def panel_changes(self):
        return list(self.proceeding.panel_changes.select_related("before", "after"))

    @cached_property
    def commissioned(self):
        return list(self.proceeding.commissioned_mediations.all())

    @property
    def is_commissioned(self):
        return any(not row.result for row in self.commissioned)

    @cached_property
    def proof_periods(self):
        return list(self.proceeding.proof_periods.all())

    @cached_property
    def proof(self):
        """The items of proof with what is said of each, party by party."""
        rows = ProofItem.objects.filter(proceeding=self.proceeding)
        rows = rows.select_related("party", "material").prefetch_related("opinions__party")
        found = self._named(number_pages(rows.order_by("party", "number")))
        for row in found:
            row.said = list(row.opinions.all())
            for opinion in row.said:
                opinion.party_name = self._name(opinion.party_id)
        return found

    @property
    def proof_sides(self):
        """The lists side by side: (party, its shown name, lines)."""
        sides = {}
        for row in self.proof:
            side = sides.setdefault(row.party_id, (row.party, party_name(row.party), []))
            side[2].append(row)
        return list(sides.values())

    @cached_property
    def hearings(self):
        rows = self.proceeding.hearings.select_related("room", "presiding", "record")
        rows = rows.prefetch_related("record__signatures", "postponements").order_by("ordinal")
        return [self._read_hearing(row) for row in rows]

    @property
    def hearing_ahead(self):
        return next((row for row in self.hearings if not row.cancelled and not row.held), None)

    @property
    def unsigned(self):
        """The last hearing that took place without signatures under its record, or None."""
        held = [row for row in self.hearings if row.held and not row.cancelled]
        return next((row for row in held[::-1] if not row.signatures), None)

    @property
    def was_heard(self):
        return any(row.held and not row.cancelled for row in self.hearings)

    @cached_property
    def advances(self):
        return list(self.proceeding.advance_enforcements.select_related("claim"))

    @cached_property
    def decisions(self):
        rows = self.proceeding.arbitral_decisions.prefetch_related(
            "awards__claim", "awards__liabilities__party"
        )
        return list(rows)

    @property
    def decision(self):
        return next((row for row in self.decisions if not row.partial), None)

    @property
    def part(self):
        return next((row for row in self.decisions if row.partial), None)

    @cached_property
    def services(self):
        rows = Service.objects.served().filter(proceeding=self.proceeding)
        rows = rows.select_related("party", "document__paper")
        return self._named(rows.order_by("served_on", "pk"))

    @property
    def without_part(self):
        """The parties that have not got the partial award yet."""
        served = {row.party_id for row in self.services if row.paper == "partial_award"}
        return [party for party in self.parties if party.pk not in served]

    @cached_property
    def remedies(self):
        """The time limits of the parties after the award."""
        rows = Deadline.objects.filter(case=self.case, rule__rule_id__in=REMEDIES)
        return self._named(rows.select_related("rule").order_by("party", "started_on", "pk"))

    @cached_property
    def court_cases(self):
        rows = CourtCase.objects.filter(proceeding=self.proceeding).select_related("party")
        found = self._named(rows.prefetch_related("papers"))
        for row in found:
            row.received = [
                (self._name(paper.party_id), paper.received_on) for paper in row.papers.all()
            ]
        return found

    @property
    def may_go_to_court(self):
        """Whether there is something to go to court about."""
        refused = (Outcome.REFUSED, Outcome.CANCELLED, Outcome.TERMINATED)
        return self.proceeding.outcome in refused or bool(self.decisions)

    def _named(self, rows):
        found = list(rows)
        for row in found:
            row.party_name = self._name(row.party_id)
        return found

    def _name(self, pk):
        names = {party.pk: party for party in self.parties}
        party = names.get(pk)
        return f"{party.get_role_display()} {party.shown_name}" if party else ""

    def _read_hearing(self, row):
        row.held = getattr(row, "record", None)
        row.signatures = list(row.held.signatures.all()) if row.held else []
        for signature in row.signatures:
            signature.party_name = self._name(signature.party_id)
        row.requests = list(row.postponements.all())
        for request in row.requests:
            request.party_name = self._name(request.party_id)
        return row
