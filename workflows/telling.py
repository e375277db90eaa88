"""Telling people of what happened to a case that concerns them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from disputes.domain.mergers import merger_of, reports_of
from disputes.models import Outcome
from disputes.permissions import can_view
from mediation.models import Instalment
from notices.domain.inbox import notify
from notices.models import Kind, Notice
from offices.duties import Role
from offices.models import Posting, User

# Who looks at what comes to a desk.
RECEIVING = (Role.HEAD, Role.ARBITRATION_CLERK)
# With what a tier ends when the dispute goes on.
WITHOUT_SETTLING = (
    Outcome.NOT_SETTLED,
    Outcome.EXPIRED,
    Outcome.REFUSED,
    Outcome.TO_ARBITRATION,
)
# Days before an agreement is to be performed on which its holder is reminded.
PERFORMANCE_DAYS = 3


def tell_handler(proceeding, *, at, by):
    """Tell who holds the file now that it was given to her, unless she took it herself."""
    handler = proceeding.handler
    if handler and handler != by:
        verb = N_("%(number)s was assigned to you")
        _tell(proceeding, [handler], verb, kind=Kind.ASSIGNED, at=at)


def tell_desk(proceeding, *, at, by):
    """Tell whoever receives cases at the desk of a *proceeding* that was opened there."""
    postings = Posting.objects.active(timezone.localdate(at)).filter(
        office=proceeding.desk_id, role__in=RECEIVING
    )
    people = User.objects.filter(postings__in=postings, is_active=True).distinct()
    if by:
        people = people.exclude(pk=by.pk)
    verb = N_("%(number)s came to your office")
    _tell(proceeding, people, verb, kind=Kind.HANDED_OVER, at=at)


def tell_reporters(case, *, at):
    """Tell whoever reported *case*, first or again, that it has ended: she sees with what result.

    Who reported a matter that was merged into this one hears of it through her own report.
    """
    merged = merger_of(case)
    if merged is not None:
        _tell_of_merger(case, merged.into, at=at)
        return
    tell_reporter(case, at=at)
    for report in reports_of(case):
        tell_reporter(report, at=at)


def _tell_of_merger(case, into, *, at):
    """Tell both first reporters that their reports are one case now."""
    for one, other in ((case, into), (into, case)):
        last = one.proceedings.order_by("ordinal").last()
        if one.filed_by and one.filed_by.is_active and last:
            verb = N_("%(number)s, which you reported, and a second report are one case now")
            key = f"{Kind.RESULT}-merged-{one.pk}-{other.pk}-{at:%Y%m%d%H%M%S}"
            told = {"number": one.matter_number, "key": key}
            _tell(last, [one.filed_by], verb, kind=Kind.RESULT, at=at, **told)


def tell_reporter(case, *, at):
    """Tell the person who first reported *case* that it has ended: she sees with what result."""
    last = case.proceedings.order_by("ordinal").last()
    reporter = case.filed_by
    if reporter and reporter.is_active and last and last.handler_id != reporter.pk:
        verb = N_("%(number)s, which you reported, has ended")
        _tell(last, [reporter], verb, kind=Kind.RESULT, at=at, number=case.matter_number)


def tell_of_next(proceeding, *, at):
    """Tell whoever first reported the case that a tier ended without settling it, and who has it.

    *proceeding* is where it goes on. A case that only moves between offices of a tier, or comes
    back, has no result yet.
    """
    if proceeding.ordinal == 1:
        return
    case, reporter = proceeding.case, proceeding.case.filed_by
    before = case.proceedings.filter(ordinal=proceeding.ordinal - 1).first()
    went_on = before is not None and before.outcome in WITHOUT_SETTLING
    if went_on and proceeding.tier > before.tier and reporter and reporter.is_active:
        verb = N_("%(number)s, which you reported, was not settled and goes on at %(office)s")
        told = {"number": case.matter_number, "office": proceeding.office.name}
        key = f"{Kind.RESULT}-next-{proceeding.pk}"
        people = [reporter] if before.handler_id != reporter.pk else []
        _tell(proceeding, people, verb, kind=Kind.RESULT, at=at, key=key, **told)


def tell_of_performance(*, at):
    """Remind holders of files of instalments that are due in the next days, or late.

    May run as often as one likes; returns how many reminders are new.
    """
    today = timezone.localdate(at)
    rows = Instalment.objects.filter(
        state=Instalment.State.OPEN,
        due_on__lte=today + timedelta(days=PERFORMANCE_DAYS),
        term__agreement__effective_on__isnull=False,
        term__agreement__proceeding__handler__is_active=True,
    ).select_related("term__agreement__proceeding__handler", "term__agreement__proceeding__case")
    keys = {_performance_key(row, today): row for row in rows}
    told = set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))
    for key in keys.keys() - told:
        _remind(keys[key], today, key=key, at=at)
    return len(keys.keys() - told)


def _remind(instalment, today, *, key, at):
    proceeding, due = instalment.term.agreement.proceeding, instalment.due_on
    verb = N_("%(number)s: the agreement is to be performed by %(due)s")
    if due < today:
        verb = N_("%(number)s: what was due on %(due)s is late, ask whether it was performed")
    _tell(proceeding, [proceeding.handler], verb, kind=Kind.INSTALMENT, at=at, due=due, key=key)


def _performance_key(instalment, today):
    late = "late" if instalment.due_on < today else "due"
    return f"{Kind.INSTALMENT}-{instalment.pk}-{instalment.due_on}-{late}"


def _tell(proceeding, people, verb, *, kind, at, key="", **facts):
    """Tell those of *people* for whom the case exists at all."""
    on = timezone.localdate(at)
    notify(
        [person for person in people if can_view(person, proceeding.case, on=on)],
        verb,
        kind=kind,
        url=reverse("case", args=[proceeding.case_id]),
        key=key or f"{kind}-{proceeding.pk}-{at:%Y%m%d%H%M%S}",
        at=at,
        **{"number": proceeding.number, **facts},
    )
