"""Letters of the union's supervision: until when the employer answers, and that it did."""

import re
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from disputes.domain import clocks, turning
from disputes.domain.timeline import Kind, record
from disputes.models import Deadline

CLOCK = "LETTER_REPLY"
# The letters that name a day for the answer, and the one that follows when nothing is mended.
ASKING = ("letter_hint", "letter_opinion")
FOLLOWING = "letter_proposal"
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")


def connect():
    """Let the page of the clock take the employer's answer."""
    turning.register(CLOCK, "answer", note_answer)


def count_answer(proceeding, code, typed, *, at, by):
    """Let the clock of the answer run to the day that a letter of the kind *code* names.

    With the proposal to the authorities it ends (辽宁省职工劳动权益保障条例 article 35). *typed*
    are the fields of the letter; a day that is over, or none, starts nothing.
    """
    today, until = timezone.localdate(at), read_day(typed.get("回复期限", ""))
    if code == FOLLOWING:
        _wait_no_longer(proceeding, today, at=at, by=by)
    if code in ASKING and until and until > today:
        clocks.start_clock(
            proceeding.case,
            CLOCK,
            on=today,
            amount=(until - today).days,
            at=at,
            by=by,
            proceeding=proceeding,
        )


def _wait_no_longer(proceeding, today, *, at, by):
    running = clocks.find_clock(proceeding.case, CLOCK, proceeding=proceeding)
    if running:
        # Nobody answered: the clock was not met, whatever the day.
        early = today <= running.due_legal
        state = Deadline.State.STOPPED if early else Deadline.State.LATE
        clocks.stop_clock(running, on=today, at=at, by=by, state=state)


def read_day(text):
    """Return the first date in *text*, written as 2026年9月30日 or 2026-09-30; None without one."""
    found = _DAY.search(text)
    try:
        return found and date(*map(int, found.groups()))
    except ValueError:
        return None


def note_answer(deadline, *, on, reason, at, by, evidence=None, **_facts):
    """Record that the employer answered on the date *on*; *reason* is what it says it mended."""
    clocks.stop_clock(deadline, on=on, at=at, by=by, reason=reason)
    record(
        deadline.case,
        N_("The employer answered the letter on %(day)s"),
        at=at,
        by=by,
        proceeding=deadline.proceeding,
        kind=Kind.PAPER,
        text=reason,
        key=deadline.state == Deadline.State.LATE,
        day=on,
    )
