"""The pages of a meeting from preparation to follow-up, and who is turned away from them."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mediation.domain.meetings import agenda, followup, session
from mediation.models import ActionItem, AgendaItem, Meeting, MeetingDecision, Minutes
from notices.models import Notice
from offices.domain.staffing import end_posting
from offices.domain.staffing import post as post_to
from offices.duties import Role
from tests import factories
from tests.mediation.meetings.acts import THURSDAY, at, plan

pytestmark = pytest.mark.django_db
NOW = at(THURSDAY)
KEPT = ("meeting_agenda", "meeting_people", "meeting_sheet")
ACTS = ("meeting_agenda_add", "meeting_turn", "meeting_invite")
READ = ("meeting", "meeting_live", "meeting_sign_in", "meeting_minutes", "meeting_attendance")


@pytest.fixture
def meeting(coordinator, court_liaison, register, time_machine):
    found = plan(coordinator, register.court, now=at(THURSDAY.replace(day=1), 9), quorum=2)
    found.participants.update(mail="a@example.com")
    time_machine.move_to(NOW)
    return found


@pytest.fixture
def post(client):
    def send(user, name, /, *args, **said):
        client.force_login(user)
        return client.post(reverse(name, args=args), said)

    return send


def status(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args)).status_code


def test_strangers_find_nothing_and_members_are_refused_what_is_not_theirs(
    client, post, meeting, coordinator, court_liaison, other_mediator
):
    for name in (*KEPT, *READ):
        assert status(client, court_liaison, name, meeting.pk) == 404
        assert status(client, other_mediator, name, meeting.pk) == 404
    Meeting.objects.update(status="invited")
    for name in KEPT:
        assert status(client, court_liaison, name, meeting.pk) == 403
    for name in READ:
        assert status(client, court_liaison, name, meeting.pk) == 200
        assert status(client, other_mediator, name, meeting.pk) == 404
    for name in ACTS:
        assert post(court_liaison, name, meeting.pk).status_code == 403
        assert post(other_mediator, name, meeting.pk).status_code == 404
    assert post(court_liaison, "meeting_live", meeting.pk).status_code == 403


def test_who_left_the_agency_for_which_she_was_asked_knows_of_the_meeting_no_more(
    client, meeting, coordinator, court_liaison, register, district_case
):
    Meeting.objects.update(status="invited")
    item = agenda.add_case(meeting, district_case.case, reason="other", at=NOW, by=coordinator)
    viewers = [(register.court, True, True)]
    agenda.edit_item(item, title="欠薪一案", viewers=viewers, at=NOW, by=coordinator)
    due = NOW.date()
    session.add_action(item, text="约谈", office=register.court, due_on=due, at=NOW, by=coordinator)
    client.force_login(court_liaison)
    page = reverse("meeting", args=[meeting.pk])
    assert "欠薪一案" in client.get(page).text
    assert "约谈" in client.get(reverse("meeting_actions")).text
    for posting in court_liaison.postings.all():
        end_posting(posting, until=due - timedelta(days=1), on=due)
    post_to(court_liaison, office=register.linghe, role=Role.MEDIATOR, since=due)
    client.force_login(court_liaison)
    assert [client.get(reverse(name, args=[meeting.pk])).status_code for name in READ] == [404] * 5
    assert "约谈" not in client.get(reverse("meeting_actions")).text
    assert client.get(reverse("api-meeting", args=[meeting.pk])).status_code == 404


def test_a_meeting_is_held_on_its_pages(
    client, post, meeting, coordinator, court_liaison, register, district_case
):
    Meeting.objects.update(status="invited")
    key = meeting.pk
    suggested = {"case": district_case.case_id, "reason": "wages"}
    assert post(coordinator, "meeting_agenda_add", key, **suggested).status_code == 302
    item = AgendaItem.objects.get()
    shared = {
        "title": "欠薪一案", "minutes": "30", "responsible": register.guta.pk,
        "viewers": [register.court.pk], "with_materials": [register.court.pk],
    }  # fmt: skip
    assert post(coordinator, "meeting_item", key, item.pk, **shared).status_code == 302
    assert item.viewers.get().materials
    assert status(client, coordinator, "meeting_item", key, item.pk) == 200
    assert status(client, coordinator, "meeting_preview", key, register.court.pk) == 200
    other = {"title": "值班", "responsible": register.federation.pk, "minutes": "10"}
    assert post(coordinator, "meeting_agenda", key, **other).status_code == 302
    second = AgendaItem.objects.get(title="值班")
    assert post(coordinator, "meeting_item_move", key, second.pk, do="up").status_code == 302
    assert post(coordinator, "meeting_item_move", key, second.pk, do="down").status_code == 302

    post(coordinator, "meeting_turn", key, do="open")
    shown = client.get(reverse("meeting_live", args=[key])).content.decode()
    code = session.code_of(Meeting.objects.get(), at=NOW)
    assert code in shown
    assert "先仲裁后诉讼" not in shown  # Nothing is foreseen before there is a quorum.
    assert post(court_liaison, "meeting_sign_in", key, code="000").status_code == 422
    assert post(court_liaison, "meeting_sign_in", key, code=code).status_code == 302
    row = meeting.participants.get(user=coordinator)
    post(coordinator, "meeting_tick", key, row.pk)
    panel = client.get(reverse("meeting_attendance", args=[key])).content.decode()
    assert "已达法定数" in panel

    address = f"{reverse('meeting_live', args=[key])}?item={item.pk}"
    assert "先仲裁后诉讼" in client.get(address).content.decode()
    wrong = {"kind": "court", "text": "移送", "responsible": register.court.pk}
    refused = client.post(address, wrong)
    assert refused.status_code == 422
    assert "先仲裁后诉讼" in str(refused.context["form"].errors["kind"])
    right = wrong | {"kind": "arbitration", "workdays": "5"}
    assert client.post(address, right).status_code == 302
    assert MeetingDecision.objects.get().effect
    action = {"action-text": "约谈", "action-office": register.court.pk, "action-workdays": "3"}
    post(coordinator, "meeting_leave", key, second.pk, do="action", **action)
    post(coordinator, "meeting_leave", key, second.pk, do="carry")
    post(coordinator, "meeting_turn", key, do="close")
    assert Meeting.objects.get().status == "closed"

    assert status(client, coordinator, "meeting_minutes", key) == 200
    post(coordinator, "meeting_minutes", key, do="draft", summary="会议情况")
    post(coordinator, "meeting_minutes", key, do="ask")
    said = client.get(reverse("meeting_minutes", args=[key]))
    assert said.status_code == 200
    post(court_liaison, "meeting_minutes", key, do="comment", agrees="yes")
    post(coordinator, "meeting_minutes", key, do="issue")
    assert Minutes.objects.get().state == "issued"
    for user, office, answer in (
        (coordinator, register.federation, 200),
        (coordinator, register.court, 200),
        (court_liaison, register.court, 200),
        (court_liaison, register.federation, 404),
    ):
        assert status(client, user, "meeting_minutes_paper", key, office.pk) == answer

    done = ActionItem.objects.get(text="约谈")
    client.force_login(court_liaison)
    assert "约谈" in client.get(reverse("meeting_actions")).content.decode()
    assert "约谈" in client.get(reverse("worklist")).content.decode()
    assert status(client, court_liaison, "meeting_action", done.pk) == 200
    assert post(court_liaison, "meeting_action", done.pk, evidence="笔录").status_code == 302
    assert "约谈" not in client.get(reverse("worklist")).content.decode()


def test_a_paper_is_read_by_those_who_read_what_is_inside(
    client, post, meeting, coordinator, court_liaison, register
):
    Meeting.objects.update(status="invited")
    post(
        coordinator, "meeting_agenda", meeting.pk, title="值班",
        responsible=register.federation.pk, minutes="10",
    )  # fmt: skip
    item = AgendaItem.objects.get()
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n", "application/pdf")
    post(coordinator, "meeting_hand_in", meeting.pk, item.pk, title="方案", file=file)
    row = item.materials.get()
    assert row.late
    assert status(client, coordinator, "meeting_material", meeting.pk, row.pk) == 200
    assert status(client, court_liaison, "meeting_material", meeting.pk, row.pk) == 404


def test_the_responsible_agency_hands_in_itself_until_the_day_that_is_set(
    client, post, meeting, coordinator, court_liaison, register
):
    Meeting.objects.update(status="invited", materials_by=THURSDAY)
    item = agenda.add_item(
        meeting, title="执行对接", responsible=register.court, at=NOW, by=coordinator
    )
    client.force_login(court_liaison)
    door = reverse("meeting_hand_in", args=[meeting.pk, item.pk])
    assert door in client.get(meeting.get_absolute_url()).content.decode()
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n", "application/pdf")
    assert client.post(door, {"title": "方案", "file": file}).status_code == 302
    assert not item.materials.get().late


def test_agencies_are_reminded_of_papers_before_they_are_due(
    meeting, coordinator, court_liaison, register
):
    Meeting.objects.update(status="invited")
    agenda.add_item(meeting, title="执行", responsible=register.court, at=NOW, by=coordinator)
    due = agenda.materials_by(meeting)
    days = (due - timedelta(days=4), due - timedelta(days=1), due, due + timedelta(days=1))
    told = [followup.remind_of_materials(at=at(day, 9)) for day in days]
    assert told == [0, 1, 1, 0]
    assert Notice.objects.filter(recipient=court_liaison).count() == 2
    assert Notice.objects.filter(recipient=coordinator).count() == 0


def test_papers_are_due_before_the_meeting_and_missing_ones_are_said(
    client, meeting, coordinator, court_liaison, register
):
    Meeting.objects.update(status="invited")
    agenda.add_item(meeting, title="执行", responsible=register.court, at=NOW, by=coordinator)
    client.force_login(coordinator)
    assert "未收到" in client.get(meeting.get_absolute_url()).content.decode()
    said = {
        "name": "联席会议", "kind": "joint", "day": "2026-10-20", "begins": "14:00", "version": "0",
        "ends": "15:00", "room": meeting.room_id, "quorum": "0", "materials_by": "2026-10-21",
    }  # fmt: skip
    address = reverse("meeting_edit", args=[meeting.pk])
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert refused.context["form"].errors["materials_by"]
    said |= {"materials_by": "2026-10-15", "version": str(Meeting.objects.get().version)}
    assert client.post(address, said).status_code == 302
    assert agenda.materials_by(Meeting.objects.get()) == date(2026, 10, 15)


def test_an_agency_comments_item_by_item_on_what_it_sees(
    client, post, meeting, coordinator, court_liaison, register
):
    common = {"at": NOW, "by": coordinator}
    open_item = agenda.add_item(meeting, title="执行对接", responsible=register.court, **common)
    agenda.add_item(meeting, title="内部事项", responsible=register.federation, **common)
    Meeting.objects.update(status="closed")
    post(coordinator, "meeting_minutes", meeting.pk, do="draft", summary="")
    post(coordinator, "meeting_minutes", meeting.pk, do="ask")
    client.force_login(court_liaison)
    address = reverse("meeting_minutes", args=[meeting.pk])
    page = client.get(address).content.decode()
    assert f"agrees_{open_item.pk}" in page
    assert "内部事项" not in page
    said = {"do": "comment", f"agrees_{open_item.pk}": "no"}
    assert client.post(address, {"do": "comment"}).status_code == 422
    assert client.post(address, said).status_code == 422
    said |= {f"text_{open_item.pk}": "期限改为十日", "agrees": "yes"}
    assert client.post(address, said).status_code == 302
    rows = Minutes.objects.get().comments.values_list("item", "agrees", "text")
    assert set(rows) == {(open_item.pk, False, "期限改为十日"), (None, True, "")}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "status", "queries"),
    [
        ("meeting", "draft", 15),
        ("meeting_live", "draft", 12),
        ("meeting_live", "in_session", 13),
        ("meeting_minutes", "closed", 14),
        ("meeting_agenda", "draft", 15),
    ],
)
def test_a_page_asks_as_much_of_many_items_as_of_one(
    client, meeting, coordinator, register, district_case, count, name, status, queries,
    django_assert_num_queries,
):  # fmt: skip
    for number in range(count):
        case = district_case.case if not number else factories.make_case(register.guta).case
        agenda.add_case(meeting, case, reason="other", at=NOW, by=coordinator)
    Meeting.objects.update(status=status)
    if status == "closed":
        Minutes.objects.create(meeting=meeting, state="comments", comments_until=NOW, at=NOW)
    client.force_login(coordinator)
    address = reverse(name, args=[meeting.pk])
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


def test_people_are_put_on_the_list_and_taken_off(
    client, post, meeting, coordinator, commission_head, register
):
    Meeting.objects.update(status="invited", starts_at=at(THURSDAY, 16), ends_at=at(THURSDAY, 17))
    entry = {"office": register.commission.pk, "user": commission_head.pk, "role": "required"}
    assert post(coordinator, "meeting_people", meeting.pk, **entry).status_code == 302
    row = meeting.participants.get(user=commission_head)
    assert status(client, commission_head, "meeting", meeting.pk) == 200
    post(commission_head, "meeting_reply", meeting.pk, answer="declined", note="有庭审")
    row.refresh_from_db()
    assert row.answer == "declined"
    post(coordinator, "meeting_person", meeting.pk, row.pk, do="accepted")
    row.refresh_from_db()
    assert (row.answer, row.answer_via) == ("accepted", "desk")
    post(coordinator, "meeting_person", meeting.pk, row.pk, do="off")
    assert status(client, commission_head, "meeting", meeting.pk) == 404
