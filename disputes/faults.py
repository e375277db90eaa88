"""What is written down when something failed, for whoever looks after the house."""


def say_fault(error):
    """Return the kind of *error* and its first line, at most 500 characters.

    The lines after it are left out: PostgreSQL repeats in them what stood in the row, and whoever
    looks after the house reads no case.
    """
    first, _break, _rest = str(error).partition("\n")
    return f"{type(error).__name__}: {first}"[:500]
