"""What leaves the house leaves at least once, in order, and what is stuck holds nobody up."""

from datetime import timedelta
from time import monotonic

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from notices.domain.delivery import (
    PATIENCE,
    deliver_due,
    deliver_next,
    due_messages,
    forget_sent,
    pause_after,
)
from notices.domain.outbox import enqueue, enqueue_mail, make_message
from notices.models import Channel, Message, Route
from tests.factories import MONDAY
from tests.notices.receivers import dripping, mail_server, receiving

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def postman(settings):
    with mail_server(settings) as found:
        yield found


@pytest.fixture
def gateway(settings):
    with receiving() as found:
        settings.GATEWAYS = {
            name: {"url": found.url, "token": "open"} for name in ("sms", "wecom", "dingtalk")
        }
        yield found


def write(text, *, to="15400001111", channel=Channel.SMS, lane=None, at=MONDAY):
    """Put a short message into the outbox and return it."""
    lane = lane or f"{channel}:{to}"
    enqueue([make_message(channel, to, {"text": text}, lane=lane, key=text, at=at)])
    return Message.objects.get(lane=lane, key=text)


def texts(receiver):
    return [body["text"] for body in receiver.bodies]


def test_a_mail_reaches_the_server_with_its_own_number(postman):
    message = enqueue_mail("a@example.org", "防线通知", "请登录查看。", key="k", at=MONDAY)

    assert deliver_due(at=MONDAY) == 1

    (mail,) = postman.mails
    assert str(message.uid) in mail["Message-ID"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_payload(decode=True).decode().strip() == "请登录查看。"
    message.refresh_from_db()
    assert (message.state, message.attempts, message.ended_at) == ("sent", 1, MONDAY)


def test_an_invitation_goes_along_as_mail_programs_read_it(postman):
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nSUMMARY:联席会议\r\nEND:VCALENDAR\r\n"
    enqueue_mail(
        "a@example.org", "会议", "取消", calendar=calendar, method="CANCEL", key="k", at=MONDAY
    )

    deliver_due(at=MONDAY)

    parts = {part.get_content_type(): part for part in postman.mails[0].walk()}
    assert parts["text/calendar"].get_param("method") == "CANCEL"
    assert "联席会议" in parts["text/calendar"].get_payload(decode=True).decode()
    assert parts["application/ics"].get_filename() == "invite.ics"


def test_each_gateway_gets_its_own_body_and_the_number_of_the_message(gateway):
    messages = [write("请登录", channel=name) for name in ("sms", "wecom", "dingtalk")]

    deliver_due(at=MONDAY)

    sms, wecom, dingtalk = gateway.bodies
    assert (sms["to"], sms["text"]) == ("15400001111", "请登录")
    assert (wecom["touser"], wecom["text"]) == ("15400001111", {"content": "请登录"})
    assert dingtalk["at"] == {"atMobiles": ["15400001111"]}
    assert [body["id"] for body in gateway.bodies] == [str(each.uid) for each in messages]
    assert {headers["Authorization"] for _p, headers, _b in gateway.requests} == {"Bearer open"}


def test_the_same_news_is_sent_once(postman):
    first = enqueue_mail("a@example.org", "s", "t", key="news", at=MONDAY)
    again = enqueue_mail("a@example.org", "s", "other", key="news", at=MONDAY + MINUTE)

    assert first == again
    assert deliver_due(at=MONDAY + MINUTE) == 1


def test_what_is_taken_back_is_not_sent(postman):
    with transaction.atomic():
        enqueue_mail("a@example.org", "s", "t", key="k", at=MONDAY)
        transaction.set_rollback(True)

    assert deliver_due(at=MONDAY) == 0


def test_address_and_content_are_not_readable_in_the_database():
    write("密文")
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, content FROM notices_message")
        row = " ".join(cursor.fetchone())
    assert "1540000" not in row
    assert "密文" not in row


def test_the_database_knows_no_message_that_is_sent_and_waits():
    message = write("a")
    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(state="sent")


def test_a_lane_keeps_its_order_and_others_do_not_wait(gateway):
    gateway.answer = lambda request: 500 if b'"first"' in request[2] else 200
    write("first", lane="a"), write("second", lane="a"), write("third", lane="b")

    deliver_due(at=MONDAY)
    assert texts(gateway) == ["first", "third"]

    gateway.answer = None
    deliver_due(at=MONDAY + MINUTE)
    assert texts(gateway) == ["first", "third", "first", "second"]


def test_a_message_that_is_not_taken_steps_aside_and_is_tried_again(gateway):
    gateway.answer = lambda request: 422 if b"poison" in request[2] else 200
    poison = write("poison")
    write("behind")

    deliver_due(at=MONDAY)

    assert texts(gateway) == ["poison", "behind"]
    poison.refresh_from_db()
    assert (poison.state, poison.aside, poison.last_error) == (
        "waiting",
        True,
        "Refused: HTTP 422",
    )
    deliver_due(at=MONDAY + MINUTE)
    assert texts(gateway)[-1] == "poison"


def test_what_cannot_even_be_read_stops_nobody(gateway):
    broken = write("broken", lane="a")
    write("whole", lane="a")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_message SET content = 'x' WHERE id = %s", [broken.pk])

    deliver_due(at=MONDAY)

    assert texts(gateway) == ["whole"]
    state = Message.objects.filter(pk=broken.pk).values_list("state", "aside", "last_error").get()
    assert state == ("waiting", True, "InvalidToken")


def test_while_a_route_is_down_only_one_message_knocks(settings, gateway):
    gateway.status = 503
    for number in range(5):
        write(f"n{number}", lane=f"lane {number}")

    deliver_due(at=MONDAY)
    deliver_due(at=MONDAY + MINUTE)

    assert len(gateway.requests) == 2
    route = Route.objects.get()
    assert (route.name, route.failures) == ("sms", 2)
    assert route.paused_until == MONDAY + 3 * MINUTE

    gateway.status = 200
    deliver_due(at=MONDAY + 3 * MINUTE)
    assert not Route.objects.exists()
    assert not due_messages(at=MONDAY + timedelta(days=1)).exists()


def test_a_message_that_breaks_the_receiver_does_not_keep_the_route_down(gateway):
    gateway.answer = lambda request: 503 if b"poison" in request[2] else 200
    write("poison", lane="a")
    write("other", lane="b")

    deliver_due(at=MONDAY)
    deliver_due(at=MONDAY + MINUTE)

    assert "other" in texts(gateway)


def test_nothing_answers(settings):
    settings.GATEWAYS = {"sms": {"url": "http://127.0.0.1:9/", "token": ""}}
    message = write("a")

    deliver_due(at=MONDAY)

    message.refresh_from_db()
    assert message.last_error == "Down: ConnectionRefusedError"


def test_a_receiver_that_answers_drop_by_drop_is_hung_up_on(settings):
    settings.OUTBOX_TIMEOUT = 0.3
    with dripping() as url:
        settings.GATEWAYS = {"sms": {"url": url, "token": ""}}
        message = write("a")
        began = monotonic()
        deliver_due(at=MONDAY)
    assert monotonic() - began < 5
    message.refresh_from_db()
    assert (message.state, message.last_error.split(":")[0]) == ("waiting", "Down")


def test_pauses_grow_and_the_end_comes_after_three_days(gateway):
    gateway.status = 422
    message = write("a")
    pauses = []
    while message.state == "waiting":
        at = message.next_at
        deliver_next(at=at)
        message.refresh_from_db()
        pauses.append(message.next_at - at)
    assert pauses[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert max(pauses) == pause_after(99) == timedelta(hours=4)
    assert message.state == "parked"
    assert message.ended_at - MONDAY >= PATIENCE


def test_who_is_unknown_holds_up_nobody_and_a_full_mailbox_waits(postman):
    postman.unknown, postman.full = {"nobody@example.org"}, {"full@example.org"}
    for to in ("nobody@example.org", "full@example.org", "here@example.org"):
        enqueue_mail(to, "s", "t", key="k", at=MONDAY)

    deliver_due(at=MONDAY)

    found = {each.address: each for each in Message.objects.all()}
    assert found["nobody@example.org"].last_error == "Refused: SMTP 550"
    assert found["full@example.org"].last_error == "Failed: SMTP 452"
    assert found["here@example.org"].state == "sent"
    assert not Route.objects.exists()


def test_without_a_mail_server_mails_wait(settings):
    settings.EMAIL_HOST = ""
    enqueue_mail("a@example.org", "s", "t", key="k", at=MONDAY)

    deliver_due(at=MONDAY)

    assert Message.objects.get().last_error == "Down: no mail server is set"


def test_what_was_sent_long_ago_is_forgotten_and_nothing_else(gateway):
    write("old")
    deliver_due(at=MONDAY)
    write("waiting")

    assert forget_sent(before=MONDAY) == 0
    assert forget_sent(before=MONDAY + MINUTE) == 1
    assert Message.objects.get().key == "waiting"


@pytest.fixture
def parked(gateway):
    gateway.status = 422
    message = write("a")
    deliver_due(at=MONDAY)
    deliver_due(at=MONDAY + PATIENCE)
    message.refresh_from_db()
    assert message.state == "parked"
    gateway.status = 200
    return message


def test_the_administrator_sees_what_was_given_up_and_sends_it_again(
    client, administrator, parked, gateway
):
    client.force_login(administrator)
    page = client.get(reverse("outbox")).content.decode()
    assert "Refused: HTTP 422" in page
    assert "15400001111" not in page

    client.post(reverse("outbox_resend", args=[parked.pk]))
    parked.refresh_from_db()
    assert (parked.state, parked.resent_by) == ("waiting", administrator)
    deliver_due(at=parked.next_at)
    assert Message.objects.get().state == "sent"
    assert gateway.bodies[-1]["id"] == str(parked.uid)


def test_everything_of_a_route_is_sent_again_at_once(client, administrator, parked):
    client.force_login(administrator)
    client.post(reverse("outbox_again"), {"route": "sms"})
    assert Message.objects.get().state == "waiting"


def test_what_was_sent_is_not_sent_again(client, administrator, gateway):
    message = write("a")
    deliver_due(at=MONDAY)
    client.force_login(administrator)
    assert client.post(reverse("outbox_resend", args=[message.pk])).status_code == 404


def test_the_outbox_is_for_the_administrator(client, district_mediator, parked):
    client.force_login(district_mediator)
    for method, path in (
        ("get", reverse("outbox")),
        ("post", reverse("outbox_again")),
        ("post", reverse("outbox_resend", args=[parked.pk])),
    ):
        assert getattr(client, method)(path).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_outbox_asks_the_same_number_of_queries_whatever_is_in_it(
    client, administrator, django_assert_max_num_queries, rows
):
    for number in range(rows):
        write(f"n{number}")
    client.force_login(administrator)
    with django_assert_max_num_queries(11):
        client.get(reverse("outbox"), {"state": "waiting"})
