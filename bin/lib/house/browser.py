"""The browser for tests: the machine's, installed by root where it is missing."""

import os
import shutil
import subprocess

from house import steps
from house.system import install
from house.talk import Progress, Trouble, say

NAMES = ("chromium", "chromium-browser", "google-chrome")


def prepare(progress: Progress, *, required: bool) -> None:
    """Have a browser that shows Chinese, and its path in CHROMIUM.

    If it cannot be had, raises Trouble when it is *required* and only says so otherwise.
    """
    packages = ([] if find() else ["chromium"]) + ([] if has_font() else ["fonts-noto-cjk"])
    if packages:
        try:
            with progress.step(steps.BROWSER, "（约一分钟）"):
                install(*packages)
        except Trouble as trouble:
            if required:
                raise
            say(f"没有测试用浏览器，需要它的测试会失败。{trouble}")
    os.environ["CHROMIUM"] = find() or ""


def find() -> str | None:
    """Return the path of the browser, None if there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def has_font() -> bool:
    """Return whether there is a font for Chinese."""
    if not shutil.which("fc-list"):
        return False
    answer = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True)
    return bool(answer.stdout.strip())
