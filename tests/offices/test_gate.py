"""What stands between a login and the pages: expiry, the first password, a posting in force."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from offices.duties import Role
from offices.models import User
from tests.factories import PASSWORD, code_of, make_user

NEW = "Another-Password-2"


def log_in(client, username, password=PASSWORD, **more):
    person = User.objects.filter(username=username.lower(), secured_at__isnull=False).first()
    sent = {"username": username, "password": password, "code": code_of(person) if person else ""}
    return client.post(reverse("login"), {**sent, **more})


def test_a_login_in_capitals_leads_to_the_page_asked_for(client, district_mediator):
    answer = log_in(client, "GuTa", next=reverse("me"))
    assert answer.url == reverse("me")


@pytest.mark.parametrize("door", ["worklist", "cases", "inbox", "me", "api-cases", "api-case"])
def test_nothing_of_a_page_stays_behind_in_the_browser(
    client, district_mediator, district_case, door
):
    client.force_login(district_mediator)
    args = [district_case.case_id] if door == "api-case" else []
    answer = client.get(reverse(door, args=args))
    assert answer.status_code == 200
    assert {"private"} < {word.strip() for word in answer["Cache-Control"].split(",")}
    assert door.startswith("api-") or "no-store" in answer["Cache-Control"]
    refused = client.get(reverse("people"))
    assert (refused.status_code, "no-store" in refused["Cache-Control"]) == (403, True)


@pytest.mark.parametrize(
    "sent", [{}, {"username": "\0", "password": "\0"}, {"username": "x" * 500, "password": "x"}]
)
def test_a_login_with_nonsense_is_refused_in_words(client, db, sent):
    answer = client.post(reverse("login"), sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_a_login_does_not_lead_to_another_house(client, district_mediator):
    assert "elsewhere" not in log_in(client, "guta", next="https://elsewhere.example/").url


def test_after_fifteen_idle_minutes_the_login_page_says_why_and_leads_back(
    client, district_mediator
):
    with time_machine.travel(timezone.now()) as clock:
        log_in(client, "guta")
        clock.shift(timedelta(minutes=14, seconds=59))
        assert client.get(reverse("me")).status_code == 200
        clock.shift(timedelta(minutes=15))
        answer = client.get(reverse("me"), {"x": "1"}, follow=True)
        assert answer.redirect_chain == [("/login/?next=/me/%3Fx%3D1", 302)]
        assert answer.context["expired"] is True
        assert log_in(client, "guta", next="/me/").url == "/me/"
        assert "expired" not in client.session


def test_clicks_keep_a_session_open_for_twelve_hours_and_no_longer(client, district_mediator):
    with time_machine.travel(timezone.now()) as clock:
        log_in(client, "guta")
        for _click in range(71):
            clock.shift(timedelta(minutes=10))
            assert client.get(reverse("me")).status_code == 200
        clock.shift(timedelta(minutes=10))
        assert client.get(reverse("me")).status_code == 302


def test_a_form_sent_too_late_leads_back_to_its_page(client, administrator, register):
    with time_machine.travel(timezone.now()) as clock:
        client.force_login(administrator)
        clock.shift(timedelta(minutes=16))
        answer = client.post(
            reverse("office_close", args=[register.linghe.pk]),
            headers={"referer": f"http://testserver/offices/{register.linghe.pk}/"},
        )
    assert answer.status_code == 302
    assert answer.url.endswith(f"next=http%3A//testserver/offices/{register.linghe.pk}/")
    register.linghe.refresh_from_db()
    assert register.linghe.is_active


def test_a_part_of_a_page_asked_for_too_late_sends_the_whole_page_to_the_login(
    client, district_mediator
):
    with time_machine.travel(timezone.now()) as clock:
        client.force_login(district_mediator)
        clock.shift(timedelta(minutes=16))
        answer = client.get(
            reverse("me"),
            headers={"hx-request": "true", "hx-current-url": "http://testserver/me/"},
        )
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/login/?next=")


def test_the_moment_of_the_last_click_is_written_once_a_minute(client, district_mediator):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(district_mediator)
        begun = client.session["seen_at"]
        clock.shift(59)
        client.get(reverse("me"))
        assert client.session["seen_at"] == begun
        clock.shift(1)
        client.get(reverse("me"))
        assert client.session["seen_at"] == begun + 60


@pytest.fixture
def beginner(register):
    person = make_user("xinren", "新任", office=register.guta, role=Role.MEDIATOR)
    person.must_change_password = True
    person.save()
    return person


def test_the_first_login_leads_to_a_new_password_and_then_on(client, beginner):
    log_in(client, "xinren")
    answer = client.get(reverse("me"))
    assert answer.url == "/me/password/?next=/me/"
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW, "next": "/me/"}
    assert client.post(reverse("password_change"), sent).url == "/me/"
    assert client.get(reverse("me")).status_code == 200
    beginner.refresh_from_db()
    assert beginner.check_password(NEW)


@pytest.mark.parametrize(("days", "status"), [(89, 200), (91, 302)])
def test_a_password_serves_ninety_days(client, district_mediator, days, status):
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        log_in(client, "guta")
        assert client.get(reverse("me")).status_code == status


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"old_password": "wrong"}, "old_password"),
        ({"old_password": ""}, "old_password"),
        ({"new_password1": PASSWORD, "new_password2": PASSWORD}, "new_password1"),
        ({"new_password2": "Other-Password-3"}, "new_password2"),
        ({"new_password1": "short", "new_password2": "short"}, "new_password2"),
        ({"new_password1": "\0", "new_password2": "\0"}, "new_password1"),
    ],
)
def test_a_wrong_new_password_is_refused_beside_its_field(client, beginner, changes, field):
    client.force_login(beginner)
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW} | changes
    answer = client.post(reverse("password_change"), sent)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    beginner.refresh_from_db()
    assert beginner.must_change_password


def test_changing_the_password_does_not_lead_to_another_house(client, beginner):
    client.force_login(beginner)
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    answer = client.post(reverse("password_change"), sent | {"next": "//elsewhere.example"})
    assert answer.url == reverse("me")


@pytest.mark.parametrize(("demo", "status"), [(True, 200), (False, 302)])
def test_demo_accounts_keep_their_password_in_a_demo_house_only(
    client, beginner, settings, demo, status
):
    beginner.is_demo = True
    beginner.save()
    settings.DEMO = demo
    client.force_login(beginner)
    assert client.get(reverse("me")).status_code == status


def test_who_is_no_demo_account_changes_the_password_in_a_demo_house_too(
    client, beginner, settings
):
    settings.DEMO = True
    client.force_login(beginner)
    assert client.get(reverse("me")).status_code == 302


@pytest.mark.parametrize(("since", "until"), [(1, None), (-9, -1)])
def test_who_serves_nowhere_today_reads_so_and_enters_nothing(client, register, since, until):
    today = timezone.localdate()
    person = make_user(
        "xinren",
        "新任",
        office=register.federation,
        role=Role.SYSTEM_ADMINISTRATOR,
        since=today + timedelta(days=since),
        until=until and today + timedelta(days=until),
    )
    client.force_login(person)
    for name in ("me", "offices", "people"):
        answer = client.get(reverse(name))
        assert answer.status_code == 403
        assert "offices/no_posting.html" in [template.name for template in answer.templates]
    assert client.get(reverse("password_change")).status_code == 200
    assert client.post(reverse("logout")).status_code == 302


def test_switching_an_account_off_ends_its_session(client, district_mediator):
    client.force_login(district_mediator)
    type(district_mediator).objects.update(is_active=False)
    assert client.get(reverse("me")).status_code == 302


def test_my_page_says_what_i_serve_as_and_may_do(client, district_mediator, register):
    client.force_login(district_mediator)
    page = client.get(reverse("me")).content.decode()
    assert register.guta.name in page
    assert str(district_mediator.postings.get().get_role_display()) in page


def test_five_wrong_passwords_lock_the_account_in_words(client, district_mediator, settings):
    settings.AXES_ENABLED = True
    answers = [log_in(client, "GUTA", "wrong-Password-1") for _attempt in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert "registration/locked.html" in [template.name for template in answers[-1].templates]
    assert log_in(client, "guta").status_code == 429


def test_behind_a_proxy_a_stranger_locks_his_own_machine_and_nobody_elses(
    client, district_mediator, settings
):
    settings.AXES_ENABLED = True

    def knock(password, forwarded):
        facts = {"username": "guta", "password": password, "code": code_of(district_mediator)}
        headers = {"X-Forwarded-For": forwarded}
        return client.post(reverse("login"), facts, secure=True, headers=headers).status_code

    # What stands before the last address is his own invention.
    strange = [knock("wrong-Password-1", f"10.9.9.{n}, 203.0.113.7") for n in range(5)]
    assert strange == [200, 200, 200, 200, 429]
    assert knock(PASSWORD, "203.0.113.7") == 429
    assert knock("wrong-Password-1", "nonsense") == 200
    assert knock(PASSWORD, "198.51.100.4") == 302


def test_the_security_administrator_unlocks(
    client, district_mediator, security_administrator, settings
):
    settings.AXES_ENABLED = True
    for _attempt in range(5):
        log_in(client, "guta", "wrong-Password-1")
    settings.AXES_ENABLED = False
    client.force_login(security_administrator)
    page = client.get(reverse("person", args=[district_mediator.pk]))
    assert page.context["locked"]
    client.post(reverse("person_unlock", args=[district_mediator.pk]))
    client.logout()
    settings.AXES_ENABLED = True
    assert log_in(client, "guta", next="/me/").status_code == 302
