"""Writing very many rows by COPY, as ``bulk_create`` would leave them."""

from io import StringIO

from django.db import connection
from django.db.models.expressions import DatabaseDefault

from audit.acting import sign_transaction

_SIGNS = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_in(rows):
    """Write the unsaved *rows*, all of one model, and return them as a list with their keys.

    Belongs into a transaction. As with ``bulk_create`` no signal is sent; triggers see each row.
    """
    rows = list(rows)
    if not rows:
        return rows
    model = type(rows[0])
    with connection.cursor() as cursor:
        sign_transaction(cursor)
        _give_keys(cursor, model, rows)
        fields = _written(model, rows[0])
        columns = [field.column for field in fields]
        values = ([_prepared(field, row) for field in fields] for row in rows)
        send_rows(cursor, model._meta.db_table, columns, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return rows


def send_rows(cursor, table, columns, rows):
    """Send *rows*, sequences of values as psycopg knows them, into *columns* of *table*."""
    buffer = StringIO()
    for row in rows:
        buffer.write("\t".join(map(_cell, row)) + "\n")
    buffer.seek(0)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.wrap_database_errors:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', buffer)


def _give_keys(cursor, model, rows):
    table, key = model._meta.db_table, model._meta.pk
    cursor.execute(
        f"SELECT nextval(pg_get_serial_sequence('\"{table}\"', '{key.column}'))"  # noqa: S608
        " FROM generate_series(1, %s)",
        [len(rows)],
    )
    for row, (number,) in zip(rows, cursor.fetchall(), strict=True):
        setattr(row, key.attname, number)


def _written(model, row):
    """Return the fields whose values do not come from the database itself."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated and not isinstance(getattr(row, field.attname), DatabaseDefault)
    ]


def _prepared(field, row):
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)


def _cell(value):
    if value is None:
        return "\\N"
    if isinstance(value, list):
        value = "{" + ",".join(map(_element, value)) + "}"
    elif hasattr(value, "adapted"):
        value = value.dumps(value.adapted)
    return str(value).translate(_SIGNS)


def _element(value):
    text = str(value)
    for sign in ("\\", '"'):
        text = text.replace(sign, "\\" + sign)
    return f'"{text}"'
