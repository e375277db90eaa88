"""Stamps say what was already done, so that a second start is quick.

A stamp holds a digest of what a step was made from *and* of what it made: when either
changes, the step is done again.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path


def digest(*paths: Path, words: Iterable[str] = ()) -> str:
    """Return one hash over the files and folders *paths*, by name and content, and *words*.

    A missing path counts as such; caches of Python are left out.
    """
    total = hashlib.sha256()
    for path in paths:
        for file in _files(path):
            total.update(f"{file}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    for word in words:
        total.update(f"{word}\0".encode())
    return total.hexdigest()


def is_current(folder: Path, name: str, value: str) -> bool:
    """Return whether the stamp *name* in *folder* holds *value*."""
    stamp = folder / name
    return stamp.is_file() and stamp.read_text() == value


def write(folder: Path, name: str, value: str) -> None:
    """Write the stamp *name*."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(value)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        inside = sorted(path.rglob("*"))
        yield from (p for p in inside if p.is_file() and "__pycache__" not in p.parts)
