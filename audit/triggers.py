"""Triggers that record every change, whoever makes it and by whatever way.

One function and three triggers per table, made from the models after each migration. They
work per statement, so a thousand rows cost one insertion; they run with the owner's rights, so
nobody writes unrecorded for lack of them; a change that cannot be recorded is not made.
"""

import hashlib

from django.conf import settings
from django.db import connection, models

from audit.columns import clear_columns, label_of, recorded_models, skipped_columns
from audit.paths import case_from_link, link_of

PREFIX = "audit_record_"
EVENTS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
}

# What is masked shows that it is there and how long it is. A long text also shows part of its
# hash, so that somebody who holds the text can prove which one it was; a short one could be
# guessed from its hash. Encrypted columns are long: their hash tells one encryption from another.
MASK = """
CREATE OR REPLACE FUNCTION audit_masked(value text) RETURNS text
LANGUAGE sql IMMUTABLE AS $audit$
    SELECT CASE
        WHEN value IS NULL OR value = '' THEN value
        WHEN length(value) < 32 THEN '•••(' || length(value) || ')'
        ELSE '•••(' || length(value) || ') '
            || left(encode(sha256(convert_to(value, 'UTF8')), 'hex'), 16)
    END
$audit$
"""
CHANGES = """
CREATE OR REPLACE FUNCTION audit_changes(old jsonb, new jsonb, clear text[], skipped text[])
RETURNS jsonb LANGUAGE sql STABLE AS $audit$
    SELECT jsonb_object_agg(key, jsonb_build_array(
        CASE WHEN key = ANY (clear) THEN was.value ELSE public.audit_masked(was.value) END,
        CASE WHEN key = ANY (clear) THEN now.value ELSE public.audit_masked(now.value) END
    ))
    FROM jsonb_each_text(coalesce(old, '{}')) was
    FULL JOIN jsonb_each_text(coalesce(new, '{}')) now USING (key)
    WHERE was.value IS DISTINCT FROM now.value
        AND NOT key = ANY (skipped)
        AND NOT (old IS NULL AND now.value = '')
$audit$
"""
# What a new row brings. In line, since a call of ``audit_changes`` for each costs three times as
# much, and most of what is recorded is new.
ADDED = """(
                    SELECT jsonb_object_agg(key, jsonb_build_array(
                        NULL,
                        CASE WHEN key = ANY (clear) THEN value ELSE audit_masked(value) END
                    ))
                    FROM jsonb_each_text(to_jsonb(n))
                    WHERE value <> '' AND NOT key = ANY (skipped)
                )"""
COMMON = {"audit_masked": MASK, "audit_changes": CHANGES}

TEMPLATE = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $audit$
DECLARE
    act jsonb := nullif(current_setting('fangxian.act', true), '')::jsonb;
    clear CONSTANT text[] := {clear};
    skipped CONSTANT text[] := {skipped};
BEGIN
    IF TG_OP = 'INSERT' THEN
        WITH rows AS MATERIALIZED (
            SELECT {new_pk} AS pk, {new_link} AS link, {new_reason} AS reason,
                {added} AS changes
            FROM new_rows n
        ) {record_add};
    ELSIF TG_OP = 'DELETE' THEN
        WITH rows AS MATERIALIZED (
            SELECT {old_pk} AS pk, {old_link} AS link, '' AS reason,
                audit_changes(to_jsonb(o), NULL, clear, skipped) AS changes
            FROM old_rows o
        ) {record_remove};
    ELSE
        WITH rows AS MATERIALIZED (
            SELECT coalesce({new_pk}, {old_pk}) AS pk, coalesce({new_link}, {old_link}) AS link,
                '' AS reason, audit_changes(to_jsonb(o), to_jsonb(n), clear, skipped) AS changes
            FROM old_rows o FULL JOIN new_rows n ON n.{pk} = o.{pk}
        ) {record_change};
    END IF;
    RETURN NULL;
END
$audit$
"""
RECORD = """
        INSERT INTO audit_auditentry (
            at, actor_id, actor_name, served_as, address, request, door,
            action, object_type, object_id, case_id, reason, changes
        )
        SELECT clock_timestamp(), (act->>'actor')::bigint, coalesce(act->>'name', ''),
            coalesce(act->>'served_as', ''),
            coalesce(act->>'address', host(inet_client_addr()), ''),
            coalesce(act->>'request', ''),
            left(coalesce(act->>'door', 'sql ' || session_user), 100),
            '{action}', '{label}', rows.pk, {case}, rows.reason, rows.changes
        FROM rows WHERE rows.changes IS NOT NULL ORDER BY rows.pk
"""


def install(verbosity=1, **kwargs):
    """Bring functions and triggers to what the models ask for; what is right is left alone."""
    wanted = {function_of(model): _definition(model) for model in recorded_models()}
    with connection.cursor() as cursor:
        have, tables = _functions(cursor), set(connection.introspection.table_names(cursor))
        for name, sql in COMMON.items():
            _define(cursor, name, sql, have)
        for model in recorded_models():
            if model._meta.db_table in tables:
                _define(cursor, function_of(model), wanted[function_of(model)], have)
        _attach(cursor, tables)
        for name in set(have) - set(wanted) - set(COMMON):
            cursor.execute(f"DROP FUNCTION {name} CASCADE")


def unguarded():
    """Return the names of tables whose changes go unrecorded: a trigger is missing or disabled."""
    with connection.cursor() as cursor:
        at_work = _triggers(cursor)
        have = _functions(cursor)
    return sorted(
        model._meta.db_table
        for model in recorded_models()
        if not {trigger_of(model, event) for event in EVENTS} <= at_work
        or have.get(function_of(model)) != _digest(_definition(model))
    )


def function_of(model):
    """Return the name of the function that records changes of *model*."""
    return f"{PREFIX}{model._meta.db_table}"


def trigger_of(model, event):
    """Return the name of the trigger that watches *event* on the table of *model*."""
    return f"{PREFIX}{model._meta.db_table}_{event}"[:63]


def _attach(cursor, tables):
    at_work, name = _triggers(cursor), connection.ops.quote_name
    for model in recorded_models():
        table = model._meta.db_table
        for event, referencing in EVENTS.items():
            trigger = trigger_of(model, event)
            if table in tables and trigger not in at_work:
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {name(trigger)} AFTER {event} ON {name(table)}"
                    f" {referencing} FOR EACH STATEMENT EXECUTE FUNCTION {function_of(model)}()"
                )
                cursor.execute(f"ALTER TABLE {name(table)} ENABLE TRIGGER {name(trigger)}")


def _triggers(cursor):
    """Return the names of our triggers that are at work."""
    cursor.execute(
        "SELECT tgname FROM pg_trigger WHERE tgname LIKE %s AND tgenabled IN ('O', 'A')",
        [PREFIX.replace("_", r"\_") + "%"],
    )
    return {name for (name,) in cursor.fetchall()}


def _functions(cursor):
    """Return our functions and the digest of the text that each was made from."""
    cursor.execute(
        "SELECT proname, obj_description(oid, 'pg_proc') FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND proname LIKE %s",
        [r"audit\_%"],
    )
    return dict(cursor.fetchall())


def _define(cursor, name, sql, have):
    digest = _digest(sql)
    if have.get(name) == digest:
        return
    cursor.execute(sql)
    cursor.execute(f"COMMENT ON FUNCTION {name} IS '{digest}'")


def _digest(sql):
    return hashlib.sha256(sql.encode()).hexdigest()[:32]


def _definition(model):
    """Return the SQL of the function that records changes of *model*."""
    name, link = connection.ops.quote_name, link_of(model)
    label, reason = label_of(model), settings.AUDIT["REASONS"].get(label_of(model))
    added = settings.AUDIT["ADDING_IS"].get(label, "add")
    return TEMPLATE.format(
        function=function_of(model),
        pk=name(model._meta.pk.column),
        new_pk=_number(model, "n"),
        old_pk=_number(model, "o"),
        added=ADDED,
        clear=_array(clear_columns(model)),
        skipped=_array(skipped_columns(model)),
        new_link=f"n.{name(link)}" if link else "NULL::bigint",
        old_link=f"o.{name(link)}" if link else "NULL::bigint",
        # What for is asked of everybody; numbers of people that got into it are taken out.
        new_reason=rf"regexp_replace(n.{name(reason)}, '\d{{5,}}', '•••', 'g')" if reason else "''",
        record_add=_record(model, added),
        record_remove=_record(model, "remove"),
        record_change=_record(model, "change"),
    )


def _record(model, action):
    case = case_from_link(model, "rows.link")
    return RECORD.format(action=action, label=label_of(model), case=case)


def _number(model, row):
    """Return SQL for the number by which the log names a *row*: its key; days as 20261001."""
    pk = model._meta.pk
    key = f"{row}.{connection.ops.quote_name(pk.column)}"
    if isinstance(pk, models.DateField):
        return f"to_char({key}, 'YYYYMMDD')::bigint"
    return key if pk.rel_db_type(connection) in ("bigint", "integer") else "NULL::bigint"


def _array(words):
    return "ARRAY[{}]::text[]".format(", ".join(f"'{word}'" for word in words))
