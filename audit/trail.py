"""Writing down what was read, handed out and refused.

Changes are recorded by triggers. Reading is written after the answer has left: the reader waits
for nothing. The line is one insertion of the same thread before it takes its next request, so a
normal stop loses none; a kill -9 or a power cut loses at most the lines of answers that were
leaving at that moment. What must not leave unrecorded, an export or a print, is written before,
by ``record``.
"""

import json
import logging

from django.apps import apps
from django.db import Error, connection

from audit import acting
from audit.paths import case_from_key
from offices.domain.standing import kept_standing

logger = logging.getLogger("fangxian.audit")

COLUMNS = (
    "actor_id", "actor_name", "served_as", "address", "request", "door",
    "action", "object_type", "object_id", "reason", "changes",
)  # fmt: skip


def record(request, action, *, actor=None, **facts):
    """Write a line now, in the transaction under way, before what it tells of leaves the house.

    *facts* are ``object_type`` ("room.model"), ``object_id``, ``case_id``, ``reason``,
    ``changes`` and ``door``; *actor* is the person of *request* unless given.
    """
    _insert([_line(request, action, actor, facts)])


def log(request, action, *, actor=None, **facts):
    """Write a line after the answer to *request* has left, at once without a request.

    *facts* are those of ``record``.
    """
    line = _line(request, action, actor, facts)
    if request is not None and hasattr(request, "audit_lines"):
        request.audit_lines.append(line)
    else:
        _insert([line])


def note(request, **facts):
    """Add *facts* to the line that will tell of *request*: ``action``, ``reason`` and the like.

    ``skip=True`` says that nothing is read here worth a line.
    """
    request.audit_facts = {**getattr(request, "audit_facts", {}), **facts}


def write_behind(lines):
    """Write *lines* whose answers have left; a failure is told to the operator, not the reader."""
    try:
        _insert(lines)
    except Error as error:
        for line in lines:
            logger.error("A line of the audit log was lost (%s): %s", type(error).__name__, line)


def _line(request, action, actor, facts):
    act = acting.current() if request is None else request_act(request)
    line = {
        "actor_id": actor.pk if actor else act.actor,
        "actor_name": str(actor)[:50] if actor else act.name[:50],
        "served_as": act.served_as,
        "address": act.address,
        "request": act.request,
        "door": act.door,
        "action": str(action),
        "object_type": "",
        "object_id": None,
        "case_id": None,
        "reason": "",
        "changes": None,
    }
    return line | facts


def request_act(request):
    """Return the act of *request* with what the person serves as, as far as it is known."""
    return acting.act_of(request, served_as=_served_as(request))


def _served_as(request):
    """Return role and office of the postings if the page asked for them."""
    standing = kept_standing(acting.known_user(request))
    postings = standing.postings if standing else ()
    return " ".join(f"{posting.role}@{posting.office_id}" for posting in postings)[:200]


def _insert(lines):
    """Insert *lines* in one statement.

    It goes past Django's cursor on purpose: it is no part of what the page asked, and no
    statement of it may reach a log.
    """
    values, words = [], []
    for line in lines:
        case = "%s::bigint" if line["case_id"] else _case_sql(line)
        values.append(f"(clock_timestamp(), {', '.join(['%s'] * len(COLUMNS))}, {case})")
        words += [_word(line, name) for name in COLUMNS]
        words += [line["case_id"] or line["object_id"]] if "%s" in case else []
    sql = f"INSERT INTO audit_auditentry (at, {', '.join(COLUMNS)}, case_id) VALUES "  # noqa: S608
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        cursor.execute(sql + ", ".join(values), words)


def _word(line, name):
    value = line[name]
    if name == "changes" and value is not None:
        return json.dumps(value, ensure_ascii=False)
    return value[:300] if name == "reason" else value


def _case_sql(line):
    """Return SQL that finds the case of the object of *line*."""
    if not line["object_type"] or line["object_id"] is None:
        return "NULL::bigint"
    return case_from_key(apps.get_model(line["object_type"]), "%s")
