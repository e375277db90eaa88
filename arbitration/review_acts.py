"""What may be done about the review of an agreement, as a table like that of the desk."""

from arbitration.acts import CLERK, HEAD, PANEL, Act
from arbitration.domain import reviews
from arbitration.forms import reviews as forms

ACTS = {
    "accept": Act(
        forms.AcceptForm, reviews.accept, HEAD,
        lambda row: row.state == "waiting"
        and row.applied_on <= row.due_on
        and not row.confirms_relationship,
    ),
    "refuse": Act(forms.RefuseForm, reviews.refuse, HEAD, lambda row: row.state == "waiting"),
    "statement": Act(
        forms.StatementForm, reviews.make_statement, PANEL, lambda row: row.state == "examined"
    ),
    "decline": Act(
        forms.DeclineForm, reviews.decline, PANEL, lambda row: row.state == "examined"
    ),
    "extend": Act(
        forms.ExtendForm, reviews.extend, HEAD,
        lambda row: row.state == "examined" and row.extended_by_id is None,
    ),
    "serve": Act(forms.ServeForm, reviews.serve, CLERK, lambda row: row.state == "serving"),
    "withdraw": Act(forms.WithdrawForm, reviews.withdraw, CLERK, lambda row: row.is_open),
}  # fmt: skip


def acts_for(review, *, duties, user):
    """Return {name: Act} of what *user*, who holds *duties* at the commission, may do now."""
    return {
        name: act
        for name, act in ACTS.items()
        if duties.intersection(act.duties) and act.applies(review) and _is_his(act, review, user)
    }


def _is_his(act, review, user):
    return act.duties != PANEL or review.reviewer_id == user.pk
