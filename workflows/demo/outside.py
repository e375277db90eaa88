"""How demo people take the steps of a case that is handled outside this system."""

from disputes.models import Outcome, Tier
from offices.duties import Role
from offices.models import Office

OUTCOMES = {
    True: (Outcome.MEDIATED_AWARD, Outcome.FINAL_AWARD, Outcome.WITHDRAWN),
    False: (Outcome.SETTLED, Outcome.NOT_SETTLED, Outcome.RECONCILED),
}


def send(walk, visit):
    """The package goes out, with the applicant's signature."""
    walk.complete(
        visit,
        by=_sender(walk),
        sent_on=walk.today,
        contents=walk.say("packages"),
        signed_on=walk.today,
        sharing_basis=walk.say("sharing_bases"),
    )


def receipt(walk, visit):
    """The other organisation confirms."""
    number = f"收{walk.today:%Y%m%d}-{walk.rng.randrange(1, 60):02d}"
    walk.complete(visit, by=_sender(walk), receipt_on=walk.today, outside_number=number)


def write_back(walk, visit):
    """The other organisation reports how it ended."""
    outcome = walk.rng.choice(OUTCOMES[walk.proceeding.tier == Tier.ARBITRATION])
    walk.complete(
        visit,
        by=_sender(walk),
        outcome=outcome,
        outcome_on=walk.today,
        note=walk.say("outside_notes"),
    )


def _sender(walk):
    desk = walk.proceeding.desk
    at_federation = desk.kind == Office.Kind.CITY_FEDERATION
    return walk.stage.person(desk, Role.FEDERATION_CLERK if at_federation else Role.MEDIATOR)


ACTS = {
    "send": (send, None),
    "receipt": (receipt, None),
    "outcome": (write_back, None),
}
