"""Programs hear of what happens to cases that their people may see, signed, and of nothing else."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from disputes.domain.evidence import add_evidence
from disputes.models import Wall
from notices.channels import targets
from notices.channels.targets import BadTarget, check_target
from notices.channels.webhook import signed
from notices.domain.delivery import deliver_due
from notices.domain.events import (
    MOST,
    TooManySubscriptions,
    fan_out,
    forget_events,
    replay,
    rotate,
    subscribe,
    unsubscribe,
)
from notices.models import Event, Message
from offices.duties import Role
from tests.factories import MONDAY, make_case, make_user
from tests.notices.receivers import receiving
from tests.workflows.test_mediation_flow import accept, meet, sign
from workflows.courses import leave_for_arbitration, withdraw
from workflows.events import CATALOGUE, ENTRIES, events_seen, types

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def receiver(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    settings.HOUSE_URL = "https://fx.example.org"
    with receiving() as found:
        yield found


def follow(user, receiver, *, types=()):
    return subscribe(user, name="驾驶舱", url=receiver.url, types=types, at=MONDAY)


def deliver(at=MONDAY):
    while fan_out(events_seen, at=at):
        pass
    return deliver_due(at=at)


def told(receiver):
    return [body["type"].removeprefix("cn.fangxian.") for body in receiver.bodies]


def test_a_case_is_told_from_filing_to_its_end(
    receiver, register, district_mediator, regional_head, time_machine
):
    time_machine.move_to(MONDAY)
    follow(regional_head, receiver)
    case = make_case(register.guta, by=district_mediator)
    accept(case, mediator=district_mediator, head=regional_head)
    meet(case, by=district_mediator, at=MONDAY + 3 * HOUR, result="settled")
    sign(case, by=district_mediator, at=MONDAY + 4 * HOUR)
    deliver()

    names = told(receiver)
    wanted = [
        "case.filed",
        "case.accepted",
        "case.assigned",
        "agreement.effective",
        "case.settled",
        "case.closed",
    ]
    assert [name for name in names if name in wanted] == wanted
    assert "deadline.moved" in names
    assert set(names) <= set(CATALOGUE)


def test_an_event_is_a_cloud_event_that_tells_where_to_read_and_no_more(
    receiver, register, district_mediator
):
    follow(district_mediator, receiver, types=["cn.fangxian.case.filed"])
    proceeding = make_case(register.guta, by=district_mediator)
    deliver()

    (body,) = receiver.bodies
    assert body["specversion"] == "1.0"
    assert body["subject"] == f"cases/{proceeding.case_id}"
    assert body["data"] == {"case": f"https://fx.example.org/api/v1/cases/{proceeding.case_id}/"}
    assert body["id"] == str(Event.objects.get(type="cn.fangxian.case.filed").uid)
    _path, headers, raw = receiver.requests[0]
    assert headers["Content-Type"].startswith("application/cloudevents+json")
    for secret in ("韩玉兰", proceeding.number, proceeding.case.matter_number):
        assert secret not in raw.decode()


def test_it_is_signed_with_both_keys_while_they_change(receiver, register, district_mediator):
    row = follow(district_mediator, receiver, types=["cn.fangxian.case.filed"])
    make_case(register.guta, by=district_mediator)
    deliver()

    _path, headers, raw = receiver.requests[0]
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + raw
    digest = hmac.new(row.secret.encode(), text, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"

    old = row.secret
    rotate(row, at=MONDAY)
    assert row.secret != old
    assert len(signed(row, "1", b"", at=MONDAY)["webhook-signature"].split()) == 2
    assert len(signed(row, "1", b"", at=MONDAY + 8 * 24 * HOUR)["webhook-signature"].split()) == 1


def test_nobody_is_told_of_what_she_may_not_see(
    receiver, register, district_mediator, other_mediator
):
    follow(other_mediator, receiver)
    make_case(register.guta, by=district_mediator)
    deliver()
    assert receiver.requests == []


def test_who_reported_a_case_is_told_how_it_stands_and_no_more(
    receiver, register, reporter, district_mediator, regional_head, time_machine
):
    time_machine.move_to(MONDAY)
    follow(reporter, receiver)
    case = make_case(register.guta, by=reporter)
    accept(case, mediator=district_mediator, head=regional_head)
    add_evidence(case, file=ContentFile(b"%PDF-1.4 x", name="合同.pdf"), at=MONDAY)
    deliver()
    assert set(told(receiver)) == {"case.filed", "case.accepted"}
    assert Event.objects.filter(type="cn.fangxian.document.added").exists()


def test_a_colleague_is_told_of_deadlines_and_not_of_what_was_handed_in(
    receiver, register, district_mediator, regional_head, time_machine
):
    time_machine.move_to(MONDAY)
    colleague = make_user("tongshi", "佟实", office=register.guta, role=Role.MEDIATOR)
    follow(colleague, receiver)
    case = make_case(register.guta, by=district_mediator)
    accept(case, mediator=district_mediator, head=regional_head)
    add_evidence(case, file=ContentFile(b"%PDF-1.4 x", name="合同.pdf"), at=MONDAY)
    deliver()
    names = set(told(receiver))
    assert {"case.assigned", "deadline.moved"} < names
    assert "document.added" not in names


def test_who_is_walled_off_while_it_waits_is_not_told(receiver, register, district_mediator):
    receiver.status = 503
    follow(district_mediator, receiver)
    proceeding = make_case(register.guta, by=district_mediator)
    deliver()
    before = len(receiver.requests)
    Wall.objects.create(case=proceeding.case, user=district_mediator, reason="亲属", at=MONDAY)

    receiver.status = 200
    deliver(MONDAY + HOUR)

    assert len(receiver.requests) == before
    assert set(Message.objects.values_list("state", "last_error")) == {("parked", "Withheld: ")}


def test_who_is_switched_off_is_told_nothing(receiver, register, district_mediator, regional_head):
    follow(district_mediator, receiver)
    district_mediator.is_active = False
    district_mediator.save()
    make_case(register.guta, by=regional_head)
    deliver()
    assert receiver.requests == []


def test_an_ended_webhook_is_told_nothing_that_waits(receiver, register, district_mediator):
    row = follow(district_mediator, receiver)
    make_case(register.guta, by=district_mediator)
    fan_out(events_seen, at=MONDAY)
    unsubscribe(row, at=MONDAY)
    deliver_due(at=MONDAY)
    assert receiver.requests == []


def test_escalation_and_withdrawal_have_their_events(
    receiver, register, district_mediator, arbitration_clerk
):
    follow(district_mediator, receiver)
    leave_for_arbitration(
        make_case(register.guta, by=district_mediator), at=MONDAY, by=district_mediator
    )
    withdraw(
        make_case(register.guta, by=district_mediator), reason="x", at=MONDAY, by=district_mediator
    )
    deliver()
    assert {"case.escalated", "case.closed"} <= set(told(receiver))


def test_replayed_events_keep_their_numbers(receiver, register, district_mediator):
    row = follow(district_mediator, receiver, types=["cn.fangxian.case.filed"])
    make_case(register.guta, by=district_mediator, at=MONDAY)
    make_case(register.guta, by=district_mediator, at=MONDAY + HOUR)
    deliver(MONDAY + HOUR)
    first = [body["id"] for body in receiver.bodies]

    assert replay(row, events_seen, since=MONDAY + HOUR, at=MONDAY + 2 * HOUR) == 1
    deliver(MONDAY + 2 * HOUR)
    assert [body["id"] for body in receiver.bodies] == [*first, first[1]]


def test_events_are_forgotten_when_nobody_can_ask_for_them(register, district_mediator):
    make_case(register.guta, by=district_mediator)
    number = Event.objects.count()
    assert forget_events(before=MONDAY + HOUR) == 0
    fan_out(events_seen, at=MONDAY)
    assert forget_events(before=MONDAY - HOUR) + Event.objects.count() == number


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://user:pw@example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/",
        "https://192.168.1.1/",
        "https://0.0.0.0/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::10.0.0.1]/",
        "https://[2002:a00:1::]/",
        "https://[2001:0:a00:1::f5ff:fffe]/",
        "https://[::10.0.0.1]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://224.0.0.1/",
        "https://localhost/",
        "https://2130706433/",
        "https://nowhere.invalid/",
        "https://",
        "https://[",
        "x",
    ],
)
def test_nothing_inside_is_called(url):
    with pytest.raises(BadTarget):
        check_target(url)


def test_an_address_outside_is_called_where_it_was_looked_up(monkeypatch, settings):
    monkeypatch.setattr(targets, "_look_up", lambda name, port: ["93.184.216.34"])
    assert check_target("https://example.org/hook") == "93.184.216.34"
    monkeypatch.setattr(targets, "_look_up", lambda name, port: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(BadTarget):
        check_target("https://example.org/hook")
    settings.WEBHOOK_NETWORKS = ["10.0.0.0/8"]
    assert check_target("https://example.org/hook")


def test_a_redirect_is_not_followed(receiver, register, district_mediator):
    receiver.status = 302
    follow(district_mediator, receiver, types=["cn.fangxian.case.filed"])
    make_case(register.guta, by=district_mediator)
    deliver()
    assert Message.objects.get().last_error == "Refused: HTTP 302"


def test_nobody_has_very_many(receiver, district_mediator):
    for _ in range(MOST):
        follow(district_mediator, receiver)
    with pytest.raises(TooManySubscriptions):
        follow(district_mediator, receiver)


def test_every_entry_that_is_an_event_is_in_the_catalogue():
    assert set(ENTRIES.values()) <= set(CATALOGUE)


def test_a_person_makes_watches_and_ends_a_webhook(
    client, receiver, register, district_mediator, time_machine
):
    time_machine.move_to(MONDAY)
    client.force_login(district_mediator)
    values = {"name": "驾驶舱", "url": receiver.url, "types": [types()[0][0]]}
    made = client.post(reverse("webhooks"), values)
    make_case(register.guta, by=district_mediator)
    deliver()

    page = client.get(made.url).content.decode()
    assert "案件已登记" in page
    assert "已发送" in page
    row = district_mediator.subscriptions.get()
    assert row.secret in page

    client.post(reverse("webhook_rotate", args=[row.pk]))
    client.post(made.url, {"since": "2026-09-07T00:00"})
    client.post(reverse("webhook_resend", args=[row.pk]))
    deliver(MONDAY + HOUR)
    assert len({body["id"] for body in receiver.bodies}) == 1
    assert len(receiver.bodies) == 2
    client.post(reverse("webhook_end", args=[row.pk]))
    assert client.get(made.url).status_code == 404
    assert client.get(reverse("webhooks")).status_code == 200


def test_a_webhook_of_somebody_else_is_not_found(
    client, receiver, district_mediator, regional_head
):
    row = follow(district_mediator, receiver)
    client.force_login(regional_head)
    assert client.get(reverse("webhook", args=[row.pk])).status_code == 404
    for name in ("webhook_rotate", "webhook_end", "webhook_resend"):
        assert client.post(reverse(name, args=[row.pk])).status_code == 404


def test_an_inner_address_is_refused_beside_its_field(client, district_mediator):
    client.force_login(district_mediator)
    answer = client.post(reverse("webhooks"), {"name": "x", "url": "https://127.0.0.1/"})
    assert answer.status_code == 422
    assert not district_mediator.subscriptions.exists()


def test_the_case_is_the_lane(receiver, register, district_mediator):
    follow(district_mediator, receiver)
    proceeding = make_case(register.guta, by=district_mediator)
    fan_out(events_seen, at=MONDAY)
    lanes = set(Message.objects.values_list("lane", flat=True))
    assert len(lanes) == 1
    assert lanes.pop().endswith(f":{proceeding.case_id}")
    assert json.loads(Message.objects.first().content)["subject"] == proceeding.case_id
