"""One paper on many recipients: papers of a collective case in a few queries."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from disputes import signals
from disputes.domain.service.recording import check_service
from disputes.domain.service.refusals import NobodyChosen
from disputes.domain.service.table import begin_of
from disputes.domain.service.ways import counts_from
from disputes.domain.timeline import Kind, record
from disputes.domain.words import house_text
from disputes.models import Service, ServiceMethod

WRITTEN = (
    "state", "method", "served_on", "received_on", "receipt", "server", "signed", "at", "added_by",
)  # fmt: skip


@transaction.atomic
def prove_many(proceeding, services, *, method, served_on, receipt="", server="", at, by=None):
    """Record that the papers of *services*, open rows of *proceeding*, were served alike.

    Handed over, each recipient signed for it. Raises ``NobodyChosen`` and what ``check_service``
    raises of any of them: all or none. Returns how many there are.
    """
    rows = _lock(proceeding, services)
    if not rows:
        raise NobodyChosen(field="chosen")
    facts = {"method": method, "receipt": receipt, "signed": method == ServiceMethod.DIRECT}
    for row in rows:
        check_service(row, served_on=served_on, today=timezone.localdate(at), **facts)
        facts_of_row = {
            **facts,
            "state": Service.State.SERVED,
            "served_on": served_on,
            "received_on": counts_from(served_on, method),
            "server": server,
            "at": at,
            "added_by": by,
        }
        for name, value in facts_of_row.items():
            setattr(row, name, value)
    Service.objects.bulk_update(rows, WRITTEN, batch_size=200)
    _go_on(rows, at=at, by=by)
    _tell(proceeding, rows, at=at, by=by)
    return len(rows)


def _lock(proceeding, services):
    rows = Service.objects.open().filter(proceeding=proceeding, pk__in=[row.pk for row in services])
    rows = rows.select_for_update(of=("self",)).order_by("pk")
    return list(rows.select_related("party", "document__paper", "proceeding__case"))


def _go_on(rows, *, at, by):
    for row in rows:
        begin = begin_of(row.paper)
        if begin:
            begin(row, at=at, by=by)
    signals.paper_served.send(Service, service=rows[-1], at=at, by=by)


def _tell(proceeding, rows, *, at, by):
    record(
        proceeding.case,
        N_("Paper served on %(count)s recipients: %(paper)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        reach=rows[0].reach,
        count=len(rows),
        paper=house_text(lambda: rows[0].title),
    )
