"""Asking a lawyer for an opinion, and getting it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from disputes.domain.refusals import Refusal
from disputes.models import CaseGrant, Wall
from disputes.permissions import visible_cases
from legal_aid.domain import reviews
from legal_aid.models import Review
from offices.domain.staffing import end_posting
from offices.duties import Role
from tests.factories import MONDAY, SHANGHAI, make_case, make_user
from tests.workflows.test_mediation_flow import accept, meet
from tests.workflows.walking import do, open_titles
from workflows import appointing, ways

DUE = date(2026, 9, 14)
FRIDAY = datetime(2026, 9, 11, 15, 0, tzinfo=SHANGHAI)
OPINION = {
    "facts": "欠付七月工资。",
    "opinion": "证据充分,建议一次付清。",
    "recommendation": Review.Recommendation.MEDIATE,
    "risk": Review.Risk.LOW,
    "bottom_line": "不低于一万元。",
    "conflict_declared": True,
}


def ask(proceeding, lawyer, *, by, due_on=DUE, at=MONDAY):
    return reviews.ask_review(proceeding, lawyer=lawyer, due_on=due_on, at=at, by=by)


def submit(proceeding, *, by, at=FRIDAY, **facts):
    return reviews.submit_review(proceeding, **{**OPINION, **facts}, at=at, by=by)


def take(review, *, at=MONDAY):
    return reviews.accept(review, conflict_declared=True, at=at, by=review.lawyer)


@pytest.fixture
def offered(district_case, lawyer, regional_head):
    return ask(district_case, lawyer, by=regional_head)


@pytest.fixture
def asked(offered):
    """A review that the lawyer has taken."""
    return take(offered)


def test_the_lawyer_reads_the_case_until_thirty_days_after(asked, lawyer):
    case = asked.proceeding.case
    grant = CaseGrant.objects.get(case=case, user=lawyer)
    assert (grant.kind, grant.until) == (CaseGrant.Kind.LAWYER, date(2026, 10, 14))
    assert case in visible_cases(lawyer, on=date(2026, 10, 14))
    assert case not in visible_cases(lawyer, on=date(2026, 10, 15))


def test_asking_again_only_lengthens_the_reading(asked, lawyer, regional_head):
    submit(asked.proceeding, by=lawyer)
    again = ask(asked.proceeding, lawyer, due_on=date(2026, 9, 21), at=FRIDAY, by=regional_head)
    take(again, at=FRIDAY)
    assert CaseGrant.objects.get(user=lawyer).until == date(2026, 10, 21)


def test_one_opinion_is_awaited_at_a_time(asked, lawyer, regional_head):
    assert reviews.open_review(asked.proceeding) == asked
    with pytest.raises(reviews.AlreadyAsked):
        ask(asked.proceeding, lawyer, by=regional_head)


def test_only_a_lawyer_is_asked(district_case, district_mediator, regional_head):
    with pytest.raises(reviews.NotALawyer):
        ask(district_case, district_mediator, by=regional_head)
    assert not CaseGrant.objects.exists()


def test_a_lawyer_who_has_left_is_not_asked(district_case, lawyer, regional_head):
    end_posting(lawyer.postings.get(), until=date(2026, 9, 6))
    with pytest.raises(reviews.NotALawyer):
        ask(district_case, lawyer, by=regional_head)


def test_a_lawyer_behind_a_wall_is_not_asked(district_case, lawyer, regional_head):
    Wall.objects.create(case=district_case.case, user=lawyer, reason="曾代理单位", at=MONDAY)
    with pytest.raises(reviews.LawyerHasConflict):
        ask(district_case, lawyer, by=regional_head)


def test_a_lawyer_who_is_a_party_is_not_asked(register, lawyer, regional_head):
    proceeding = make_case(register.guta, by=regional_head, worker={"name": lawyer.name})
    with pytest.raises(reviews.LawyerHasConflict):
        ask(proceeding, lawyer, by=regional_head)


def test_an_opinion_is_not_due_yesterday(district_case, lawyer, regional_head):
    with pytest.raises(reviews.DueTooEarly):
        ask(district_case, lawyer, due_on=date(2026, 9, 6), by=regional_head)


def test_the_opinion_is_kept_and_the_timeline_says_nothing_of_it(asked, lawyer):
    review = submit(asked.proceeding, by=lawyer)
    assert review.submitted_at == FRIDAY
    assert reviews.open_review(asked.proceeding) is None
    entry = asked.proceeding.case.timeline.first()
    assert (entry.verb, entry.text, entry.reach) == ("The lawyer's opinion is in", "", "all")


def test_the_bottom_line_is_sealed_in_the_database(asked, lawyer):
    submit(asked.proceeding, by=lawyer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT bottom_line FROM legal_aid_review")
        stored = cursor.fetchone()[0]
    assert "一万" not in stored
    assert Review.objects.get().bottom_line == "不低于一万元。"


def test_only_the_lawyer_who_was_asked_answers(asked, register):
    other = make_user("lvshi2", "唐宁", office=register.aid_centre, role=Role.LAWYER)
    with pytest.raises(reviews.NotYours):
        submit(asked.proceeding, by=other)


def test_nobody_answers_what_nobody_asked(district_case, lawyer):
    with pytest.raises(reviews.NothingAsked):
        submit(district_case, by=lawyer)


def test_the_file_opens_when_she_has_declared_and_taken_it(offered, lawyer):
    case = offered.proceeding.case
    assert case not in visible_cases(lawyer, on=MONDAY.date())
    with pytest.raises(reviews.ConflictNotDeclared):
        reviews.accept(offered, conflict_declared=False, at=MONDAY, by=lawyer)
    with pytest.raises(reviews.ConflictNotDeclared):
        submit(offered.proceeding, by=lawyer)
    take(offered)
    assert case in visible_cases(lawyer, on=MONDAY.date())
    with pytest.raises(reviews.NothingAsked):
        take(offered)


def test_nobody_takes_it_for_another(offered, register):
    other = make_user("lvshi2", "唐宁", office=register.aid_centre, role=Role.LAWYER)
    with pytest.raises(reviews.NotYours):
        reviews.accept(offered, conflict_declared=True, at=MONDAY, by=other)


def test_given_back_with_a_conflict_the_case_is_walled_off(offered, lawyer, regional_head):
    reviews.decline(offered, reason="曾代理该公司", has_conflict=True, at=MONDAY, by=lawyer)
    assert Wall.objects.filter(case=offered.proceeding.case, user=lawyer).exists()
    with pytest.raises(reviews.LawyerHasConflict):
        ask(offered.proceeding, lawyer, by=regional_head)


def test_an_opinion_may_be_handed_back_and_what_it_said_is_kept(asked, lawyer, regional_head):
    with pytest.raises(reviews.NotIn):
        reviews.return_review(asked, reason="x", due_on=DUE, at=FRIDAY, by=regional_head)
    review = submit(asked.proceeding, by=lawyer)
    row = reviews.return_review(
        review, reason="请补充时效分析", due_on=DUE, at=FRIDAY, by=regional_head
    )
    assert row.is_open
    assert row.returns.get().said == OPINION["opinion"]
    assert submit(asked.proceeding, by=lawyer).pk == review.pk


def test_a_late_opinion_is_found_once(asked):
    assert reviews.late_reviews(on=DUE) == []
    late = reviews.late_reviews(on=DUE + timedelta(days=1))
    assert late == [asked]
    reviews.note_late(late[0], at=FRIDAY)
    assert reviews.late_reviews(on=DUE + timedelta(days=1)) == []


def test_the_lawyer_declares_that_she_has_no_conflict(asked, lawyer):
    with pytest.raises(Refusal) as refused:
        submit(asked.proceeding, conflict_declared=False, by=lawyer)
    assert refused.value.field == "conflict_declared"
    asked.refresh_from_db()
    assert asked.is_open


def test_a_review_called_off_closes_the_file_for_her(asked, lawyer):
    reviews.cancel_reviews(asked.proceeding, at=FRIDAY)
    asked.refresh_from_db()
    assert asked.cancelled_at == FRIDAY
    assert asked.proceeding.case not in visible_cases(lawyer, on=FRIDAY.date())


def test_calling_off_nothing_does_nothing(district_case):
    reviews.cancel_reviews(district_case, at=FRIDAY)
    assert not district_case.case.timeline.filter(verb__contains="called off").exists()


def test_what_is_in_is_not_called_off(asked, lawyer):
    review = submit(asked.proceeding, by=lawyer)
    with pytest.raises(reviews.NothingAsked):
        reviews.cancel_review(review, at=FRIDAY)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"due_on": MONDAY.date() - timedelta(days=1)}, "review_due_after_asked"),
        ({"submitted_at": FRIDAY, "accepted_at": MONDAY}, "review_submitted_whole"),
        (
            {
                **OPINION,
                "conflict_declared": False,
                "submitted_at": FRIDAY,
                "accepted_at": MONDAY,
            },
            "review_submitted_whole",
        ),
        ({**OPINION, "submitted_at": FRIDAY}, "review_accepted_before_submitted"),
        (
            {
                **OPINION,
                "submitted_at": FRIDAY,
                "accepted_at": MONDAY,
                "cancelled_at": FRIDAY,
            },
            "review_submitted_or_called_off",
        ),
    ],
)
def test_the_database_keeps_the_rules_of_reviews(district_case, lawyer, facts, constraint):
    row = {"asked_on": MONDAY.date(), "due_on": DUE, "lawyer": lawyer, **facts}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Review.objects.create(proceeding=district_case, **row)


def test_the_database_keeps_one_open_review(asked, lawyer):
    with pytest.raises(IntegrityError, match="review_one_open"), transaction.atomic():
        Review.objects.create(
            proceeding=asked.proceeding, lawyer=lawyer, asked_on=MONDAY.date(), due_on=DUE
        )


def test_given_back_its_step_stands_open_for_nobody_and_mediation_goes_on(
    client, clock, district_case, district_mediator, regional_head, lawyer
):
    accept(district_case, mediator=district_mediator, head=regional_head)
    ways.step_back(district_case, reason="补请律师", at=MONDAY, by=regional_head)
    do(
        district_case, "appoint", appointing.appoint_and_ask, mediator=district_mediator,
        reason="熟悉该行业", conflict_declared=True, lawyer=lawyer, due_on=DUE, at=MONDAY,
        by=regional_head,
    )  # fmt: skip
    assert open_titles(district_case) == ["mediate", "review"]
    review = reviews.open_review(district_case)
    reviews.decline(review, reason="时间不足", has_conflict=False, at=MONDAY, by=lawyer)
    assert open_titles(district_case) == ["mediate"]
    again = ask(district_case, lawyer, by=regional_head)
    client.force_login(lawyer)
    assert f"/reviews/{again.pk}/" in client.get(reverse("matters")).text
    meet(district_case, by=district_mediator, at=MONDAY + timedelta(hours=1), result="settled")
    assert open_titles(district_case) == ["agreement"]
