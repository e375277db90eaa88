"""The way of a mediation agreement to the commission that reviews it, and the answer back."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import reviews
from disputes.domain.numbers import number_key
from disputes.domain.refusals import NoOfficeToGoTo, Refusal
from disputes.domain.routing import commission_of
from mediation.domain import enforceability
from mediation.models import Agreement
from notices.domain.inbox import notify
from notices.models import Kind
from offices.domain.people import people_where


class NoSuchAgreement(Refusal):
    """Nothing in force fits what stands on the paper; which part does not is not told."""

    sentence = _(
        "No agreement in force has this number and this day of effect. Both stand on the paper that"
        " the parties hand in."
    )
    field = "number"


@transaction.atomic
def send_to_review(mediation, *, applied_on, at, by):
    """Let the competent commission have the agreement of *mediation*, for which both applied.

    Nothing happens where the commission works outside of this house: the parties go there with
    the papers. Returns the review or None.
    """
    try:
        office = commission_of(mediation.office)
    except NoOfficeToGoTo:
        return None
    if not office.handled_here:
        return None
    agreement = Agreement.objects.get(proceeding=mediation)
    row = _register(agreement, office=office, applied_on=applied_on, at=at, by=by)
    notify(
        people_where("docket_cases", on=timezone.localdate(at), office=office).exclude(
            walls__case=mediation.case
        ),
        N_("%(number)s: an agreement came to be reviewed"),
        kind=Kind.HANDED_OVER,
        url=reverse("agreement_reviews"),
        key=f"agreement-review-{row.pk}",
        at=at,
        number=row.number,
    )
    return row


@transaction.atomic
def register_at_counter(office, *, number, effective_on, applied_on, at, by):
    """Register at the commission *office* what the parties themselves hand in.

    *number* is that of the mediation and *effective_on* the day of effect, as they stand on the
    agreement: who holds the paper knows both. Raises ``NoSuchAgreement``.
    """
    rows = Agreement.objects.select_related("proceeding__case").filter(
        proceeding__number_key=number_key(number), effective_on=effective_on
    )
    agreement = rows.exclude(proceeding__case__walls__user=by).first()
    if agreement is None:
        raise NoSuchAgreement
    row = _register(agreement, office=office, applied_on=applied_on, at=at, by=by)
    enforceability.note_application(agreement, applied_on=applied_on, at=at, by=by)
    return row


def take_answer(mediation, *, result, on, at, by):
    """Let the mediating office know what the commission did with its agreement."""
    enforceability.note_result(mediation, result=result, on=on, at=at, by=by)
    handler = mediation.handler
    if handler and handler.is_active:
        notify(
            [handler],
            N_("%(number)s: the commission is done with the review of the agreement"),
            kind=Kind.RESULT,
            url=reverse("agreement_after", args=[mediation.pk]),
            key=f"agreement-reviewed-{mediation.pk}-{result}-{on}",
            at=at,
            number=mediation.number,
        )


def _register(agreement, *, office, applied_on, at, by):
    facts = {name: getattr(agreement, name) for name in reviews.FACTS}
    return reviews.register(
        agreement.proceeding,
        office=office,
        applied_on=applied_on,
        due_on=reviews.last_day(agreement.effective_on),
        at=at,
        by=by,
        **facts,
    )
