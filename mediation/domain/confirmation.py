"""What became of a joint application: granted, refused or withdrawn."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Kind, record
from mediation.domain import enforceability
from mediation.domain.refusals import NotYet
from mediation.models import Enforceability

Result, Way = Enforceability.Result, Enforceability.Way


class NotAppliedFor(Refusal):
    """A result of nothing."""

    sentence = _("The parties have not applied yet: record the application first.")


class ResultKnown(Refusal):
    """A decision is noted once."""

    sentence = _("The result of this application is recorded already.")


class BeforeApplication(Refusal):
    """Decided before anybody asked."""

    sentence = _("The result cannot lie before the application.")
    field = "result_on"


class NumberMissing(Refusal):
    """A decision without its number."""

    sentence = _("Write down the number of the decision.")
    field = "number"


@transaction.atomic
def note_result(agreement, *, result, result_on, number="", reasons="", at, by):
    """Record how the joint application about *agreement* ended, on the date *result_on*.

    A statement of the commission or an order of the court has a number
    (劳动人事争议仲裁办案规则 articles 76 to 78, 民事诉讼法 article 206). Raises ``NotAppliedFor``,
    ``ResultKnown``, ``BeforeApplication``, ``NumberMissing`` and ``NotYet``.
    """
    rows = Enforceability.objects.select_for_update().filter(agreement=agreement)
    row = rows.order_by("pk").last()
    if row is None:
        raise NotAppliedFor
    if row.result:
        raise ResultKnown
    if result_on > timezone.localdate(at):
        raise NotYet(field="result_on")
    if result_on < row.applied_on:
        raise BeforeApplication
    if result != Result.WITHDRAWN and not number:
        raise NumberMissing
    row.result, row.result_on, row.number, row.reasons = result, result_on, number, reasons
    row.at, row.by = at, by
    row.save()
    enforceability.open_again(agreement, on=result_on, at=at, by=by)
    _tell(agreement.proceeding, row)
    return row


def _tell(proceeding, row):
    verb = {
        (Way.REVIEW, Result.GRANTED): N_("Arbitration review: statement %(number)s of %(day)s"),
        (Way.REVIEW, Result.REFUSED): N_("Arbitration review: refused on %(day)s"),
        (Way.REVIEW, Result.WITHDRAWN): N_("Arbitration review: withdrawn on %(day)s"),
        (Way.COURT, Result.GRANTED): N_("Judicial confirmation: order %(number)s of %(day)s"),
        (Way.COURT, Result.REFUSED): N_("Judicial confirmation: refused on %(day)s"),
        (Way.COURT, Result.WITHDRAWN): N_("Judicial confirmation: withdrawn on %(day)s"),
    }[row.way, row.result]
    record(
        proceeding.case, verb, at=row.at, by=row.by, proceeding=proceeding, kind=Kind.PAPER,
        key=True, text=row.reasons, number=row.number, day=row.result_on,
    )  # fmt: skip
