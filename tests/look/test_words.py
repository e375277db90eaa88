"""Dates, money and names are said one way everywhere."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from disputes.look import masks, words

TODAY = date(2026, 9, 22)


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("zh-hans", date(2026, 9, 24), "9月24日 周四"),
        ("zh-hans", date(2027, 7, 31), "2027年7月31日 周六"),
        ("en", date(2026, 9, 24), "Thu 24 Sep"),
        ("en", date(2027, 7, 31), "Sat 31 Jul 2027"),
    ],
)
def test_a_day_is_said_with_its_weekday_and_another_years_year(language, day, said):
    with override(language):
        assert words.say_day(day, today=TODAY) == said


def test_a_moment_is_said_in_the_time_of_the_house():
    with override("zh-hans"):
        late = datetime(2026, 9, 23, 17, 30, tzinfo=UTC)
        assert words.say_moment(late, today=TODAY) == "9月24日 周四 01:30"


def test_amounts_have_thousands_and_two_places():
    assert words.say_yuan(Decimal("19900")) == "19,900.00"
    assert words.say_yuan("5903.355") == "5,903.36"


def test_a_round_amount_may_drop_its_places_but_no_other():
    assert words.say_yuan(Decimal("19900.00"), cents=False) == "19,900"
    assert words.say_yuan(Decimal("19900.50"), cents=False) == "19,900.50"


def test_a_count_at_its_cap_says_that_there_may_be_more():
    assert words.say_count(999, cap=1000) == "999"
    assert words.say_count(1000, cap=1000).endswith("+")


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("210799199001010029", "210*************29"),
        ("2107990", "*******"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_identity_number_shows_three_and_two_signs(number, masked):
    assert masks.mask_id(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [("15400000312", "154****0312"), ("0416-2345678", "041****5678"), ("12351", "***51")],
)
def test_a_telephone_shows_three_and_four_digits(number, masked):
    assert masks.mask_phone(number) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("李玉梅", "李*梅"),
        ("王军", "王*"),
        ("欧阳晓梅", "欧**梅"),
        ("阿依古丽·买买提", "阿***提"),
        ("Anna Lee", "A*** L***"),
        ("王", "王"),
        ("", ""),
    ],
)
def test_a_name_hides_the_given_name(name, masked):
    assert masks.mask_name(name) == masked
