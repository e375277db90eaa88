"""The words of the demo: names, trades, and what people say and write in its files."""

import json
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@cache
def words():
    """Return the lists of words by topic, as read from data/words.json."""
    return json.loads((DATA / "words.json").read_text(encoding="utf-8"))


def say(rng, topic, **facts):
    """Return one of the sentences about *topic* with its places filled from *facts*.

    *topic* is a name in data/words.json; "facts.wages" is "wages" under "facts".
    """
    found = words()
    for name in topic.split("."):
        found = found[name]
    return rng.choice(found).format(**facts)


def day_words(day):
    """Return the ``date`` *day* as it is written in a file."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_words(day):
    """Return the month of the ``date`` *day* as it is written in a file."""
    return f"{day.year}年{day.month}月"
