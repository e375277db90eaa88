"""What was done to a database, noted in the database itself.

So a restored backup, or another database, brings its own truth: no file beside it can
say that tables exist which do not.
"""

from house.database import execute, value

CREATE = """
    CREATE TABLE IF NOT EXISTS setup_note (
        name text PRIMARY KEY,
        value text NOT NULL,
        written_at timestamptz NOT NULL DEFAULT now()
    )
"""
WRITE = """
    INSERT INTO setup_note (name, value) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, written_at = now()
    RETURNING name
"""


def read(connection, name: str) -> str | None:
    """Return the note called *name*, None if there is none."""
    if value(connection, "SELECT to_regclass('public.setup_note')") is None:
        return None
    return value(connection, "SELECT value FROM setup_note WHERE name = %s", name)


def write(connection, name: str, text: str) -> None:
    """Write the note called *name*."""
    execute(connection, "SET client_min_messages = warning")
    execute(connection, CREATE)
    value(connection, WRITE, name, text)
