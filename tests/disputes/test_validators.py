from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from disputes.validators import (
    birth_date_of,
    identity_check_character,
    normalise_identity_number,
    normalise_name,
    parse_date,
    parse_money,
    sex_of,
    validate_identity_number,
    validate_money,
    validate_name,
)

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
amounts = st.decimals(0, Decimal("9999999999.99"), places=2)


@st.composite
def identity_numbers(draw):
    serial = draw(st.integers(0, 999))
    first17 = f"210799{draw(days):%Y%m%d}{serial:03d}"
    return first17 + identity_check_character(first17)


def reason_of(validate, *args, **kwargs):
    with pytest.raises(ValidationError) as error:
        validate(*args, **kwargs)
    assert error.value.messages
    return error.value.code


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("210799199001010017", date(1990, 1, 1), "m"),
        ("210799198506150029", date(1985, 6, 15), "f"),
        ("210799200803010030", date(2008, 3, 1), "m"),
        ("21079919900101005X", date(1990, 1, 1), "m"),
    ],
)
def test_true_identity_numbers_pass_and_state_birth_and_sex(number, birth, sex):
    validate_identity_number(number)
    assert birth_date_of(number) == birth
    assert sex_of(number) == sex


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("210799199001010018", "identity_check"),
        ("210799198506150020", "identity_check"),
        ("210799200803010031", "identity_check"),
        ("210799199001010050", "identity_check"),
        ("21079919900101001", "identity_length"),
        ("210799900101001", "identity_length"),
        ("21079919900101X017", "identity_character"),
        ("2107991990010１0017", "identity_character"),
        ("210799199002300014", "identity_birth"),
        ("210799000001010014", "identity_birth"),
        ("010799199001010017", "identity_area"),
        ("990799199001010017", "identity_area"),
        ("", "identity_length"),
    ],
)
def test_wrong_identity_numbers_say_why(number, reason):
    assert reason_of(validate_identity_number, number) == reason


def test_an_area_that_no_longer_exists_is_accepted():
    for area in ("210799", "110103", "810000", "830000"):
        first17 = area + "19900101001"
        validate_identity_number(first17 + identity_check_character(first17))


def test_a_permanent_residence_card_of_a_foreigner_is_accepted():
    first17 = "91210719900101001"
    assert len(first17) == 17
    validate_identity_number(first17 + identity_check_character(first17))


def test_identity_numbers_are_stored_narrow_with_a_capital_x():
    assert normalise_identity_number(" ２１０７９９19900101 005x\u3000") == "21079919900101005X"


@given(identity_numbers())
def test_every_number_with_its_check_character_passes(number):
    validate_identity_number(number)


@given(identity_numbers(), st.integers(0, 16), st.sampled_from("0123456789"))
def test_one_mistyped_digit_never_passes(number, place, digit):
    wrong = number[:place] + digit + number[place + 1 :]
    if wrong != number:
        reason_of(validate_identity_number, wrong)


@given(identity_numbers(), st.integers(0, 15))
def test_two_swapped_neighbours_never_pass(number, place):
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if wrong != number:
        reason_of(validate_identity_number, wrong)


@given(st.text())
def test_no_text_breaks_the_checks_of_a_person(text):
    for normalise, validate in (
        (normalise_identity_number, validate_identity_number),
        (normalise_name, validate_name),
    ):
        stored = normalise(text)
        try:
            validate(stored)
        except ValidationError as error:
            said = error.messages
        else:
            said = ["fine"]
        assert all(said)
    birth_date_of(text), sex_of(text)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("谢丽𬭎", "谢丽𬭎"),
        ("张　三", "张三"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("迪丽 ・ 努尔", "迪丽·努尔"),
        ("Anna  Maria O'Neil", "Anna Maria O'Neil"),
        ("王\U000313a0", "王\U000313a0"),
    ],
)
def test_names_are_stored_in_one_way(written, stored):
    assert normalise_name(written) == stored
    validate_name(stored)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("王", "name_length"),
        ("王" * 51, "name_length"),
        ("王3", "name_character"),
        ("·王", "name_character"),
        ("张三<b>", "name_character"),
        ("张三、李四", "name_character"),
    ],
)
def test_wrong_names_say_why(name, reason):
    assert reason_of(validate_name, name) == reason


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("1.2万", "12000.00"),
        ("1.2 万元", "12000.00"),
        ("12,000元", "12000.00"),
        ("１２，０００．５０", "12000.50"),
        ("￥3000", "3000.00"),
        ("¥3,000.00元整", "3000.00"),
        ("人民币3000元", "3000.00"),
        ("3千", "3000.00"),
        ("2亿", "200000000.00"),
        (".5", "0.50"),
        ("12.", "12.00"),
        (0, "0.00"),
        (3717, "3717.00"),
        (1322.29, "1322.29"),
        (0.1 + 0.2, "0.30"),
        (Decimal("9999999999.99"), "9999999999.99"),
    ],
)
def test_amounts_are_read_as_people_write_them(written, yuan):
    assert str(parse_money(written)) == yuan


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("约3000", "money"),
        ("三千", "money"),
        ("1,2,3", "money"),
        ("12.000,50", "money"),
        ("", "money"),
        ("元", "money"),
        ("1e5", "money"),
        (True, "money"),
        (float("nan"), "money"),
        (float("inf"), "money"),
        ("-1", "money_negative"),
        (-0.01, "money_negative"),
        ("10000000000", "money_maximum"),
        ("100亿", "money_maximum"),
        (1e300, "money_maximum"),
        ("1.234", "money_decimals"),
        (1.234, "money_decimals"),
    ],
)
def test_other_amounts_are_refused(written, reason):
    assert reason_of(parse_money, written) == reason


def test_a_bare_number_counts_in_the_unit_of_its_column():
    assert parse_money(1.2, unit=10_000) == Decimal("12000.00")
    assert parse_money("1.2", unit=10_000) == Decimal("12000.00")
    assert parse_money("1.2万", unit=10_000) == Decimal("12000.00")
    assert parse_money("800元", unit=10_000) == Decimal("800.00")


@given(amounts)
def test_an_amount_is_read_back_as_it_was_written(amount):
    validate_money(amount)
    assert parse_money(f"{amount:,.2f}元") == amount
    assert parse_money(str(amount)) == amount
    assert parse_money(float(amount)) == amount


@given(st.one_of(st.text(), st.floats(), st.integers(), st.decimals(), st.booleans()))
def test_an_amount_is_read_or_refused_but_never_breaks(written):
    try:
        validate_money(parse_money(written))
    except ValidationError as error:
        said = error.messages
    else:
        said = ["fine"]
    assert all(said)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "20260305",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "2026年03月05",
        "２０２６－０３－０５",
        "２０２６年３月５日",
        " 2026-03-05 ",
        "2026-03-05 00:00:00",
        "2026/3/5 9:30",
        46086,
        46086.5,
        "46086",
        date(2026, 3, 5),
        datetime(2026, 3, 5, 23, 59),
    ],
)
def test_dates_are_read_as_people_and_spreadsheets_write_them(written):
    assert parse_date(written) == date(2026, 3, 5)


def test_a_workbook_counts_days_from_its_own_epoch():
    assert parse_date(44624, epoch=1904) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("去年春天", "date"),
        ("", "date"),
        ("26.3.5", "date"),
        ("2026.3", "date"),
        ("2026-3/5", "date"),
        ("3/5/2026", "date"),
        (5, "date"),
        (True, "date"),
        (None, "date"),
        (float("nan"), "date"),
        (float("inf"), "date"),
        ("2026-02-29", "date_missing"),
        ("2026年13月1日", "date_missing"),
        ("0000-01-01", "date_missing"),
        ("20260230", "date_missing"),
    ],
)
def test_other_dates_are_refused(written, reason):
    assert reason_of(parse_date, written) == reason


@given(days, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日"]))
def test_a_date_is_read_back_from_every_way_of_writing(day, way):
    assert parse_date(day.strftime(way)) == day


@given(st.integers(20000, 60000))
def test_a_serial_number_is_the_day_that_excel_shows(serial):
    assert parse_date(serial) == date(1899, 12, 30) + timedelta(days=serial)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.booleans()))
def test_a_date_is_read_or_refused_but_never_breaks(written):
    try:
        parse_date(written)
    except ValidationError as error:
        said = error.messages
    else:
        said = ["fine"]
    assert all(said)
