"""The packages are pinned, complete, and without psycopg 3."""

import importlib.metadata
import importlib.util
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
FILES = ("requirements.txt", "requirements-test.txt", "requirements-npm.txt")
EXACT = re.compile(r"[A-Za-z0-9._-]+==\d[A-Za-z0-9.]*")


def lines(name):
    """Return what the file *name* asks for, without comments."""
    text = (ROOT / name).read_text().splitlines()
    return [line for line in text if line and not line.startswith("#")]


def plain(name):
    """Return the one spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(*names):
    """Return the plain names of all packages pinned in the files *names*."""
    return {plain(line.split("==")[0]) for name in names for line in lines(name) if "==" in line}


def test_psycopg_3_is_absent():
    # Django would silently prefer it to psycopg2.
    assert importlib.util.find_spec("psycopg") is None


@pytest.mark.parametrize("name", FILES)
def test_pins_are_exact(name):
    wrong = [line for line in lines(name) if not EXACT.fullmatch(line)]

    assert wrong in ([], ["-r requirements.txt"])


@pytest.mark.parametrize("files", [("requirements.txt",), ("requirements.txt", FILES[1])])
def test_pins_are_complete(files):
    have = pinned(*files)
    needed = set()
    for name in have:
        for text in importlib.metadata.requires(name) or []:
            requirement = Requirement(text)
            if not requirement.marker or requirement.marker.evaluate({"extra": ""}):
                needed.add(plain(requirement.name))

    assert needed - have == set()


def test_no_file_names_the_host_of_a_registry():
    for name in (*FILES, "package-lock.json", ".npmrc", "package.json"):
        text = (ROOT / name).read_text()
        assert "registry." not in text, name
        assert "index-url" not in text, name
