"""The facts of one row of the ledger."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from disputes.models import Level, Source
from disputes.models.choices import Grade
from disputes.models.sealed import index_of


@dataclass(frozen=True)
class LedgerRow:
    """The facts of one row, cleaned. Amounts are yuan, days are `date`, unknown ones None."""

    sheet: str
    line: int
    registered_on: date
    office: object
    applicant: str
    id_type: str
    id_number: str
    employer: str
    causes: tuple  # of Cause, the main one first
    reporting_office: object = None
    source: str = Source.LEDGER
    phone: str = ""
    sex: str = ""
    is_migrant: bool = False
    is_dispatched: bool = False
    credit_code: str = ""
    industry: str = ""
    headcount_band: str = ""
    claim_count: int = 1
    worker_count: int = 1
    collective: bool = False
    amount: Decimal | None = None
    grade: str = Grade.ORDINARY
    level: int = Level.CASE
    occurred_on: date | None = None
    accepted_on: date | None = None
    handler: str = ""
    closed_on: date | None = None
    outcome: str = ""
    agreed_amount: Decimal | None = None
    # What the ledger says beyond the record's own fields: (title, text) as written.
    notes: tuple = ()

    @property
    def cause(self):
        """The main cause."""
        return self.causes[0]

    @cached_property
    def likeness(self):
        """What rows of one person, employer and cause have in common."""
        return index_of(self.id_number), self.employer, str(self.cause)

    @cached_property
    def key(self):
        """By what a later import knows the row again: its likeness and the day of registration."""
        return index_of("|".join((*self.likeness, self.registered_on.isoformat())))
