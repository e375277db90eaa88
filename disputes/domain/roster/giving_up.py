"""Giving a collective case up: only with those who are represented."""

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


@transaction.atomic
def ask_represented(proceeding, *, agreed, paper, at, by):
    """Keep the list *paper* with which *agreed* workers consent to giving the case up.

    劳动人事争议仲裁办案规则 article 5. Nothing is asked of other cases. Raises
    ``RepresentedNotAsked``, ``ConsentUnproved`` and what ``add_evidence`` raises.
    """
    if not is_bound(proceeding):
        return
    every = present(proceeding.case).count()
    if agreed != every:
        raise RepresentedNotAsked(RepresentedNotAsked.sentence % {"every": every})
    if paper is None:
        raise ConsentUnproved
    add_evidence(proceeding, file=paper, at=at, by=by)
    record(
        proceeding.case,
        N_("All %(count)s represented workers consent in writing to the withdrawal"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        reach=Reach.ONWARD,
        count=every,
    )
