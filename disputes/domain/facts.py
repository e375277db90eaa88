"""Facts once (要素式): what the parties state, what the other side says to it, for every tier."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import AlreadyClosed, Refusal
from disputes.domain.timeline import Kind, record
from disputes.elements import label_of
from disputes.models import Claim, Fact, Proceeding

Answer = Fact.Answer


@dataclass(frozen=True)
class Said:
    """What is written about one element; *stated_by* is a ``Party.Kind``, *answer* of ``Fact``."""

    value: str
    stated_by: str = ""
    answer: str = Answer.OPEN
    note: str = ""


NOTHING = Said("")


class AnswerToNothing(Refusal):
    """The other side cannot answer what nobody has stated."""

    sentence = _("Nobody has stated this fact yet: write it down first, then the answer.")


class NobodyStatedIt(Refusal):
    """A fact without a voice."""

    sentence = _("Say which side states this.")


class WrittenMeanwhile(Refusal):
    """Somebody else has written the same element since the page was opened."""

    def __init__(self, theirs):
        self.theirs = theirs
        names = ", ".join(theirs)
        super().__init__(_("Written meanwhile by somebody else: %(names)s.") % {"names": names})


@transaction.atomic
def state_facts(proceeding, said, *, seen, at, by):
    """Write down what *said*, {element: ``Said``}, changes; return the names that changed.

    *seen* is {element: ``Said``} as the writer had it before her: what she left alone stays, and
    what somebody else changed since is not overwritten. Raises ``AlreadyClosed``,
    ``WrittenMeanwhile``, ``AnswerToNothing`` and ``NobodyStatedIt``.
    """
    if Proceeding.objects.select_for_update().get(pk=proceeding.pk).closed_at:
        raise AlreadyClosed
    changed = {name: new for name, new in said.items() if new != seen.get(name, NOTHING)}
    now = shown_at(proceeding)
    theirs = {
        name: now.get(name, NOTHING)
        for name, new in changed.items()
        if now.get(name, NOTHING) not in (seen.get(name, NOTHING), new)
    }
    if theirs:
        raise WrittenMeanwhile({label_of(name): fact for name, fact in theirs.items()})
    for name, new in changed.items():
        check_said(name, new)
        _keep(proceeding, name, new, at=at, by=by)
    if changed:
        record(
            proceeding.case, N_("Facts of the case written down: %(count)s"), at=at, by=by,
            proceeding=proceeding, kind=Kind.NOTE, count=len(changed),
        )  # fmt: skip
    return list(changed)


def check_said(name, said):
    """Raise the refusal that speaks against *said* of the element *name*, if any."""
    if not said.value and (said.answer != Answer.OPEN or said.note):
        raise AnswerToNothing(_label(name, AnswerToNothing), field=name)
    if said.value and not said.stated_by:
        raise NobodyStatedIt(_label(name, NobodyStatedIt), field=name)


def _label(name, refusal):
    return _("%(element)s: %(sentence)s") % {
        "element": label_of(name),
        "sentence": refusal.sentence,
    }


def _keep(proceeding, name, said, *, at, by):
    if not said.value:
        Fact.objects.filter(case=proceeding.case, name=name).delete()
        return
    facts = {
        "value": said.value, "stated_by": said.stated_by, "answer": said.answer,
        "answer_note": said.note, "proceeding": proceeding, "at": at, "by": by,
    }  # fmt: skip
    Fact.objects.update_or_create(case=proceeding.case, name=name, defaults=facts)


def facts_at(proceeding):
    """Return the ``Fact`` rows that have reached *proceeding*, in the order they were written.

    What was granted for the sake of a settlement at another desk does not travel: there the
    other side has not answered (企业劳动争议协商调解规定 article 11).
    """
    rows = Fact.objects.filter(case=proceeding.case).select_related("proceeding").order_by("pk")
    found = [row for row in rows if _reaches(row, proceeding.ordinal)]
    return [hold_back(row, {proceeding.pk}) for row in found]


def _reaches(row, ordinal):
    return row.proceeding is None or row.proceeding.ordinal <= ordinal


def hold_back(row, worked):
    """Return *row* without a concession made at a desk that is not among *worked* (ids)."""
    if row.answer == Answer.CONCEDED and row.proceeding_id not in worked:
        row.answer, row.answer_note = Answer.OPEN, ""
    return row


def shown_at(proceeding):
    """Return {element: ``Said``} as it stands at *proceeding*."""
    return {row.name: said_of(row) for row in facts_at(proceeding)}


def said_of(row):
    """Return the ``Said`` of a ``Fact``."""
    return Said(row.value, row.stated_by, row.answer, row.answer_note)


def undisputed(rows):
    """Return those of the ``Fact`` *rows* that the other side does not dispute."""
    return [row for row in rows if row.answer == Answer.ADMITTED]


def kinds_of(case):
    """Return the cause and the claims of *case*, as the elements name them."""
    return {case.cause, *Claim.objects.filter(case=case).values_list("kind", flat=True)}
