"""Agreements that the parties of the demo bring before the commission."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from arbitration.domain import reviews
from arbitration.models import AgreementReview
from disputes.domain.routing import commission_of
from mediation.models import Agreement
from offices.duties import Role
from workflows.reviewing import register_at_counter

MOST = 3


@transaction.atomic
def bring_agreements(stage, *, at):
    """Let the parties of a few agreements apply for review as of the moment *at*, once.

    One waits to be accepted, one is under examination, one statement waits for its signatures.
    """
    if AgreementReview.objects.exists():
        return
    yesterday = timezone.localdate(at) - timedelta(days=1)
    for number, agreement in enumerate(_reviewable(yesterday)[:MOST]):
        office = commission_of(agreement.proceeding.office)
        if office.handled_here:
            row = register_at_counter(
                office,
                number=agreement.proceeding.number,
                effective_on=agreement.effective_on,
                applied_on=min(agreement.effective_on + timedelta(days=1), yesterday),
                at=at,
                by=stage.person(office, Role.ARBITRATION_CLERK),
            )
            if number:
                _examine(row, stage, on=yesterday, at=at, ends=number > 1)


def _reviewable(day):
    rows = Agreement.objects.filter(
        effective_on__lte=day, confirms_relationship=False, applications=None
    )
    return rows.select_related("proceeding__office").order_by("-effective_on", "-pk")


def _examine(row, stage, *, on, at, ends):
    head = stage.person(row.office, Role.COMMISSION_HEAD)
    reviewer = stage.person(row.office, Role.ARBITRATOR)
    row = reviews.accept(
        row, reviewer=reviewer, conflict_declared=True, decided_on=on, at=at, by=head
    )
    if ends:
        reviews.make_statement(row, ended_on=on, at=at, by=reviewer)
