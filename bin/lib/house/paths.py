"""Where things lie in the tree and in the data folder."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"


def data_folder() -> Path:
    """Return the folder of everything that must be kept: database, keys, files, logs."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "var").absolute()


def make_data_folder() -> Path:
    """Return the data folder, made for its owner's eyes only if it was not there."""
    folder = data_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def log_file(name: str) -> Path:
    """Return the path of the log called *name*, its folder made."""
    folder = make_data_folder() / "log"
    folder.mkdir(exist_ok=True)
    return folder / f"{name}.log"
