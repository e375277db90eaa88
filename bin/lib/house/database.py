"""The product's database: its two roles, its extensions, and what the application may do.

The owner makes the tables (MIGRATION_DATABASE_URL); the application works in them
(DATABASE_URL) and can neither empty a table nor switch off its triggers.
"""

import contextlib
import os
from collections.abc import Iterator
from urllib.parse import urlencode

import psycopg2
from psycopg2 import sql

from house import steps
from house.binaries import EXTENSIONS, OLDEST
from house.cluster import PORT, Cluster
from house.locks import locked
from house.paths import data_folder
from house.sharing import in_use
from house.talk import Progress, Trouble, say

NAME = "fangxian"
OWNER = "fangxian_owner"
APPLICATION = "fangxian"
RIGHTS = {"TABLES": "SELECT, INSERT, UPDATE, DELETE", "SEQUENCES": "USAGE, SELECT, UPDATE"}
ADVISORY_LOCK = 0x466978  # any number will do that nobody else takes


@contextlib.contextmanager
def ready(progress: Progress) -> Iterator[Cluster | None]:
    """Have the product's database up inside the block and its addresses in the environment.

    Yields our own server, or None if DATABASE_URL names another.
    """
    if os.environ.get("DATABASE_URL"):
        os.environ.setdefault("MIGRATION_DATABASE_URL", os.environ["DATABASE_URL"])
        examine()
        yield None
        return
    with contextlib.ExitStack() as stack:
        cluster = Cluster(data_folder() / "pg")
        # Once made it starts in a moment: not worth a line before each command.
        quick = cluster.data.exists()
        with contextlib.nullcontext() if quick else progress.step(steps.DATABASE):
            stack.enter_context(in_use(cluster))
            prepare(cluster)
        os.environ["MIGRATION_DATABASE_URL"] = address(cluster, OWNER)
        os.environ["DATABASE_URL"] = address(cluster, APPLICATION)
        yield cluster


def prepare(cluster: Cluster) -> None:
    """Make the roles, the database and its extensions in *cluster*, as far as missing."""
    with locked(cluster.folder / "prepare.lock"):
        with contextlib.closing(cluster.connect()) as connection:
            for role in (OWNER, APPLICATION):
                make_role(connection, role)
            make_database(connection)
        with contextlib.closing(cluster.connect(NAME)) as connection:
            extend(connection)


def make_role(connection, role: str, rights: str = "LOGIN") -> None:
    """Make *role* with *rights* unless it exists."""
    if not finds(connection, "SELECT FROM pg_roles WHERE rolname = %s", role):
        command = sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(rights))
        execute(connection, command)


def make_database(connection) -> None:
    """Make the product's database unless it exists."""
    if not finds(connection, "SELECT FROM pg_database WHERE datname = %s", NAME):
        words = map(sql.Identifier, (NAME, OWNER))
        execute(connection, sql.SQL("CREATE DATABASE {} OWNER {}").format(*words))


def address(cluster: Cluster, role: str, database: str = NAME) -> str:
    """Return the address of *database* for *role*, as Django and PostgreSQL both read it."""
    where = urlencode({"host": cluster.host, "port": PORT})
    return f"postgresql://{role}@/{database}?{where}"


def connect(name: str = "MIGRATION_DATABASE_URL"):
    """Return a connection to the address in the variable *name* that commits each statement."""
    try:
        connection = psycopg2.connect(os.environ[name], connect_timeout=10)
    except psycopg2.Error as error:
        raise Trouble(f"连不上 {name} 所指的数据库：{str(error).strip()}") from None
    connection.autocommit = True
    return connection


def examine() -> None:
    """Check that a database of someone else's will do, and add the extensions it lacks."""
    connect("DATABASE_URL").close()
    with alone() as connection:
        if connection.server_version < OLDEST * 10000:
            raise Trouble(f"数据库版本太旧：需要 PostgreSQL {OLDEST} 或更新的版本。")
        extend(connection)


def extend(connection) -> None:
    """Add the extensions that the product needs, as far as missing."""
    for name in EXTENSIONS:
        if finds(connection, "SELECT FROM pg_extension WHERE extname = %s", name):
            continue
        command = f"CREATE EXTENSION {name}"
        try:
            execute(connection, command)
        except psycopg2.Error as error:
            advice = f"请数据库管理员在该库执行：{command};"
            raise Trouble(f"数据库缺少扩展 {name}。{advice}（{str(error).strip()}）") from None


def grant(connection) -> None:
    """Let the application read and write the rows of the owner's tables, present and to come."""
    with contextlib.closing(connect("DATABASE_URL")) as other:
        role = other.info.user
    if role == connection.info.user:
        return
    future = sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {} ON {} TO {}")
    present = sql.SQL("GRANT {} ON ALL {} IN SCHEMA public TO {}")
    for kind, rights in RIGHTS.items():
        for command in (future, present):
            words = sql.SQL(rights), sql.SQL(kind), sql.Identifier(role)
            execute(connection, command.format(*words))


@contextlib.contextmanager
def alone() -> Iterator:
    """Yield the owner's connection while no other launcher, on any machine, is in this block."""
    with contextlib.closing(connect()) as connection:
        if not value(connection, "SELECT pg_try_advisory_lock(%s)", ADVISORY_LOCK):
            say("另一个启动过程正在准备数据库，请稍候……")
            value(connection, "SELECT pg_advisory_lock(%s)", ADVISORY_LOCK)
        yield connection


def execute(connection, command) -> None:
    """Execute *command*, which answers nothing."""
    with connection.cursor() as cursor:
        cursor.execute(command)


def finds(connection, question: str, *words) -> bool:
    """Return whether *question* finds a row."""
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        return cursor.rowcount > 0


def value(connection, question: str, *words):
    """Return the first column of the first row that *question* finds, else None."""
    with connection.cursor() as cursor:
        cursor.execute(question, words)
        row = cursor.fetchone()
    return row and row[0]
