import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from offices.validators import (
    CREDIT_CODE_ALPHABET,
    credit_code_check_character,
    narrow,
    normalise_credit_code,
    normalise_organisation,
    normalise_phone,
    validate_credit_code,
    validate_mobile,
    validate_phone,
)

first17 = st.text(CREDIT_CODE_ALPHABET, min_size=17, max_size=17)


def code_of(error):
    return error.value.code


@pytest.mark.parametrize(
    "code",
    [
        "91210799MADM00019D",
        "81210799MADM00019E",
        "N2210799MADM00019W",  # a letter among the first eight
        "91210799MADM002110",  # remainder 0
    ],
)
def test_true_credit_codes_pass(code):
    validate_credit_code(code)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("91210799MADM00019E", "credit_code_check"),
        ("91210799MADM00211W", "credit_code_check"),
        ("91210799MADM00019", "credit_code_length"),
        ("", "credit_code_length"),
        ("91210799MADMO0019D", "credit_code_character"),
        ("91210799madm00019d", "credit_code_character"),
        ("91210799MADM0001９D", "credit_code_character"),
    ],
)
def test_wrong_credit_codes_say_why(code, reason):
    with pytest.raises(ValidationError) as error:
        validate_credit_code(code)
    assert code_of(error) == reason


def test_the_sentence_names_the_place_of_a_wrong_character():
    with pytest.raises(ValidationError) as error:
        validate_credit_code("91210799MADMO0019D")
    assert error.value.params == {"place": 13, "character": "O"}


@given(first17)
def test_every_code_with_its_check_character_passes(text):
    validate_credit_code(text + credit_code_check_character(text))


@given(first17, st.integers(0, 17), st.sampled_from(CREDIT_CODE_ALPHABET))
def test_one_mistyped_character_never_passes(text, place, character):
    code = text + credit_code_check_character(text)
    wrong = code[:place] + character + code[place + 1 :]
    if wrong == code:
        validate_credit_code(wrong)
    else:
        with pytest.raises(ValidationError):
            validate_credit_code(wrong)


def test_credit_codes_are_stored_narrow_and_upper_case():
    assert normalise_credit_code(" ９１２１０７９９ｍａｄｍ-00019d\u200b") == "91210799MADM00019D"


def test_narrow_keeps_chinese_characters_of_every_plane():
    assert narrow("　谢丽𬭎（１２）㛃\ufeff ") == "谢丽𬭎(12)㛃"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("１５４００００８２８９", "15400008289"),
        ("154 0000 8289", "15400008289"),
        ("154-0000-8289", "15400008289"),
        ("+86 15400008289", "15400008289"),
        ("04162345678", "0416-2345678"),
        ("(0416)2345678", "0416-2345678"),
        ("0416—2345678-12", "0416-2345678-12"),
        ("01012345678", "010-12345678"),
    ],
)
def test_phones_are_stored_in_one_way(written, stored):
    assert normalise_phone(written) == stored
    validate_phone(stored)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("1540000828", "mobile_length"),
        ("154000082890", "mobile_length"),
        ("12400008289", "mobile_start"),
        ("1540000828x", "mobile_character"),
        ("", "mobile_character"),
        ("١٥٤٠٠٠٠٨٢٨٩", "mobile_character"),
    ],
)
def test_wrong_mobile_numbers_say_why(number, reason):
    with pytest.raises(ValidationError) as error:
        validate_mobile(number)
    assert code_of(error) == reason


def test_a_landline_is_a_phone_but_not_a_mobile():
    validate_phone("0416-2345678")
    with pytest.raises(ValidationError):
        validate_mobile("0416-2345678")


def test_a_landline_needs_seven_digits():
    with pytest.raises(ValidationError) as error:
        validate_phone("0416-234567")
    assert code_of(error) == "landline"


@given(st.text())
def test_no_text_breaks_a_check(text):
    for normalise, validate in (
        (normalise_phone, validate_phone),
        (normalise_credit_code, validate_credit_code),
    ):
        stored = normalise(text)
        assert normalise(stored) == stored
        try:
            validate(stored)
        except ValidationError as error:
            said = error.messages
        else:
            said = ["fine"]
        assert all(said)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        (" 锦北样例(集团) 有限 公司", "锦北样例（集团）有限公司"),
        ("锦北样例（集团）有限公司", "锦北样例（集团）有限公司"),
        ("锦北样例物流０３３有限公司", "锦北样例物流033有限公司"),
        ("Sample  Trading (Jinzhou) Ltd.", "Sample Trading (Jinzhou) Ltd."),
    ],
)
def test_names_of_organisations_are_stored_in_one_way(written, stored):
    assert normalise_organisation(written) == stored
