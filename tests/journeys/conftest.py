"""A real browser in front of a real server, and a clock that a story may move."""

import os
import shutil
from pathlib import Path

import pytest
import time_machine

from tests.factories import MONDAY
from tests.journeys.desk import Desk

# Playwright keeps an event loop in this thread; the ORM is asked from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# The browser asks nobody but the server under test.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Use the machine's browser; none is downloaded."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail("No browser found: install chromium, or name one in CHROMIUM.")
    # Root may not have a sandbox.
    rooted = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": [*QUIET, *rooted]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A clerk's screen. The browser speaks English: the house must not."""
    return {
        **browser_context_args,
        "viewport": {"width": 1366, "height": 768},
        "locale": "en-US",
        "timezone_id": "Asia/Shanghai",
    }


class Clock:
    """The time of the server, which goes on by itself and may be moved."""

    def __init__(self, traveller):
        self._traveller = traveller

    def move_to(self, moment):
        """Let it be the aware *moment*."""
        self._traveller.move_to(moment)

    def shift(self, delta):
        """Let the timedelta *delta* pass."""
        self._traveller.shift(delta)


@pytest.fixture
def clock():
    """A clock that stands on the cast's Monday at nine, and may be moved."""
    with time_machine.travel(MONDAY, tick=True) as traveller:
        yield Clock(traveller)


@pytest.fixture
def shots(tmp_path):
    """The folder for screenshots: SHOTS of the environment, else one that is thrown away."""
    folder = Path(os.environ.get("SHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def desk(page, live_server, shots):
    """A desk with a browser on it. Fails when a page of the story threw an error."""
    desk = Desk(page, url=live_server.url, shots=shots)
    yield desk
    assert desk.faults == []
