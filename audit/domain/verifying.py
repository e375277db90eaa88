"""Looking at the whole chain: is every line as it was sealed, and is none missing or too many?"""

from dataclasses import dataclass

from django.db import transaction

from audit import triggers
from audit.domain.chain import BATCH, BEGINNING, entries, seal_of, unsealed
from audit.models import Seal, Verification

Fault = Verification.Fault


@dataclass
class Walk:
    """How far a verification has come."""

    checked: int = 0
    number: int = 0
    hash: str = BEGINNING
    fault: str = ""
    bad_entry: int | None = None
    anchor_seen: bool = False

    def stop(self, fault, number):
        """Note what is wrong with the line *number*."""
        self.fault, self.bad_entry = fault, number


def verify(*, at, by=None, anchor=None):
    """Walk the whole chain, keep the result as a ``Verification`` and return it.

    *anchor* is (number of a line, its seal) from an earlier verification that was kept elsewhere:
    whoever rewrites the whole chain does not know that paper.
    """
    walk = Walk()
    while not walk.fault and _walk_batch(walk, anchor):
        pass
    if anchor and not walk.fault and not walk.anchor_seen:
        walk.stop(Fault.ANCHOR, anchor[0])
    return Verification.objects.create(
        at=at,
        by=by,
        checked=walk.checked,
        last_entry=walk.number or None,
        last_hash=walk.hash if walk.number else "",
        unsealed=unsealed().count(),
        fault=walk.fault,
        bad_entry=walk.bad_entry,
        unguarded=triggers.unguarded(),
    )


@transaction.atomic
def _walk_batch(walk, anchor):
    """Walk on by one batch of seals; return whether there were any."""
    found = Seal.objects.filter(pk__gt=walk.number).order_by("pk").values_list("pk", "hash")[:BATCH]
    seals = dict(found)
    if not seals:
        return False
    lines = {line["id"]: line for line in entries(after=walk.number, upto=max(seals))}
    for number in sorted(seals.keys() | lines.keys()):
        _check(walk, number, lines.get(number), seals.get(number))
        if walk.fault:
            return False
        walk.anchor_seen |= bool(anchor) and (number, walk.hash) == tuple(anchor)
    return True


def _check(walk, number, line, seal):
    if line is None:
        walk.stop(Fault.REMOVED, number)
    elif seal is None:
        walk.stop(Fault.SLIPPED_IN, number)
    elif seal_of(walk.hash, line) != seal:
        walk.stop(Fault.ALTERED, number)
    else:
        walk.checked, walk.number, walk.hash = walk.checked + 1, number, seal
