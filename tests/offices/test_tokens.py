"""Tokens of programs."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from offices.domain.tokens import (
    MOST,
    NoScope,
    TooManyTokens,
    find_token,
    issue_token,
    revoke_token,
)
from offices.models import ApiToken, Scope
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def make(user, *, scopes=("cases:read",), days=30, at=MONDAY):
    return issue_token(user, name="月报", scopes=scopes, days=days, at=at)


def test_a_token_is_kept_as_a_hash_and_said_once(district_mediator):
    row, token = make(district_mediator)
    row.refresh_from_db()
    assert token.startswith("fx_")
    assert len(token) > 40
    assert token not in str(vars(row))
    assert token.startswith(row.start)


def test_it_is_found_while_it_lives(district_mediator):
    row, token = make(district_mediator)
    assert find_token(token, at=MONDAY) == row
    assert find_token(token, at=MONDAY + 30 * DAY) is None
    assert find_token(token + "x", at=MONDAY) is None


def test_it_is_written_down_when_it_was_used(district_mediator):
    row, token = make(district_mediator)
    find_token(token, at=MONDAY)
    find_token(token, at=MONDAY + timedelta(seconds=30))
    row.refresh_from_db()
    assert row.last_used_at == MONDAY


def test_revoked_it_opens_nothing(district_mediator):
    row, token = make(district_mediator)
    revoke_token(row, at=MONDAY)
    assert find_token(token, at=MONDAY) is None


def test_it_ends_with_its_person(district_mediator):
    _row, token = make(district_mediator)
    district_mediator.is_active = False
    district_mediator.save()
    assert find_token(token, at=MONDAY) is None


def test_it_lives_a_year_at_most(district_mediator):
    row, _token = make(district_mediator, days=9999)
    assert row.expires_at == MONDAY + 365 * DAY


def test_a_token_that_opens_nothing_is_refused(district_mediator):
    with pytest.raises(NoScope):
        make(district_mediator, scopes=())
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.create(
            user=district_mediator, scopes=[], created_at=MONDAY, expires_at=MONDAY + DAY
        )


def test_nobody_has_very_many(district_mediator):
    for _ in range(MOST):
        make(district_mediator)
    with pytest.raises(TooManyTokens):
        make(district_mediator)


def bearer(token):
    return {"HTTP_AUTHORIZATION": f"Bearer {token}"}


@pytest.fixture
def now(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    return MONDAY


def test_with_a_token_a_program_reads_what_its_person_may(client, district_mediator, now):
    _row, token = make(district_mediator, scopes=[Scope.OFFICES_READ])
    answer = client.get(reverse("api-offices"), **bearer(token))
    assert answer.status_code == 200
    assert [office["short_name"] for office in answer.json()["results"]][:2] == ["锦工", "古塔调"]


def test_a_scope_that_is_missing_is_named(client, district_mediator, now):
    _row, token = make(district_mediator, scopes=[Scope.CASES_READ])
    answer = client.get(reverse("api-offices"), **bearer(token))
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert "offices:read" in answer.json()["detail"]


@pytest.mark.parametrize("token", ["fx_none", "", "\xff", "a b c"])
def test_a_bad_token_is_401_in_the_language_of_the_caller(client, db, token):
    answer = client.get(
        reverse("api-offices"), **bearer(token), HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9"
    )
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["title"] == "Log in first"
    assert answer["Content-Language"] == "en"
    chinese = client.get(reverse("api-offices"), **bearer(token))
    assert chinese.json()["title"] == "请先登录"


def test_who_serves_nowhere_is_shut_out(client, register, now, district_mediator):
    _row, token = make(district_mediator, scopes=[Scope.OFFICES_READ])
    district_mediator.postings.update(until=MONDAY.date() - DAY)
    assert client.get(reverse("api-offices"), **bearer(token)).status_code == 403


@pytest.mark.parametrize("facts", [{"must_change_password": True}, {"secured_at": None}])
def test_who_must_first_secure_the_account_is_shut_out(client, district_mediator, facts):
    for name, value in facts.items():
        setattr(district_mediator, name, value)
    district_mediator.save()
    client.force_login(district_mediator)
    assert client.get(reverse("api-offices")).status_code == 403


def test_a_browser_needs_its_token_against_forgery_to_write(district_mediator):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(district_mediator)
    assert client.get(reverse("api-offices")).status_code == 200
    answer = client.post(reverse("api-cases"), {}, content_type="application/json")
    assert answer.status_code == 403


def test_an_account_does_not_ask_without_end_and_others_do_not_pay_for_it(
    client, district_mediator, regional_head, monkeypatch
):
    from rest_framework.throttling import UserRateThrottle

    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min"})
    client.force_login(district_mediator)
    answers = [client.get(reverse("api-offices")) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert int(answers[-1]["Retry-After"]) > 0
    body = answers[-1].json()
    assert (body["status"], body["title"]) == (429, "请求过于频繁")
    assert body["detail"]
    assert not body["detail"].isascii()
    # Counted by account, whether it comes with a session or with a token.
    client.logout()
    _row, token = make(district_mediator, scopes=[Scope.OFFICES_READ], at=timezone.now())
    assert client.get(reverse("api-offices"), **bearer(token)).status_code == 429
    client.force_login(regional_head)
    assert client.get(reverse("api-offices")).status_code == 200


@pytest.mark.parametrize(
    "query", [{"page_size": "0"}, {"page_size": "x"}, {"cursor": "!"}, {"name": "古"}]
)
def test_what_is_asked_wrongly_is_said_by_name(client, district_mediator, query):
    client.force_login(district_mediator)
    answer = client.get(reverse("api-offices"), query)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == set(query)


def test_pages_follow_each_other_without_gap(client, district_mediator):
    client.force_login(district_mediator)
    url, names = reverse("api-offices") + "?page_size=3", []
    while url:
        body = client.get(url).json()
        names += [office["name"] for office in body["results"]]
        url = body["next"]
    assert len(names) == len(set(names)) == 8


def test_what_has_not_changed_is_not_sent_again(client, district_mediator, register):
    client.force_login(district_mediator)
    url = reverse("api-office", args=[register.guta.pk])
    etag = client.get(url)["ETag"]
    again = client.get(url, HTTP_IF_NONE_MATCH=etag)
    assert (again.status_code, again.content) == (304, b"")
    register.guta.short_name = "古塔中心"
    register.guta.save()
    assert client.get(url, HTTP_IF_NONE_MATCH=etag).status_code == 200


def test_nobody_revokes_the_token_of_another(client, district_mediator, regional_head):
    row, _token = make(district_mediator)
    client.force_login(regional_head)
    assert client.post(reverse("token_revoke", args=[row.pk])).status_code == 404
    client.force_login(district_mediator)
    assert client.post(reverse("token_revoke", args=[row.pk])).status_code == 302
