"""What outside organisations write back in a file, row by row taken into their cases."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from arbitration.domain import handover, writeback
from arbitration.domain.refusals import NothingWritten, NotOneOfOurs, SaidOtherwise
from arbitration.models import Handover
from disputes.domain.numbers import number_key
from disputes.domain.refusals import Refusal
from disputes.models import Proceeding
from disputes.permissions import readable_cases
from offices.domain.staffing import offices_where
from workflows import worklist
from workflows.courses import complete_step
from workflows.flows import OutsideFlow


@dataclass(frozen=True)
class Taken:
    """What became of one row: the words *said*, the proceeding it was about, if it was taken."""

    line: int
    number: str
    said: str
    proceeding: object = None
    ok: bool = False


def take_file(file, *, by, at):
    """Take each row of the uploaded *file* into its case; return a list of ``Taken``.

    A row is taken whole or not at all, and says why. What was written back before in the same
    words is passed over. Raises ``FileUnreadable``.
    """
    return [_take_row(line, values, by=by, at=at) for line, values in writeback.read_rows(file)]


def _take_row(line, values, *, by, at):
    number = str(values.get("our_number", "")).strip()[:50]
    try:
        with transaction.atomic():
            answer = writeback.read_answer(line, values)
            proceeding = _find(answer.our_number, by=by, on=timezone.localdate(at))
            said = take_answer(proceeding, answer, by=by, at=at)
    except Refusal as refusal:
        return Taken(line, number, str(refusal))
    return Taken(line, proceeding.number, said, proceeding, ok=True)


@transaction.atomic
def take_answer(proceeding, answer, *, by, at):
    """Record receipt, number and outcome that *answer* says of *proceeding*; return in words what
    was new.

    Raises ``NothingWritten``, ``SaidOtherwise`` and the refusals of ``handover``.
    """
    if not (answer.receipt_on or answer.their_number or answer.outcome):
        raise NothingWritten
    parts = (_take_receipt, _take_number, _take_outcome)
    new = [part(proceeding, answer, by=by, at=at) for part in parts]
    return "、".join(word for word in new if word) or _("nothing new")


def _find(number, *, by, on):
    found = Proceeding.objects.filter(
        number_key=number_key(number),
        number_key__gt="",
        office__handled_here=False,
        desk__in=offices_where(by, "file_cases", on=on),
        case__in=readable_cases(by, on=on),
    ).first()
    if found is None:
        raise NotOneOfOurs(number=number or "—")
    return found


def _take_receipt(proceeding, answer, *, by, at):
    known = _row(proceeding)
    if not answer.receipt_on or (known and known.receipt_on == answer.receipt_on):
        return ""
    if known and known.receipt_on:
        raise SaidOtherwise(what=known.receipt_on)
    facts = {"receipt_on": answer.receipt_on, "outside_number": answer.their_number}
    _complete(proceeding, OutsideFlow.receipt, handover.record_receipt, by=by, at=at, **facts)
    return _("receipt")


def _take_number(proceeding, answer, *, by, at):
    known = _row(proceeding)
    if not answer.their_number or (known and known.outside_number == answer.their_number):
        return ""
    if known and known.outside_number:
        raise SaidOtherwise(what=known.outside_number)
    handover.record_number(proceeding, outside_number=answer.their_number, by=by, at=at)
    return _("case number")


def _take_outcome(proceeding, answer, *, by, at):
    known = _row(proceeding)
    if not answer.outcome:
        return ""
    if known and known.outcome:
        return _same_outcome(known, answer)
    facts = {
        "outcome": answer.outcome,
        "outcome_on": answer.outcome_on,
        "amount": answer.amount,
        "note": answer.note,
    }
    _complete(proceeding, OutsideFlow.outcome, handover.write_back, by=by, at=at, **facts)
    return _("outcome")


def _same_outcome(known, answer):
    """Return "" when *answer* says what is *known* already; raises ``SaidOtherwise``."""
    pairs = (
        (known.outcome, answer.outcome, known.get_outcome_display()),
        (known.outcome_on, answer.outcome_on, known.outcome_on),
        (known.outcome_amount, answer.amount, known.outcome_amount),
    )
    for before, now, said in pairs:
        if now is not None and before != now:
            raise SaidOtherwise(what="—" if said is None else said)
    return ""


def _complete(proceeding, node, verb, *, by, at, **facts):
    """Do *verb* as the step *node* of the course; where that is not open, let the verb say why."""
    steps = worklist.open_steps().filter(process__course__proceeding=proceeding, flow_task=node)
    task = steps.first()
    if task is None:
        return verb(proceeding, **facts, by=by, at=at)
    return complete_step(task, verb, by=by, at=at, **facts)


def _row(proceeding):
    return Handover.objects.filter(proceeding=proceeding).first()
