"""Who acts at this moment, said to the database with every write.

A trigger cannot ask who sits at the screen. So each statement that writes carries a setting that
lasts as long as its transaction, put before it in the same message: no round trip of its own.
"""

import json
import re
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import LazyObject, empty

from offices.addresses import address_of

SETTING = "fangxian.act"
_WRITES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|MERGE|WITH\b.*\b(INSERT|UPDATE|DELETE))\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Act:
    """Who acts (id and name, or nobody), as what, from where, in which request, by which door."""

    actor: int | None = None
    name: str = ""
    served_as: str = ""
    address: str = ""
    request: str = ""
    door: str = ""


_current = ContextVar("audit_act", default=None)


@contextmanager
def acting(source):
    """Let *source*, called whenever something is written, answer with the ``Act`` under way."""
    token = _current.set(source)
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def acting_as(user, *, door=""):
    """Let what is written in the block be *user*'s act; she asked for it before."""
    act = Act(user.pk if user else None, str(user or ""), door=door or current().door)
    with acting(lambda: act):
        yield


def begin(source):
    """Let *source* answer until further notice: for workers that do one job after the other."""
    _current.set(source)


def current():
    """Return the ``Act`` under way; outside of requests and jobs the program itself acts."""
    source = _current.get()
    return source() if source else Act(door=_program())


def act_of(request, *, served_as=""):
    """Return the ``Act`` of *request* as far as it is known by now, without asking anything."""
    user = known_user(request)
    match = request.resolver_match
    return Act(
        actor=user.pk if user else None,
        name=str(user or ""),
        served_as=served_as,
        address=address_of(request),
        request=getattr(request, "audit_id", ""),
        door=(match and match.url_name) or "",
    )


def sign(execute, sql, params, many, context):
    """Execute *sql*; if it writes, let triggers know who acts (a wrapper of Django's cursors)."""
    if isinstance(sql, str) and _WRITES.match(sql):
        prefix = _prefix(current())
        sql = (prefix.replace("%", "%%") if params is not None else prefix) + sql
    return execute(sql, params, many, context)


def sign_transaction(cursor):
    """Let triggers know who acts until the transaction ends: for COPY, which no wrapper sees."""
    cursor.execute(_prefix(current()))


def _prefix(act):
    words = json.dumps({name: value for name, value in vars(act).items() if value})
    return "SELECT set_config('{}', '{}', true); ".format(SETTING, words.replace("'", "''"))


def known_user(request):
    """Return the person of *request* when she is known already: asking would ask the database."""
    user = getattr(request, "user", None)
    if isinstance(user, LazyObject) and user._wrapped is empty:
        return None
    return user if user is not None and user.is_authenticated else None


def _program():
    name = Path(sys.argv[0]).name
    words = [name, *sys.argv[1:2]] if name == "manage.py" else [name]
    return " ".join(words)[:100]
