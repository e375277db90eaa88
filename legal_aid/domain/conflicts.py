"""What keeps a lawyer from a case: herself, and her firm."""

from datetime import timedelta

from disputes.domain.conflicts import conflicts_of
from disputes.models import Declaration, Party
from legal_aid.domain.refusals import Conflicted, FirmConflicted
from legal_aid.models import Client, Lawyer

# For how long a former client binds a firm, in calendar days.
BINDS = timedelta(days=730)
CLIENT = Declaration.Kind.CLIENT


def check_conflicts(case, lawyer, *, on):
    """Raise what keeps the ``Lawyer`` *lawyer* from *case* on the date *on*, if anything does.

    ``Conflicted`` for herself (a wall, her name, what she declared), ``FirmConflicted`` for her
    firm. To whom there is a tie is not said.
    """
    Check(case, on=on).refuse(lawyer)
    proceeding = case.proceedings.order_by("-ordinal").first()
    known = conflicts_of(proceeding, lawyer.user, on=on) if proceeding else []
    if any(each.blocks for each in known):
        raise Conflicted


class Check:
    """Everything that the house knows against lawyers in one *case*, read once for all of them."""

    def __init__(self, case, *, on):
        parties = list(Party.everyone.filter(case=case))
        self.since = on - BINDS
        self.names = {name for row in parties for name in (row.name, row.contact_name) if name}
        self.codes = {row.credit_code for row in parties} | {row.id_number for row in parties}
        self.codes.discard("")
        self.walled = set(case.walls.values_list("user", flat=True))
        self.advised = {
            row.firm_id
            for row in Client.objects.all()
            if self._binds(row.name, row.credit_code, row.until)
        }
        self.tied, self.firms = self._declared()

    def refuse(self, lawyer):
        """Raise ``Conflicted`` or ``FirmConflicted`` when something speaks against *lawyer*."""
        if lawyer.user_id in self.walled | self.tied or lawyer.user.name in self.names:
            raise Conflicted
        if lawyer.firm_id and lawyer.firm_id in self.advised | self.firms:
            raise FirmConflicted

    def _declared(self):
        """Return (ids of lawyers tied to a party, ids of firms of whom one acts for a party)."""
        firm_of = dict(Lawyer.objects.values_list("user", "firm"))
        rows = Declaration.objects.filter(user__in=firm_of, withdrawn_at__isnull=True)
        tied = [row for row in rows if self._binds(row.name, row.number, row.ended_on)]
        firms = {firm_of[row.user_id] for row in tied if row.kind == CLIENT}
        return {row.user_id for row in tied}, firms - {None}

    def _binds(self, name, code, until):
        named = name in self.names or bool(code) and code.upper() in self.codes
        return named and (until is None or until >= self.since)
