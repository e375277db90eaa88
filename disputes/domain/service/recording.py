"""Owing, sending and proving the service of papers."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes import signals
from disputes.domain.days import check_day
from disputes.domain.refusals import Missing
from disputes.domain.service.refusals import NotOnItsWay, ServedAlready
from disputes.domain.service.table import WAYS, begin_of
from disputes.domain.service.ways import check_proof, check_way, counts_from, is_proved
from disputes.domain.timeline import Kind, record
from disputes.domain.words import house_text
from disputes.models import Service, ServiceMethod

State = Service.State
TERMS = [method for method, way in WAYS.items() if way.term]
# What is written down of a service besides its days.
FACTS = (
    "method", "place", "server", "sent_on", "read_at", "received_by", "relation", "signed",
    "receipt", "reason", "witnesses", "proof",
)  # fmt: skip


@transaction.atomic
def owe(proceeding, parties, *, paper, document=None, at, by=None):
    """Let *paper* stand to be served on each of *parties* that was not served it; return rows."""
    there = set(
        Service.objects.filter(proceeding=proceeding, paper=paper, document=document)
        .filter(state__in=(*Service.OPEN, State.SERVED))
        .values_list("party", flat=True)
    )
    return Service.objects.bulk_create(
        Service(
            case=proceeding.case,
            proceeding=proceeding,
            party=party,
            paper=paper,
            document=document,
            at=at,
            added_by=by,
        )
        for party in parties
        if party.pk not in there
    )


@transaction.atomic
def send(service, *, method, sent_on, at, by=None, **facts):
    """Record that the paper of *service* went out on *sent_on*; its proof is awaited.

    *facts* are place, server, receipt (the number of the consignment).
    """
    service = lock(service)
    if not service.is_open:
        raise ServedAlready
    check_way(service.proceeding, service.party, paper=service.paper, method=method)
    check_day(sent_on, field="sent_on", today=timezone.localdate(at))
    _write(service, state=State.SENT, method=method, sent_on=sent_on, at=at, added_by=by, **facts)
    _tell(service, N_("Paper sent: %(paper)s"), at=at, by=by)
    return service


@transaction.atomic
def prove(service, *, method, served_on, at, by=None, **facts):
    """Record the proof that the paper of *service* was served on the date *served_on*.

    *facts* are those of ``FACTS``. What the law lets begin with the day of receipt begins.
    Raises the refusals of ``check_proof`` and ``ServedAlready``.
    """
    service = lock(service)
    check_service(
        service, method=method, served_on=served_on, today=timezone.localdate(at), **facts
    )
    _serve(service, method=method, served_on=served_on, at=at, by=by, **facts)
    if begin_of(service.paper) is None:
        _tell(service, N_("Paper served: %(paper)s"), at=at, by=by)
    return service


def check_service(service, *, method, served_on, today, **facts):
    """Raise a ``Refusal`` when *service* cannot be proved like this."""
    if not service.is_open:
        raise ServedAlready
    facts = {"sent_on": service.sent_on, **facts}
    check_proof(
        service.proceeding,
        service.party,
        paper=service.paper,
        method=method,
        served_on=served_on,
        today=today,
        after=first_day(service),
        what=_("when there was nothing to serve yet"),
        **facts,
    )


def first_day(service):
    """Return the date before which the paper of *service* cannot have been served."""
    proceeding = service.proceeding
    if service.document_id:
        return timezone.localdate(service.document.paper.issued_at)
    return min(proceeding.case.received_on, timezone.localdate(proceeding.opened_at))


@transaction.atomic
def come_back(service, *, returned_on, reason, at, by=None):
    """Record that the paper came back on *returned_on*; it stands to be served again.

    Returns the new ``Service``, which names the attempt before it.
    """
    service = lock(service)
    if service.state != State.SENT:
        raise NotOnItsWay
    check_day(
        returned_on,
        field="returned_on",
        today=timezone.localdate(at),
        after=service.sent_on,
        what=_("when it was sent"),
    )
    if not reason.strip():
        raise Missing(field="reason", what=_("why it came back"))
    _write(service, state=State.RETURNED, returned_on=returned_on, reason=reason)
    _tell(service, N_("Paper came back: %(paper)s"), at=at, by=by, text=reason)
    return _again(service, at=at, by=by)


@transaction.atomic
def record_service(proceeding, party, *, paper, served_on, method, at, by=None, **facts):
    """Write down that *paper* was served on *party*, as a verb of a room knows it.

    Handed over without another proof, it was signed for. Anything else without a proof is on its
    way: the proof is asked for on the list of the desk. Returns the ``Service``.
    """
    facts = {name: value for name, value in facts.items() if value not in ("", None)}
    if method == ServiceMethod.DIRECT and not facts.get("receipt"):
        facts["signed"] = True
    row = _open_or_served(proceeding, party, paper, served_on) or Service(
        case=proceeding.case, proceeding=proceeding, party=party, paper=paper
    )
    if row.state == State.SERVED:
        return row
    if not is_proved(method=method, **facts):
        facts |= {"state": State.SENT, "method": method, "sent_on": served_on}
        return _write(row, at=at, added_by=by, **facts)
    return _serve(row, method=method, served_on=served_on, at=at, by=by, **facts)


def prove_by_conduct(proceeding, *, paper, parties, receipt, at, by=None):
    """Let *paper* count as served on those of *parties* who acted on it before its proof came.

    *receipt* says in the language of the house what they did. What was left or published keeps
    its own proof.
    """
    rows = Service.objects.filter(proceeding=proceeding, paper=paper, party__in=parties)
    for row in rows.filter(state=State.SENT).exclude(method__in=TERMS):
        _serve(
            row,
            method=row.method,
            served_on=row.sent_on,
            receipt=row.receipt or receipt,
            at=at,
            by=by,
        )


def _open_or_served(proceeding, party, paper, served_on):
    rows = Service.objects.filter(proceeding=proceeding, party=party, paper=paper)
    served = rows.served().filter(served_on=served_on).first()
    return served or rows.open().order_by("pk").first()


def lock(service):
    """Return *service* read anew, held until the transaction ends."""
    rows = Service.objects.select_for_update(of=("self",)).select_related(
        "party", "document__paper", "proceeding__case", "proceeding__office", "proof"
    )
    return rows.get(pk=service.pk)


def _serve(service, *, method, served_on, at, by, **facts):
    _write(
        service,
        state=State.SERVED,
        method=method,
        served_on=served_on,
        received_on=counts_from(served_on, method),
        at=at,
        added_by=by,
        **facts,
    )
    begin = begin_of(service.paper)
    if begin:
        begin(service, at=at, by=by)
    signals.paper_served.send(Service, service=service, at=at, by=by)
    return service


def _write(service, **columns):
    for name, value in columns.items():
        setattr(service, name, value)
    service.save()
    return service


def _again(service, *, at, by):
    return Service.objects.create(
        case=service.case,
        proceeding=service.proceeding,
        party=service.party,
        paper=service.paper,
        document=service.document,
        copies=service.copies,
        previous=service,
        at=at,
        added_by=by,
    )


def _tell(service, verb, *, at, by, **told):
    record(
        service.proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=service.proceeding,
        kind=Kind.PAPER,
        reach=service.reach,
        paper=house_text(lambda: service.title),
        **told,
    )
