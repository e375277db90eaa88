"""The virtual environment and the Python packages in it."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from house import steps
from house.locks import locked
from house.paths import ROOT, VENV, VENV_PYTHON
from house.programs import run
from house.system import install, line
from house.talk import Progress, Trouble


def prepare(progress: Progress, requirements: str) -> None:
    """Have the virtual environment hold what the file *requirements* pins."""
    with locked(ROOT, waiting="另一个启动过程正在准备环境，请稍候……"):
        if not installed().get("pip"):
            with progress.step(steps.VENV):
                make_venv()
        if missing(requirements):
            with progress.step(steps.PACKAGES, "（首次约一分钟）"):
                install_packages(requirements)


def make_venv() -> None:
    """Make the virtual environment anew, with the system's package for it where that lacks."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        install("python3-venv")
    failed = f"虚拟环境没有建成。Debian 上请先以 root 运行：{line(('python3-venv',))}"
    # The real path: a link such as python3 may lead elsewhere after a system upgrade.
    run([os.path.realpath(sys.executable), "-m", "venv", "--clear", VENV], failed=failed)


def install_packages(requirements: str) -> None:
    """Install exactly what *requirements* pins and check that it fits together."""
    pip = [VENV_PYTHON, "-m", "pip"]
    quiet = ["--no-input", "--disable-pip-version-check"]
    failed = "Python 软件包没有装上，请检查网络（需要能访问 Python 软件源）后再试。"
    run([*pip, "install", *quiet, "--no-deps", "-r", ROOT / requirements], failed=failed)
    run([*pip, "check", *quiet], failed="Python 软件包之间有冲突。")
    if left := missing(requirements):
        raise Trouble(f"Python 软件包没有装全：{'、'.join(sorted(left))}。")


def missing(requirements: str) -> set[str]:
    """Return the names in the file *requirements* that are not installed in that version."""
    have = installed()
    return {name for name, version in pins(requirements) if have.get(name) != version}


def installed() -> dict[str, str]:
    """Return name and version of each package completely installed: pip writes RECORD last."""
    if not VENV_PYTHON.exists():
        return {}
    records = (VENV / "lib").glob("python3*/site-packages/*.dist-info/RECORD")
    found = (record.parent.name.removesuffix(".dist-info").rsplit("-", 1) for record in records)
    return {plain(name): version for name, version in found}


def pins(requirements: str) -> Iterator[tuple[str, str]]:
    """Yield name and version of each pin in the file *requirements* and those it refers to."""
    for text in Path(ROOT / requirements).read_text().splitlines():
        if text.startswith("-r "):
            yield from pins(text.removeprefix("-r ").strip())
        elif "==" in text and not text.startswith("#"):
            name, version = text.split("==")
            yield plain(name), version.strip()


def plain(name: str) -> str:
    """Return the one spelling of a package's *name* that all others are equal to."""
    return re.sub(r"[-_.]+", "-", name).lower()
