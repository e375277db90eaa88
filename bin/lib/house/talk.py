"""What the launcher says: progress on the error stream, reasons to stop as one sentence."""

import contextlib
import sys
import time
from collections.abc import Iterator, Sequence


class Trouble(Exception):
    """A reason to stop, told as a sentence that a person can act on."""


class Progress:
    """Numbered lines for the slow steps of one command, silent for those already done."""

    def __init__(self, titles: Sequence[str]):
        self.titles = list(titles)

    @contextlib.contextmanager
    def step(self, title: str, hint: str = "") -> Iterator[None]:
        """Announce the step *title* (one of the titles) and say how many seconds it took."""
        number = f"[{self.titles.index(title) + 1}/{len(self.titles)}]"
        say(f"{number} {title}{hint}……", end="")
        begun = time.monotonic()
        try:
            yield
        except BaseException:
            say("")
            raise
        say(f" 完成（{time.monotonic() - begun:.1f} 秒）")


def say(text: str, end: str = "\n") -> None:
    """Print *text* for the person at the terminal; the output stream stays free for data."""
    print(text, end=end, file=sys.stderr, flush=True)
