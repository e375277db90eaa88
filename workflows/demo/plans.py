"""What is going to happen in a case of the demo, decided before it begins."""

from dataclasses import dataclass, field
from datetime import datetime

from disputes.models import Cause, EmploymentForm, Source
from disputes.models.choices import Grade


@dataclass(frozen=True)
class Mediation:
    """How a mediation goes.

    *examined*: complete, incomplete (then corrected) or outside (the scope). *answer* of the
    other side: agreed, refused or none. *result*: settled, failed, or expires (nobody ends it).
    *review* by a lawyer: "" (not asked), in or late. *paper*: signed, later (in two turns), half
    (never whole) or declined. *choice* of the applicant: next_tier, arbitration or end.
    *instalments*: what is agreed is paid in instalments, whatever the sum.
    """

    examined: str = "complete"
    answer: str = "agreed"
    sessions: int = 1
    result: str = "settled"
    review: str = ""
    paper: str = "signed"
    choice: str = "arbitration"
    new_handler: bool = False
    instalments: bool = False


@dataclass(frozen=True)
class Arbitration:
    """How an arbitration goes.

    *copy*: how the application is served. *defence*: received, late, waived, counterclaim,
    objection or none. *hearings*: results in order. *supported*: full, part, none or mixed.
    *extended*: the term of the award. *apart*: the parties are served one after the other, and
    the second one not yet.
    """

    complete: bool = True
    docketed: bool = True
    copy: str = "direct"
    defence: str = "received"
    hearings: tuple = ("concluded",)
    supported: str = "full"
    extended: bool = False
    apart: bool = False


@dataclass(frozen=True)
class Plan:
    """One case: where, when and by whom it is filed, and how it goes at each tier.

    *place*: enterprise, station, industry, county, city, commission or outside (a centre whose
    commission works outside this system). *leaves*: (step, "withdraw" or "arbitrate"). *turns*:
    (step or "end", name in ``turns.TURNS``) of what happens beside the steps, in order.
    *stops*: steps that nobody takes, as "tier.step", or "tier.step.2" for the second time.
    *quick*: everything takes the same few days every time. *story*: which story of practice it
    tells, see ``stories``. *form*: of employment.
    """

    index: int
    filed_at: datetime
    place: str = "county"
    nth: int | None = None
    source: Source = Source.SELF
    cause: Cause = Cause.WAGES
    grade: Grade = Grade.ORDINARY
    workers: int = 1
    claims: tuple = ()
    total: int = 0
    name_kind: str = ""
    born: object = None
    dispatched: bool = False
    form: EmploymentForm | None = None
    story: str = ""
    twin: bool = False
    next_tier: bool = False
    enterprise: Mediation = field(default_factory=Mediation)
    regional: Mediation = field(default_factory=Mediation)
    arbitration: Arbitration = field(default_factory=Arbitration)
    leaves: tuple = ()
    turns: tuple = ()
    stops: frozenset = frozenset()
    quick: bool = False

    def mediation(self, tier):
        """Return how mediation goes at *tier*, "enterprise" or "regional"."""
        return self.enterprise if tier == "enterprise" else self.regional
