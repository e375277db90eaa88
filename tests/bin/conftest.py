"""A data folder and a server of the launcher's own, thrown away after each test."""

import pytest

from house.cluster import Cluster

# Nothing here survives a test: no need to wait for the disk.
QUICK = {"fsync": "off", "full_page_writes": "off"}


@pytest.fixture
def data_folder(tmp_path, monkeypatch):
    """An empty data folder that the launcher takes for its own."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def cluster(data_folder):
    """A server that was not started yet."""
    cluster = Cluster(data_folder / "pg", QUICK)
    yield cluster
    cluster.stop()


@pytest.fixture
def ask(cluster):
    """Ask the server one thing and return the first value of the answer."""

    def ask(question, *words, database="postgres", user="postgres"):
        connection = cluster.connect(database, user)
        with connection.cursor() as cursor:
            cursor.execute(question, words)
            answer = cursor.fetchone()[0] if cursor.description else None
        connection.close()
        return answer

    return ask
