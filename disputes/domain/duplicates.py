"""Cases that may be the same dispute, among those that the person at the desk may see."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from disputes.models import Party
from disputes.models.party import pairs_of
from disputes.models.sealed import indexes_of
from law.classification import COLLECTIVE_WORKERS

DAYS = 30
COLLECTIVE = COLLECTIVE_WORKERS
MOST = 5


@dataclass(frozen=True)
class Sought:
    """What is written of a new application, as far as it is: *id_number*, *phone* and *name* of
    the worker, the ways in which the employer is written, its *credit_code*, the main *cause*.
    """

    id_number: str = ""
    phone: str = ""
    name: str = ""
    employer_names: tuple = ()
    credit_code: str = ""
    cause: str = ""


def possible_duplicates(cases, sought, *, on):
    """Return up to five of *cases* that may be the matter of *sought*, the newest first.

    *cases* are those in which the person may look for somebody: nobody learns of another case
    from this list. The same document, the same telephone, or the same name and employer make a
    case alike; whoever stands on the roster of a collective case counts too. *on* is today.
    """
    tests = _tests(sought)
    if not tests:
        return []
    found = cases.annotate(**tests).filter(Q(*((name, True) for name in tests), _connector=Q.OR))
    rows = found.prefetch_related("parties", "proceedings").order_by("-pk")[:MOST]
    return [Duplicate(case, sought, on=on) for case in rows]


def _tests(sought):
    """Return {name: condition}, each a column of a case that says in what it is alike."""
    people = Party.everyone.filter(case=OuterRef("pk"), role__in=_WORKERS)
    tests = {}
    if sought.id_number:
        tests["same_id"] = Exists(people.filter(id_index__in=indexes_of(sought.id_number)))
    if sought.phone:
        tests["same_phone"] = Exists(people.filter(phone_index__in=indexes_of(sought.phone)))
    against = _against(sought.employer_names, sought.credit_code)
    if len(sought.name) > 1 and against is not None:
        employers = Party.objects.filter(against, case=OuterRef("case"), role=Party.Role.RESPONDENT)
        called = people.filter(name_pairs__contains=pairs_of(sought.name), name=sought.name)
        tests["same_name"] = Exists(called.filter(Exists(employers)))
    return tests


_WORKERS = (Party.Role.APPLICANT, Party.Role.REPRESENTED)


class Duplicate:
    """A case that may be the same matter; *reasons* are sentences that say in what it is alike."""

    def __init__(self, case, sought, *, on):
        self.case = case
        self.same_employer = _is_of(case, sought.employer_names, sought.credit_code)
        self.recent = case.received_on >= _since(on)
        self.same_cause = bool(sought.cause) and case.cause == sought.cause
        self.proceeding = max(case.proceedings.all(), key=lambda row: row.ordinal, default=None)

    @property
    def likely(self):
        return self.same_employer and self.recent

    @property
    def reasons(self):
        said = {
            _("same identity number"): getattr(self.case, "same_id", False),
            _("same telephone"): getattr(self.case, "same_phone", False),
            _("same name"): getattr(self.case, "same_name", False),
            _("same employer"): self.same_employer,
            _("another employer"): not self.same_employer,
            _("same cause"): self.same_cause,
            _("collective dispute"): self.case.collective,
        }
        return [sentence for sentence, holds in said.items() if holds]


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
