"""Why a mediation agreement is not reviewed like this."""

from django.utils.translation import gettext_lazy as _

from arbitration.domain.refusals.common import Told


class ReviewedAlready(Told):
    """One review of one agreement at a time."""

    sentence = _("This agreement is under review already, or a statement was made of it.")


class NotReviewable(Told):
    """The law keeps the agreement out of the review."""

    sentence = _(
        "The agreement confirms a labour relation: the application is not accepted"
        " (劳动人事争议仲裁办案规则 article 75)."
    )


class AppliedLate(Told):
    """The term of the application was over."""

    sentence = _("Both could apply until %(day)s: a later application is not accepted.")


class AppliedInTime(Told):
    """Late is whoever comes after the last day."""

    sentence = _("The application came in time: both could apply until %(day)s.")


class NoRelationship(Told):
    """The ground does not fit the agreement."""

    sentence = _("The agreement does not confirm a labour relation.")


class ReviewDecided(Told):
    """The stage is over."""

    sentence = _("This has been decided already.")


class NotUnderExamination(Told):
    """Nobody examines the agreement."""

    sentence = _("The application is not accepted, or the examination has ended.")


class NotTheReviewer(Told):
    """Whoever was named examines, and nobody else."""

    sentence = _("Only the arbitrator who was named examines this agreement.")


class ExtendedBefore(Told):
    """Once is all that the law gives."""

    sentence = _("The term of the examination was extended once already.")


class StatementInForce(Told):
    """Both have signed for it."""

    sentence = _("Both parties have signed for the statement: it is in force.")


class NoStatementToServe(Told):
    """Only a statement is served here."""

    sentence = _("There is no statement to be served.")


class NoSuchPaper(Told):
    """The paper does not fit where the review stands."""

    sentence = _("This paper does not belong to where the review stands.")
