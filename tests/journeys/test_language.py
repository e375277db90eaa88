"""Every page in Chinese without an English word, and in English without a Chinese one."""

import re

import pytest

from disputes.domain.ledger.columns import REASON
from papers.domain.templates import fields_for
from papers.layouts import KINDS
from tests.journeys import world
from tests.journeys.crawling import walk

LATIN = re.compile(r"[A-Za-z]{4,}")
HAN = re.compile(r"[\u3400-\u9fff]+")
# Words that a Chinese page says as they are.
NAMES = {"Excel", "Word", "xlsx", "OpenAPI"}


@pytest.fixture(scope="module")
def data(tmp_path_factory, django_db_setup, django_db_blocker):
    """What people have written into a full house; the house itself stays for the module."""
    with world.filled(tmp_path_factory.mktemp("ledger"), django_db_blocker.unblock):
        yield world.written()


@pytest.fixture
def readers(data, db, clock, settings):
    """Somebody for every role, as (role and kind of office, person)."""
    settings.DEMO = True
    return world.cast().items()


def refuse_words(client, readers, *, pattern, known):
    """Fail with a line for each word that matches *pattern* and is not *known*: who reads it where."""
    found, seen = {}, set()
    for who, person in readers:
        client.force_login(person)
        for path, _answer, page in walk(client, seen=seen):
            for sentence in page.words:
                for word in pattern.findall(sentence):
                    if word not in known:
                        found.setdefault(word, f"{word}: {who[0]}, {path}, {sentence[:80]}")
    if found:
        pytest.fail("\n".join(found.values()), pytrace=False)


def test_no_page_in_chinese_says_an_english_word(client, readers, data):
    known = NAMES | set(LATIN.findall(data))
    refuse_words(client, readers, pattern=LATIN, known=known)


def test_no_page_in_english_says_a_chinese_word(client, readers, data):
    client.cookies["django_language"] = "en"
    # Official papers are Chinese, and so are the names of what is filled into them.
    fields = " ".join(name for code in KINDS for name in fields_for(code))
    refuse_words(client, readers, pattern=HAN, known=data + REASON + fields)
