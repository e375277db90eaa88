"""Where the applicant goes when mediation led to nothing."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import Refusal
from disputes.domain.routing import next_tier_office
from disputes.domain.timeline import Reach, record
from disputes.models import Tier
from mediation.domain.refusals import check_day
from mediation.models import ApplicantChoice

Choice = ApplicantChoice.Choice


class NoNextTier(Refusal):
    """After the regional tier there is no further mediation."""

    sentence = _("There is no further tier of mediation after this one. Arbitration is open.")
    field = "choice"


class AlreadyChosen(Refusal):
    """The applicant has said where she goes."""

    is_late = True
    sentence = _("The applicant's choice is recorded already.")


@transaction.atomic
def record_choice(proceeding, *, choice, on, note="", at, by):
    """Record what the applicant said on the date *on*; her words, *note*, stay with this office.

    Raises the refusals of ``check_choice``.
    """
    check_choice(proceeding, choice=choice, on=on, at=at)
    said = ApplicantChoice.objects.create(
        proceeding=proceeding, choice=choice, on=on, note=note, at=at, by=by
    )
    _tell_choice(said)
    return said


def check_choice(proceeding, *, choice, on, at):
    """Raise the refusal that speaks against this choice at the moment *at*, if any.

    Arbitration is open from anywhere at any time (劳动争议调解仲裁法 article 5).
    """
    if of(proceeding):
        raise AlreadyChosen
    if choice == Choice.NEXT_TIER:
        if proceeding.tier != Tier.ENTERPRISE:
            raise NoNextTier
        next_tier_office(proceeding.office)
    check_day(proceeding, on, at=at, field="on")


def of(proceeding):
    """Return the ``ApplicantChoice`` of *proceeding*, or None."""
    return ApplicantChoice.objects.filter(proceeding=proceeding).first()


def _tell_choice(said):
    verb = {
        Choice.NEXT_TIER: N_("The applicant goes on to the regional tier"),
        Choice.ARBITRATION: N_("The applicant goes to arbitration"),
        Choice.END: N_("The applicant does not go on"),
    }[said.choice]
    told = {"at": said.at, "by": said.by, "proceeding": said.proceeding}
    record(said.proceeding.case, verb, key=True, **told)
    if said.note:
        record(
            said.proceeding.case,
            N_("What the applicant said"),
            reach=Reach.OFFICE,
            text=said.note,
            **told,
        )
