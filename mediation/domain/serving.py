"""What mediation serves: the agreement on both sides, its notices on the applicant."""

from django.utils import timezone

from disputes.domain.service import closing, notices
from disputes.domain.service.recording import owe, prove
from disputes.domain.service.refusals import Unserved
from disputes.domain.service.ways import shown_name
from disputes.models import Party, ServedPaper, ServiceMethod
from mediation.models import NoticeMethod

# How mediators call the ways of service.
WAYS = {
    NoticeMethod.HANDED: ServiceMethod.DIRECT,
    NoticeMethod.MAIL: ServiceMethod.MAIL,
    NoticeMethod.ELECTRONIC: ServiceMethod.ELECTRONIC,
    NoticeMethod.LEFT: ServiceMethod.LEFT,
}


def check_notice_proof(proceeding, *, paper, served_on, method, proof, at):
    """Raise a ``Refusal`` when nothing proves that the notice reached the applicant.

    *proof* are the keyword arguments that ``notices.check_notice`` takes.
    """
    if method:
        notices.check_notice(
            proceeding,
            applicants(proceeding),
            paper=paper,
            served_on=served_on,
            method=WAYS[method],
            proof=proof,
            today=timezone.localdate(at),
        )


def serve_notice(proceeding, *, paper, served_on, method, proof, at, by):
    """Write down that the notice reached the applicant; return the ``Service`` rows."""
    if not method:
        return []
    return notices.record_notice(
        proceeding,
        applicants(proceeding),
        paper=paper,
        served_on=served_on,
        method=WAYS[method],
        proof=proof,
        at=at,
        by=by,
    )


def owe_agreement(agreement, *, at, by):
    """Each party keeps one copy of an agreement in force (企业劳动争议协商调解规定 article 26)."""
    proceeding = agreement.proceeding
    unbound = agreement.employer_signatures.filter(bound=False).values("party")
    parties = proceeding.case.parties.exclude(role=Party.Role.THIRD).exclude(pk__in=unbound)
    owe(proceeding, parties, paper=ServedPaper.AGREEMENT, at=at, by=by)


def hand_over(agreement, *, at, by):
    """Record that every party was handed its copy when the agreement took effect, and signed."""
    rows = closing.unserved(agreement.proceeding).filter(paper=ServedPaper.AGREEMENT)
    for row in rows:
        facts = {"method": ServiceMethod.DIRECT, "signed": True, "server": str(by or "")}
        prove(row, served_on=agreement.effective_on, **facts, at=at, by=by)


def refuse_unserved(proceeding):
    """Raise ``Unserved`` when a paper of *proceeding* waits for the proof of its service."""
    row = closing.unserved(proceeding).first()
    if row:
        raise Unserved(row, party=shown_name(row.party))


def applicants(proceeding):
    """Return the applicants of the case."""
    return proceeding.case.parties.filter(role=Party.Role.APPLICANT)
