"""Invented people: names, identity numbers, telephones, addresses."""

from datetime import date, timedelta
from functools import cache

from disputes.validators import identity_check_character
from workflows.demo.accounts import cast
from workflows.demo.words import words

AREA = "210799"  # no such area: nobody has a number that begins with it
PHONE = "1540000"
LEAP_DAYS = (date(1968, 2, 29), date(1984, 2, 29), date(1992, 2, 29), date(1996, 2, 29))
# Of a hundred applicants: how many have a name with a dot, with a rare sign, very long.
KINDS = {"plain": 965, "dotted": 15, "rare": 15, "long": 5}


def draw_name(rng, sex):
    """Return an ordinary name for somebody of *sex* ("f" or "m") whom the cast does not know."""
    given = words()["women" if sex == "f" else "men"]
    while True:
        name = _surname(rng) + rng.choice(given)
        if name not in _cast_names():
            return name


def draw_staff_name(rng):
    """Return a name that no applicant has: who mediates shares no name with a party."""
    return rng.choice(words()["surnames"]) + rng.choice(words()["staff_given"])


def draw_worker(rng, *, kind="", born=None):
    """Return name, sex and identity number of an applicant as fields of ``Party``.

    *kind* asks for a name of one of ``KINDS``, *born* for a birth date.
    """
    kind = kind or rng.choices(list(KINDS), KINDS.values())[0]
    sex = rng.choice("fmm")
    name = draw_name(rng, sex) if kind == "plain" else rng.choice(words()[kind])
    born = born or _birth(rng)
    return {"name": name, "sex": sex, "id_number": identity_number(rng, born, sex)}


def identity_number(rng, born, sex):
    """Return a number of the area 210799 for somebody of *sex* born on the date *born*."""
    serial = rng.randrange(500) * 2 + (sex == "m")
    first17 = f"{AREA}{born:%Y%m%d}{serial:03d}"
    return first17 + identity_check_character(first17)


def draw_phone(rng):
    """Return a mobile number of a range that is given to nobody."""
    return f"{PHONE}{rng.randrange(10_000):04d}"


def draw_address(rng, county):
    """Return an address in *county* that does not exist."""
    return f"{county}××街道演示路{rng.randrange(1, 300)}号"


def _surname(rng):
    if rng.random() < 0.01:
        return rng.choice(words()["double_surnames"])
    return rng.choice(words()["surnames"])


def _birth(rng):
    if rng.random() < 0.01:
        return rng.choice(LEAP_DAYS)
    return date(1968, 1, 1) + timedelta(days=rng.randrange(36 * 365))


@cache
def _cast_names():
    return frozenset(account.name for account in cast())
