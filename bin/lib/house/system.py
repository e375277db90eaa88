"""System packages, which only root can install."""

import os
import shutil

from house.programs import run
from house.talk import Trouble


def install(*packages: str) -> None:
    """Install the Debian *packages*.

    Raises Trouble with the exact line to type when we are not root or this is not Debian.
    """
    if os.geteuid() or not shutil.which("apt-get"):
        raise Trouble(f"缺少系统软件包，请以 root 运行一次：{line(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    failed = f"系统软件包没有装上，请检查网络后以 root 运行：{line(packages)}"
    run(["apt-get", "update"], failed=failed, env=quiet)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    run(command, failed=failed, env=quiet)


def line(packages: tuple[str, ...]) -> str:
    """Return the command that installs *packages*."""
    return f"apt-get install -y --no-install-recommends {' '.join(packages)}"
