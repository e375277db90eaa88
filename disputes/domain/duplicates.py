"""Cases that may be the same dispute, among those that the person at the desk may see."""

from datetime import timedelta

from django.db.models import Q

from disputes.models import Party
from disputes.models.party import pairs_of
from disputes.models.sealed import indexes_of
from law.classification import COLLECTIVE_WORKERS

DAYS = 30
COLLECTIVE = COLLECTIVE_WORKERS
MOST = 5


def possible_duplicates(cases, *, id_number, employer_names, credit_code, on):
    """Return up to five of *cases* with the same applicant, those of the last 30 days first.

    *cases* is what the person may see: nobody learns of another case from this list.
    *employer_names* are the ways in which the employer is written, *on* is the date of today.
    """
    if not id_number:
        return []
    same = Party.objects.filter(role=Party.Role.APPLICANT, id_index__in=indexes_of(id_number))
    found = cases.filter(pk__in=same.values("case")).prefetch_related("parties", "proceedings")
    return [
        Duplicate(case, _is_of(case, employer_names, credit_code), case.received_on >= _since(on))
        for case in found.order_by("-pk")[:MOST]
    ]


class Duplicate:
    """A case of the same applicant; *same_employer* and *recent* say how alike it is."""

    def __init__(self, case, same_employer, recent):
        self.case, self.same_employer, self.recent = case, same_employer, recent
        self.proceeding = max(case.proceedings.all(), key=lambda row: row.ordinal, default=None)

    @property
    def likely(self):
        return self.same_employer and self.recent


def count_against(cases, *, employer_names, credit_code, on, cap=100):
    """Return how many of *cases* of the last 30 days are against the employer, up to *cap*."""
    against = _against(employer_names, credit_code)
    if against is None:
        return 0
    rows = Party.objects.filter(against, role=Party.Role.RESPONDENT)
    recent = cases.filter(pk__in=rows.values("case"), received_on__gte=_since(on))
    return len(recent.values_list("pk")[:cap])


def _against(names, credit_code):
    """Return the condition on the employer's row, or None when nothing is known of it."""
    names = [name for name in names if len(name) > 1]
    condition = Q(credit_code=credit_code) if credit_code else Q(pk__in=[])
    for name in names:
        condition |= Q(name_pairs__contains=pairs_of(name), name=name)
    return condition if names or credit_code else None


def _is_of(case, names, credit_code):
    return any(
        party.role == Party.Role.RESPONDENT
        and (party.name in names or (credit_code and party.credit_code == credit_code))
        for party in case.parties.all()
    )


def _since(on):
    return on - timedelta(days=DAYS)
