"""Making many cases of few: the rows of cases that were walked through the course, again and again
with new people, numbers and days.

Everything but the people is done inside the database, one statement per table and batch. A row of
a copy has a key that can be calculated: where its table begins, the number of the copy, and its
place among the rows of its case. So no key has to be asked for.
"""

from django.db import connection

from disputes.domain.copying import send_rows
from disputes.models import Case, ClockEvent, Deadline, Party, Proceeding
from law.calendar import load_calendar
from workflows.demo.tables import case_of, days_of, links, tables, words_of

# People of a copy; a template's days move by "shift" days.
COLUMNS = {
    "no": "bigint", "case_id": "bigint", "shift": "int", "token": "uuid", "matter": "text",
    "was": "text", "name": "text", "pairs": "text[]", "sex": "text", "id_number": "text",
    "id_index": "text", "phone": "text", "phone_index": "text", "tail_index": "text",
    "address": "text",
}  # fmt: skip
NUMBERS = {"no": "bigint", "idx": "int", "number": "text", "key": "text"}
_WORKER = {
    "name": "c.name", "name_pairs": "c.pairs", "sex": "c.sex", "id_number": "c.id_number",
    "id_index": "c.id_index", "phone": "c.phone", "phone_index": "c.phone_index",
    "phone_tail_index": "c.tail_index", "address": "c.address", "contact_name": "''",
}  # fmt: skip


class Copier:
    """Copies the cases with the keys *templates*, up to *copies* of them."""

    def __init__(self, templates, *, copies):
        self.copies = copies
        self.first, self.width = {}, {}
        with connection.cursor() as cursor:
            self._make_room(cursor)
            for model in tables():
                self._read(cursor, model, templates)
            for model in tables():
                self._find_places(cursor, model)

    def copy(self, people, numbers, *, today):
        """Make the copies that the rows *people* tell of, with *numbers* for their proceedings.

        Rows are tuples as ``COLUMNS`` and ``NUMBERS`` have them. What a party had to do until a
        day before the date *today* has expired.
        """
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE demo_people, demo_numbers")
            send_rows(cursor, "demo_people", COLUMNS, people)
            send_rows(cursor, "demo_numbers", NUMBERS, numbers)
            cursor.execute("ANALYZE demo_people, demo_numbers")
            for model in tables():
                cursor.execute(self._insertion(model, today))
            cursor.execute(self._stops(), [today])

    def move_sequences(self):
        """Let the next rows get keys behind those of the copies."""
        with connection.cursor() as cursor:
            for model in tables():
                table, pk = model._meta.db_table, model._meta.pk.column
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', '{pk}'),"  # noqa: S608
                    f" greatest((SELECT max({pk}) FROM {table}), 1))"
                )

    def _make_room(self, cursor):
        for name, columns in (("demo_people", COLUMNS), ("demo_numbers", NUMBERS)):
            cursor.execute(f"DROP TABLE IF EXISTS {name}")
            facts = ", ".join(f"{column} {kind}" for column, kind in columns.items())
            cursor.execute(f"CREATE TEMP TABLE {name} ({facts})")

    def _read(self, cursor, model, templates):
        """Keep the rows of the templates, each with its place among those of its case."""
        table, pk = model._meta.db_table, model._meta.pk.column
        cursor.execute(f"DROP TABLE IF EXISTS {_kept(model)}")
        cursor.execute(
            f"CREATE TEMP TABLE {_kept(model)} AS SELECT *,"  # noqa: S608
            f" (row_number() OVER (PARTITION BY _case ORDER BY {pk}) - 1)::int AS _idx"
            f" FROM (SELECT t.*, {case_of(model, 't')} AS _case FROM {table} t) rows"
            " WHERE _case = ANY (%s)",
            [templates],
        )
        cursor.execute(f"CREATE INDEX ON {_kept(model)} ({pk})")
        cursor.execute(f"SELECT coalesce(max(_idx) + 1, 0) FROM {_kept(model)}")  # noqa: S608
        (self.width[model],) = cursor.fetchone()
        cursor.execute(f"SELECT coalesce(max({pk}), 0) + 1 FROM {table}")  # noqa: S608
        (self.first[model],) = cursor.fetchone()

    def _find_places(self, cursor, model):
        """Write beside every key into another table the place of the row that it names."""
        for column, there in links(model).items():
            pk = there._meta.pk.column
            cursor.execute(
                f"ALTER TABLE {_kept(model)} ADD COLUMN _at_{column} int;"  # noqa: S608
                f" UPDATE {_kept(model)} here SET _at_{column} = there._idx"
                f" FROM {_kept(there)} there WHERE there.{pk} = here.{column}"
            )
        cursor.execute(f"ANALYZE {_kept(model)}")

    def _insertion(self, model, today):
        values = {field.column: f't."{field.column}"' for field in model._meta.concrete_fields}
        dates, moments = days_of(model)
        values |= {name: f'(t."{name}" + c.shift)' for name in dates}
        values |= {name: f"(t.\"{name}\" + c.shift * interval '1 day')" for name in moments}
        values |= {name: f'replace(t."{name}", c.was, c.name)' for name in words_of(model)}
        values |= {
            column: f"({self._key(there, f't._at_{column}')})"
            for column, there in links(model).items()
        }
        values[model._meta.pk.column] = self._key(model, "t._idx")
        values |= self._own(model, today)
        columns = ", ".join(f'"{name}"' for name in values)
        joined = (
            "JOIN demo_numbers n ON n.no = c.no AND n.idx = t._idx" if model is Proceeding else ""
        )
        return (
            f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {', '.join(values.values())}"  # noqa: S608
            f" FROM demo_people c JOIN {_kept(model)} t ON t._case = c.case_id {joined}"
        )

    def _own(self, model, today):
        """Return {column: SQL} of what a copy has of its own."""
        if model is Case:
            return {"matter_number": "c.matter", "filing_token": "c.token"}
        if model is Proceeding:
            return {"number": "n.number", "number_key": "n.key"}
        if model is Party:
            worker = "t.kind = 'worker' AND t.name = c.was"
            return {
                column: f"CASE WHEN {worker} THEN {new} ELSE t.{column} END"
                for column, new in _WORKER.items()
            }
        if model is Deadline:
            last = max(load_calendar().years)
            over = f"t.state = 'running' AND t.due_legal + c.shift < '{today:%Y-%m-%d}'"
            return {
                "provisional": "t.provisional"
                f" AND extract(year FROM t.due_legal + c.shift) > {last}",
                "state": f"CASE WHEN {over} THEN 'expired' ELSE t.state END",
                "ended_on": f"CASE WHEN {over} THEN t.due_legal ELSE t.ended_on END + c.shift",
            }
        if model._meta.label_lower == "disputes.timelineentry":
            day = "to_jsonb(((t.facts->>'day')::date + c.shift)::text)"
            return {
                "facts": f"CASE WHEN t.facts ? 'day' THEN jsonb_set(t.facts, '{{day}}', {day})"
                " ELSE t.facts END"
            }
        return {}

    def _stops(self):
        """Return the statement that writes down the end of what has expired in the copies."""
        behind = self.first[ClockEvent] + self.copies * self.width[ClockEvent]
        key = f"{behind} + c.no * {self.width[Deadline]} + t._idx"
        columns = 'id, deadline_id, kind, "on", reason, ground, recorded_at'
        deadline = self._key(Deadline, "t._idx")
        return (
            f"INSERT INTO disputes_clockevent ({columns})"  # noqa: S608
            f" SELECT {key}, {deadline}, 'stop', t.due_legal + c.shift, '', '',"
            " (t.due_legal + c.shift + 1)::timestamptz"
            f" FROM demo_people c JOIN {_kept(Deadline)} t ON t._case = c.case_id"
            " WHERE t.state = 'running' AND t.due_legal + c.shift < %s"
        )

    def _key(self, model, place):
        # Copies are numbered from 0 through all batches.
        return f"{self.first[model]} + c.no * {self.width[model]} + {place}"


def _kept(model):
    return f"demo_{model._meta.db_table}"[:60]
