"""A demo of a hundred thousand cases: a few hundred are walked through the course, the rest are
copies of them with other people, numbers and days.
"""

from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from audit import trail
from disputes.domain import numbers
from disputes.domain.clocks import count, dates_of, events_of
from disputes.models import Case, Deadline, Joinder, Merger, Party, Tier
from disputes.models.party import pairs_of
from disputes.models.sealed import index_of, seal
from law.calendar import load_calendar
from law.refusals import LawRefusal
from law.rules import rule_on
from workflows.demo import people
from workflows.demo.copying import Copier

# So many are walked through the course; up to twice as many cases none is copied.
WALKED = 160
BATCH = 10_000
WEEKS = 104
# Of a hundred copies so many are of cases that are still open.
OPEN = 9


def multiply(production, walked, missing, *, progress):
    """Copy the cases of the indices *walked* into those of the indices *missing*."""
    templates = find_templates(production, walked)
    copier = Copier([template.case.pk for template in templates], copies=len(missing))
    drawn = sorted(
        (draw(production, index, templates) for index in missing), key=lambda copy: copy.filed_at
    )
    for begin in range(0, len(drawn), BATCH):
        batch = drawn[begin : begin + BATCH]
        with transaction.atomic(), _unwatched():
            _copy(production, copier, batch, begin)
            copier.move_sequences()
        progress(begin + len(batch), len(drawn))
    _note(production, templates, len(drawn))


class Template:
    """A case that was walked, as it is copied."""

    def __init__(self, case, deadlines, events):
        self.case = case
        self.worker = next(p for p in case.parties.all() if p.kind == Party.Kind.WORKER)
        self.proceedings = sorted(case.proceedings.all(), key=lambda row: row.pk)
        self.is_open = case.ended_at is None
        self.shifts = [0] if self.is_open else possible_shifts(case, deadlines, events)


class Copy:
    """One copy: which *template*, its days moved by *shift* days, under which *token*."""

    def __init__(self, index, template, shift, token):
        self.index, self.template, self.shift, self.token = index, template, shift, token
        self.filed_at = template.case.filed_at + timedelta(days=shift)


def find_templates(production, walked):
    """Return the walked cases that can be copied, as ``Template`` list."""
    tokens = [production.token(index) for index in walked]
    together = Joinder.objects.values_list("main", "joined")
    pairs = [*together, *Merger.objects.values_list("merged", "into")]
    joined = {pk for pair in pairs for pk in pair}
    cases = (
        Case.objects.filter(filing_token__in=tokens)
        .exclude(pk__in=joined)
        .prefetch_related("parties", "proceedings__office")
        .select_related("federation")
        .order_by("pk")
    )
    deadlines = defaultdict(list)
    for row in Deadline.objects.filter(case__in=cases).select_related("rule"):
        deadlines[row.case_id].append(row)
    events = events_of([row.pk for rows in deadlines.values() for row in rows])
    found = [Template(case, deadlines[case.pk], events) for case in cases]
    return [template for template in found if template.shifts]


def possible_shifts(case, deadlines, events):
    """Return by how many days an ended case may be moved so that every date stays lawful.

    Only whole weeks, and only where the calendar gives every deadline the same length: a copy is
    then as lawful as the case that was walked.
    """
    calendar = load_calendar()
    days = [timezone.localdate(case.filed_at), timezone.localdate(case.ended_at)]
    return [
        -7 * weeks
        for weeks in range(1, WEEKS)
        if all(calendar.is_workday(day - timedelta(weeks=weeks)) for day in days)
        and all(_keeps(row, events.get(row.pk, ()), -7 * weeks, calendar) for row in deadlines)
    ]


def _keeps(deadline, events, shift, calendar):
    by = timedelta(days=shift)
    moved = [
        event.__class__(event.kind, event.on + by, event.amount, event.reason) for event in events
    ]
    try:
        row = Deadline(
            rule=rule_on(deadline.rule.rule_id, deadline.started_on + by),
            started_on=deadline.started_on + by,
            amount=deadline.amount,
        )
        dates = dates_of(count(row, moved, calendar))
    except LawRefusal:
        return False
    same = row.rule.pk == deadline.rule_id
    wanted = ("due_nominal", "due_legal", "alarm_on")
    return same and all(dates[name] == getattr(deadline, name) + by for name in wanted)


def draw(production, index, templates):
    """Return the ``Copy`` that the case *index* is."""
    rng = production.rng(index, "copy")
    standing = [template for template in templates if template.is_open]
    ended = [template for template in templates if not template.is_open]
    among = standing if standing and (not ended or rng.random() * 100 < OPEN) else ended
    template = rng.choice(among)
    return Copy(index, template, rng.choice(template.shifts), production.token(index))


def _copy(production, copier, batch, begin):
    matters = _matter_numbers(batch)
    given = _case_numbers(batch)
    rows = [
        _person(production, copy, begin + place, matters[place]) for place, copy in enumerate(batch)
    ]
    numbered = [(begin + place, *rest) for place, *rest in given]
    copier.copy(rows, numbered, today=production.today)


def _matter_numbers(batch):
    keys = [
        (copy.template.case.federation_id, numbers.MATTER, timezone.localdate(copy.filed_at).year)
        for copy in batch
    ]
    federations = {
        copy.template.case.federation_id: copy.template.case.federation for copy in batch
    }
    return [
        numbers.format_matter(federations[office], year=year, serial=serial)
        for (office, _kind, year), serial in zip(keys, _serials(keys), strict=True)
    ]


def _case_numbers(batch):
    """Return (place of the copy, place of the proceeding, number, key) of every proceeding."""
    rows, keys = [], []
    for place, copy in enumerate(batch):
        for idx, row in enumerate(copy.template.proceedings):
            opened_at = row.opened_at + timedelta(days=copy.shift)
            arbitrated = row.tier == Tier.ARBITRATION
            kind = numbers.ARBITRATION if arbitrated else numbers.MEDIATION
            keys.append((row.office_id, kind, timezone.localdate(opened_at).year))
            rows.append((place, idx, row.office))
    found = []
    for (place, idx, office), (_pk, kind, year), serial in zip(
        rows, keys, _serials(keys), strict=True
    ):
        number = numbers.format_number(office, kind=kind, year=year, serial=serial)
        found.append((place, idx, number, numbers.number_key(number)))
    return found


def _serials(keys):
    """Return the next number of its series for each of *keys*, in their order."""
    following = numbers.reserve(Counter(keys))
    serials = []
    for key in keys:
        serials.append(following[key])
        following[key] += 1
    return serials


def _person(production, copy, no, matter):
    rng = production.rng(copy.index, "person")
    drawn = people.draw_worker(rng)
    phone = people.draw_phone(rng)
    address = people.draw_address(rng, copy.template.proceedings[0].office.county)
    pairs = "{" + ",".join(f'"{pair}"' for pair in pairs_of(drawn["name"])) + "}"
    return (
        no, copy.template.case.pk, copy.shift, copy.token, matter, copy.template.worker.name,
        drawn["name"], pairs, drawn["sex"], seal(drawn["id_number"]),
        index_of(drawn["id_number"]), seal(phone), index_of(phone), index_of(f"tail:{phone[-4:]}"),
        seal(address),
    )  # fmt: skip


@contextmanager
def _unwatched():
    """Write without the triggers, where the database user may: copies keep every rule already.

    Foreign keys are calculated, and the log tells of the whole demo in one line. Who may not goes
    on with the triggers, which takes longer.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
    except ProgrammingError:
        pass
    yield


def _note(production, templates, made):
    trail.record(
        None,
        "add",
        object_type="disputes.case",
        door="demo",
        reason=f"{made} demo cases, copies of {len(templates)}",
    )
