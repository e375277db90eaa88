"""Personal data with the telling part hidden. What is hidden here never reaches the page."""

import re

# More would stretch a list, and count the letters of a name.
MOST_STARS = 3


def mask_id(number):
    """Return an identity number with all but the first three and last two signs hidden.

    >>> mask_id("210799199001010029")
    '210*************29'
    """
    text = str(number or "").strip()
    if len(text) < 8:
        return "*" * len(text)
    return f"{text[:3]}{'*' * (len(text) - 5)}{text[-2:]}"


def mask_phone(number):
    """Return a telephone number with its middle hidden.

    >>> mask_phone("15400000312")
    '154****0312'
    """
    text = re.sub(r"[^\d+]", "", str(number or ""))
    if len(text) < 8:
        return "*" * max(0, len(text) - 2) + text[-2:]
    return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"


def mask_name(name):
    """Return a person's name with the given name hidden but for its last sign.

    Two signs keep the family name only; a name in Latin letters keeps its first letter; a long
    name does not tell how long it is.

    >>> mask_name("李玉梅"), mask_name("王军"), mask_name("欧阳晓梅"), mask_name("阿依古丽·买买提")
    ('李*梅', '王*', '欧**梅', '阿***提')
    """
    text = str(name or "").strip()
    if len(text) < 2:
        return text
    if text.isascii():
        return " ".join(f"{word[0]}***" for word in text.split())
    if len(text) == 2:
        return f"{text[0]}*"
    return f"{text[0]}{'*' * min(len(text) - 2, MOST_STARS)}{text[-1]}"


def mask_place(text):
    """Return an address of which only the district is left.

    >>> mask_place("古塔区士英街5号")
    '古塔区****'
    """
    return f"{text[:3]}****" if len(text) > 3 else "****"
