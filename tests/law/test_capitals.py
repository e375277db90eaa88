from decimal import Decimal

import pytest

from law.capitals import in_capitals


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("12000", "壹万贰仟元整"),
        ("14600.50", "壹万肆仟陆佰元伍角整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100000000", "壹亿元整"),
        ("100010000", "壹亿零壹万元整"),
        ("20000005.00", "贰仟万零伍元整"),
        ("10100", "壹万零壹佰元整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("9999999999.99", "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_amounts_are_written_in_capitals(amount, said):
    assert in_capitals(Decimal(amount)) == said


def test_a_negative_amount_is_not_written():
    with pytest.raises(ValueError):
        in_capitals(Decimal("-1"))
