"""The owner makes the tables; the application works in them and can do no more."""

import contextlib

import psycopg2
import pytest

from house import database, notes


@pytest.fixture
def owner(cluster, monkeypatch):
    """The owner's connection to a database that the launcher has prepared."""
    cluster.start()
    database.prepare(cluster)
    monkeypatch.setenv("MIGRATION_DATABASE_URL", database.address(cluster, database.OWNER))
    monkeypatch.setenv("DATABASE_URL", database.address(cluster, database.APPLICATION))
    with contextlib.closing(database.connect()) as connection:
        database.grant(connection)
        database.execute(connection, "CREATE TABLE fact (id bigserial, word text)")
        yield connection


@pytest.fixture
def application(owner):
    """The application's connection to that database."""
    with contextlib.closing(database.connect("DATABASE_URL")) as connection:
        yield connection


def test_preparing_again_changes_nothing(owner, application, cluster):
    database.execute(owner, "INSERT INTO fact (word) VALUES ('kept')")
    allowed = "SELECT array_agg(relname || relacl::text ORDER BY relname) FROM pg_class WHERE relacl IS NOT NULL"
    before = database.value(owner, allowed)

    database.prepare(cluster)
    database.grant(owner)

    assert database.value(owner, allowed) == before
    assert database.value(application, "SELECT word FROM fact") == "kept"


def test_extensions_are_there(application):
    for name in ("btree_gist", "pg_trgm"):
        assert database.finds(application, "SELECT FROM pg_extension WHERE extname = %s", name)


def test_application_reads_and_writes_rows(application):
    database.execute(application, "INSERT INTO fact (word) VALUES ('one')")
    database.execute(application, "UPDATE fact SET word = 'two'")

    assert database.value(application, "SELECT word FROM fact") == "two"
    database.execute(application, "DELETE FROM fact")


@pytest.mark.parametrize(
    "forbidden",
    [
        "TRUNCATE fact",
        "DROP TABLE fact",
        "ALTER TABLE fact DISABLE TRIGGER ALL",
        "ALTER TABLE fact ADD COLUMN more text",
        "CREATE TABLE other (id int)",
        "SET session_replication_role = replica",
        "SET ROLE fangxian_owner",
    ],
)
def test_application_may_not(application, forbidden):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        database.execute(application, forbidden)


def test_tables_that_were_there_before_are_granted_too(owner, application):
    database.execute(owner, "REVOKE ALL ON fact FROM fangxian")

    database.grant(owner)

    assert database.value(application, "SELECT count(*) FROM fact") == 0


def test_unreachable_database_is_told_with_a_sentence(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    with pytest.raises(database.Trouble, match="连不上 DATABASE_URL 所指的数据库"):
        database.connect("DATABASE_URL")


def test_notes_are_kept_in_the_database(owner, application):
    assert notes.read(owner, "demo") is None

    notes.write(owner, "demo", "loading")
    notes.write(owner, "demo", "loaded")

    assert notes.read(application, "demo") == "loaded"
