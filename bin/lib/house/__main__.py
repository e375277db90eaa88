"""The way in: make the environment with the Python at hand, then go on inside it."""

import os
import signal
import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from house import arguments, environment, steps
from house.paths import VENV, VENV_PYTHON, data_folder
from house.talk import Progress, Trouble, say


def main(command: str, words: list[str]) -> int:
    """Run `bin/command words` and return its exit code."""
    os.environ.update(PYTHONUNBUFFERED="1", DATA_DIR=str(data_folder()))
    for stop in (signal.SIGINT, signal.SIGTERM):
        # Explicitly: a shell starts programs in the background with SIGINT ignored.
        signal.signal(stop, interrupt)
    if command == "serve":
        # Before anything slow: a wrong word or a busy port should not cost a minute.
        arguments.of_serve(words)
    requirements = "requirements-test.txt" if command == "test" else "requirements.txt"
    environment.prepare(Progress(steps.OF_COMMAND[command]), requirements)
    if Path(sys.prefix).resolve() != VENV.resolve():
        os.execv(VENV_PYTHON, [VENV_PYTHON, Path(__file__).parent, command, *words])
    return import_module(f"house.{command}").main(words)


def interrupt(number: int, frame: object) -> None:
    """Turn a signal to stop into the exception for it."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except Trouble as trouble:
        say(f"✗ {trouble}")
        sys.exit(1)
    except PermissionError as error:
        say(f"✗ 没有权限使用 {error.filename}，请用建立它的用户运行。")
        sys.exit(1)
    except OSError as error:
        say(f"✗ 系统拒绝了一个操作：{error.strerror or error}（{error.filename or '无文件名'}）。")
        sys.exit(1)
    except KeyboardInterrupt:
        say("已中断。")
        sys.exit(130)
