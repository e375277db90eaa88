"""A draft shows personal data, and is not kept longer than somebody looks at it."""

import os
import time

import pytest

from papers.domain import previews
from papers.jobs import clear_drafts


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return previews.folder()


def draft(folder, name, *, age):
    path = folder / f"{name}.pdf"
    path.write_bytes(b"%PDF-")
    moment = time.time() - age
    os.utime(path, (moment, moment))
    return path


def test_drafts_older_than_a_day_are_deleted(folder):
    old = draft(folder, "7-a", age=previews.KEPT + 60)
    new = draft(folder, "7-b", age=60)
    assert clear_drafts() == 1
    assert not old.exists()
    assert new.exists()


def test_a_draft_is_found_only_by_its_owner(folder):
    draft(folder, "7-a", age=0)
    assert previews.find("7", "7-a")
    assert previews.find("8", "7-a") is None
    assert previews.find("7", "7-a/../7-a") is None
