"""Who reads a lawyer's opinion, and its bottom line."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.urls import NoReverseMatch, reverse

from disputes.models import CaseGrant, Wall
from legal_aid.domain import consultations, reviews
from legal_aid.models import Review
from legal_aid.permissions import (
    get_engagement,
    may_read_bottom_line,
    readable_reviews,
    visible_applications,
    visible_consultations,
)
from offices.domain.staffing import end_posting, post
from offices.duties import Role
from tests.factories import MONDAY, make_lawyer
from tests.journeys.leaks import DOORS
from tests.legal_aid.acts import engage
from workflows.courses import leave_for_arbitration

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


@pytest.fixture
def gone_on(district_case, lawyer, regional_head, district_mediator):
    """A case before the commission on which a lawyer gave her opinion during mediation."""
    review = ask(district_case, lawyer, by=regional_head)
    reviews.submit_review(
        district_case, facts="查明事实", opinion="律师意见一万二", recommendation="mediate",
        risk="low", bottom_line="底线一万三", at=MONDAY, by=lawyer,
    )  # fmt: skip
    district_case.refresh_from_db()
    assert review.bottom_line == ""
    return leave_for_arbitration(district_case, at=MONDAY, by=district_mediator)


def addresses_of(case):
    """Yield the address of every door that shows, lists or does something of *case*."""
    for entry, door in DOORS.items():
        if door.post or door.kind not in ("case", "act", "list"):
            continue
        for keys in door.keys(case) if door.keys else [case.pk] * (door.kind != "list") or [()]:
            try:
                yield reverse(
                    door.name_of(entry), args=keys if isinstance(keys, (tuple, list)) else [keys]
                )
            except NoReverseMatch:
                continue


def test_no_door_shows_the_commission_the_lawyers_opinion_or_her_bottom_line(
    client, clock, gone_on, arbitration_clerk, commission_head
):
    found = set(addresses_of(gone_on.case))
    assert {reverse("desk", args=[gone_on.pk]), reverse("case", args=[gone_on.case_id])} <= found
    for user in (arbitration_clerk, commission_head):
        client.force_login(user)
        served = 0
        for path in found:
            answer = client.get(path)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            served += answer.status_code == 200
            assert "一万三" not in (text := content.decode("utf-8", "replace")), path
            assert "一万二" not in text, path
        assert served > 20


@pytest.mark.parametrize("who", ["reporter", "lawyer", "aid_administrator"])
def test_what_she_took_in_or_was_given_ends_with_her_posting(
    request, register, district_case, reporter, lawyer, aid_administrator, who
):
    user = request.getfixturevalue(who)
    pooled = make_lawyer(lawyer)
    engage(district_case.case, register, lawyer, by=aid_administrator)
    begin = MONDAY + timedelta(days=2)
    consultations.book(
        register.aid_centre, lawyer=pooled, starts_at=begin, ends_at=begin + timedelta(hours=1),
        at=MONDAY, by=reporter, mode="phone", name="滕玉兰", phone="15400009907", question="工资",
        cause="wages",
    )  # fmt: skip

    day = TODAY + timedelta(days=1)

    def read():
        rows = (visible_consultations(user, on=day), visible_applications(user, on=day))
        return tuple(each.count() for each in rows)

    assert read() == (1, who != "reporter")
    end_posting(user.postings.get(), until=TODAY, on=TODAY)
    post(user, office=register.enterprise, role=Role.MEDIATOR, since=day)
    assert read() == (0, 0)


def test_a_seal_leaves_her_matter_to_the_lawyer_and_takes_it_from_the_centre(
    register, district_case, lawyer, district_mediator, aid_administrator
):
    matter = engage(district_case.case, register, lawyer, by=aid_administrator)
    application = matter.application
    assert visible_applications(aid_administrator, on=TODAY).get() == application
    type(district_case.case).objects.update(sealed=True)
    assert get_engagement(lawyer, matter.pk) == matter
    assert visible_applications(lawyer, on=TODAY).get() == application
    assert not visible_applications(aid_administrator, on=TODAY).exists()
    Wall.objects.create(case=district_case.case, user=lawyer, reason="回避", at=MONDAY)
    assert not visible_applications(lawyer, on=TODAY).exists()
    with pytest.raises(Http404):
        get_engagement(lawyer, matter.pk)
