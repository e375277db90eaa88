"""Somebody pulls the plug: of the process that works, or of its connection to the database."""

import os
import signal

import psycopg2
from django.db import connection

BEFORE, AFTER, AT_COMMIT, COMMITTED = "before", "after", "at commit", "committed"
# What a child ends with that lost its connection and lives.
HARMED = 7


class Plug:
    """Pulled *when* a statement is near that holds all of *words*: before or after it, at the
    commit of its transaction, or when that has been committed. *pull* is what then happens.
    """

    def __init__(self, when, words, pull):
        self.when, self.words, self.pull = when, words, pull
        self.seen = self.pulled = False

    def put_in(self):
        """Watch the connection of this process from now on."""
        connection.ensure_connection()
        commit = connection._commit

        def watched():
            if self.seen and self.when == AT_COMMIT:
                self._pull()
            commit()
            if self.seen and self.when == COMMITTED:
                self._pull()

        connection._commit = watched
        connection.execute_wrappers.append(self._watch)

    def _watch(self, execute, sql, params, many, context):
        near = not self.pulled and all(word in sql for word in self.words)
        if near and self.when == BEFORE:
            self._pull()
        result = execute(sql, params, many, context)
        if near and self.when == AFTER:
            self._pull()
        self.seen = self.seen or near
        return result

    def _pull(self):
        self.pulled, self.seen = True, False
        self.pull()


def kill_process():
    """Die as by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_connection():
    """Let the database end the connection of this process, as when it goes down."""
    pid = connection.connection.info.backend_pid
    # As another process would do it, which is not in the same transaction.
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    with psycopg2.connect(**parameters) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def run_in_child(act, plug):
    """Run *act* in a process of its own with *plug* put in.

    Returns (what *act* acknowledged, "" for nothing, whether the plug was pulled).
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        _live(act, plug, writer)
    os.close(writer)
    with os.fdopen(reader) as answers:
        said = answers.read()
    _pid, status = os.waitpid(pid, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return said, killed or os.waitstatus_to_exitcode(status) == HARMED


def _live(act, plug, writer):
    # The parent's connection must not be closed from here: it is kept, and never used.
    kept, connection.connection = connection.connection, None
    try:
        plug.put_in()
        said = act()
        if said:
            os.write(writer, str(said).encode())
    except Exception as error:
        os.write(writer, f"{type(error).__name__}".encode())
    finally:
        os._exit(HARMED if plug.pulled and kept else 0)
