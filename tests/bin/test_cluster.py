"""The own PostgreSQL comes up whatever happened before, or says why it cannot."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from house.cluster import Cluster
from house.talk import Trouble


def test_first_start_makes_a_server_that_listens_on_no_network(cluster, ask):
    cluster.start()

    assert cluster.is_running()
    assert ask("SHOW listen_addresses") == ""
    assert ask("SELECT inet_server_addr()") is None


def test_files_belong_to_their_owner_alone(cluster):
    cluster.start()

    assert cluster.data.stat().st_mode & 0o077 == 0


def test_second_start_keeps_the_data(cluster, ask):
    cluster.start()
    ask("CREATE TABLE kept AS SELECT 42 AS answer")
    cluster.stop()

    cluster.start()

    assert ask("SELECT answer FROM kept") == 42


def test_start_of_a_running_server_leaves_it_alone(cluster):
    cluster.start()
    before = cluster.main_pid()

    Cluster(cluster.folder).start()

    assert cluster.main_pid() == before


def test_stop_leaves_no_process(cluster):
    cluster.start()

    cluster.stop()

    assert cluster.pids() == set()
    assert not cluster.is_running()


def test_server_is_back_after_kill_9_with_what_was_committed(cluster, ask):
    cluster.start()
    ask("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(cluster.main_pid(), signal.SIGKILL)

    cluster.start()

    assert ask("SELECT answer FROM kept") == 42


def test_server_is_back_though_the_killed_one_is_still_a_zombie(cluster):
    cluster.start()
    killed = cluster.main_pid()
    os.kill(killed, signal.SIGKILL)
    # Nobody waits for it: its parent, this process, has other things to do.
    Cluster(cluster.folder).start()

    assert Path(f"/proc/{killed}").exists()
    assert cluster.is_running()


def test_stale_number_that_a_stranger_has_today_is_no_obstacle(cluster):
    cluster.start()
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text().split("\n")
    cluster.stop()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))

    cluster.start()

    assert cluster.main_pid() != os.getpid()
    assert cluster.is_running()


def test_interrupted_first_start_is_begun_again(cluster):
    half_made = cluster.folder / "data.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("15\n")

    cluster.start()

    assert cluster.is_running()
    assert not half_made.exists()


def test_files_of_another_major_version_are_refused_with_a_sentence(cluster):
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(Trouble, match="PostgreSQL 9 建立的，本机没有这个版本"):
        cluster.start()


def test_broken_files_are_refused_with_the_last_words_of_the_server(cluster):
    cluster.start()
    cluster.stop()
    (cluster.data / "global" / "pg_control").unlink()

    with pytest.raises(Trouble, match="数据库没有启动(.|\n)*pg_control"):
        cluster.start()


def test_folder_with_a_long_chinese_name_is_served_from_a_short_socket(data_folder):
    deep = data_folder / "数据 文件夹" / ("很长的名字" * 10) / "pg"
    cluster = Cluster(deep, {"fsync": "off"})
    cluster.start()
    try:
        assert len(os.fsencode(cluster.host)) < 80
        assert cluster.connect().server_version >= 150000
        short = Path(cluster.host)
    finally:
        cluster.stop()
    assert not short.exists()


def test_chinese_words_have_trigrams(cluster, ask):
    cluster.start()
    ask("CREATE EXTENSION pg_trgm")

    assert ask("SELECT cardinality(show_trgm('劳动争议'))") > 0


def test_environment_of_other_servers_does_not_lead_astray(cluster, ask, monkeypatch):
    monkeypatch.setenv("PGPORT", "6543")
    monkeypatch.setenv("PGHOST", "/nowhere")
    monkeypatch.setenv("PGDATABASE", "other")

    cluster.start()

    assert ask("SELECT current_database()") == "postgres"


def test_a_shell_standing_in_the_folder_is_not_taken_for_the_server(cluster):
    cluster.start()
    shell = subprocess.Popen(["sleep", "60"], cwd=cluster.data)
    try:
        assert shell.pid not in cluster.pids()
    finally:
        shell.kill()
        shell.wait()
