"""What stands in the inbox also goes where its reader wants it, and tells nothing on the way."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from notices.catalogue import CATALOGUE, CHOSEN
from notices.domain import inbox
from notices.domain.delivery import deliver_due
from notices.domain.fanout import send_digests
from notices.domain.inbox import notify
from notices.domain.preferences import QuietHoursHalf, choices_now, choose, reach
from notices.domain.texts import NoLink, UnknownPlace, change_words, check_words, words_of
from notices.models import Channel, DigestLine, How, Kind, Message, Notice, NoticeText
from tests.factories import MONDAY
from tests.notices.receivers import mail_server, receiving

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def channels(settings):
    """A mail server and gateways, so that something can leave."""
    with mail_server(settings) as postman, receiving() as gateway:
        settings.GATEWAYS = {
            name: {"url": gateway.url, "token": ""} for name in ("sms", "wecom", "dingtalk")
        }
        settings.HOUSE_URL = "https://fx.example.org"
        yield postman, gateway


@pytest.fixture
def reader(channels, district_mediator):
    set_reach(district_mediator)
    return district_mediator


def set_reach(user, **facts):
    usual = {
        "email": "guta@example.org",
        "mobile": "15400001111",
        "quiet_from": None,
        "quiet_until": None,
        "digest_at": time(8, 30),
    }
    return reach(user, **usual | facts)


def tell(user, *, kind=Kind.OVERDUE, key="news", at=MONDAY, number="古塔调〔2026〕第7号"):
    notify(
        [user], "%(number)s: a deadline", kind=kind, url="/cases/7/", key=key, at=at, number=number
    )


def sent_to(user):
    return sorted(Message.objects.filter(recipient=user).values_list("channel", flat=True))


def test_a_notice_goes_out_by_mail_and_short_message_and_tells_nothing(reader, channels):
    postman, gateway = channels
    tell(reader)
    deliver_due(at=MONDAY)

    link = f"https://fx.example.org/inbox/{Notice.objects.get().uid}/"
    mail = postman.mails[0].get_payload(decode=True).decode()
    assert link in mail
    assert {body.get("to") or "" for body in gateway.bodies} == {"15400001111", ""}
    for text in (mail, *(str(body) for body in gateway.bodies)):
        assert link in text
        assert "古塔调" not in text
        assert "/cases/7/" not in text


def test_told_again_nothing_leaves_again(reader):
    tell(reader)
    count = Message.objects.count()
    choose(reader, {(Kind.OVERDUE, Channel.SMS): How.DIGEST})
    tell(reader, at=MONDAY + HOUR)
    assert (Message.objects.count(), DigestLine.objects.count()) == (count, 0)


def test_without_channels_a_notice_costs_what_it_always_did(
    district_mediator, django_assert_num_queries, settings
):
    settings.EMAIL_HOST = ""
    # Savepoint, who is kept away from the case, insertion, end of the savepoint.
    with django_assert_num_queries(4):
        tell(district_mediator)


def test_many_people_cost_the_same_number_of_queries(
    reader, regional_head, django_assert_num_queries
):
    set_reach(regional_head)
    news = [
        {"recipient_id": user.pk, "url": "/", "key": f"k{number}", "facts": {}}
        for user in (reader, regional_head)
        for number in range(10)
    ]
    words_of(Kind.OVERDUE)
    with django_assert_num_queries(9):
        inbox.notify_each(news, "news", kind=Kind.OVERDUE, at=MONDAY)


def test_who_has_no_address_is_told_in_the_inbox_only(channels, district_mediator):
    tell(district_mediator)
    assert not Message.objects.exists()
    assert Notice.objects.count() == 1


def test_who_is_switched_off_is_sent_nothing(reader):
    reader.is_active = False
    reader.save()
    tell(reader)
    assert not Message.objects.exists()


def test_what_the_law_requires_is_sent_whatever_was_chosen(reader):
    must = [kind for kind in CHOSEN if CATALOGUE[kind].must]
    choose(reader, {(kind, Channel.MAIL): How.OFF for kind in CHOSEN})
    for kind in CHOSEN:
        tell(reader, kind=kind, key=kind)
    mails = Message.objects.filter(channel="mail").values_list("key", flat=True)
    assert sorted(mails) == sorted(must)


def test_a_choice_holds_for_its_kind_and_channel_alone(reader):
    choose(
        reader,
        {(Kind.ASSIGNED, Channel.MAIL): How.OFF, (Kind.ASSIGNED, Channel.WECOM): How.NOW},
    )
    tell(reader, kind=Kind.ASSIGNED)
    assert "mail" not in sent_to(reader)
    assert "wecom" in sent_to(reader)
    assert choices_now(reader)[Kind.AID, Channel.MAIL] == How.NOW


def test_quiet_hours_hold_back_what_is_not_urgent(reader):
    night = MONDAY.replace(hour=23)
    set_reach(reader, quiet_from=time(22), quiet_until=time(7))
    tell(reader, kind=Kind.ASSIGNED, key="a", at=night)
    tell(reader, kind=Kind.OVERDUE, key="b", at=night)

    deliver_due(at=night)

    mails = dict(Message.objects.filter(channel="mail").values_list("key", "state"))
    assert mails == {"a": "waiting", "b": "sent"}
    deliver_due(at=night + 8 * HOUR)
    assert not Message.objects.exclude(state="sent").exists()


@pytest.mark.parametrize(
    ("since", "until", "hour", "waits"),
    [(22, 7, 23, 8), (22, 7, 3, 4), (12, 14, 13, 1), (12, 14, 14, 0), (22, 7, 7, 0)],
)
def test_quiet_hours_over_midnight_and_at_noon(reader, since, until, hour, waits):
    set_reach(reader, quiet_from=time(since), quiet_until=time(until))
    moment = MONDAY.replace(hour=hour)
    tell(reader, kind=Kind.ASSIGNED, at=moment)
    assert Message.objects.filter(channel="mail").get().next_at == moment + waits * HOUR


def test_half_quiet_hours_are_refused(reader):
    with pytest.raises(QuietHoursHalf):
        set_reach(reader, quiet_from=time(22))


def test_the_digest_comes_once_a_day_and_counts(reader, channels):
    for number in range(3):
        tell(reader, kind=Kind.MOVED, key=f"n{number}")
    assert not Message.objects.filter(channel="mail").exists()

    assert send_digests(at=MONDAY + HOUR) == 0
    morning = MONDAY + 23.5 * HOUR
    assert send_digests(at=morning) == 1
    assert send_digests(at=morning + HOUR) == 0

    deliver_due(at=morning)
    text = channels[0].mails[0].get_payload(decode=True).decode()
    assert "3" in text
    assert "/inbox/" in text
    assert "古塔调" not in text


def test_the_link_opens_the_page_and_marks_the_notice_as_read(client, reader, other_mediator):
    tell(reader)
    Notice.objects.update(url="/me/", subject=None)
    notice = Notice.objects.get()
    client.force_login(other_mediator)
    assert client.get(reverse("notice", args=[notice.uid])).url == reverse("inbox")
    notice.refresh_from_db()
    assert notice.read_at is None

    client.force_login(reader)
    assert client.get(reverse("notice", args=[notice.uid])).url == "/me/"
    notice.refresh_from_db()
    assert notice.read_at


def test_the_link_to_a_case_that_she_may_not_see_leads_to_the_inbox(client, reader):
    tell(reader)
    client.force_login(reader)
    notice = Notice.objects.get()
    assert notice.url == "/cases/7/"
    assert client.get(reverse("notice", args=[notice.uid])).url == reverse("inbox")


def test_a_person_chooses_on_the_page(client, reader):
    client.force_login(reader)
    page = client.get(reverse("my_notices")).content.decode()
    assert "总是立即发送" in page
    values = {"email": "new@example.org", "mobile": "+86 154-0000-2222", "digest_at": "09:00"}
    for (kind, channel), how in choices_now(reader).items():
        values[f"{kind}-{channel}"] = how
    values[f"{Kind.COURSE}-{Channel.MAIL}"] = How.OFF

    assert client.post(reverse("my_notices"), values).status_code == 302

    reader.refresh_from_db()
    assert (reader.email, reader.contact.mobile) == ("new@example.org", "15400002222")
    assert choices_now(reader)[Kind.COURSE, Channel.MAIL] == How.OFF
    assert reader.notice_preferences.count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("mobile", "123"), ("email", "x"), ("quiet_from", "22:00"), ("overdue-mail", "off")],
)
def test_the_page_refuses_what_cannot_be(client, reader, name, value):
    client.force_login(reader)
    values = {"email": "", "mobile": "", "digest_at": "09:00"}
    values |= {f"{kind}-{channel}": how for (kind, channel), how in choices_now(reader).items()}
    answer = client.post(reverse("my_notices"), values | {name: value})
    assert answer.status_code == 422
    assert not reader.notice_preferences.exists()


def test_every_kind_has_words_that_can_be_filled():
    for kind in CATALOGUE:
        check_words(words_of(kind))


@pytest.mark.parametrize("text", ["{name}", "{link.x}", "{link!r}", "{link:>9}", "{", "{0}", "}"])
def test_words_that_name_anything_else_are_refused(administrator, text):
    with pytest.raises(UnknownPlace):
        change_words(
            Kind.AID, subject=text, text="{link}", short="{link}", at=MONDAY, by=administrator
        )
    assert not NoticeText.objects.exists()


def test_words_without_a_link_are_refused(administrator):
    with pytest.raises(NoLink) as refused:
        change_words(Kind.AID, subject="x", text="{link}", short="x", at=MONDAY, by=administrator)
    assert refused.value.field == "short"


def test_the_administrator_previews_and_changes_the_words(client, administrator, reader):
    client.force_login(administrator)
    assert "法律援助" in client.get(reverse("notice_texts")).content.decode()
    url = reverse("notice_text", args=["aid"])
    words = {"subject": "来自{house}", "text": "请看 {link}", "short": "看 {link}"}

    shown = client.post(url, words | {"preview": "1"}).content.decode()
    assert "来自锦州市总工会" in shown
    assert not NoticeText.objects.exists()

    client.post(url, words)
    tell(reader, kind=Kind.AID)
    content = Message.objects.get(channel="mail").content
    assert "来自锦州市总工会" in content

    client.post(reverse("notice_text_usual", args=["aid"]))
    assert not NoticeText.objects.exists()


def test_wrong_words_are_said_beside_the_field(client, administrator):
    client.force_login(administrator)
    answer = client.post(
        reverse("notice_text", args=["aid"]), {"subject": "{name}", "text": "{link}", "short": "x"}
    )
    assert answer.status_code == 422
    assert "{house}" in answer.content.decode()


def test_the_words_are_for_the_administrator(client, district_mediator):
    client.force_login(district_mediator)
    assert client.get(reverse("notice_texts")).status_code == 403
    assert client.get(reverse("notice_text", args=["aid"])).status_code == 403
    assert client.post(reverse("notice_text_usual", args=["aid"])).status_code == 403


def test_a_kind_that_is_none_is_not_found(client, administrator):
    client.force_login(administrator)
    assert client.get(reverse("notice_text", args=["nothing"])).status_code == 404
