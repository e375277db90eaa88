"""Every page in Chinese without an English word, and in English without a Chinese one."""

import re

import pytest

from disputes.domain.ledger.columns import REASON
from notices.catalogue import CATALOGUE
from notices.domain.texts import all_words, fill, words_of
from papers.domain.templates import fields_for
from papers.layouts import KINDS
from tests.journeys import world
from tests.journeys.crawling import walk

LATIN = re.compile(r"[A-Za-z]{4,}")
HAN = re.compile(r"[\u3400-\u9fff]+")
# Words that a Chinese page says as they are.
NAMES = {"Excel", "Word", "xlsx", "docx", "json", "OpenAPI"}
# The places of a text that leaves the house, and the address in it.
PLACES = {"house", "kind", "link", "http", "https", "inbox"}


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
    known = NAMES | PLACES | set(LATIN.findall(data))
    refuse_words(client, readers, pattern=LATIN, known=known)


def test_no_page_in_english_says_a_chinese_word(client, readers, data, settings):
    client.cookies["django_language"] = "en"
    # Official papers are Chinese, and so are the names of what is filled into them.
    fields = " ".join(name for code in KINDS for name in fields_for(code))
    # What leaves the house is Chinese; the law is cited in its own language.
    law = sorted((settings.BASE_DIR / "law").rglob("*.py"))
    quoted = "".join(path.read_text(encoding="utf-8") for path in law)
    leaves = "".join(word for words in all_words().values() for word in map(str, words.values()))
    filled = "".join("".join(fill(words_of(kind), kind=kind).values()) for kind in CATALOGUE)
    quoted += leaves + filled
    refuse_words(client, readers, pattern=HAN, known=data + REASON + fields + quoted)
