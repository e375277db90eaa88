"""Accounts: opened, named, locked, switched off; passwords said once."""

from datetime import date
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from offices.domain import accounts, refusals
from offices.domain.administrators import create_administrators
from offices.duties import ADMINISTRATORS
from offices.models import Posting, User
from offices.passwords import make_password_once
from tests.factories import PASSWORD, code_of, make_user

TODAY = date(2026, 9, 7)


def log_in(person, password):
    return authenticate(username=person.username, password=password, code=code_of(person))


def test_an_account_opens_with_a_password_for_one_login(db):
    person, password = accounts.open_account(username="LiXia", name="李霞")
    assert (person.username, person.must_change_password, person.is_demo) == ("lixia", True, False)
    assert person.check_password(password)


def test_passwords_for_one_login_keep_the_rules_and_differ():
    passwords = {make_password_once() for _one in range(50)}
    assert len(passwords) == 50
    for password in passwords:
        validate_password(password)


@pytest.mark.parametrize(
    ("password", "holds"),
    [
        ("abcdefgh12", False),
        ("ABCDEFGH12", False),
        ("abcdefghIJ", False),
        ("abcdefgh1!", True),
        ("abcdefGH12", True),
        ("工会工会工会工会ab1", True),
        ("aB1!", False),
        ("Password123", False),
        ("lixia2026ABC", False),
    ],
)
def test_a_password_is_long_and_mixed_and_not_the_username(password, holds):
    person = User(username="lixia2026abc", name="李霞")
    if holds:
        validate_password(password, person)
    else:
        with pytest.raises(ValidationError):
            validate_password(password, person)


@pytest.mark.parametrize("username", ["lixia", "LIXIA", "LiXia"])
def test_a_name_is_taken_in_any_letters(db, username):
    accounts.open_account(username="lixia", name="李霞")
    with pytest.raises(refusals.NameTaken):
        accounts.open_account(username=username, name="李侠")


def test_the_database_too_takes_a_name_once_in_any_letters(db):
    make_user("lixia", "李霞")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user("LIXIA", "李侠")


def test_one_logs_in_with_capitals_and_small_letters(db):
    person = make_user("lixia", "李霞")
    assert authenticate(username="LiXia", password=PASSWORD, code=code_of(person)) == person


def test_a_new_password_ends_the_old_one(db):
    person, keeper = make_user("lixia", "李霞"), make_user("xitong", "罗文")
    password = accounts.reset_password(person, by=keeper)
    assert person.must_change_password
    assert log_in(person, PASSWORD) is None
    assert log_in(person, password) == person


def test_nobody_resets_or_switches_off_her_own_account(db):
    keeper = make_user("xitong", "罗文")
    with pytest.raises(refusals.NotOneself):
        accounts.reset_password(keeper, by=keeper)
    with pytest.raises(refusals.NotOneself):
        accounts.switch_off(keeper, by=keeper)


def test_who_is_switched_off_does_not_log_in_until_switched_on(db):
    person = make_user("lixia", "李霞")
    accounts.switch_off(person, by=None)
    assert log_in(person, PASSWORD) is None
    accounts.switch_on(person)
    assert log_in(person, PASSWORD) == person


def test_five_failures_lock_and_unlocking_forgets_them(db):
    person = make_user("lixia", "李霞")
    now = timezone.now()
    attempt = AccessAttempt.objects.create(
        username="lixia", ip_address="127.0.0.1", failures_since_start=4
    )
    assert not accounts.is_locked(person, at=now)
    attempt.failures_since_start = 5
    attempt.save()
    assert accounts.is_locked(person, at=now)
    assert not accounts.is_locked(person, at=now + timezone.timedelta(minutes=31))
    accounts.unlock(person)
    assert not accounts.is_locked(person, at=now)


def test_a_house_without_a_federation_gets_no_administrators(db):
    with pytest.raises(CommandError):
        call_command("create_administrators")
    assert not User.objects.exists()


def test_three_administrators_are_made_once(register):
    made = create_administrators(on=TODAY)
    assert [role for role, _person, _password in made] == list(ADMINISTRATORS)
    assert len({person.pk for _role, person, _password in made}) == 3
    assert all(person.check_password(password) for _role, person, password in made)
    again = create_administrators(on=TODAY)
    assert [(role, person, "") for role, person, _password in made] == again
    assert Posting.objects.filter(office=register.federation).count() == 3


def test_an_administrator_who_left_is_replaced_under_a_free_name(register):
    first = create_administrators(on=TODAY)[0][1]
    accounts.switch_off(first, by=None)
    role, second, password = create_administrators(on=TODAY)[0]
    assert (second.username, bool(password)) == ("xitong2", True)


def test_lost_passwords_of_administrators_are_renewed(register):
    made = create_administrators(on=TODAY)
    renewed = create_administrators(on=TODAY, renew=True)
    for (_role, before, old), (_same, person, new) in zip(made, renewed, strict=True):
        assert before == person
        assert new != old
        assert person.check_password(new)


def test_the_command_prints_a_password_for_each_and_none_twice(register):
    first, second = StringIO(), StringIO()
    call_command("create_administrators", stdout=first)
    call_command("create_administrators", stdout=second)
    lines = [line.split("\t") for line in first.getvalue().splitlines()[:3]]
    for _role, username, password in lines:
        assert User.objects.get(username=username).check_password(password)
        assert password not in second.getvalue()


def test_synchronising_runs_every_day_without_harm(register, district_mediator):
    for _day in range(2):
        call_command("synchronise_postings", stdout=StringIO())
    assert district_mediator.groups.count() == 1


def test_the_last_five_passwords_are_not_used_again(db):
    person = make_user("lixia", "李霞")
    used = [f"Other-Password-{number}" for number in range(5)]
    for password in used:
        accounts.change_password(person, password)
    for password in used:
        with pytest.raises(ValidationError):
            validate_password(password, person)
    validate_password(PASSWORD, person)


def test_passwords_are_remembered_as_hashes_only(db):
    person = make_user("lixia", "李霞")
    assert [used.password for used in person.used_passwords.all()] == [person.password]
