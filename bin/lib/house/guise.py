"""How root runs PostgreSQL, which refuses to serve root, without adding a user."""

import functools
import os
import shutil
import subprocess
from pathlib import Path

from house.talk import Trouble

NOBODY = 65534
# Root in a user namespace of its own looks like nobody from inside; its files stay root's.
NAMESPACE = ["unshare", "-U", f"--map-user={NOBODY}"]
# Where namespaces are forbidden: nobody in earnest, still able to reach a folder of root's.
OTHER_USER = [
    "setpriv",
    f"--reuid={NOBODY}",
    f"--regid={NOBODY}",
    "--clear-groups",
    "--inh-caps=-all,+dac_override",
    "--ambient-caps=+dac_override",
]


@functools.cache
def prefix() -> tuple[str, ...]:
    """Return the words to put before a command of PostgreSQL, none for ordinary users."""
    if os.geteuid():
        return ()
    for words in (NAMESPACE, OTHER_USER):
        if shutil.which(words[0]) and works(words):
            return tuple(words)
    raise Trouble("本机不允许 root 启动 PostgreSQL，请改用普通用户运行，或设置 DATABASE_URL。")


def works(words: list[str]) -> bool:
    """Return whether a command runs behind *words*."""
    return subprocess.run([*words, "true"], capture_output=True).returncode == 0


def owner() -> int:
    """Return the user id that the files of the server have, seen from outside."""
    return NOBODY if prefix()[:1] == ("setpriv",) else os.geteuid()


def hand_over(folder: Path) -> None:
    """Give *folder* and all in it to the server's user, should root have changed its way."""
    if os.geteuid() or not folder.exists() or folder.stat().st_uid == owner():
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner(), -1, follow_symlinks=False)
