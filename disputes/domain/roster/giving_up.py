"""Giving a collective case or a claim in it up, or changing it: only with the represented."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.evidence import add_evidence
from disputes.domain.refusals import Refusal
from disputes.domain.roster.entries import present
from disputes.domain.timeline import Kind, Reach, record
from disputes.models import Source


class RepresentedNotAsked(Refusal):
    """Not everybody on the roster consented."""

    sentence = _(
        "Representatives withdraw a collective case only with the consent of all %(every)s whom"
        " they represent. Let those who do not consent go on alone first."
    )
    field = "agreed"


class NotAskedAboutClaims(RepresentedNotAsked):
    """A claim of all, changed or given up by a few."""

    sentence = _(
        "Representatives change or give up claims only with the consent of all %(every)s whom"
        " they represent. Let those who do not consent go on alone first."
    )


class ConsentUnproved(Refusal):
    """Nobody can see who consented."""

    sentence = _("Hand in the list that the represented signed.")
    field = "paper"


def is_bound(proceeding):
    """Return whether the case of *proceeding* is given up only with the represented.

    A collective one that was filed here and whose roster has more than one worker.
    """
    case = proceeding.case
    if not case.collective or case.source == Source.LEDGER:
        return False
    return present(case).count() > 1


def check_asked(proceeding, *, agreed, paper, refusal=RepresentedNotAsked):
    """Raise *refusal* or ``ConsentUnproved`` unless all are represented who had to be asked."""
    if not is_bound(proceeding):
        return
    every = present(proceeding.case).count()
    if agreed != every:
        raise refusal(refusal.sentence % {"every": every})
    if paper is None:
        raise ConsentUnproved


def ask_represented(proceeding, *, agreed, paper, at, by):
    """Keep the list *paper* with which *agreed* workers consent to giving the case up.

    劳动人事争议仲裁办案规则 article 5. Nothing is asked of other cases. Raises
    ``RepresentedNotAsked``, ``ConsentUnproved`` and what ``add_evidence`` raises.
    """
    check_asked(proceeding, agreed=agreed, paper=paper)
    verb = N_("All %(count)s represented workers consent in writing to the withdrawal")
    _keep(proceeding, verb, paper=paper, at=at, by=by)


def ask_about_claims(proceeding, *, agreed, paper, at, by):
    """Keep the list *paper* with which *agreed* workers consent to changed or dropped claims.

    As ``ask_represented``; raises ``NotAskedAboutClaims`` in place of ``RepresentedNotAsked``.
    """
    check_asked(proceeding, agreed=agreed, paper=paper, refusal=NotAskedAboutClaims)
    verb = N_("All %(count)s represented workers consent in writing to the change of the claims")
    _keep(proceeding, verb, paper=paper, at=at, by=by)


@transaction.atomic
def _keep(proceeding, verb, *, paper, at, by):
    if not is_bound(proceeding):
        return
    add_evidence(proceeding, file=paper, at=at, by=by)
    record(
        proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        reach=Reach.ONWARD,
        count=present(proceeding.case).count(),
    )
