"""Print the leak matrix: python -m tests.journeys.leak_table > docs/leak_matrix.md"""

import os
import sys

HEAD = """# The leak matrix

Who passes which door, as `tests/journeys/test_leak_matrix.py` walks it: every role at every door of
the running house, in every situation. Printed from the table of that test by
`python -m tests.journeys.leak_table > docs/leak_matrix.md`; do not edit.

Reach: **content** reads the case, **outline** sees that it exists and where it stands with masked
names, **status** how it stands and how it ended, – nothing at all: the door answers 404, lists,
search, counts and the inbox do not know the case.
"""


def lines():
    """Yield the lines of the document."""
    from tests.journeys import leak_cast as cast
    from tests.journeys.leaks import DOORS, NOTHING

    yield from HEAD.splitlines()
    yield from ["## How far each person reaches", ""]
    yield "| person | " + " | ".join(cast.SITUATIONS) + " |"
    yield "|---" * (len(cast.SITUATIONS) + 1) + "|"
    for person in cast.PEOPLE:
        found = [person.reaches(situation) for situation in cast.SITUATIONS]
        yield f"| {person.title} | " + " | ".join("–" if r == NOTHING else r for r in found) + " |"
    yield from ["", "## What each door asks", "", "| door | who passes |", "|---|---|"]
    for name, door in DOORS.items():
        yield f"| `{name}` | {_say(door)} |"


def _say(door):
    above = f"; those above who {door.above}" if door.above else ""
    if door.kind == "case":
        return f"reads the case: from {door.least} on{above}"
    if door.kind == "act":
        by = f", certainly {_people(door.served)}" if door.served else ""
        lasting = "; after it was sent on too" if door.lasting else ""
        return f"works on the case{by}{above}{lasting}"
    return {
        "list": "a list: shows what one reaches, and nothing else",
        "hung": f"a thing on a case: {_people(door.served)}; nobody through a wall or a seal",
        "told": f"{_people(door.served)}; names no case that is hidden from them",
        "owned": f"{_people(door.served)} alone: her own",
        "staff": f"a duty: {', '.join(role.replace('_', ' ') for role in door.served)}",
        "mine": "whoever serves; tells of no case",
        "public": "everybody; tells of no case",
        "elsewhere": f"`{door.test}`",
    }[door.kind]


def _people(keys):
    return ", ".join(key.replace("_", " ") for key in keys)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")
    import django

    django.setup()
    sys.stdout.write("\n".join(lines()) + "\n")
