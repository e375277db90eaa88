"""Going on to the next tier, or straight to arbitration."""

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from disputes.domain.proceedings import close_proceeding, open_proceeding
from disputes.domain.routes import note_going_on
from disputes.domain.routing import commission_of, next_tier_office
from disputes.domain.service import closing
from disputes.domain.timeline import record
from disputes.models import Outcome, Tier


@transaction.atomic
def escalate(proceeding, *, outcome, at, by=None):
    """Close *proceeding* with *outcome* and open the next tier's, which is returned.

    The same case, the same parties and claims: nothing is typed twice. Raises
    ``NoOfficeToGoTo`` when the register names no office of the next tier.
    """
    office = next_tier_office(proceeding.office)
    return _go_on(proceeding, office=office, outcome=outcome, at=at, by=by)


@transaction.atomic
def go_to_arbitration(proceeding, *, at, by=None, outcome=Outcome.TO_ARBITRATION):
    """Close the mediation *proceeding* and open one at the arbitration commission.

    The worker may do this at any time: mediation is voluntary and never a condition
    (劳动争议调解仲裁法 article 5).
    """
    office = commission_of(proceeding.office)
    return _go_on(proceeding, office=office, outcome=outcome, at=at, by=by)


def can_go_on(proceeding):
    """Return whether the case goes on to the next tier by itself when mediation fails."""
    return proceeding.tier == Tier.ENTERPRISE and proceeding.case.goes_on_by_itself


def _go_on(proceeding, *, office, outcome, at, by):
    close_proceeding(proceeding, outcome=outcome, at=at, by=by)
    # Nothing makes her wait (劳动争议调解仲裁法 article 5): what was to be served is overtaken.
    closing.drop_open(proceeding.case)
    record(
        proceeding.case,
        N_("Went on from %(sender)s to %(receiver)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        key=True,
        sender=proceeding.office.name,
        receiver=office.name,
    )
    receiver = open_proceeding(
        proceeding.case, office=office, at=at, by=by, sent_from=proceeding.office
    )
    note_going_on(receiver, at=at, by=by)
    return receiver
