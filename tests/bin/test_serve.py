"""bin/serve on a tree of its own: up with one command, down with one key, back in seconds."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEPT_OUT = (".*", "node_modules", "var", "tests", "__pycache__")
# What bin/test and pytest set is not for the product under test.
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the tree without data, with the packages of this one."""
    tree = tmp_path_factory.mktemp("serve") / "house"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*KEPT_OUT))
    for name in (".venv", "node_modules"):
        (tree / name).symlink_to(ROOT / name)
    return tree


@pytest.fixture(scope="module")
def port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve(tree, port):
    """Start bin/serve; return it and what it said until it was up. Killed at the end if it must."""
    started = []

    def serve():
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        command = [tree / "bin" / "serve", "--port", str(port), "--no-demo"]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        started.append(subprocess.Popen(command, cwd=tree, env=environment, **streams))
        return started[-1], said_until_up(started[-1])

    yield serve
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def said_until_up(process):
    """Return the lines of *process* until it names its address; fail if it ends before."""
    said = ""
    for line in process.stdout:
        said += line
        if "防线已启动" in line:
            return said
    pytest.fail(said)


def get(port):
    """Return the status of the start page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    return connection.getresponse().status


def processes_of(tree):
    """Return the command lines that speak of *tree*: what is left running."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found += [words] if str(tree) in words else []
    return found


def stop(process, how):
    """Send the signal *how* to *process* and return what it says until its end."""
    process.send_signal(how)
    return process.communicate(timeout=60)[0]


def test_comes_up_stops_cleanly_and_is_back_with_what_it_had(serve, tree, port):
    process, said = serve()

    assert f"http://127.0.0.1:{port}/" in said
    assert "建立数据表" in said
    assert get(port) < 500
    assert stop(process, signal.SIGINT).endswith("已停止，数据保留。\n")
    assert process.returncode == 0
    assert processes_of(tree) == []

    process, said = serve()

    assert "建立数据表" not in said
    assert get(port) < 500
    assert stop(process, signal.SIGTERM).endswith("已停止，数据保留。\n")
    assert process.returncode == 0
    assert processes_of(tree) == []


def test_busy_port_is_refused_before_anything_slow(tree):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        command = [tree / "bin" / "serve", "--port", port]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=20)

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"✗ 端口 {port} 不能使用")
    assert not (tree / "var" / "pg").exists() or "启动数据库" not in answer.stderr
