"""Secret keys: made on the first start, kept in the data folder, readable by its owner alone."""

import base64
import os
import secrets
from pathlib import Path

from house.locks import locked
from house.paths import make_data_folder
from house.talk import Trouble

NAMES = ("SECRET_KEY", "FIELD_KEYS", "INDEX_KEY")
# There only while the key is being changed.
PASSING = ("INDEX_KEY_OLD",)


def load() -> dict[str, str]:
    """Return the keys, making them the first time; what the environment sets goes first.

    Raises Trouble when the file of keys is gone but the data they encrypt are there.
    """
    folder = make_data_folder()
    file = folder / "secrets.env"
    with locked(folder / "secrets.lock"):
        if not file.exists():
            _refuse_to_replace(folder, file)
            _write(file, new())
    kept = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    passing = {name: kept[name] for name in PASSING if name in kept and name not in os.environ}
    return passing | {name: os.environ.get(name) or kept[name] for name in NAMES}


def new() -> dict[str, str]:
    """Return fresh keys: FIELD_KEYS is one Fernet key, 32 bytes in URL-safe base 64."""
    fernet = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": fernet,
        "INDEX_KEY": secrets.token_urlsafe(32),
    }


def _refuse_to_replace(folder: Path, file: Path) -> None:
    if (folder / "pg" / "data").exists() and not all(map(os.environ.get, NAMES)):
        raise Trouble(
            f"密钥文件 {file} 不见了，而数据还在：没有原来的密钥，加密的个人信息无法读取。"
            "请从备份恢复这个文件后再启动。"
        )


def _write(file: Path, keys: dict[str, str]) -> None:
    new_file = file.with_suffix(".new")
    with os.fdopen(os.open(new_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.writelines(f"{name}={value}\n" for name, value in keys.items())
    new_file.rename(file)
