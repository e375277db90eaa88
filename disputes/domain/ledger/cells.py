"""Single values taken out of a raw row; what is wrong with them is collected, not raised."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from disputes.domain.ledger.words import NO, YES, bare_word, names_in
from disputes.validators import narrow, parse_date, parse_money
from offices.findings import ERROR, WARNING, Finding

# Labour disputes are on record since 1987 (国营企业劳动争议处理暂行规定).
FIRST_DAY = date(1987, 1, 1)
COUNT_MAX = 100_000
# How many of the words that could stand in a cell a message names.
NAMED = 10


class Cells:
    """The cells of one `RawRow`, read one by one into `findings`.

    Every reading method returns None (or what it says) for an empty cell and for one that it
    complains of. `today` is the last day that a date may name.
    """

    def __init__(self, raw, *, today):
        self.raw = raw
        self.today = today
        self.findings = []

    @property
    def has_errors(self):
        """Whether the row is rejected."""
        return any(finding.kind == ERROR for finding in self.findings)

    def complain(self, field, message, *, kind=ERROR):
        """Note `message` about the cell of `field`; once per cell is enough."""
        column = self.raw.header.titles.get(field, field)
        if not any(f.column == column and f.kind == ERROR for f in self.findings):
            self.findings.append(Finding(self.raw.line, column, message, kind, self.raw.sheet))

    def warn(self, field, message):
        """Note `message` about the cell of `field` without rejecting the row."""
        self.complain(field, message, kind=WARNING)

    def text(self, field, *, longest=None):
        """The cell as narrow text, "" when empty; longer text than `longest` is an error."""
        text = _as_text(self.raw.values.get(field))
        if longest and len(text) > longest:
            self.complain(
                field,
                _("This is %(count)d characters long; at most %(longest)d fit.")
                % {"count": len(text), "longest": longest},
            )
        return text

    def as_written(self, field):
        """The cell's text with its own punctuation, for what a person is to read again."""
        value = self.raw.values.get(field)
        return value.strip() if isinstance(value, str) else _as_text(value)

    def needed(self, field, **kwargs):
        """Like `text`, and an error when empty."""
        text = self.text(field, **kwargs)
        if not text:
            self.complain(field, _("This cell must not be empty."))
        return text

    def checked(self, field, normalise, validate, *, kind=ERROR):
        """The normalised cell when `validate` accepts it, else ""; empty is no complaint."""
        value = normalise(self.text(field))
        if not value or self._accepts(field, validate, value, kind):
            return value
        return ""

    def day(self, field):
        """The cell as `date`."""
        written = self.raw.values.get(field)
        if written is None:
            return None
        try:
            day = parse_date(written, epoch=self.raw.epoch)
        except ValidationError as error:
            return self.complain(field, error.messages[0])
        return day if self._is_plausible(field, day) else None

    def money(self, field):
        """The cell as Decimal in yuan."""
        written = self.raw.values.get(field)
        if written is None:
            return None
        try:
            return parse_money(written, unit=self.raw.header.units[field])
        except ValidationError as error:
            return self.complain(field, error.messages[0])

    def count(self, field, *, least, most=COUNT_MAX, kind=ERROR):
        """The cell as an int from `least` to `most`."""
        written = self.text(field)
        if not written:
            return None
        digits = written.removesuffix("人").removesuffix("项").removesuffix("次").strip()
        if digits.isascii() and digits.isdigit() and least <= int(digits[:12]) <= most:
            return int(digits)
        message = _("“%(written)s” is not a whole number from %(least)d to %(most)d.")
        self.complain(
            field,
            message % {"written": written[:30], "least": least, "most": most},
            kind=kind,
        )
        return None

    def word(self, field, table, *, kind=WARNING):
        """What `table` says that the cell means."""
        written = self.text(field)
        if not written:
            return None
        meaning = table.get(bare_word(written))
        if meaning is None:
            message = _("“%(written)s” is not known here. Known are: %(known)s.")
            facts = {"written": written[:30], "known": "、".join(names_in(table)[:NAMED])}
            self.complain(field, message % facts, kind=kind)
        return meaning

    def yes(self, field):
        """Whether the cell says yes; empty says no."""
        written = self.text(field)
        word = bare_word(written) or written
        if word and word not in YES | NO:
            message = _("“%(written)s” is neither 是 nor 否; taken as 否.")
            self.warn(field, message % {"written": written[:30]})
        return word in YES

    def _accepts(self, field, validate, value, kind):
        try:
            validate(value)
        except ValidationError as error:
            self.complain(field, error.messages[0], kind=kind)
            return False
        return True

    def _is_plausible(self, field, day):
        if FIRST_DAY <= day <= self.today:
            return True
        message = _("The day %(day)s lies in the future.")
        if day < FIRST_DAY:
            message = _("The day %(day)s lies before 1987; the year is probably mistyped.")
        self.complain(field, message % {"day": day.isoformat()})
        return False


def _as_text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(Decimal(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return narrow(value)
