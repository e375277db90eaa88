"""Where the socket of our PostgreSQL lies: a path has to be shorter than 107 bytes."""

import contextlib
import hashlib
import os
from pathlib import Path

from house.talk import Trouble

LONGEST = 106
NAME = ".s.PGSQL.5432"


def place(folder: Path) -> Path:
    """Return *folder* if the socket's path fits, else a short folder for it alone."""
    if len(os.fsencode(folder / NAME)) <= LONGEST:
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    # Not tempfile.gettempdir(): every launcher must name the same folder, whatever its TMPDIR.
    return Path("/tmp") / f"fangxian-{os.geteuid()}-{name}"  # noqa: S108


def prepare(folder: Path, *, owner: int) -> Path:
    """Return the place for *folder*, made if need be, for the user id *owner* alone.

    Raises Trouble when somebody else was there first.
    """
    path = place(folder)
    if path != folder:
        path.mkdir(mode=0o700, exist_ok=True)
        about = path.lstat()
        if path.is_symlink() or about.st_uid not in (os.geteuid(), owner) or about.st_mode & 0o077:
            raise Trouble(f"文件夹 {path} 不归本用户独有，数据库不能使用，请删除后再试。")
    return path


def clear(folder: Path) -> None:
    """Remove the short folder made for *folder*, if there is one and it is empty."""
    if place(folder) != folder:
        with contextlib.suppress(OSError):
            place(folder).rmdir()


def lock_file(folder: Path) -> Path:
    """Return the file by which a server says that the socket for *folder* is its own."""
    return place(folder) / f"{NAME}.lock"


def of_running(data: Path) -> str:
    """Return the socket's folder as the server with the files *data* noted it."""
    return (data / "postmaster.pid").read_text().split("\n")[4]
