"""Appointing a mediator and, in the same breath, asking a lawyer to review the case."""

from django.utils.translation import gettext_lazy as _

from legal_aid.domain.reviews import ask_review
from legal_aid.forms import AskReviewForm
from mediation.domain.appointment import appoint
from mediation.forms import AppointForm


class AppointAndAskForm(AskReviewForm, AppointForm):
    """The head appoints a mediator; a lawyer may be asked to look at the case beside him."""

    sections = (
        (_("Mediator"), ["mediator", "members", "reason", "conflict_declared"]),
        (_("Lawyer's review (optional)"), ["lawyer", "due_on"]),
    )


def appoint_and_ask(proceeding, *, lawyer=None, due_on=None, at, by, **facts):
    """Appoint as *facts* say; when a *lawyer* is named, ask her opinion by the date *due_on*."""
    if lawyer is not None:
        ask_review(proceeding, lawyer=lawyer, due_on=due_on, at=at, by=by)
    return appoint(proceeding, **facts, at=at, by=by)
