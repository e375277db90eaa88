"""What became of the parties' wish to have their agreement made enforceable."""

from django.db import transaction

from disputes.domain import clocks
from mediation.models import Enforceability

Way, Result = Enforceability.Way, Enforceability.Result
TERMS = ("REVIEW_APPLY", "COURT_CONFIRM")


@transaction.atomic
def note_application(agreement, *, applied_on, at, by):
    """Note that both parties went to the commission with *agreement* themselves.

    Whether in time is for the commission to say. Where they had chosen a way before, that choice
    stays. Returns the ``Enforceability``.
    """
    row, made = Enforceability.objects.get_or_create(
        agreement=agreement,
        defaults={"way": Way.REVIEW, "applied_on": applied_on, "at": at, "by": by},
    )
    if made:
        clocks.stop_clocks(agreement.proceeding, *TERMS, on=applied_on, at=at, by=by)
    return row


@transaction.atomic
def note_result(mediation, *, result, on, at, by):
    """Note what the commission answered about the agreement of the proceeding *mediation*.

    *result* is one of ``Enforceability.Result``, *on* the date of the answer.
    """
    rows = Enforceability.objects.select_for_update().filter(
        agreement__proceeding=mediation, way=Way.REVIEW
    )
    for row in rows:
        row.result, row.result_on = Result(result), on
        row.save(update_fields=["result", "result_on"])
