"""Which papers of a case legal aid fills: the opinion that its lawyer gave to the desk."""

from disputes.papers import MEDIATION, Reach, Source, register
from legal_aid.domain.paper_facts import of_opinion
from legal_aid.models import Review


def connect():
    """Let the record offer the lawyer's opinion to the desk that asked for it."""
    register(Source("lawyer_opinion", MEDIATION, fill=_opinion, reach=Reach.OFFICE))


def _last(proceeding):
    rows = Review.objects.filter(proceeding=proceeding, submitted_at__isnull=False)
    return rows.select_related("lawyer").order_by("-submitted_at").first()


def _opinion(proceeding):
    review = _last(proceeding)
    return of_opinion(review) if review else {}
