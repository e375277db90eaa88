"""Forming the panel."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import people
from arbitration.domain.guards import check_day, lock, refuse_second
from arbitration.domain.refusals import (
    Advised,
    AloneIsAlone,
    ConflictNotDeclared,
    Mediated,
    Missing,
    NotDocketed,
    SatTwice,
    SoleArbitrator,
    WalledOff,
)
from arbitration.models import Panel
from disputes import signals
from disputes.domain import clocks
from disputes.domain.assigning import assign
from disputes.domain.conflicts import refuse_conflict
from disputes.domain.timeline import record
from disputes.models import Proceeding
from disputes.models.choices import Grade
from law.classification import COLLECTIVE_WORKERS

SEATS = ("presiding", "second", "third")


@transaction.atomic
def form_panel(
    proceeding,
    *,
    sole,
    presiding,
    second=None,
    third=None,
    clerk=None,
    reason="",
    conflict_declared,
    notified_on,
    at,
    by=None,
):
    """Let *presiding* alone, or with *second* and *third*, decide the case; return the ``Panel``.

    The parties are told within 5 working days of docketing (劳动争议调解仲裁法 articles 31, 32).
    The presiding arbitrator holds the file from now on.
    """
    lock(proceeding)
    facts = {
        "sole": sole,
        "presiding": presiding,
        "second": second,
        "third": third,
        "clerk": clerk,
        "reason": reason,
        "conflict_declared": conflict_declared,
        "notified_on": notified_on,
    }
    check_panel(proceeding, **facts, today=timezone.localdate(at))
    panel = Panel.objects.create(proceeding=proceeding, at=at, by=by, **facts)
    assign(proceeding, [person for person in (second, third, clerk) if person is not None])
    clocks.stop_clocks(proceeding, "ARB_PANEL", on=notified_on, at=at, by=by)
    give_file(proceeding, presiding, at=at, by=by)
    names = "、".join(str(person) for person in panel.arbitrators)
    record(
        proceeding.case,
        N_("Panel formed: %(names)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        names=names,
    )
    return panel


def check_panel(proceeding, *, today, sole, conflict_declared, notified_on, reason, **people_):
    """Raise a ``Refusal`` when the panel cannot be formed like this."""
    refuse_second(proceeding, "arbitral_panel")
    if proceeding.accepted_on is None:
        raise NotDocketed
    _check_size(proceeding, sole=sole, reason=reason, people_=people_)
    for seat in SEATS:
        if people_[seat] is not None:
            check_arbitrator(proceeding, people_[seat], field=seat, on=today)
    check_clerk(proceeding, people_["clerk"], on=today)
    if not conflict_declared:
        raise ConflictNotDeclared(field="conflict_declared")
    check_day(
        notified_on,
        field="notified_on",
        today=today,
        after=proceeding.accepted_on,
        what=_("when the case was docketed"),
    )


def needs_three(proceeding):
    """Return whether the law wants three arbitrators: collective or major disputes
    (劳动人事争议仲裁办案规则 articles 56 to 61, 64).
    """
    case = proceeding.case
    collective = case.collective or case.worker_count >= COLLECTIVE_WORKERS
    return collective or case.grade == Grade.MAJOR


def _check_size(proceeding, *, sole, reason, people_):
    if people_["presiding"] is None:
        raise Missing(field="presiding", what=_("who presides"))
    if sole:
        _check_sole(proceeding, reason=reason, people_=people_)
        return
    seated = []
    for seat in SEATS:
        if people_[seat] is None:
            raise Missing(field=seat, what=_("a panel has three arbitrators"))
        if people_[seat] in seated:
            raise SatTwice(field=seat, person=people_[seat])
        seated.append(people_[seat])


def _check_sole(proceeding, *, reason, people_):
    if needs_three(proceeding):
        raise SoleArbitrator(field="sole")
    for seat in SEATS[1:]:
        if people_[seat] is not None:
            raise AloneIsAlone(field=seat)
    if not reason.strip():
        raise Missing(field="reason", what=_("why one arbitrator is enough"))


def check_arbitrator(proceeding, person, *, field, on):
    """Raise a ``Refusal`` unless *person* may decide the case on the date *on*.

    He did not mediate or advise in it, is not walled off, has no conflict of interest, and
    serves as an arbitrator (劳动争议调解仲裁法 article 33, 劳动人事争议仲裁办案规则 article 11).
    """
    if people.mediators_of(proceeding.case).filter(pk=person.pk).exists():
        raise Mediated(field=field, person=person)
    if people.advised_in(proceeding.case, person):
        raise Advised(field=field, person=person)
    _check_wall(proceeding, person, field=field)
    refuse_conflict(proceeding, person, on=on, field=field)
    people.check_duty(person, "arbitrate", proceeding, on=on, field=field)


def check_clerk(proceeding, clerk, *, on, field="clerk"):
    """Raise a ``Refusal`` unless *clerk*, or nobody, may write the records of the case."""
    if clerk is None:
        return
    _check_wall(proceeding, clerk, field=field)
    refuse_conflict(proceeding, clerk, on=on, field=field)
    people.check_duty(clerk, "docket_cases", proceeding, on=on, field=field)


def _check_wall(proceeding, person, *, field):
    if proceeding.case.walls.filter(user=person).exists():
        raise WalledOff(field=field, person=person)


def give_file(proceeding, handler, *, at, by):
    """Let *handler*, who presides, hold the file from now on."""
    proceeding.handler = handler
    proceeding.save(update_fields=["handler"])
    signals.handler_changed.send(Proceeding, proceeding=proceeding, at=at, by=by)
