"""Whether a case is collective: the law says so, and nobody takes it back."""

from django.db.models import Sum
from django.utils.translation import gettext_noop as N_

from disputes.domain.timeline import record
from disputes.models import Case, Cause
from law.classification import is_collective


def is_by_law(*, workers, common_claim, cause):
    """Return whether *workers* with *common_claim* and this main *cause* make a collective case.

    劳动争议调解仲裁法 article 7: ten workers who ask for the same, or a collective contract.
    """
    return is_collective(
        workers=workers,
        common_claim=common_claim,
        collective_contract=cause == Cause.COLLECTIVE_CONTRACT,
    )


def assess(case, *, workers, at, by=None):
    """Note that *workers* are in *case*, never fewer than before, and flag it when they are enough.

    The flag is never taken away, here or in the database. Returns whether it is new.
    """
    count = max(case.worker_count, workers)
    found = case.collective or is_by_law(
        workers=count, common_claim=case.common_claim, cause=case.cause
    )
    new = found and not case.collective
    if (count, found) != (case.worker_count, case.collective):
        case.worker_count, case.collective = count, found
        case.save(update_fields=["worker_count", "collective"])
    if new:
        _tell(case, count, at=at, by=by)
    return new


def assess_together(cases, *, at, by=None):
    """Flag *cases* that are handled together when their workers are enough between them.

    They count together when the main cause is the same.
    """
    rows = Case.objects.filter(pk__in=[case.pk for case in cases], common_claim=True)
    for cause, total in rows.order_by("cause").values_list("cause").annotate(Sum("worker_count")):
        if is_by_law(workers=total, common_claim=True, cause=cause):
            for case in rows.filter(cause=cause, collective=False):
                Case.objects.filter(pk=case.pk).update(collective=True)
                _tell(case, total, at=at, by=by)


def _tell(case, workers, *, at, by):
    record(
        case,
        N_("Collective dispute: %(count)s workers with a common claim"),
        at=at,
        by=by,
        key=True,
        count=workers,
    )
