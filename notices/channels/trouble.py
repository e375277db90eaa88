"""Why a message did not leave: the way is down, or this one message is not taken."""


class Down(Exception):
    """The receiver cannot be reached or is not able to work: the way waits, in order."""


class Failed(Exception):
    """The receiver works but broke on this message: its lane waits, in order."""


class Refused(Exception):
    """The receiver works and does not take this message: it steps aside."""


class Withheld(Exception):
    """The recipient may not know of it any more: it is parked at once."""
