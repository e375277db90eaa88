"""The kinds of cases that a demo has, counted."""

from django.db.models import Count, F, Q
from django.utils import timezone

from arbitration.models import (
    AgreementReview,
    CommissionedMediation,
    CourtCase,
    Decision,
    Defence,
    Disclosure,
    Handover,
    SimplifiedProcedure,
    Suspension,
)
from disputes.models import (
    Case,
    Deadline,
    Merger,
    Outcome,
    Party,
    Proceeding,
    Recusal,
    Referral,
    Tier,
    Transfer,
)
from legal_aid.models import Engagement
from mediation.models import Agreement, Instalment
from offices.models import Posting


def count_kinds():
    """Return {kind: how many there are}, in the order of a course."""
    return {name: rows.count() for name, rows in _kinds().items()}


def _kinds():
    courts, decisions = CourtCase.objects, Decision.objects
    return {
        "collective": Case.objects.filter(collective=True),
        "with a roster": Case.objects.filter(roster__isnull=False).distinct(),
        "reported twice": Case.objects.filter(matter_number__in=_doubles()),
        "merged": Merger.objects.all(),
        "against two respondents": _against_two(),
        "sent elsewhere by law": Referral.objects.all(),
        "handed on": Transfer.objects.filter(kind=Transfer.Kind.HANDED),
        "returned": Transfer.objects.filter(kind=Transfer.Kind.RETURNED),
        "escalated": Proceeding.objects.filter(tier=Tier.REGIONAL, case__proceedings__tier=1),
        "recused": Recusal.objects.filter(granted=True),
        "term of mediation suspended": Deadline.objects.filter(state=Deadline.State.SUSPENDED),
        "expired": Proceeding.objects.filter(outcome=Outcome.EXPIRED),
        "withdrawn": Proceeding.objects.filter(outcome=Outcome.WITHDRAWN),
        "reopened": _reopened(),
        "agreed in instalments": Instalment.objects.all(),
        "agreed": Agreement.objects.all(),
        "agreement under review": AgreementReview.objects.all(),
        "handed over outside": Handover.objects.all(),
        "counter-claimed": Defence.objects.filter(counter_claim=True),
        "objected to": Defence.objects.filter(jurisdiction_objection=True),
        "simplified": SimplifiedProcedure.objects.all(),
        "arbitration suspended": Suspension.objects.filter(resumed_on=None),
        "arbitration resumed": Suspension.objects.exclude(resumed_on=None),
        "mediation commissioned": CommissionedMediation.objects.all(),
        "relation disclosed": Disclosure.objects.all(),
        "award": decisions.filter(kind=Decision.Kind.AWARD),
        "partial award": decisions.filter(partial=True),
        "statement": decisions.filter(kind=Decision.Kind.STATEMENT),
        "final and not": Proceeding.objects.filter(outcome=Outcome.SEPARATE_AWARDS),
        "set aside asked": courts.filter(kind=CourtCase.Kind.SETASIDE),
        "sued": courts.filter(kind=CourtCase.Kind.SUIT),
        "with a lawyer": Engagement.objects.all(),
        "file of somebody who left": _left(),
    }


def _against_two():
    employers = Count("parties", filter=Q(parties__kind=Party.Kind.EMPLOYER))
    return Case.objects.annotate(n=employers).filter(n__gt=1)


def _doubles():
    """Return the numbers of cases whose worker has reported before."""
    same = Party.objects.filter(kind=Party.Kind.WORKER).values("id_index")
    more = same.annotate(n=Count("pk")).filter(n__gt=1).values("id_index")
    return Party.objects.filter(id_index__in=more).values("case__matter_number")


def _reopened():
    """Return tiers that were opened at the office at which the case had ended before."""
    return Proceeding.objects.filter(
        ordinal__gt=1,
        case__proceedings__office=F("office"),
        case__proceedings__outcome=Outcome.WITHDRAWN,
    )


def _left():
    """Return open tiers whose handler does not serve there any more."""
    serving = Posting.objects.active(timezone.localdate()).values("user")
    return Proceeding.objects.filter(closed_at=None, handler__isnull=False).exclude(
        handler__in=serving
    )
