"""The register of offices taken over from a table, as often as one likes."""

from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from offices.domain.register_rows import read_rows
from offices.models import Office

# What a row of the register states of an office besides its name.
FACTS = ("short_name", "tier", "kind", "county", "industry", "credit_code", "handled_here")
ONCE = ("short_name", "credit_code")


@dataclass
class RegisterReport:
    """What became of the rows of a register."""

    rows: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    errors: list = field(default_factory=list)

    def as_json(self):
        """The report as a dictionary; each error has line, column and message."""
        return {**asdict(self), "errors": [finding.as_json() for finding in self.errors]}


@transaction.atomic
def import_register(path):
    """Import the register of offices at `path`, a CSV file; return the `RegisterReport`.

    An office is known by its name: a second import adds nothing and changes only what the file
    states otherwise. A parent may stand later in the file or be in the register already. Rows
    that cannot be read are rejected with line, column and reason; so are those below a rejected
    parent. Raises `offices.domain.register_rows.RegisterUnreadable`.
    """
    rows, errors, count = read_rows(path)
    register = {office.name: office for office in Office.objects.select_related("parent")}
    rows, clashes = _without_clashes(rows, register)
    rows, orphans = _without_orphans(rows, register)
    report = RegisterReport(rows=count, rejected=count - len(rows))
    report.errors = sorted(errors + clashes + orphans, key=lambda finding: finding.line)
    _write(rows, register, report)
    return report


def _without_clashes(rows, register):
    """Keep the first row of each name, and of each short name and code that is to be unique."""
    stated = {row.facts["name"] for row in rows}
    taken = {}
    for name, office in register.items():
        if name not in stated:
            _take(taken, name, {column: getattr(office, column) for column in ONCE})
    kept, errors = {}, []
    for row in rows:
        finding = _clash(row, kept, taken)
        if finding:
            errors.append(finding)
        else:
            kept[row.facts["name"]] = row
            _take(taken, row.facts["name"], row.facts)
    return list(kept.values()), errors


def _take(taken, name, facts):
    for column in ONCE:
        if facts[column]:
            taken[column, facts[column]] = name


def _clash(row, kept, taken):
    if row.facts["name"] in kept:
        line = kept[row.facts["name"]].line
        return row.finding("name", _("The same office as in line %(line)d.") % {"line": line})
    for column in ONCE:
        other = taken.get((column, row.facts[column]))
        if other:
            return row.finding(column, _("“%(office)s” has the same.") % {"office": other})
    return None


def _without_orphans(rows, register):
    """Keep the rows whose line of parents ends at an office without one."""
    short = {office.short_name: name for name, office in register.items()}
    short |= {row.facts["short_name"]: row.facts["name"] for row in rows}
    parents = {
        name: office.parent.name if office.parent else "" for name, office in register.items()
    }
    for row in rows:
        row.parent = row.parent if row.parent in parents else short.get(row.parent, row.parent)
    parents |= {row.facts["name"]: row.parent for row in rows}
    kept, errors = [], []
    for row in rows:
        reason = _why_orphan(row.facts["name"], parents)
        if reason:
            errors.append(row.finding("parent", reason % {"parent": row.parent}))
        else:
            kept.append(row)
    return kept, errors


def _why_orphan(name, parents):
    """Why `name` hangs in the air, going up its parents, or ""."""
    seen, above = {name}, parents[name]
    while above:
        if above == name:
            return _("“%(parent)s” lies below this office itself.")
        if above not in parents and len(seen) == 1:
            return _("Neither the file nor the register has an office “%(parent)s”.")
        if above not in parents or above in seen:
            return _("The line of “%(parent)s” was rejected.")
        seen.add(above)
        above = parents[above]
    return ""


def _write(rows, register, report):
    """Write `rows` from the top downwards, so that every parent is there before its children."""
    changed, waiting = [], rows
    while waiting:
        ready = [row for row in waiting if not row.parent or row.parent in register]
        waiting = [row for row in waiting if row.parent and row.parent not in register]
        new = [row for row in ready if row.facts["name"] not in register]
        known = [row for row in ready if row.facts["name"] in register]
        changed += [office for row in known if (office := _change(row, register))]
        report.unchanged += len(known)
        report.imported += len(new)
        _create(new, register)
    report.updated, report.unchanged = len(changed), report.unchanged - len(changed)
    Office.objects.bulk_update(changed, [*FACTS, "parent"], batch_size=500)
    _set_paths(register)


def _create(rows, register):
    offices = [Office(**row.facts, parent=register.get(row.parent)) for row in rows]
    register |= {office.name: office for office in Office.objects.bulk_create(offices)}


def _change(row, register):
    """The office that `row` states otherwise than it is, changed but not saved, or None."""
    office = register[row.facts["name"]]
    stated = {name: row.facts[name] for name in FACTS} | {"parent": register.get(row.parent)}
    changed = {name: fact for name, fact in stated.items() if getattr(office, name) != fact}
    for name, fact in changed.items():
        setattr(office, name, fact)
    return office if changed else None


def _set_paths(register):
    """Write the path of every office that is new or moved."""
    moved = []
    for office in register.values():
        path = _path_of(office, register)
        if office.path != path:
            office.path = path
            moved.append(office)
    Office.objects.bulk_update(moved, ["path"], batch_size=500)


def _path_of(office, register):
    ids = [office.pk]
    while office.parent:
        office = register[office.parent.name]
        ids.insert(0, office.pk)
    return "/" + "".join(f"{pk}/" for pk in ids)
