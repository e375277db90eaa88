"""bin/serve: set up what is missing, then serve pages and do the background work."""

import http.client
import json
import os
import signal
import subprocess
import time
from collections.abc import Sequence

from house import (
    arguments,
    database,
    frontend,
    keys,
    processes,
    product,
    sharing,
    steps,
    wordprocessor,
)
from house.cluster import Cluster
from house.paths import ROOT, VENV_PYTHON
from house.processes import Service
from house.table import table
from house.talk import Progress, Trouble, say

HEADINGS = {"username": "用户名", "password": "密码", "role": "身份", "office": "单位"}
# No query strings in the log: people search by name and identity number.
ACCESS_LINE = "%(t)s %(m)s %(U)s %(s)s %(M)sms"
PATIENCE = 60  # seconds until the first page must have come


def main(words: list[str]) -> int:
    """Serve until a signal to stop and return the exit code."""
    chosen = arguments.of_serve(words)
    os.environ.update(keys.load())
    progress = Progress(steps.OF_COMMAND["serve"])
    frontend.prepare(progress)
    product.compile_translations(progress)
    with database.ready(progress) as cluster:
        product.make_tables(progress)
        product.collect_static(progress)
        has_demo = product.load_demo(progress, wanted=not chosen.no_demo)
        os.environ["DEMO"] = str(int(has_demo))
        return serve(chosen.port, cluster)


def serve(port: int, cluster: Cluster | None) -> int:
    """Run the services at *port* until a signal to stop; keep our *cluster*, if any, alive."""
    arguments.check_port(port)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup wants us to stay
        signal.signal(signal.SIGHUP, signal.getsignal(signal.SIGTERM))
    processes.adopt_orphans()
    services = [web(port), worker()]
    try:
        for service in services:
            service.start()
        accounts = demo_accounts()
        wait_for_page(port, services)
        welcome(port, accounts)
        while True:
            look_after(services, cluster)
            time.sleep(1)
    except KeyboardInterrupt:
        say("\n正在停止……")
    finally:
        processes.stop(services)
        processes.ignore_signals()
    say("已停止，数据保留。")
    return 0


def web(port: int) -> Service:
    """Return the service that answers requests at *port*."""
    workers = str(min(4, max(2, os.cpu_count() or 2)))
    words = ["--bind", f"{arguments.HOST}:{port}", "--workers", workers, "--threads", "4"]
    limits = ["--graceful-timeout", "5", "--timeout", "120", "--no-control-socket"]
    logs = ["--access-logfile", "-", "--access-logformat", ACCESS_LINE]
    command = [VENV_PYTHON, "-m", "gunicorn", "config.wsgi", *words, *limits, *logs]
    return Service("web", "网页服务", command)


def worker() -> Service:
    """Return the service that does the background work."""
    return Service("worker", "后台任务", [VENV_PYTHON, ROOT / "manage.py", "qcluster"])


def look_after(services: Sequence[Service], cluster: Cluster | None) -> None:
    """Bring back what has died."""
    if cluster and not cluster.is_running():
        say("数据库意外退出，正在重新启动。")
        sharing.restart(cluster)
    for service in services:
        service.revive()
        service.reap()


def wait_for_page(port: int, services: Sequence[Service]) -> None:
    """Wait until the first page comes; raises Trouble when it does not."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for service in services:
            service.revive()
        answer = status(port)
        if answer and answer >= 500:
            break
        if answer:
            return
        time.sleep(0.1)
    raise Trouble(f"网页服务 {PATIENCE} 秒内没有正常应答（日志见 {services[0].log}）。")


def status(port: int) -> int | None:
    """Return the status with which the start page is answered, None if it is not."""
    connection = http.client.HTTPConnection(arguments.HOST, port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def demo_accounts() -> list[dict[str, str]]:
    """Return the demo accounts, none unless the database holds demo data."""
    if os.environ["DEMO"] != "1":
        return []
    command = [VENV_PYTHON, ROOT / "manage.py", "demo_accounts", "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    try:
        return json.loads(answer.stdout)
    except json.JSONDecodeError:
        raise Trouble(f"演示账号没有列出来。\n{answer.stderr[-2000:]}") from None


def welcome(port: int, accounts: list[dict[str, str]]) -> None:
    """Print where the product is, and who can log in to look around."""
    print(f"\n防线已启动：http://{arguments.HOST}:{port}/   （按 Ctrl-C 停止）")
    if accounts:
        print("\n演示账号（数据均为虚构）：")
        rows = [[str(account.get(key) or "") for key in HEADINGS] for account in accounts]
        print(table([list(HEADINGS.values()), *rows]))
    else:
        print("建立管理员账号：bin/manage create_administrators")
    missing = wordprocessor.advice()
    if missing:
        print(f"\n{missing}")
    print(flush=True)
