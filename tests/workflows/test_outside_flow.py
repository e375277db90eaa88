"""A case that an outside organisation handles: sent, received, written back."""

from datetime import date, timedelta

import pytest

from arbitration.domain import handover
from disputes.models import Case, Outcome
from disputes.permissions import duties_in, visible_cases
from tests import factories
from tests.factories import MONDAY
from tests.workflows.walking import do, open_tasks, open_titles
from workflows.courses import leave_for_arbitration, withdraw
from workflows.worklist import steps_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent_case(register, district_case, district_mediator):
    """A district's case whose applicant went to a commission that works outside of this house."""
    register.commission.handled_here = False
    register.commission.save()
    return leave_for_arbitration(district_case, at=MONDAY, by=district_mediator)


def test_the_senders_people_work_on_it(sent_case, register, district_mediator, other_mediator):
    assert (sent_case.desk, sent_case.office) == (register.guta, register.commission)
    assert open_titles(sent_case) == ["send"]
    today = MONDAY.date()
    assert list(steps_for(district_mediator, on=today)) == list(open_tasks(sent_case))
    assert not steps_for(other_mediator, on=today).exists()
    assert "mediate" in duties_in(district_mediator, sent_case.case, on=today)
    assert not visible_cases(other_mediator, on=today).exists()


def test_a_case_filed_for_an_outside_commission_is_the_federations(register, clerk):
    register.commission.handled_here = False
    register.commission.save()
    proceeding = factories.make_case(register.commission, by=clerk)
    assert proceeding.desk == register.federation
    assert steps_for(clerk, on=MONDAY.date()).count() == 1


def test_it_is_sent_received_and_its_outcome_written_back(sent_case, district_mediator):
    at, by = MONDAY + timedelta(days=1), district_mediator
    do(
        sent_case, "send", handover.send_package, by=by, at=at, sent_on=date(2026, 9, 8),
        contents="申请书、劳动合同", signed_on=date(2026, 9, 8), sharing_basis="法定职责所必需",
    )  # fmt: skip
    do(
        sent_case, "receipt", handover.record_receipt, by=by, at=at,
        receipt_on=date(2026, 9, 8), outside_number="外仲2026-1",
    )  # fmt: skip
    do(
        sent_case, "outcome", handover.write_back, by=by, at=at,
        outcome=Outcome.FINAL_AWARD, outcome_on=date(2026, 9, 8), amount=14600,
    )  # fmt: skip
    sent_case.refresh_from_db()
    case = Case.objects.get(pk=sent_case.case_id)
    assert (sent_case.outcome, case.defence_line) == (Outcome.FINAL_AWARD, 3)
    assert sent_case.settled_amount == 14600
    assert open_titles(sent_case) == []


def test_it_may_be_withdrawn_like_any_other(sent_case, district_mediator):
    withdraw(sent_case, reason="不再主张", at=MONDAY, by=district_mediator)
    sent_case.refresh_from_db()
    assert sent_case.outcome == Outcome.WITHDRAWN
