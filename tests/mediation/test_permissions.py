"""Who reads what was said in mediation."""

from datetime import date

from disputes.domain.escalation import escalate
from disputes.models import CaseGrant, Outcome
from legal_aid.domain.reviews import accept, ask_review
from mediation.permissions import readable_sessions
from tests.mediation.acts import at, hold_session

TODAY = date(2026, 9, 14)


def test_the_people_of_the_office_read_its_sessions(
    accepted_case, district_mediator, regional_head
):
    session = hold_session(accepted_case, by=district_mediator)
    for colleague in (district_mediator, regional_head):
        assert list(readable_sessions(colleague, accepted_case.case, on=TODAY)) == [session]


def test_nobody_else_does(
    accepted_case,
    district_mediator,
    other_mediator,
    leader,
    court_liaison,
    arbitrator,
    auditor,
    administrator,
):
    hold_session(accepted_case, by=district_mediator)
    for stranger in (other_mediator, leader, court_liaison, arbitrator, auditor, administrator):
        assert not readable_sessions(stranger, accepted_case.case, on=TODAY).exists()


def test_the_next_tier_reads_nothing_of_it(
    accepted_case, district_mediator, register, arbitration_clerk
):
    hold_session(accepted_case, by=district_mediator)
    later = escalate(accepted_case, outcome=Outcome.NOT_SETTLED, at=at(9, 14))
    assert later.office == register.commission
    assert not readable_sessions(arbitration_clerk, accepted_case.case, on=TODAY).exists()


def test_a_lawyer_reads_what_she_was_asked_about(
    accepted_case, district_mediator, regional_head, lawyer
):
    hold_session(accepted_case, by=district_mediator)
    review = ask_review(
        accepted_case, lawyer=lawyer, due_on=date(2026, 9, 21), at=at(9, 14), by=regional_head
    )
    assert not readable_sessions(lawyer, accepted_case.case, on=TODAY).exists()
    accept(review, conflict_declared=True, at=at(9, 14), by=lawyer)
    assert readable_sessions(lawyer, accepted_case.case, on=TODAY).count() == 1
    assert not readable_sessions(lawyer, accepted_case.case, on=date(2026, 10, 22)).exists()


def test_a_place_at_the_joint_meeting_is_no_place_at_the_table(
    accepted_case, district_mediator, court_liaison
):
    hold_session(accepted_case, by=district_mediator)
    CaseGrant.objects.create(
        case=accepted_case.case,
        user=court_liaison,
        kind=CaseGrant.Kind.MEETING,
        reason="联席会议",
        granted_at=at(9, 14),
    )
    assert not readable_sessions(court_liaison, accepted_case.case, on=TODAY).exists()
