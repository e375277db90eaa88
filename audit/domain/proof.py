"""What the log says of one person and one case: that she never opened it, or when she did."""

from dataclasses import dataclass
from datetime import datetime

from audit.domain.chain import unsealed
from audit.models import AuditEntry, Seal, Verification

Action = AuditEntry.Action
# Whoever did one of these had the case before her. Lists and searches show that a case exists.
OPENED = (
    Action.VIEW, Action.FILE, Action.REVEAL, Action.PRINT, Action.EXPORT,
    Action.ADD, Action.CHANGE, Action.REMOVE,
)  # fmt: skip
MOST = 500


@dataclass(frozen=True)
class Proof:
    """The answer for one case and one person up to a moment, and how far the log can be trusted.

    *openings* are the first ``MOST`` lines, *opened* is how many there are; *refusals* counts
    attempts that the house refused. *begins_at* is the moment of the log's first line.
    """

    case_id: int
    person: object
    at: datetime
    openings: list
    opened: int
    refusals: int
    begins_at: datetime | None
    seal: Seal | None
    tail: int
    verification: Verification | None

    @property
    def never_opened(self):
        """Whether no line says that the person opened the case."""
        return self.opened == 0

    @property
    def is_sound(self):
        """Whether the log was verified and found whole."""
        return self.verification is not None and self.verification.is_whole


def prove(case_id, *, person, at):
    """Return the ``Proof`` for the case *case_id* and *person* as of the moment *at*."""
    lines = AuditEntry.objects.filter(case_id=case_id, actor=person, at__lte=at).order_by("pk")
    opened = lines.filter(action__in=OPENED)
    return Proof(
        case_id=case_id,
        person=person,
        at=at,
        openings=list(opened[:MOST]),
        opened=opened.count(),
        refusals=lines.filter(action=Action.REFUSED).count(),
        begins_at=AuditEntry.objects.order_by("pk").values_list("at", flat=True).first(),
        seal=Seal.objects.order_by("-pk").first(),
        tail=unsealed().count(),
        verification=Verification.objects.first(),
    )
