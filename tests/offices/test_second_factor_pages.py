"""Logging in with a code, setting up an authenticator, losing it; sessions that end with it."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from offices.domain import second_factor as factors
from offices.domain.accounts import change_password
from offices.domain.staffing import end_posting, post
from offices.duties import Role
from offices.models import SecondFactor, User
from tests.factories import PASSWORD, SHANGHAI, code_at, code_of, make_user


@pytest.fixture
def beginner(register):
    """Somebody who has a password of her own and no authenticator yet."""
    person = make_user("xinren", "新任", office=register.guta, role=Role.MEDIATOR)
    factors.reset(person, by=None)
    return person


def log_in(client, username, code="", password=PASSWORD, **more):
    sent = {"username": username, "password": password, "code": code, **more}
    return client.post(reverse("login"), sent)


def is_in(client):
    return client.get(reverse("me")).status_code == 200


def secret_on(page):
    key = re.search(r'<p class="fx-key[^>]*>(.*?)</p>', page.content.decode(), re.DOTALL)[1]
    return "".join(re.findall(r"<span>(\w+)</span>", key))


def set_up(client, moment=None, **more):
    secret = secret_on(client.get(reverse("second_factor"), more))
    code = code_at(moment or timezone.now(), secret=secret)
    return client.post(reverse("second_factor"), {"code": code, **more})


def test_password_and_code_together_let_in(client, district_mediator):
    assert log_in(client, "guta", code_of(district_mediator), next="/me/").url == "/me/"
    assert is_in(client)


@pytest.mark.parametrize("code", ["", "000000", "\0", "x" * 99])
def test_the_password_alone_lets_nobody_in(client, district_mediator, code):
    answer = log_in(client, "guta", code)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not is_in(client)


def test_a_wrong_code_and_a_wrong_password_read_alike(client, district_mediator):
    said = [
        log_in(client, "guta", "000000").context["form"].errors,
        log_in(client, "guta", code_of(district_mediator), "wrong").context["form"].errors,
        log_in(client, "niemand", "000000").context["form"].errors,
    ]
    assert said[0] == said[1] == said[2]


def test_a_wrong_password_uses_up_no_code(client, district_mediator):
    code = code_of(district_mediator)
    log_in(client, "guta", code, "wrong")
    assert log_in(client, "guta", code).status_code == 302


def test_a_code_logs_in_once(client, district_mediator):
    code = code_of(district_mediator)
    assert log_in(client, "guta", code).status_code == 302
    assert log_in(Client(), "guta", code).status_code == 200


def test_five_wrong_codes_lock_in_words_and_from_every_machine(client, district_mediator, settings):
    settings.AXES_ENABLED = True
    answers = [log_in(client, "guta", "000000") for _attempt in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    answer = log_in(elsewhere, "guta", code_of(district_mediator))
    assert answer.status_code == 429
    assert "registration/locked.html" in [template.name for template in answer.templates]


def test_what_failed_keeps_neither_password_nor_code(client, district_mediator, settings):
    settings.AXES_ENABLED = True
    log_in(client, "guta", "135790", "wrong-Password-1")
    kept = AccessAttempt.objects.get().post_data
    assert "135790" not in kept
    assert "wrong" not in kept


def test_an_account_without_an_authenticator_ignores_the_code_and_is_asked_to_set_one_up(
    client, beginner
):
    assert log_in(client, "xinren", "123456", next="/cases/").url == "/cases/"
    assert client.get("/cases/").url == "/me/second-factor/?next=/cases/"
    assert not is_in(client)


def test_setting_up_gives_recovery_codes_once_and_leads_on(client, beginner):
    client.force_login(beginner)
    answer = set_up(client, next="/cases/")
    codes = answer.context["codes"]
    assert len(codes) == 10
    assert all(code in answer.content.decode() for code in codes)
    assert 'href="/cases/"' in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert is_in(client)
    assert codes[0] not in client.get(reverse("second_factor")).content.decode()


def test_the_secret_on_offer_stays_the_same_and_is_drawn_without_asking_anybody(client, beginner):
    client.force_login(beginner)
    page = client.get(reverse("second_factor"))
    assert secret_on(page) == secret_on(client.get(reverse("second_factor")))
    assert len(secret_on(page)) == 32
    square = page.context["square"]
    assert square.startswith("<svg")
    assert not re.search(r"href|style=|<style|<script|<image|<\?xml", square)


def test_the_session_holds_the_secret_sealed(client, beginner):
    client.force_login(beginner)
    secret = secret_on(client.get(reverse("second_factor")))
    assert secret not in str(dict(client.session))


def test_a_wrong_code_while_setting_up_is_refused_beside_its_field(client, beginner):
    client.force_login(beginner)
    answer = client.post(reverse("second_factor"), {"code": "000000"})
    assert "code" in answer.context["form"].errors
    beginner.refresh_from_db()
    assert beginner.secured_at is None


def test_setting_up_does_not_lead_to_another_house(client, beginner):
    client.force_login(beginner)
    assert b"elsewhere" not in set_up(client, next="https://elsewhere.example/").content


def test_a_first_password_comes_before_the_authenticator(client, beginner):
    User.objects.filter(pk=beginner.pk).update(must_change_password=True)
    client.force_login(beginner)
    assert client.get(reverse("me")).url.startswith("/me/password/")


@pytest.mark.parametrize(("demo", "status"), [(True, 200), (False, 302)])
def test_demo_accounts_need_no_authenticator_in_a_demo_house_only(
    client, beginner, settings, demo, status
):
    User.objects.filter(pk=beginner.pk).update(is_demo=True)
    settings.DEMO = demo
    log_in(client, "xinren")
    assert client.get(reverse("me")).status_code == status


def test_who_is_no_demo_account_needs_one_in_a_demo_house_too(client, beginner, settings):
    settings.DEMO = True
    client.force_login(beginner)
    assert not is_in(client)


def test_a_demo_account_that_set_one_up_is_asked_for_its_code(client, beginner, settings):
    settings.DEMO = True
    User.objects.filter(pk=beginner.pk).update(is_demo=True)
    client.force_login(beginner)
    set_up(client)
    assert log_in(Client(), "xinren").status_code == 200


def test_a_recovery_code_lets_in_once_and_says_how_many_are_left(client, beginner):
    client.force_login(beginner)
    code = set_up(client).context["codes"][0]
    other = Client()
    answer = other.post(
        reverse("login"),
        {"username": "xinren", "password": PASSWORD, "code": code, "next": "/me/"},
        follow=True,
    )
    assert [str(message) for message in answer.context["messages"]][0].count("9") == 1
    assert log_in(Client(), "xinren", code).status_code == 200


def test_new_recovery_codes_need_a_code(client, district_mediator):
    client.force_login(district_mediator)
    path, sent = reverse("second_factor"), {"wish": "codes"}
    assert client.post(path, {**sent, "code": "000000"}).context["form"].errors
    answer = client.post(path, {**sent, "code": code_of(district_mediator)})
    assert len(answer.context["codes"]) == 10


def test_another_authenticator_needs_a_code_of_the_old_one_and_replaces_it(
    client, district_mediator
):
    client.force_login(district_mediator)
    path, old = reverse("second_factor"), district_mediator.second_factor.secret
    assert not client.get(path).context.get("secret")
    sent = {"wish": "authenticator", "code": code_of(district_mediator)}
    assert client.post(path, sent).url == path
    assert SecondFactor.objects.get(user=district_mediator).secret == old
    set_up(client)
    assert SecondFactor.objects.get(user=district_mediator).secret != old
    assert is_in(client)


def test_guessing_at_an_open_desk_locks_too(client, district_mediator):
    client.force_login(district_mediator)
    for _attempt in range(5):
        client.post(reverse("second_factor"), {"wish": "codes", "code": "000000"})
    sent = {"wish": "codes", "code": code_of(district_mediator)}
    assert "code" in client.post(reverse("second_factor"), sent).context["form"].errors


@pytest.fixture
def guard(client, security_administrator):
    """The security administrator at his desk."""
    client.force_login(security_administrator)
    return client


def test_a_lost_authenticator_is_reset_and_every_session_ends(guard, district_mediator):
    hers = Client()
    hers.force_login(district_mediator)
    assert is_in(hers)
    page = guard.get(reverse("person", args=[district_mediator.pk])).content.decode()
    path = reverse("person_factor", args=[district_mediator.pk])
    assert path in page
    guard.post(path)
    assert not is_in(hers)
    log_in(hers, "guta")
    assert hers.get(reverse("me")).url.startswith("/me/second-factor/")


def test_a_security_administrator_resets_another_s_and_not_his_own(
    guard, security_administrator, register
):
    other = make_user(
        "anquan2", "方正", office=register.federation, role=Role.SECURITY_ADMINISTRATOR
    )
    guard.post(reverse("person_factor", args=[security_administrator.pk]))
    guard.post(reverse("person_factor", args=[other.pk]))
    security_administrator.refresh_from_db()
    other.refresh_from_db()
    assert security_administrator.secured_at
    assert other.secured_at is None
    own = guard.get(reverse("person", args=[security_administrator.pk])).content.decode()
    assert reverse("person_factor", args=[security_administrator.pk]) not in own


@pytest.mark.parametrize(
    ("who", "status"),
    [("administrator", 403), ("audit_administrator", 403), ("regional_head", 403)],
)
def test_nobody_else_resets(request, client, district_mediator, who, status):
    client.force_login(request.getfixturevalue(who))
    path = reverse("person_factor", args=[district_mediator.pk])
    assert client.post(path).status_code == status
    assert client.get(path).status_code == 405
    district_mediator.refresh_from_db()
    assert district_mediator.secured_at


def test_the_security_administrator_unlocks_wrong_codes(guard, district_mediator):
    for _attempt in range(5):
        factors.prove(district_mediator, "000000", at=timezone.now())
    path = reverse("person", args=[district_mediator.pk])
    assert guard.get(path).context["locked"]
    guard.post(reverse("person_unlock", args=[district_mediator.pk]))
    assert not guard.get(path).context["locked"]


def test_changing_the_password_ends_the_other_sessions(client, district_mediator):
    other = Client()
    for each in (client, other):
        each.force_login(district_mediator)
    new = "Another-Password-2"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    client.post(reverse("password_change"), sent)
    assert is_in(client)
    assert not is_in(other)


def test_setting_up_ends_the_other_sessions(client, beginner):
    other = Client()
    for each in (client, other):
        each.force_login(beginner)
    set_up(client)
    assert is_in(client)
    assert client.get(reverse("second_factor")).status_code == 200
    assert other.get(reverse("second_factor")).url.startswith("/login/")


def test_a_password_given_by_an_administrator_ends_every_session(client, district_mediator):
    client.force_login(district_mediator)
    change_password(district_mediator, "Another-Password-2")
    assert not is_in(client)


def test_a_session_ends_with_the_last_posting(client, district_mediator):
    client.force_login(district_mediator)
    today = timezone.localdate()
    end_posting(district_mediator.postings.get(), until=today - timedelta(days=1), on=today)
    answer = client.get(reverse("me"))
    assert answer.status_code == 403
    assert "offices/no_posting.html" in [template.name for template in answer.templates]
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("me")).url.startswith("/login/")


def test_a_session_goes_on_with_another_posting_and_shows_nothing_of_the_one_that_ended(
    client, register, district_mediator
):
    today = timezone.localdate()
    post(district_mediator, office=register.linghe, role=Role.MEDIATOR, since=today)
    client.force_login(district_mediator)
    ended = district_mediator.postings.get(office=register.guta)
    end_posting(ended, until=today - timedelta(days=1), on=today)
    page = client.get(reverse("me")).content.decode()
    assert register.linghe.name in page
    assert register.guta.name not in page


def test_a_session_ends_by_itself_after_the_last_day(client, register):
    evening = datetime(2026, 9, 7, 23, 55, tzinfo=SHANGHAI)
    with time_machine.travel(evening) as clock:
        today = timezone.localdate()
        person = make_user("lin", "林", office=register.guta, role=Role.MEDIATOR, until=today)
        client.force_login(person)
        assert is_in(client)
        clock.shift(timedelta(minutes=6))
        assert client.get(reverse("me")).status_code == 403
        assert "_auth_user_id" not in client.session
