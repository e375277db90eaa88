"""Subscriptions: a secret shown once, what they say, and how they are stopped."""

from datetime import date, timedelta

import icalendar
import pytest
import vobject
from django.urls import reverse

from disputes.models import Wall
from mediation.domain.meetings import agenda, feeds, planning
from mediation.models import FeedToken, Meeting
from tests.mediation.meetings.acts import NOW, THURSDAY, at, plan

pytestmark = pytest.mark.django_db
LATER = date(2027, 9, 7)


@pytest.fixture
def meeting(coordinator, court_liaison, labour_liaison, register, time_machine):
    time_machine.move_to(NOW)
    found = plan(coordinator, register.court, labour_liaison.postings.get().office)
    agenda.add_item(found, title="不外传的议题", responsible=register.court, at=NOW, by=coordinator)
    Meeting.objects.update(status="invited")
    return found


def subscribe(owner, level="titles", **facts):
    said = {"purpose": "手机", "level": level, "until": LATER, "at": NOW, "by": None, **facts}
    return feeds.make_feed(**owner, **said)


def fetch(client, secret, **headers):
    return client.get(reverse("meeting_feed", args=[secret]), **headers)


def test_the_secret_is_shown_once_and_kept_as_a_hash(client, meeting, court_liaison):
    client.force_login(court_liaison)
    entry = {"owner": "me", "purpose": "手机", "level": "titles", "until": LATER.isoformat()}
    shown = client.post(reverse("meeting_feeds"), entry)
    address = shown.context["address"]
    assert address in shown.content.decode()
    assert shown.context["webcal"].endswith(address.partition("://")[2])
    assert address not in client.get(reverse("meeting_feeds")).content.decode()
    secret = address.rpartition("/")[2].removesuffix(".ics")
    assert secret not in str(FeedToken.objects.values().get())
    client.logout()
    assert client.get(address).status_code == 200
    row = FeedToken.objects.get()
    assert row.used_at is not None


@pytest.mark.parametrize(("level", "named"), [("busy", False), ("titles", True), ("agenda", True)])
def test_a_subscription_says_what_its_level_allows(client, meeting, court_liaison, level, named):
    _row, secret = subscribe({"user": court_liaison}, level)
    answer = fetch(client, secret)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "attachment" not in answer.get("Content-Disposition", "")
    text = answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert vobject.readOne(text).vevent.dtstart.value == event["DTSTART"].dt == at(THURSDAY)
    assert (event["SUMMARY"] == "联席会议（2026年第3次）") == named
    assert ("不外传的议题" in str(event.get("DESCRIPTION", ""))) == (level == "agenda")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text


def test_an_agency_reads_of_the_agenda_what_is_open_to_it(client, meeting, labour_liaison):
    office = labour_liaison.postings.get().office
    _row, secret = subscribe({"office": office}, "agenda")
    text = fetch(client, secret).content.decode().replace("\r\n ", "")
    assert "不外传的议题" not in text
    assert "不公开议题" in text


def test_what_has_not_changed_is_not_sent_again(client, meeting, court_liaison, coordinator):
    _row, secret = subscribe({"user": court_liaison})
    tag = fetch(client, secret)["ETag"]
    assert fetch(client, secret, HTTP_IF_NONE_MATCH=tag).status_code == 304
    found = Meeting.objects.get()
    planning.cancel(found, reason="并入", at=NOW, by=coordinator)
    changed = fetch(client, secret, HTTP_IF_NONE_MATCH=tag)
    assert changed.status_code == 200
    assert b"STATUS:CANCELLED" in changed.content


def test_a_stopped_or_expired_subscription_is_gone(client, meeting, court_liaison, time_machine):
    row, secret = subscribe({"user": court_liaison})
    client.force_login(court_liaison)
    assert client.post(reverse("meeting_feed_stop", args=[row.pk])).status_code == 302
    assert fetch(client, secret).status_code == 404
    _row, secret = subscribe({"user": court_liaison}, until=NOW.date())
    assert fetch(client, secret).status_code == 200
    time_machine.move_to(NOW + timedelta(days=1))
    assert fetch(client, secret).status_code == 404


def test_nobody_stops_the_subscription_of_another(client, meeting, court_liaison, coordinator):
    row, _secret = subscribe({"user": court_liaison})
    client.force_login(coordinator)
    assert client.post(reverse("meeting_feed_stop", args=[row.pk])).status_code == 404


def test_who_leaves_the_agency_reads_nothing_any_more(client, meeting, court_liaison):
    _row, secret = subscribe({"user": court_liaison})
    court_liaison.is_active = False
    court_liaison.save()
    assert fetch(client, secret).status_code == 404


@pytest.mark.parametrize("door", ["meeting_feed", "meeting_busy"])
@pytest.mark.parametrize("owner", ["user", "office"])
def test_a_subscription_ends_with_the_posting_of_who_knows_its_address(
    client, meeting, court_liaison, register, owner, door
):
    whose = {"user": court_liaison} if owner == "user" else {"office": register.court}
    _row, secret = subscribe(whose, by=court_liaison)
    assert client.get(reverse(door, args=[secret])).status_code == 200
    court_liaison.postings.update(until=NOW.date() - timedelta(days=1))
    assert client.get(reverse(door, args=[secret])).status_code == 404


def test_a_wall_closes_an_item_in_the_subscription_of_her_agency_too(
    client, meeting, court_liaison, coordinator, register, district_case
):
    item = agenda.add_case(
        meeting, district_case.case, reason="other", at=NOW, by=coordinator
    )  # fmt: skip
    agenda.edit_item(
        item, title="要保密的一案", viewers=[(register.court, True, True)], at=NOW, by=coordinator
    )
    _row, secret = subscribe({"office": register.court}, "agenda", by=court_liaison)
    assert "要保密的一案" in read(fetch(client, secret))
    Wall.objects.create(case=district_case.case, user=court_liaison, reason="亲属", at=NOW)
    assert "要保密的一案" not in read(fetch(client, secret))


def read(answer):
    """Return what a subscription says, its folded lines joined."""
    return answer.content.replace(b"\r\n ", b"").decode()


def test_a_subscription_names_its_colour_its_last_change_and_the_video_meeting(
    client, meeting, court_liaison
):
    meeting.video_url, meeting.status = "https://video.example.com/m/1", "invited"
    meeting.save()
    answer = fetch(client, subscribe({"user": court_liaison})[1])
    calendar = icalendar.Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert calendar["COLOR"] == "firebrick"
    assert str(event["CONFERENCE"]) == meeting.video_url
    assert event["CONFERENCE"].params["FEATURE"] == "VIDEO"
    assert event["LAST-MODIFIED"].dt == meeting.changed_at.replace(microsecond=0)
    assert answer["Last-Modified"]
    hidden = fetch(client, subscribe({"user": court_liaison}, "busy")[1]).content.decode()
    assert meeting.video_url not in hidden


def test_a_cancelled_draft_is_in_no_subscription(client, meeting, coordinator, register):
    Meeting.objects.update(status="draft")
    planning.cancel(meeting, reason="不开了", at=NOW, by=coordinator)
    for owner in ({"user": coordinator}, {"office": register.court}):
        assert b"BEGIN:VEVENT" not in fetch(client, subscribe(owner)[1]).content


def test_a_draft_is_in_no_subscription(client, meeting, coordinator):
    Meeting.objects.update(status="draft")
    _row, secret = subscribe({"user": coordinator})
    assert b"BEGIN:VEVENT" not in fetch(client, secret).content


def test_busy_times_are_blocks_and_nothing_else(client, meeting, court_liaison):
    _row, secret = subscribe({"user": court_liaison})
    text = client.get(reverse("meeting_busy", args=[secret])).content.decode()
    assert "FREEBUSY" in text
    assert "20260924T060000Z/20260924T073000Z" in text
    assert "联席" not in text
