"""Agreements that the parties of the demo bring before the commission."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from arbitration.domain import reviews
from arbitration.models import AgreementReview
from disputes.models import Deadline
from mediation.domain import performance
from mediation.models import Agreement
from offices.duties import Role

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
        by = agreement.proceeding.handler
        performance.apply_jointly(agreement, way="review", applied_on=yesterday, at=at, by=by)
        row = AgreementReview.objects.filter(mediation=agreement.proceeding).first()
        if row and number:
            _examine(row, stage, on=yesterday, at=at, ends=number > 1)


def _reviewable(day):
    running = Deadline.objects.running().filter(rule__rule_id="REVIEW_APPLY", due_legal__gte=day)
    rows = Agreement.objects.filter(
        proceeding__in=running.values("proceeding"),
        effective_on__lte=day,
        confirms_relationship=False,
        enforceability=None,
    )
    return rows.select_related("proceeding__case", "proceeding__handler").order_by("pk")


def _examine(row, stage, *, on, at, ends):
    head = stage.person(row.office, Role.COMMISSION_HEAD)
    reviewer = stage.person(row.office, Role.ARBITRATOR)
    row = reviews.accept(
        row, reviewer=reviewer, conflict_declared=True, decided_on=on, at=at, by=head
    )
    if ends:
        reviews.make_statement(row, ended_on=on, at=at, by=reviewer)
