"""Who sees what of an item: the table, for every kind of reader and on every way out."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from disputes.models import CaseGrant, Wall
from disputes.permissions import readable_cases
from mediation.domain.meetings import agenda, feeds, minutes, suggestions
from mediation.domain.meetings.refusals import ItemClosed, OnAgendaAlready
from mediation.models import AgendaItem, Meeting
from tests.mediation.meetings.acts import DAY, NOW, THURSDAY, plan

pytestmark = pytest.mark.django_db
SECRET = "一起工伤待遇争议的司法确认"


@pytest.fixture
def meeting(coordinator, court_liaison, labour_liaison, commission_head, register):
    """A meeting with court, labour bureau and commission, to which they are invited."""
    bureau = labour_liaison.postings.get().office
    found = plan(coordinator, register.court, bureau, register.commission)
    Meeting.objects.filter(pk=found.pk).update(status="invited")
    found.refresh_from_db()
    return found


@pytest.fixture
def item(meeting, district_case, coordinator, register, court_liaison):
    """An item of the district, shared with the court by title only."""
    row = agenda.add_case(meeting, district_case.case, reason="other", at=NOW, by=coordinator)
    viewers = [(register.court, False, False)]
    facts = {"title": SECRET, "request": "请求支持", "discussion": "讨论内容"}
    agenda.edit_item(row, viewers=viewers, at=NOW, by=coordinator, **facts)
    row.refresh_from_db()
    return row


def seen(item, reader):
    rows = AgendaItem.objects.visible_to(reader, on=NOW.date()).filter(pk=item.pk)
    return [
        tuple(getattr(row, f"reads_{name}") for name in ("title", "case", "inside", "decision"))
        for row in rows
    ]


def share(item, office, *, materials=False, case=False, by=None):
    agenda.edit_item(item, viewers=[(office, materials, case)], at=NOW, by=by)


def test_the_table_of_who_sees_what(
    item, register, coordinator, court_liaison, labour_liaison, other_mediator, commission_head
):
    everything, title, number = (True,) * 4, (True, False, False, True), (False,) * 4
    bureau = labour_liaison.postings.get().office
    assert seen(item, coordinator) == seen(item, register.guta) * 0 + [everything]
    assert seen(item, court_liaison) == seen(item, register.court) == [title]
    assert seen(item, labour_liaison) == seen(item, bureau) == [number]
    assert seen(item, commission_head) == [number]
    assert seen(item, other_mediator) == []
    share(item, register.court, materials=True, by=coordinator)
    assert seen(item, court_liaison) == [(True, False, True, True)]
    share(item, register.court, case=True, by=coordinator)
    assert seen(item, court_liaison) == [(True, True, False, True)]
    AgendaItem.objects.update(responsible=bureau)
    assert seen(item, labour_liaison) == seen(item, bureau) == [everything]


def test_a_draft_is_known_to_its_coordinator_alone(item, coordinator, court_liaison):
    Meeting.objects.update(status="draft")
    assert seen(item, coordinator)
    assert seen(item, court_liaison) == []


def test_a_wall_closes_an_item_to_one_person_of_an_agency(item, coordinator, district_case):
    Wall.objects.create(case=district_case.case, user=coordinator, reason="回避", at=NOW)
    assert seen(item, coordinator) == [(False,) * 4]


def test_a_coordinator_behind_a_wall_reads_it_in_no_papers_and_no_suggestions(
    client, time_machine, item, coordinator, register, district_case, meeting
):
    time_machine.move_to(NOW)
    Wall.objects.create(case=district_case.case, user=coordinator, reason="回避", at=NOW)
    row = minutes.Minutes.objects.create(meeting=meeting, state="draft", at=NOW, summary="全体讨论")
    for office in (meeting.office, register.guta):
        content = minutes.document_for(row, office, at=NOW, reader=coordinator)
        said = "\n".join(each.text for each in every_paragraph(Document(BytesIO(content))))
        for secret in (SECRET, "讨论内容", "全体讨论", district_case.number):
            assert secret not in said
    client.force_login(coordinator)
    preview = client.get(reverse("meeting_preview", args=[meeting.pk, meeting.office_id]))
    assert SECRET not in preview.text
    AgendaItem.objects.filter(pk=item.pk).update(state="carried")
    later = plan(coordinator, register.court, day=THURSDAY + 14 * DAY)
    found = suggestions.suggest(coordinator, later, today=NOW.date())
    assert [each for each in found if each.item] == []
    path = reverse("meeting_agenda_add", args=[later.pk])
    assert client.post(path, {"item": item.pk}).status_code == 404


def test_a_seal_closes_it_to_agencies(item, register, district_case):
    type(district_case.case).objects.update(sealed=True)
    assert seen(item, register.court) == [(False,) * 4]


def texts_of(item, user, office, client):
    """Return what leaves the house for one agency: page, live page, preview, paper, feed."""
    meeting = item.meeting
    client.force_login(user)
    said = [
        client.get(reverse(name, args=[meeting.pk])).content.decode()
        for name in ("meeting", "meeting_live")
    ]
    row, _secret = feeds.make_feed(
        office=office,
        purpose="x",
        level="agenda",
        until=NOW.date().replace(year=2027),
        at=NOW,
        by=user,
    )
    said.append(feeds.calendar_of(row, at=NOW).replace("\r\n ", ""))
    content = minutes.document_for(
        minutes.Minutes.objects.get_or_create(meeting=meeting, state="draft", defaults={"at": NOW})[
            0
        ],
        office,
        at=NOW,
    )
    said.append("\n".join(each.text for each in every_paragraph(Document(BytesIO(content)))))
    return said


def every_paragraph(document):
    yield from document.paragraphs
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def test_an_item_leaks_on_no_way_out(
    item, client, time_machine, register, coordinator, court_liaison, labour_liaison, district_case
):
    time_machine.move_to(NOW)
    bureau = labour_liaison.postings.get().office
    for said in texts_of(item, labour_liaison, bureau, client):
        assert "不公开议题" in said
        for secret in (SECRET, "请求支持", "讨论内容", district_case.number, "韩"):
            assert secret not in said
    for said in texts_of(item, court_liaison, register.court, client):
        assert SECRET in said
        assert "讨论内容" not in said
        assert district_case.number not in said


def test_the_preview_is_what_the_agency_reads(
    item, client, time_machine, coordinator, labour_liaison
):
    time_machine.move_to(NOW)
    client.force_login(coordinator)
    bureau = labour_liaison.postings.get().office
    address = reverse("meeting_preview", args=[item.meeting_id, bureau.pk])
    preview = client.get(address).context["items"]
    client.force_login(labour_liaison)
    page = client.get(reverse("meeting", args=[item.meeting_id])).context["items"]
    assert [each.title for each in preview] == [each.title for each in page] == ["不公开议题"]
    assert client.get(address).status_code == 403


def test_those_who_may_know_a_case_read_it_until_after_the_meeting(
    item, register, coordinator, court_liaison, district_case
):
    case = district_case.case
    assert readable_cases(coordinator, on=NOW.date()).filter(pk=case.pk).exists()
    assert not readable_cases(court_liaison, on=NOW.date()).filter(pk=case.pk).exists()
    share(item, register.court, case=True, by=coordinator)
    assert readable_cases(court_liaison, on=NOW.date()).filter(pk=case.pk).exists()
    assert CaseGrant.objects.get(user=court_liaison).until > NOW.date()


def test_a_title_does_not_say_which_case_it_is(meeting, coordinator, district_case):
    row = agenda.add_case(meeting, district_case.case, reason="other", at=NOW, by=coordinator)
    assert row.title == "劳动报酬"


def test_a_case_is_on_an_agenda_once(item, coordinator, district_case):
    with pytest.raises(OnAgendaAlready):
        agenda.add_case(item.meeting, district_case.case, reason="other", at=NOW, by=coordinator)


def test_items_change_places(item, coordinator, register):
    second = agenda.add_item(
        item.meeting, title="值班", responsible=register.federation, at=NOW, by=coordinator
    )
    agenda.move_item(second, up=True)
    assert list(item.meeting.items.values_list("pk", flat=True)) == [second.pk, item.pk]
    agenda.withdraw_item(item)
    with pytest.raises(ItemClosed):
        agenda.move_item(item, up=True)


def test_cases_are_suggested_with_the_reason_and_without_names(
    meeting, coordinator, district_case, enterprise_case
):
    type(district_case.case).objects.filter(pk=district_case.case_id).update(worker_count=34)
    found = suggestions.suggest(coordinator, meeting, today=NOW.date())
    said = {each.case: (each.reason, each.title) for each in found}
    assert said[district_case.case_id] == ("many", f"{district_case.number} · 古塔调")
    # Wages, and National Day is near.
    assert said[enterprise_case.case_id][0] == "wages"
    Wall.objects.create(case=district_case.case, user=coordinator, reason="回避", at=NOW)
    found = suggestions.suggest(coordinator, meeting, today=NOW.date())
    assert [each.case for each in found] == [enterprise_case.case_id]


def test_two_clicks_put_a_case_on_the_agenda(
    client, time_machine, meeting, district_mediator, district_case, other_mediator
):
    time_machine.move_to(NOW)
    client.force_login(district_mediator)
    address = reverse("case_meeting", args=[district_case.case_id])
    assert address in client.get(reverse("case", args=[district_case.case_id])).content.decode()
    assert client.post(address, {"meeting": meeting.pk}).status_code == 302
    assert AgendaItem.objects.get().responsible == district_case.desk
    client.force_login(other_mediator)
    assert client.get(address).status_code == 404


def test_the_agenda_of_many_items_costs_what_one_costs(
    item, client, time_machine, coordinator, register
):
    time_machine.move_to(NOW)
    client.force_login(coordinator)
    address = reverse("meeting", args=[item.meeting_id])

    def count():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    one = count()
    for number in range(3):
        row = agenda.add_item(
            item.meeting, title=f"议题{number}", responsible=register.guta, at=NOW, by=coordinator
        )
        share(row, register.court, materials=True, by=coordinator)
    assert count() == one <= 24
