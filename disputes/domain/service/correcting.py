"""Mending what was written of a service, and attaching what was signed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain import clocks
from disputes.domain.refusals import Missing
from disputes.domain.service.recording import FACTS, first_day, lock
from disputes.domain.service.refusals import NothingChanged, NothingToCorrect, ProofAttached
from disputes.domain.service.ways import check_proof, counts_from
from disputes.domain.timeline import Kind, record
from disputes.domain.words import house_text, house_words
from disputes.models import ClockEvent, Deadline, Service

State = Service.State
# The numbered paper and its recipient are what the service is about: they stay.
SAME = ("case", "proceeding", "party", "paper", "document", "copies", "level", "reach")


@transaction.atomic
def correct(service, *, correction, method, served_on, at, by=None, **facts):
    """Mend the served *service* by a further entry, for the reason *correction*.

    Clocks that began with it are counted again from the day that now counts as receipt. *facts*
    as for ``prove``. Returns the new ``Service``; the old one stays as it was written.
    """
    service = lock(service)
    facts = {"proof": service.proof, **facts}
    told = {"correction": correction, "method": method, "served_on": served_on}
    check_correction(service, **told, **facts, today=timezone.localdate(at))
    service.state = State.REPLACED
    service.save(update_fields=["state"])
    row = Service.objects.create(
        **{name: getattr(service, name) for name in SAME},
        **facts,
        **told,
        state=State.SERVED,
        received_on=counts_from(served_on, method),
        previous=service,
        at=at,
        added_by=by,
    )
    _tell(service, row, at=at, by=by)
    _count_again(service, row, at=at, by=by)
    return row


def check_correction(service, *, correction, method, served_on, today, **facts):
    """Raise a ``Refusal`` when *service* cannot be mended like this."""
    if service.state != State.SERVED:
        raise NothingToCorrect
    if not correction.strip():
        raise Missing(field="correction", what=_("why the entry is corrected"))
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
    said = {"method": method, "served_on": served_on, **facts}
    if all(
        said.get(name) == getattr(service, name) for name in ("served_on", *FACTS) if name in said
    ):
        raise NothingChanged


@transaction.atomic
def attach(service, *, proof):
    """Attach *proof*, a material of the case, to *service* once. Raises ``ProofAttached``."""
    service = lock(service)
    if service.proof_id:
        raise ProofAttached
    service.proof = proof
    service.save(update_fields=["proof"])
    return service


def clocks_of(service):
    """Return the deadlines that run from *service*, as a queryset."""
    rows = Deadline.objects.filter(pk__in=_begun(service).values("deadline"))
    return rows.select_related("rule", "party").order_by("due_legal", "pk")


def _begun(service):
    kinds = (ClockEvent.Kind.START, ClockEvent.Kind.RESTART)
    return ClockEvent.objects.filter(service=service, kind__in=kinds)


def _count_again(old, new, *, at, by):
    reason = house_words(N_("Date of service corrected"))
    for event in _begun(old).select_related("deadline__rule"):
        clocks.move_start(
            event.deadline,
            on=new.received_on,
            kind=event.kind,
            service=new,
            reason=reason,
            at=at,
            by=by,
        )


def _tell(old, new, *, at, by):
    record(
        new.proceeding.case,
        N_("Service corrected: %(paper)s counts as received on %(day)s, not on %(before)s"),
        at=at,
        by=by,
        proceeding=new.proceeding,
        kind=Kind.PAPER,
        reach=new.reach,
        text=new.correction,
        paper=house_text(lambda: new.title),
        day=new.received_on,
        before=old.received_on,
    )
