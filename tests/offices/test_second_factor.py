"""The second factor: codes that count once, a lock, recovery codes, a reset by another."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.utils import timezone

from disputes.domain.rekeying import rotate
from offices.domain import accounts, refusals
from offices.domain import second_factor as factors
from offices.domain.administrators import create_administrators
from offices.models import SecondFactor
from offices.sealed import index_of
from tests.factories import MONDAY, PASSWORD, code_at, make_user

WRONG = "000000"
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def person(db):
    return make_user("lixia", "李霞")


@pytest.fixture
def beginner(db):
    """Somebody without an authenticator."""
    person = make_user("xinren", "新任")
    factors.reset(person, by=None)
    return person


def code_of(person, moment):
    return code_at(moment, secret=SecondFactor.objects.get(user=person).secret)


@pytest.mark.parametrize(("steps", "proven"), [(-2, False), (-1, True), (0, True), (1, True)])
def test_a_code_counts_half_a_minute_to_each_side(person, steps, proven):
    assert factors.prove(person, code_of(person, MONDAY + steps * HALF_MINUTE), at=MONDAY) == proven


def test_a_code_two_half_minutes_ahead_is_wrong(person):
    assert not factors.prove(person, code_of(person, MONDAY + 2 * HALF_MINUTE), at=MONDAY)


@pytest.mark.parametrize("gap", [" ", "-", "　"])
def test_a_code_is_read_with_gaps(person, gap):
    code = code_of(person, MONDAY)
    assert factors.prove(person, f" {code[:3]}{gap}{code[3:]} ", at=MONDAY)


@pytest.mark.parametrize("code", ["", "1", "12345", "1234567", "abcdef", "一二三四五六", "²²²²²²"])
def test_nonsense_is_no_code(person, code):
    assert not factors.prove(person, code, at=MONDAY)


def test_a_code_counts_once_and_so_do_those_before_it(person):
    code, before = code_of(person, MONDAY), code_of(person, MONDAY - HALF_MINUTE)
    assert factors.prove(person, code, at=MONDAY)
    assert not factors.prove(person, code, at=MONDAY)
    assert not factors.prove(person, before, at=MONDAY)
    later = MONDAY + HALF_MINUTE
    assert factors.prove(person, code_of(person, later), at=later)


def test_the_code_of_another_is_wrong(person):
    other = make_user("wanghong", "王红")
    factors.enrol(other, **offer(MONDAY))
    assert not factors.prove(person, code_of(other, MONDAY), at=MONDAY)


def offer(moment):
    secret = factors.make_secret()
    return {"secret": secret, "code": code_at(moment, secret=secret), "at": moment}


def test_enrolling_takes_a_right_code_and_gives_ten_recovery_codes(beginner):
    codes = factors.enrol(beginner, **offer(MONDAY))
    assert len(set(codes)) == 10
    beginner.refresh_from_db()
    assert beginner.secured_at == MONDAY


def test_enrolling_with_a_wrong_code_changes_nothing(beginner):
    with pytest.raises(refusals.WrongCode):
        factors.enrol(beginner, **{**offer(MONDAY), "code": WRONG})
    beginner.refresh_from_db()
    assert beginner.secured_at is None
    assert not SecondFactor.objects.filter(user=beginner).exists()


def test_the_code_that_confirmed_does_not_log_in_again(beginner):
    given = offer(MONDAY)
    factors.enrol(beginner, **given)
    assert not factors.prove(beginner, given["code"], at=MONDAY)


def test_a_recovery_code_counts_once(beginner):
    first, second, *_others = factors.enrol(beginner, **offer(MONDAY))
    assert factors.prove(beginner, first, at=MONDAY)
    assert not factors.prove(beginner, first, at=MONDAY)
    assert factors.prove(beginner, second.replace("-", ""), at=MONDAY)
    assert len(SecondFactor.objects.get(user=beginner).recovery) == 8


def test_recovery_codes_outlive_new_keys(beginner, settings):
    codes = factors.enrol(beginner, **offer(MONDAY))
    settings.INDEX_KEY = "another index key"
    assert factors.prove(beginner, codes[0], at=MONDAY)
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert sum(tally.changed for _table, tally in rotate()) == 1
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert factors.prove(beginner, codes[1], at=MONDAY)
    assert not factors.prove(beginner, codes[1], at=MONDAY)


def test_a_recovery_code_from_before_still_counts_once(beginner):
    factors.enrol(beginner, **offer(MONDAY))
    old = [index_of(f"{beginner.pk}:123456789012")]
    SecondFactor.objects.filter(user=beginner).update(recovery=old)
    assert factors.prove(beginner, "1234-5678-9012", at=MONDAY)
    assert not factors.prove(beginner, "1234-5678-9012", at=MONDAY)


def test_the_recovery_codes_of_another_are_wrong(beginner, person):
    code = factors.enrol(beginner, **offer(MONDAY))[0]
    assert not factors.prove(person, code, at=MONDAY)


def test_new_recovery_codes_end_the_old_ones(beginner):
    old = factors.enrol(beginner, **offer(MONDAY))[0]
    new = factors.renew_recovery_codes(beginner)[0]
    assert not factors.prove(beginner, old, at=MONDAY)
    assert factors.prove(beginner, new, at=MONDAY)


def test_the_database_holds_neither_secret_nor_recovery_codes(beginner):
    given = offer(MONDAY)
    codes = factors.enrol(beginner, **given)
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text FROM offices_secondfactor f")
        rows = "".join(text for (text,) in cursor.fetchall())
    assert given["secret"] not in rows
    assert not [code for code in codes if code in rows or code.replace("-", "") in rows]


def test_five_wrong_codes_lock_the_account_for_half_an_hour(person):
    for _attempt in range(5):
        assert not factors.prove(person, WRONG, at=MONDAY)
    assert accounts.is_locked(person, at=MONDAY)
    late = MONDAY + timedelta(minutes=29)
    with pytest.raises(refusals.TooManyWrongCodes):
        factors.prove(person, code_of(person, late), at=late)
    free = MONDAY + timedelta(minutes=30)
    assert not accounts.is_locked(person, at=free)
    assert factors.prove(person, code_of(person, free), at=free)


def test_a_right_code_forgets_the_wrong_ones(person):
    for _attempt in range(4):
        factors.prove(person, WRONG, at=MONDAY)
    factors.prove(person, code_of(person, MONDAY), at=MONDAY)
    factors.prove(person, WRONG, at=MONDAY)
    assert not accounts.is_locked(person, at=MONDAY)


def test_a_forgotten_code_is_no_guess(person):
    for _attempt in range(9):
        assert not factors.prove(person, "", at=MONDAY)
    assert not accounts.is_locked(person, at=MONDAY)


def test_unlocking_forgets_the_wrong_codes(person):
    for _attempt in range(5):
        factors.prove(person, WRONG, at=MONDAY)
    accounts.unlock(person)
    assert not accounts.is_locked(person, at=MONDAY)
    assert factors.prove(person, code_of(person, MONDAY), at=MONDAY)


def test_a_reset_takes_the_authenticator_and_its_recovery_codes_away(person):
    guard = make_user("anquan", "江岚")
    factors.reset(person, by=guard)
    person.refresh_from_db()
    assert person.secured_at is None
    assert not SecondFactor.objects.filter(user=person).exists()


def test_nobody_resets_her_own(person):
    with pytest.raises(refusals.NotOneself):
        factors.reset(person, by=person)
    person.refresh_from_db()
    assert person.secured_at


def test_administrators_who_lost_everything_begin_anew(register):
    today = timezone.localdate()
    made = create_administrators(on=today)
    for _role, person, _password in made:
        factors.enrol(person, **offer(MONDAY))
    for _role, person, password in create_administrators(on=today, renew=True):
        assert person.secured_at is None
        assert person.check_password(password)


def test_the_address_for_the_square_code_names_house_and_account():
    address = factors.address_of("ABC", account="lixia", house="防线 锦州市总工会")
    assert address.startswith("otpauth://totp/%E9%98%B2%E7%BA%BF%20")
    assert "%3Alixia?secret=ABC&issuer=%E9%98%B2" in address
    assert "+" not in address


def test_sessions_are_tied_to_both_factors(person):
    ties = {person.get_session_auth_hash()}
    accounts.change_password(person, PASSWORD + "x")
    ties.add(person.get_session_auth_hash())
    factors.enrol(person, **offer(MONDAY + HALF_MINUTE))
    ties.add(person.get_session_auth_hash())
    factors.reset(person, by=None)
    ties.add(person.get_session_auth_hash())
    assert len(ties) == 4
