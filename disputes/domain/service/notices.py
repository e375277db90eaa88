"""A notice that goes out with a decision: its way, its day and its proof in one form."""

from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Missing
from disputes.domain.service.recording import record_service
from disputes.domain.service.ways import check_proof
from disputes.models import ServiceMethod

# What proves the service, as the verbs with a notice take it, each with "notice_" before it.
PROOF = ("receipt", "reason", "witnesses")


def check_notice(proceeding, parties, *, paper, served_on, method, proof, today):
    """Raise a ``Refusal`` when the notice cannot have been served on *parties* like this.

    *proof* are the keyword arguments notice_receipt, notice_reason and notice_witnesses.
    """
    if not method:
        raise Missing(field="notice_method", what=_("how the notice was served"))
    for party in parties:
        check_proof(
            proceeding,
            party,
            paper=paper,
            method=method,
            served_on=served_on,
            today=today,
            name="notice_{}",
            **_facts(method, proof),
        )


def record_notice(proceeding, parties, *, paper, served_on, method, proof, at, by=None):
    """Write down that the notice was served on *parties*; return the ``Service`` rows."""
    return [
        record_service(
            proceeding,
            party,
            paper=paper,
            served_on=served_on,
            method=method,
            at=at,
            by=by,
            **_facts(method, proof),
        )
        for party in parties
    ]


def _facts(method, proof):
    """What a verb was told: handed over without another proof, the notice was signed for."""
    unknown = set(proof) - {f"notice_{name}" for name in PROOF}
    if unknown:
        raise TypeError(f"Not a proof of service: {', '.join(sorted(unknown))}")
    facts = {name: proof.get(f"notice_{name}", "") for name in PROOF}
    by_hand = method == ServiceMethod.DIRECT and not facts["receipt"]
    return facts | {"signed": by_hand}
