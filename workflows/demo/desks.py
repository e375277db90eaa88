"""What lies on the desks of the demo today: sessions that are planned, papers that were issued."""

from contextlib import suppress
from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from disputes.domain.case_papers import issue_paper
from disputes.domain.refusals import Refusal
from disputes.models import CasePaper, Proceeding, Tier
from law.calendar import load_calendar
from mediation.domain import planning
from mediation.models import PlannedSession, Session
from offices.models import Room
from workflows.demo.days import moment
from workflows.demo.words import words

SESSIONS, PAPERS = 4, 6
# The paper with which a mediation organisation says that it has accepted a case.
ACCEPTED = "acceptance_notice"
HOURS = (time(9), time(14))


@transaction.atomic
def lay_out(*, at):
    """Plan sessions from the aware moment *at* on, and issue papers, once."""
    under_way = (
        Proceeding.objects.filter(closed_at=None, accepted_on__isnull=False, handler__isnull=False)
        .exclude(tier=Tier.ARBITRATION)
        .select_related("case", "office", "desk", "handler")
        .order_by("-accepted_on", "pk")
    )
    if not PlannedSession.objects.exists():
        _plan(list(under_way.filter(sessions__isnull=True)[:SESSIONS]), at=at)
    if not CasePaper.objects.exists():
        _issue(list(under_way[:PAPERS]), at=at)


def _plan(proceedings, *, at):
    calendar, today = load_calendar(), timezone.localdate(at)
    for number, proceeding in enumerate(proceedings):
        starts_at = moment(calendar.workday_after(today, 1 + number // 2), HOURS[number % 2])
        name, seats = words()["meeting_rooms"][0]
        room, _made = Room.objects.get_or_create(
            office=proceeding.desk, name=name, defaults={"seats": seats}
        )
        # The term of a case may end before.
        with suppress(Refusal), transaction.atomic():
            planning.plan_session(
                proceeding, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1),
                mode=Session.Mode.ON_SITE, room=room, place="", link="", host=proceeding.handler,
                at=at, by=proceeding.handler,
            )  # fmt: skip


def _issue(proceedings, *, at):
    for proceeding in proceedings:
        parties = list(proceeding.case.parties.order_by("pk"))
        issue_paper(proceeding, ACCEPTED, parties=parties, at=at, by=proceeding.handler)
