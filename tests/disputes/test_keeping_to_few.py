"""Seals, names, opening from above: the verbs and their doors."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from disputes.domain import inspecting, sealing
from disputes.models import CaseGrant, Level, Named, TimelineEntry, Wall
from disputes.permissions import can_view, visible_content
from legal_aid.models import Review
from notices.domain.inbox import count_unread, notify
from notices.models import Notice
from offices.domain.staffing import end_posting, post
from offices.domain.standing import keep_standing
from offices.duties import Role
from offices.models import User
from tests.factories import MONDAY, make_case, make_user

TODAY = MONDAY.date()
WEEK = TODAY + timedelta(days=6)


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=True):
        yield


@pytest.fixture
def held(register, district_mediator):
    return make_case(register.guta, by=district_mediator, handler=district_mediator)


def inspect(case, leader, **facts):
    facts = {"ground": "supervised", "reason": "市里督办", "until": WEEK, **facts}
    return inspecting.inspect(case, **facts, at=MONDAY, by=leader)


def test_a_case_opened_from_above_is_told_to_those_who_handle_it(held, leader, district_mediator):
    inspect(held.case, leader)
    assert visible_content(leader, held.case, on=TODAY).is_full
    told = held.case.timeline.latest("pk")
    assert (told.reach, told.key) == ("all", True)
    assert told.text.endswith("：市里督办")
    assert Notice.objects.get().recipient == district_mediator


def test_it_ends_by_itself_and_can_be_ended(held, leader):
    grant = inspect(held.case, leader)
    assert not visible_content(leader, held.case, on=WEEK + timedelta(days=1)).is_full
    inspecting.stop_inspecting(grant, at=MONDAY)
    assert not visible_content(leader, held.case, on=TODAY).is_full


def test_opening_again_needs_a_new_reason_and_leaves_a_second_trace(held, leader):
    inspect(held.case, leader)
    inspect(held.case, leader, reason="复查")
    assert CaseGrant.objects.get().reason == "复查"
    assert held.case.timeline.filter(verb__contains="from above").count() == 2


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"ground": "escalated"}, inspecting.GroundMissing),
        ({"ground": "major"}, inspecting.GroundMissing),
        ({"until": TODAY - timedelta(days=1)}, inspecting.TooLong),
        ({"until": TODAY + timedelta(days=30)}, inspecting.TooLong),
    ],
)
def test_a_ground_must_hold_and_an_end_be_near(held, leader, facts, refusal):
    with pytest.raises(refusal):
        inspect(held.case, leader, **facts)
    assert not CaseGrant.objects.exists()


def test_what_is_highly_sensitive_is_opened_from_above_when_it_is_major(held, leader):
    held.case.level = Level.SENSITIVE
    held.case.save()
    with pytest.raises(inspecting.TooSensitive):
        inspect(held.case, leader)
    held.case.grade = "major"
    held.case.save()
    inspect(held.case, leader, ground="major")
    assert visible_content(leader, held.case, on=TODAY).is_full


def test_the_leader_opens_it_on_the_page(client, held, leader):
    client.force_login(leader)
    page = client.get(reverse("case", args=[held.case_id])).content.decode()
    door = reverse("case_inspect", args=[held.case_id])
    assert door in page
    assert client.get(reverse("case_access", args=[held.case_id])).status_code == 200
    answer = client.post(door, {"ground": "complaint", "reason": "工人来访", "until": WEEK})
    assert answer.headers["Location"] == reverse("case", args=[held.case_id])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "/parties/" in page
    assert "/notes/" not in page
    end = reverse("grant_end", args=[CaseGrant.objects.get().pk])
    assert end in client.get(reverse("case_access", args=[held.case_id])).content.decode()
    client.post(end)
    assert "/parties/" not in client.get(answer.headers["Location"]).content.decode()


def test_a_wrong_form_opens_nothing(client, held, leader):
    client.force_login(leader)
    door = reverse("case_inspect", args=[held.case_id])
    for wrong in ({}, {"ground": "major", "reason": "x", "until": WEEK}, {"ground": "complaint"}):
        assert client.post(door, wrong).status_code == 422
    assert not CaseGrant.objects.exists()


def test_only_those_above_open_a_case_for_a_reason(
    client, held, clerk, other_mediator, district_mediator, regional_head, enterprise_case
):
    door = reverse("case_inspect", args=[held.case_id])
    for person, status in (
        (clerk, 403),
        (other_mediator, 404),
        (district_mediator, 403),
        (regional_head, 403),
    ):
        client.force_login(person)
        assert client.get(door).status_code == status, person
        assert client.post(door, {"reason": "看看"}).status_code == status
    # The head of the region stands above the committees of its enterprises.
    client.force_login(regional_head)
    assert client.get(reverse("case_inspect", args=[enterprise_case.case_id])).status_code == 200


def test_nobody_ends_the_reading_of_another(client, held, leader, district_mediator):
    grant = inspect(held.case, leader)
    client.force_login(district_mediator)
    assert client.post(reverse("grant_end", args=[grant.pk])).status_code == 403


def seal(proceeding, head, *, level=Level.CASE, sealed=True):
    facts = {"level": level, "sealed": sealed, "reason": "举报人身份"}
    return sealing.keep_to_few(proceeding, **facts, at=MONDAY, by=head)


def test_a_sealed_case_vanishes_and_so_do_the_notices_of_it(
    register, held, regional_head, district_mediator, leader
):
    url = reverse("case", args=[held.case_id])
    told = {"kind": "course", "url": url, "key": "x", "at": MONDAY}
    notify([leader, district_mediator], "%(number)s", number=held.number, **told)
    seal(held, regional_head)
    assert not can_view(leader, held.case, on=TODAY)
    assert can_view(district_mediator, held.case, on=TODAY)
    assert [notice.recipient for notice in Notice.objects.all()] == [district_mediator]


def test_a_seal_changes_something_or_is_refused(held, regional_head):
    with pytest.raises(sealing.NothingChanged):
        seal(held, regional_head, sealed=False)
    seal(held, regional_head)
    seal(held, regional_head, sealed=False)
    held.case.refresh_from_db()
    assert not held.case.sealed


def test_who_is_recused_is_not_named(held, regional_head, district_mediator):
    facts = {"reason": "承办", "at": MONDAY, "by": regional_head}
    Wall.objects.create(case=held.case, user=district_mediator, reason="回避", at=MONDAY)
    with pytest.raises(sealing.BehindAWall):
        sealing.name_person(held, person=district_mediator, **facts)
    sealing.name_person(held, person=regional_head, **facts)
    with pytest.raises(sealing.NamedBefore):
        sealing.name_person(held, person=regional_head, **facts)


def test_the_head_keeps_a_case_to_few_on_its_page(client, register, held, regional_head, leader):
    colleague = make_user("guta2", "周洋", office=register.guta, role=Role.MEDIATOR)
    client.force_login(regional_head)
    answers = {"level": "3", "sealed": "on", "reason": "举报人身份"}
    answer = client.post(reverse("case_seal", args=[held.case_id]), answers)
    page = reverse("case_access", args=[held.case_id])
    assert answer.headers["Location"] == page
    held.case.refresh_from_db()
    assert (held.case.level, held.case.sealed) == (3, True)
    client.post(
        reverse("case_name", args=[held.case_id]), {"person": colleague.pk, "reason": "协助"}
    )
    named = Named.objects.get()
    assert named.user == colleague
    assert reverse("name_strike", args=[named.pk]) in client.get(page).content.decode()
    client.post(reverse("name_strike", args=[named.pk]))
    assert not Named.objects.exists()


def test_only_the_head_keeps_a_case_to_few(client, held, district_mediator, leader, other_mediator):
    named = Named.objects.create(case=held.case, user=district_mediator, reason="x", at=MONDAY)
    doors = [
        reverse("case_seal", args=[held.case_id]),
        reverse("case_name", args=[held.case_id]),
        reverse("name_strike", args=[named.pk]),
    ]
    for person, status in ((district_mediator, 403), (leader, 403), (other_mediator, 404)):
        client.force_login(person)
        for door in doors:
            assert client.post(door).status_code == status, (person, door)


def test_a_sealed_case_is_not_listed_searched_or_counted(
    client, held, regional_head, leader, register
):
    make_case(register.guta)
    seal(held, regional_head)
    client.force_login(leader)
    for query in ({}, {"q": held.number}, {"q": held.case.matter_number}, {"q": "锦北样例建筑003"}):
        page = client.get(reverse("cases"), query).content.decode()
        assert reverse("case", args=[held.case_id]) not in page, query
    assert client.get(reverse("case", args=[held.case_id])).status_code == 404


def test_the_name_of_a_worker_is_not_found_by_searching_from_above(
    client, held, leader, district_mediator
):
    worker = held.case.parties.get(role="applicant")
    for person, finds in ((district_mediator, True), (leader, False)):
        client.force_login(person)
        for text in (worker.name, worker.phone, worker.phone[-4:], worker.id_number):
            page = client.get(reverse("cases"), {"q": text}).content.decode()
            assert (held.number in page) == finds, (person, text)
        # What is not masked is found by everybody who sees the case.
        for text in (held.number, "锦北样例建筑003", "91210799MAD003390A"):
            assert held.number in client.get(reverse("cases"), {"q": text}).content.decode()


def test_the_outline_says_no_reasons_of_clocks(client, held, leader, district_mediator):
    from disputes.domain.clocks import find_clock, restart_clock

    clock = find_clock(held.case, "MED_ACCEPT", proceeding=held)
    restart_clock(clock, on=TODAY, at=MONDAY, by=district_mediator, reason="工人住院补正")
    for person, told in ((district_mediator, True), (leader, False)):
        client.force_login(person)
        page = client.get(reverse("deadline", args=[clock.pk])).content.decode()
        assert ("工人住院补正" in page) == told, person


def test_entries_are_kept(held):
    assert TimelineEntry.objects.filter(case=held.case).exists()


def test_an_inbox_forgets_a_case_that_one_sees_no_more(
    client, held, district_mediator, register, django_assert_num_queries
):
    told = {"kind": "deadline", "at": MONDAY, "number": held.number}
    deadline = held.case.deadlines.first()
    for n, url in enumerate(
        (reverse("case", args=[held.case_id]), reverse("deadline", args=[deadline.pk]), "/me/")
    ):
        notify([district_mediator], "%(number)s", url=url, key=f"n{n}", **told)
    client.force_login(district_mediator)
    assert client.get(reverse("inbox")).text.count(held.number) == 3
    keep_standing(district_mediator, on=TODAY)
    with django_assert_num_queries(1):
        assert count_unread(district_mediator) == 3
    end_posting(district_mediator.postings.get(), until=TODAY - timedelta(days=1), on=TODAY)
    post(district_mediator, office=register.linghe, role=Role.MEDIATOR, since=TODAY)
    assert client.get(reverse("inbox")).text.count(held.number) == 1
    assert count_unread(User.objects.get(pk=district_mediator.pk)) == 1


def test_nobody_is_told_of_a_case_behind_her_wall(held, regional_head, district_mediator):
    Wall.objects.create(case=held.case, user=district_mediator, reason="回避", at=MONDAY)
    told = {"kind": "course", "key": "x", "at": MONDAY, "number": held.number}
    for n, url in enumerate(
        (
            reverse("case", args=[held.case_id]),
            f"{reverse('case', args=[held.case_id])}#first",
            reverse("deadline", args=[held.case.deadlines.first().pk]),
            reverse("mediation_sessions", args=[held.pk]),
        )
    ):
        told["key"] = f"x{n}"
        notify([regional_head, district_mediator], "%(number)s", url=url, **told)
    assert {row.recipient for row in Notice.objects.all()} == {regional_head}
    assert Notice.objects.count() == 4


def test_nobody_is_told_of_a_sealed_case_without_being_named(held, regional_head, leader, lawyer):
    seal(held, regional_head)
    review = Review.objects.create(
        proceeding=held, lawyer=lawyer, asked_on=TODAY, due_on=TODAY, asked_by=regional_head
    )
    told = {"kind": "course", "at": MONDAY}
    for key, url in (
        ("case", reverse("case", args=[held.case_id])),
        ("review", reverse("review", args=[review.pk])),
    ):
        notify([regional_head, leader, lawyer], "x", url=url, key=key, **told)
    assert {row.recipient for row in Notice.objects.all()} == {regional_head}


def test_a_lawyer_reads_that_she_is_asked_before_the_case_opens_to_her(
    client, held, regional_head, lawyer
):
    review = Review.objects.create(
        proceeding=held, lawyer=lawyer, asked_on=TODAY, due_on=TODAY, asked_by=regional_head
    )
    told = {"kind": "course", "key": "x", "at": MONDAY}
    notify([lawyer], "被请出具意见", url=reverse("review", args=[review.pk]), **told)
    client.force_login(lawyer)
    assert "被请出具意见" in client.get(reverse("inbox")).text
    assert count_unread(lawyer) == 1
    Wall.objects.create(case=held.case, user=lawyer, reason="回避", at=MONDAY)
    assert "被请出具意见" not in client.get(reverse("inbox")).text
    assert count_unread(lawyer) == 0
    notice = Notice.objects.get()
    assert client.get(reverse("notice", args=[notice.uid])).url == reverse("inbox")
