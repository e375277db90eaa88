"""bin/test: everything that tests need, then pytest."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator

from house import binaries, browser, database, frontend, keys, product, steps
from house.cluster import Cluster
from house.paths import ROOT, VENV_PYTHON
from house.sharing import in_use
from house.talk import Progress

# Tests make databases, roles and extensions of their own, and lose nothing in a crash.
ROLE, RIGHTS = "fangxian_test", "LOGIN SUPERUSER"
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
ALL = ["-n", "2"]


def main(words: list[str]) -> int:
    """Run pytest with *words*, all tests without any, and return its exit code."""
    # Data of their own: tests never touch what bin/serve keeps.
    os.environ["DATA_DIR"] = str(ROOT / "var" / "test")
    progress = Progress(steps.OF_COMMAND["test"])
    os.environ.update(keys.load())
    frontend.prepare(progress, tests=True)
    browser.prepare(progress, required=not words)
    product.compile_translations(progress)
    with ready(progress):
        return run(words or ALL)


@contextlib.contextmanager
def ready(progress: Progress) -> Iterator[None]:
    """Have a server for test databases up inside the block, unless DATABASE_URL names one."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    # By version: what an upgrade of the machine leaves behind is of no value here.
    folder = ROOT / "var" / "test" / f"pg{binaries.choose().major}"
    cluster = Cluster(folder, SETTINGS)
    with contextlib.ExitStack() as stack:
        with progress.step(steps.DATABASE):
            stack.enter_context(in_use(cluster))
            with contextlib.closing(cluster.connect()) as connection:
                database.make_role(connection, ROLE, RIGHTS)
        os.environ["DATABASE_URL"] = database.address(cluster, ROLE, ROLE)
        yield


def run(words: list[str]) -> int:
    """Run pytest here, with this terminal, and return its exit code."""
    child = subprocess.Popen([VENV_PYTHON, "-m", "pytest", *words], cwd=ROOT)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    code = child.wait()
    return code if code >= 0 else 128 - code
