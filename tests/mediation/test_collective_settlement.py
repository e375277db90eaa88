"""A collective case is settled only by those who consent; the others go on alone."""

import pytest
from django.db import IntegrityError, transaction

from disputes.domain.roster import severing, speaking
from disputes.models import MemberResult
from mediation.domain import agreements
from mediation.models import Agreement
from tests.disputes.rosters import rostered
from tests.factories import MONDAY
from tests.mediation.acts import NEXT_MONDAY, agreement_facts, fail, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def collective_case(accepted_case, district_mediator):
    rostered(accepted_case, 12, by=district_mediator)
    return accepted_case


def consent(proceeding, *, by, numbers=None, given=True):
    return speaking.record_consents(
        proceeding, numbers=numbers, given=given, on=MONDAY.date(), at=NEXT_MONDAY, by=by
    )


def test_no_agreement_takes_effect_while_somebody_was_not_asked(collective_case, district_mediator):
    consent(collective_case, by=district_mediator, numbers=range(1, 12))
    with pytest.raises(speaking.NotAsked, match="1"):
        sign(collective_case, by=district_mediator)
    unsigned = sign(collective_case, by=district_mediator, sealed_on=None)
    assert unsigned.effective_on is None


def test_one_who_refuses_goes_on_alone_and_the_others_settle(
    collective_case, district_mediator, register
):
    consent(collective_case, by=district_mediator, numbers=[7], given=False)
    consent(collective_case, by=district_mediator)
    with pytest.raises(speaking.NotAsked):
        sign(collective_case, by=district_mediator)
    seventh = collective_case.case.roster.get(number=7)
    own = severing.go_alone(
        seventh, proceeding=collective_case, office=register.guta, reason="不同意",
        at=NEXT_MONDAY, by=district_mediator,
    )  # fmt: skip
    assert sign(collective_case, by=district_mediator).effective_on
    settled = MemberResult.objects.filter(result="settled")
    assert settled.count() == 11
    assert MemberResult.objects.get(result="not_settled").member == seventh
    assert own.case.ended_at is None


def test_without_a_roster_a_collective_case_is_not_settled(accepted_case, district_mediator):
    accepted_case.case.worker_count = 40
    accepted_case.case.save()
    accepted_case.case.refresh_from_db()
    with pytest.raises(speaking.NotAsked):
        sign(accepted_case, by=district_mediator)


def test_the_database_asks_too(collective_case, district_mediator):
    facts = agreement_facts(effective_on=agreement_facts()["sealed_on"])
    with pytest.raises(IntegrityError, match="has not consented"), transaction.atomic():
        Agreement.objects.create(
            proceeding=collective_case, at=NEXT_MONDAY, by=district_mediator, **facts
        )


def test_what_a_ledger_tells_was_settled_elsewhere(collective_case, district_mediator):
    collective_case.case.source = "ledger"
    collective_case.case.save(update_fields=["source"])
    assert sign(collective_case, by=district_mediator).effective_on
    assert agreements.is_effective(collective_case)


def test_failure_is_the_result_of_everybody(collective_case, district_mediator):
    fail(collective_case, by=district_mediator)
    assert MemberResult.objects.filter(result="not_settled").count() == 12
