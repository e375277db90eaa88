"""A case does not close unserved."""

from disputes.domain.service.refusals import Unserved
from disputes.domain.service.table import HOLDING
from disputes.domain.service.ways import shown_name
from disputes.models import Outcome, Service

# Nothing keeps a party from leaving (劳动争议调解仲裁法 article 5), and what another body ends or
# takes over is served there.
LEAVING = frozenset({
    Outcome.WITHDRAWN, Outcome.RECONCILED, Outcome.TO_ARBITRATION, Outcome.TRANSFERRED,
    Outcome.OUTSIDE, Outcome.MERGED,
})  # fmt: skip


def unserved(proceeding):
    """Return the rows of papers that hold *proceeding* open until they are served."""
    rows = Service.objects.open().filter(proceeding=proceeding, paper__in=HOLDING)
    return rows.select_related("party", "document__paper").order_by("pk")


def all_served(proceeding):
    """Return whether nothing holds *proceeding* open any more."""
    return not unserved(proceeding).exists()


def refuse_unserved(case, *, outcome):
    """Raise ``Unserved`` when *case* cannot end with *outcome*: a paper is not served."""
    if outcome in LEAVING:
        return
    rows = Service.objects.open().filter(case=case, paper__in=HOLDING)
    row = rows.select_related("party", "document__paper").order_by("pk").first()
    if row:
        raise Unserved(row, party=shown_name(row.party))


def drop_open(case):
    """Let what need not be served any more disappear from the lists: *case* ends."""
    Service.objects.open().filter(case=case).update(state=Service.State.DROPPED)
