"""What is typed after bin/serve is understood, or refused before anything slow."""

import socket

import pytest

from house.arguments import of_serve
from house.talk import Trouble


@pytest.fixture
def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_port_and_demo_are_chosen(free_port):
    chosen = of_serve(["--port", str(free_port), "--no-demo"])

    assert (chosen.port, chosen.no_demo) == (free_port, True)


def test_busy_port_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Trouble, match=f"端口 {port} 不能使用.*--port"):
            of_serve(["--port", str(port)])


@pytest.mark.parametrize("words", [["--port", "0"], ["--port", "65536"], ["--port", "-1"]])
def test_number_that_is_no_port_is_refused(words):
    with pytest.raises(Trouble, match="1 到 65535"):
        of_serve(words)


@pytest.mark.parametrize("words", [["--prot", "80"], ["--port", "八千"], ["start"], ["--port"]])
def test_word_that_is_not_understood_is_refused(words):
    with pytest.raises(Trouble, match="看不懂这些参数。用法：bin/serve"):
        of_serve(words)
