"""Handling related cases together, and apart again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes import signals
from disputes.domain.collective import assess_together
from disputes.domain.conflicts import refuse_conflict
from disputes.domain.refusals import AlreadyClosed, Refusal
from disputes.domain.timeline import record
from disputes.models import Joinder, Party, Proceeding


class OtherOffice(Refusal):
    """The cases lie with different offices."""

    sentence = _("Only cases at the same office and tier can be handled together.")
    field = "number"


class OtherEmployer(Refusal):
    """The cases are about different employers."""

    sentence = _("Only cases against the same employer can be handled together.")
    field = "number"


class JoinedAlready(Refusal):
    """One of the cases is joined to another."""

    sentence = _("One of the two cases is handled together with another already.")
    field = "number"


class NotJoined(Refusal):
    """The case is handled alone."""

    sentence = _("This case is not joined to another.")


@transaction.atomic
def join(proceeding, *, other, reason, at, by):
    """Handle the case of the proceeding *other* together with that of *proceeding*.

    The file of *other* goes to the handler of *proceeding*; numbers, clocks and results stay
    apart, person by person and claim by claim. Ten workers of one cause between them make the
    cases collective, and severing them does not undo that. Raises ``OtherOffice``,
    ``OtherEmployer``, ``JoinedAlready``, ``AlreadyClosed``.
    """
    _check(proceeding, other)
    joinder = Joinder.objects.create(
        main=proceeding.case, joined=other.case, reason=reason, at=at, by=by
    )
    if proceeding.handler_id and other.handler_id != proceeding.handler_id:
        refuse_conflict(other, proceeding.handler, on=timezone.localdate(at), field="number")
        other.handler = proceeding.handler
        other.save(update_fields=["handler"])
        signals.handler_changed.send(Proceeding, proceeding=other, at=at, by=by)
    for one, two in ((proceeding, other), (other, proceeding)):
        record(
            one.case,
            N_("Handled together with %(number)s"),
            at=at,
            by=by,
            proceeding=one,
            text=reason,
            number=two.number,
        )
    assess_together(_handled_with(proceeding.case), at=at, by=by)
    return joinder


def _handled_with(case):
    """Return the cases that are handled together under *case*, itself included."""
    running = Joinder.objects.filter(main=case, severed_at__isnull=True)
    return [case, *(row.joined for row in running.select_related("joined"))]


@transaction.atomic
def sever(proceeding, *, reason, at, by):
    """Handle the case of *proceeding* alone again; raises ``NotJoined``."""
    joinder = joinder_of(proceeding.case)
    if joinder is None:
        raise NotJoined
    joinder.severed_at, joinder.severed_by, joinder.sever_reason = at, by, reason
    joinder.save()
    for case in (joinder.main, joinder.joined):
        record(case, N_("Severed: handled alone again"), at=at, by=by, text=reason)
    return joinder


def joinder_of(case):
    """Return the joinder by which *case* is handled together with another, or None."""
    running = Joinder.objects.filter(severed_at__isnull=True)
    return (
        running.filter(joined=case).select_related("main", "joined").first()
        or running.filter(main=case).select_related("main", "joined").first()
    )


def _check(proceeding, other):
    if proceeding.closed_at or other.closed_at:
        raise AlreadyClosed
    if (proceeding.office_id, proceeding.tier) != (other.office_id, other.tier):
        raise OtherOffice
    if not _employers(proceeding.case) & _employers(other.case):
        raise OtherEmployer
    running = Joinder.objects.filter(severed_at__isnull=True)
    if proceeding.case_id == other.case_id or (
        running.filter(joined__in=[proceeding.case_id, other.case_id]).exists()
        or running.filter(main=other.case_id).exists()
    ):
        raise JoinedAlready


def _employers(case):
    employers = case.parties.filter(kind=Party.Kind.EMPLOYER)
    return {party.credit_code or party.name for party in employers}
