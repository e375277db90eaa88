"""Doors of legal aid on the way of a case, as in tests/journeys/test_doors.py."""

DOORS = {
    "case_aid": lambda case: [case.pk],
    "case_ask": lambda case: [case.pk],
    "aid_apply": lambda case: [case.pk],
}
