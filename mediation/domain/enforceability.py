"""What became of the parties' wish to have their agreement made enforceable."""

from django.db import transaction

from disputes.domain import clocks
from mediation.models import Enforceability

Way, Result = Enforceability.Way, Enforceability.Result
TERMS = {Way.REVIEW: "REVIEW_APPLY", Way.COURT: "COURT_CONFIRM"}
FAILED = (Result.REFUSED, Result.WITHDRAWN)


def is_open(agreement, way):
    """Return whether both parties could still apply for *way*, its term apart.

    What waits or was granted excludes everything else (劳动人事争议仲裁办案规则 article 75(五)). A
    way that was refused is closed, the other is not; what was withdrawn closes nothing.
    """
    rows = agreement.applications.all()
    return all(
        row.result == Result.WITHDRAWN or (row.result == Result.REFUSED and row.way != way)
        for row in rows
    )


def open_again(agreement, *, on, at, by):
    """Let the terms of the ways run again that an answer of the date *on* leaves open.

    Each to the day to which it ran from the first: an answer lengthens nothing.
    """
    case, proceeding = agreement.proceeding.case, agreement.proceeding
    for way, rule in TERMS.items():
        barred = way == Way.REVIEW and agreement.confirms_relationship
        if barred or not is_open(agreement, way):
            continue
        clock = clocks.derive(case, rule, on=agreement.effective_on, proceeding=proceeding)
        if on <= clock.due_legal:
            clocks.start_derived([clock], at=at, by=by)


@transaction.atomic
def note_application(agreement, *, applied_on, at, by):
    """Note that both parties went to the commission with *agreement* themselves.

    Whether in time is for the commission to say. Where they had chosen a way before, that choice
    stays. Returns the ``Enforceability``.
    """
    row, made = Enforceability.objects.exclude(result__in=FAILED).get_or_create(
        agreement=agreement,
        defaults={"way": Way.REVIEW, "applied_on": applied_on, "at": at, "by": by},
    )
    if made:
        clocks.stop_clocks(agreement.proceeding, *TERMS.values(), on=applied_on, at=at, by=by)
    return row


@transaction.atomic
def note_result(mediation, *, result, on, at, by):
    """Note what the commission answered about the agreement of the proceeding *mediation*.

    *result* is one of ``Enforceability.Result``, *on* the date of the answer.
    """
    rows = Enforceability.objects.select_for_update(of=("self",)).filter(
        agreement__proceeding=mediation, way=Way.REVIEW, result=""
    )
    for row in rows.select_related("agreement__proceeding__case"):
        row.result, row.result_on = Result(result), on
        row.save(update_fields=["result", "result_on"])
        open_again(row.agreement, on=on, at=at, by=by)
