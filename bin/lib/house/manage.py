"""bin/manage: manage.py inside the environment, with the database up."""

import os
import signal
import subprocess

from house import database, keys, notes, product, steps
from house.paths import ROOT, VENV_PYTHON
from house.talk import Progress

# What changes tables is the owner's; everything else runs with the application's rights.
OWNERS_COMMANDS = {"migrate", "pgtrigger", "flush", "sqlflush", "createcachetable"}
# What makes accounts whose passwords everybody knows.
DEMO_COMMANDS = (["demo"], ["demo_accounts"])


def main(words: list[str]) -> int:
    """Run the command *words* and return its exit code."""
    progress = Progress(steps.OF_COMMAND["manage"])
    os.environ.update(keys.load())
    product.compile_translations(progress)
    with database.ready(progress):
        if is_new():
            product.make_tables(progress)
        os.environ["DEMO"] = str(int(product.has_demo()))
        code = run(words)
        if words[:1] in DEMO_COMMANDS and not code:
            remember_demo()
    return code


def is_new() -> bool:
    """Return whether the database has no tables yet; later only `migrate` changes them."""
    with database.alone() as connection:
        return not product.has_tables(connection)


def run(words: list[str]) -> int:
    """Run manage.py here, with this terminal, and return its exit code."""
    is_owners = words and words[0] in OWNERS_COMMANDS
    env = product.as_owner() if is_owners else None
    child = subprocess.Popen([VENV_PYTHON, ROOT / "manage.py", *words], env=env)
    # Ctrl-C at the terminal reaches the child as well: it decides, we tidy up after it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    code = child.wait()
    return code if code >= 0 else 128 - code


def remember_demo() -> None:
    """Note that demo accounts were made by hand, so that their rules are relaxed."""
    with database.alone() as connection:
        notes.write(connection, "demo", "loaded")
