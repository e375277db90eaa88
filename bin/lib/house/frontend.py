"""The packages that pages load, from npm: named in package.json, never committed."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from house import environment, steps
from house.locks import locked
from house.paths import NODE_MODULES, ROOT, VENV
from house.programs import run
from house.talk import Progress

NPM_REQUIREMENTS = "requirements-npm.txt"


def prepare(progress: Progress, *, tests: bool = False) -> None:
    """Have node_modules hold what the lock names, with what only *tests* need if so asked."""
    with locked(ROOT):
        if not is_complete(tests=tests):
            with progress.step(steps.FRONTEND):
                install(tests=tests)


def is_complete(*, tests: bool) -> bool:
    """Return whether every package of the lock is there in its version.

    npm writes the hidden lock that is read here as its last act.
    """
    hidden = NODE_MODULES / ".package-lock.json"
    if not hidden.is_file():
        return False
    have = versions(hidden, tests=True)
    wanted = versions(ROOT / "package-lock.json", tests=tests)
    return wanted.items() <= have.items() and all((ROOT / name).is_dir() for name in wanted)


def versions(lock: Path, *, tests: bool) -> dict[str, str]:
    """Return folder and version of each package in the file *lock*.

    Optional ones are left out: they are for other systems than this one.
    """
    packages = json.loads(lock.read_text())["packages"].items()
    return {
        name: about["version"]
        for name, about in packages
        if name and not about.get("optional") and (tests or not about.get("dev"))
    }


def install(*, tests: bool) -> None:
    """Install the lock's packages and nothing else; none of them may run a script."""
    command = [npm(), "ci", "--ignore-scripts", "--cache", VENV / "npm-cache"]
    failed = "前端组件没有装上，请检查网络（需要能访问 npm 软件源）后再试。"
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    env = {**os.environ, "PATH": path}
    run(command + ([] if tests else ["--omit=dev"]), failed=failed, env=env)


def npm() -> str | Path:
    """Return the machine's npm if it is recent enough, else that of a Python package."""
    own = shutil.which("npm")
    if own and major(own) >= 8:
        return own
    if environment.missing(NPM_REQUIREMENTS):
        environment.install_packages(NPM_REQUIREMENTS)
    return VENV / "bin" / "npm"


def major(npm: str) -> int:
    """Return the first number of the version of the program *npm*, 0 if it does not run."""
    answer = subprocess.run([npm, "--version"], capture_output=True, text=True, cwd=ROOT)
    number = re.match(r"\d+", answer.stdout)
    return int(number[0]) if number else 0
