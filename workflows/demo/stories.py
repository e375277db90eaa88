"""The stories of practice that a demo tells: how each one is recognised in the record."""

from disputes.models import Case, Deadline, EmploymentForm, Outcome, Party, Referral, Source, Tier
from legal_aid.models import Engagement
from mediation.models import AgendaItem, Enforceability, Instalment

LETTERS = {"letter_opinion", "letter_proposal"}


def building_site():
    """Return the demo's collective case of a building site, or None."""
    rows = Case.objects.filter(worker_count=40, collective=True, filing_token__isnull=False)
    return rows.order_by("pk").first()


def told():
    """Return {story: whether some case tells it}, in the order of practice."""
    return {name: rows.exists() for name, rows in _stories().items()}


def _stories():
    settled = Case.objects.filter(proceedings__outcome=Outcome.SETTLED)
    at_commission = Case.objects.filter(proceedings__tier=Tier.ARBITRATION)
    paid = Instalment.objects.filter(state=Instalment.State.PERFORMED)
    return {
        "wages settled in one meeting": settled.filter(
            cause="wages", collective=False, proceedings__sessions__ordinal=1
        ),
        "forty at a site, the joint meeting, instalments, paid": settled.filter(
            pk__in=AgendaItem.objects.filter(state=AgendaItem.State.DECIDED).values("case"),
            collective=True,
            worker_count=40,
            proceedings__agreement__performance_mode="instalments",
            proceedings__agreement__in=paid.values("term__agreement"),
        ),
        "a dispatched worker against both": Case.objects.filter(
            parties__capacity="agency", pk__in=Party.objects.filter(capacity="user").values("case")
        ),
        "injury, legal aid, arbitration": at_commission.filter(
            cause="injury",
            pk__in=Engagement.objects.values("application__case"),
            proceedings__outcome=Outcome.NOT_SETTLED,
        ),
        "entrusted by the court and confirmed by it": settled.filter(
            source=Source.COURT,
            proceedings__agreement__applications__way=Enforceability.Way.COURT,
            proceedings__agreement__applications__result=Enforceability.Result.GRANTED,
        ),
        "opinion, proposal, mended": settled.filter(
            source=Source.SUPERVISION,
            papers__paper__kind="letter_proposal",
            pk__in=Deadline.objects.filter(rule__rule_id="LETTER_REPLY").values("case"),
        ),
        "a rider whose claims go elsewhere": Case.objects.filter(
            pk__in=Referral.objects.values("case"),
            parties__employment_form=EmploymentForm.PLATFORM,
        ),
        "a silent employer, then arbitration": at_commission.filter(
            proceedings__consultations__answer="none"
        ),
    }
