"""What may be typed after bin/serve."""

import argparse
import socket

from house.talk import Trouble

HOST = "127.0.0.1"
PORT = 8000


USAGE = "用法：bin/serve [--port 端口] [--no-demo]"
HELP = f"""{USAGE}

准备好所需的一切，然后启动防线，按 Ctrl-C 停止。

  --port 端口  在 127.0.0.1 的哪个端口提供网页，默认 {PORT}
  --no-demo    首次启动时不生成演示数据
  -h, --help   显示本说明
"""


class Parser(argparse.ArgumentParser):
    """A parser that speaks and complains as the rest of the launcher does."""

    def format_help(self) -> str:
        """Return the help in the language of the product."""
        return HELP

    def error(self, message: str) -> None:
        """Raise Trouble instead of printing an English usage line."""
        raise Trouble(f"看不懂这些参数。{USAGE}（{message}）")


def of_serve(words: list[str]) -> argparse.Namespace:
    """Return `port` and `no_demo` out of *words*.

    Raises Trouble when a word is not understood or the port is not free.
    """
    parser = Parser(prog="bin/serve", add_help=False)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--no-demo", action="store_true")
    parser.add_argument("-h", "--help", action="help")
    chosen = parser.parse_args(words)
    if not 0 < chosen.port < 65536:
        parser.error("端口在 1 到 65535 之间")
    check_port(chosen.port)
    return chosen


def check_port(port: int) -> None:
    """Raise Trouble unless *port* can be listened on."""
    with socket.socket() as probe:
        # As the server will do: connections of an earlier run that fade away do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Trouble(f"端口 {port} 只有 root 可以使用，请用 --port 另选一个。") from None
        except OSError:
            raise Trouble(
                f"端口 {port} 不能使用：可能已被另一个程序（或已在运行的防线）占用。"
                "请停止那个程序，或用 --port 另选一个。"
            ) from None
