"""Who reads a lawyer's opinion, and its bottom line."""

from datetime import date

from disputes.models import CaseGrant, Wall
from legal_aid.domain import reviews
from legal_aid.models import Review
from legal_aid.permissions import may_read_bottom_line, readable_reviews
from tests.factories import MONDAY, make_lawyer

TODAY = MONDAY.date()
DUE = date(2026, 9, 14)


def ask(proceeding, lawyer, *, by):
    review = reviews.ask_review(proceeding, lawyer=lawyer, due_on=DUE, at=MONDAY, by=by)
    return reviews.accept(review, conflict_declared=True, at=MONDAY, by=lawyer)


def test_the_office_and_the_lawyer_read_the_opinion(
    district_case, lawyer, regional_head, district_mediator
):
    review = ask(district_case, lawyer, by=regional_head)
    for reader in (lawyer, regional_head, district_mediator):
        assert list(readable_reviews(reader, district_case.case, on=TODAY)) == [review]
        assert may_read_bottom_line(reader, review, on=TODAY) == (reader == lawyer)


def test_the_centre_that_sent_the_lawyer_reads_the_bottom_line(
    district_case, lawyer, regional_head, aid_administrator, leader, accountant
):
    make_lawyer(lawyer)
    review = ask(district_case, lawyer, by=regional_head)
    Review.objects.update(
        submitted_at=MONDAY, facts="x", opinion="x", recommendation="mediate", risk="low"
    )
    assert may_read_bottom_line(aid_administrator, review, on=TODAY)
    assert may_read_bottom_line(leader, review, on=TODAY)
    assert not may_read_bottom_line(accountant, review, on=TODAY)
    Wall.objects.create(case=district_case.case, user=leader, reason="回避", at=MONDAY)
    assert not may_read_bottom_line(leader, review, on=TODAY)


def test_no_other_office_reads_it(
    district_case, lawyer, regional_head, other_mediator, arbitrator, court_liaison
):
    review = ask(district_case, lawyer, by=regional_head)
    CaseGrant.objects.create(
        case=district_case.case,
        user=court_liaison,
        kind=CaseGrant.Kind.MEETING,
        reason="联席会议",
        granted_at=MONDAY,
    )
    for stranger in (other_mediator, arbitrator, court_liaison):
        assert not readable_reviews(stranger, district_case.case, on=TODAY).exists()
        assert not may_read_bottom_line(stranger, review, on=TODAY)


def test_the_employers_own_committee_never_reads_the_bottom_line(
    enterprise_case, lawyer, enterprise_head
):
    review = ask(enterprise_case, lawyer, by=enterprise_head)
    assert list(readable_reviews(enterprise_head, enterprise_case.case, on=TODAY)) == [review]
    assert not may_read_bottom_line(enterprise_head, review, on=TODAY)
    assert may_read_bottom_line(lawyer, review, on=TODAY)
