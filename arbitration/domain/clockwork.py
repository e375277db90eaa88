"""The clock to which the whole desk works."""

from disputes.domain import clocks


def award_clock(proceeding):
    """Return the running or suspended deadline of the award of *proceeding*, or None."""
    return clocks.find_clock(proceeding.case, "ARB_AWARD", proceeding=proceeding)
