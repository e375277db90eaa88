"""Every sentence of the product has its Chinese translation."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[1]
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
NO_SENTENCES = ("tests", "bench", "bin", "node_modules", "var", "docs")


@pytest.fixture(scope="module")
def catalogue():
    """The entries of the catalogue that are in use."""
    return [entry for entry in polib.pofile(str(ROOT / CATALOGUE)) if not entry.obsolete]


def msgids(entries):
    """Return what identifies each of *entries*."""
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries}


def test_nothing_is_untranslated(catalogue):
    assert [entry.msgid for entry in catalogue if not entry.translated() and not entry.fuzzy] == []


def test_nothing_is_fuzzy(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []


def test_placeholders_are_the_same_in_both_languages(catalogue):
    for entry in catalogue:
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            if text and "python-brace-format" not in entry.flags:
                assert placeholders(text) <= placeholders(entry.msgid + entry.msgid_plural), text


def placeholders(text):
    """Return the named placeholders of *text*."""
    return {part.split(")")[0] for part in text.split("%(")[1:]}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
def test_every_sentence_of_the_code_is_in_the_catalogue(catalogue, tmp_path):
    copy = tmp_path / "house"
    hidden = shutil.ignore_patterns(".*", "node_modules", "var", "tests", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=hidden)
    ignored = [word for name in NO_SENTENCES for word in ("-i", name)]
    command = [sys.executable, "manage.py", "makemessages", "-l", "zh_Hans", "--no-obsolete"]
    # The copy lacks the tests, and with them the apps that only the settings of tests name.
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([*command, *ignored], cwd=copy, env=env, check=True, capture_output=True)

    found = polib.pofile(str(copy / CATALOGUE))

    assert msgids(found) - msgids(catalogue) == set()
    assert msgids(catalogue) - msgids(found) == set()
