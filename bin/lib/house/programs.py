"""Programs that a step runs: quiet while all goes well, their last words when not."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from house.paths import ROOT, log_file
from house.talk import Trouble


def run(
    command: Sequence[str | Path], *, failed: str, env: Mapping[str, str] | None = None
) -> None:
    """Run *command* in the tree with its output in the set-up log.

    Raises Trouble with the sentence *failed* and the end of that output.
    """
    path = log_file("setup")
    with path.open("ab") as log:
        log.write(f"\n$ {' '.join(map(str, command))}  ({time.ctime()})\n".encode())
        log.flush()
        begin = log.tell()
        code = wait(popen(command, env=env, stdout=log, stderr=log))
    if code:
        raise Trouble(f"{failed}\n{last_words(path, begin)}\n（全部输出见 {path}）")


def popen(command: Sequence[str | Path], **options) -> subprocess.Popen:
    """Start *command* in the tree, without input."""
    options = {"cwd": ROOT, "stdin": subprocess.DEVNULL} | options
    try:
        return subprocess.Popen([os.fspath(word) for word in command], **options)
    except FileNotFoundError as missing:
        raise Trouble(f"找不到程序 {missing.filename}。") from None


def wait(process: subprocess.Popen) -> int:
    """Wait for *process* and return its exit code; if we are interrupted, it ends with us."""
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise


def last_words(path: Path, begin: int = 0, lines: int = 12) -> str:
    """Return the last *lines* of the log *path* after the byte *begin*, indented."""
    if not path.exists():
        return ""
    with path.open("rb") as log:
        log.seek(begin)
        text = log.read().decode(errors="replace")
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-lines:])
