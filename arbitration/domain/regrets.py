"""A party goes back on what was settled before the panel, in time."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import awards, service
from arbitration.domain.guards import check_day, lock
from arbitration.domain.refusals import Missing, NoStatementToRegret, SignedForIt
from arbitration.models import Decision, Liability
from disputes.domain.timeline import Kind, record
from disputes.models import MemberResult, ServedPaper, Service


@transaction.atomic
def go_back_on(proceeding, *, party, on, reason, at, by=None):
    """Record that *party* went back on the statement on the date *on*; the panel then decides.

    In time is before *party* signed for it: a statement binds once both have
    (劳动争议调解仲裁法 article 42, 劳动人事争议仲裁办案规则 article 73). The term of the award runs
    on. Returns the ``Decision`` that does not stand.
    """
    lock(proceeding)
    check_regret(proceeding, party=party, on=on, reason=reason, today=timezone.localdate(at))
    decision = awards.of(proceeding)
    Liability.objects.filter(award__decision=decision).delete()
    decision.awards.all().delete()
    MemberResult.objects.filter(proceeding=proceeding, result=MemberResult.Result.SETTLED).delete()
    unserved = proceeding.services.open().filter(paper=ServedPaper.STATEMENT)
    unserved.update(state=Service.State.DROPPED)
    decision.regretted_on, decision.regretted_by = on, party
    decision.save(update_fields=["regretted_on", "regretted_by"])
    record(
        proceeding.case,
        N_("A party went back on the mediation statement: the panel decides"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        text=reason,
        key=True,
    )
    return decision


def check_regret(proceeding, *, party, on, reason, today):
    """Raise a ``Refusal`` when *party* cannot go back on the statement like this."""
    decision = awards.of(proceeding)
    if decision is None or decision.kind != Decision.Kind.STATEMENT:
        raise NoStatementToRegret
    if party not in service.unserved_parties(proceeding):
        raise SignedForIt(field="party")
    check_day(on, field="on", today=today, after=decision.decided_on, what=_("when it was made"))
    if not reason.strip():
        raise Missing(field="reason", what=_("what the party says"))
