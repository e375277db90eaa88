"""Amounts in capitals (大写), as 支付结算办法 annex 1 writes them on vouchers."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
MOST = Decimal("9999999999999999.99")


def in_capitals(amount):
    """Return *amount* (``Decimal``, yuan, not negative) in capitals: 壹万贰仟元整.

    Raises ``ValueError`` for what cannot be written so.
    """
    amount = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if not 0 <= amount <= MOST:
        raise ValueError(amount)
    yuan, cents = divmod(int(amount * 100), 100)
    jiao, fen = divmod(cents, 10)
    said = f"{_say_whole(yuan)}元" if yuan or not cents else ""
    if not cents:
        return f"{said}整"
    if jiao:
        said += f"{DIGITS[jiao]}角"
    elif yuan:
        said += "零"
    return f"{said}{DIGITS[fen]}分" if fen else f"{said}整"


def _say_whole(number):
    if not number:
        return DIGITS[0]
    groups = []
    while number:
        number, rest = divmod(number, 10000)
        groups.append(rest)
    said, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(said)
            continue
        if said and (gap or group < 1000):
            said += DIGITS[0]
        said, gap = said + _say_group(group) + GROUPS[place], False
    return said


def _say_group(group):
    """Say a number of at most four digits, without zeros at either end."""
    said, zero = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            said += (DIGITS[0] if zero and said else "") + DIGITS[digit] + PLACES[place]
            zero = False
        else:
            zero = True
    return said
