"""The liaison register of the demo: officers, kinds of dispatch, and what was sent lately."""

from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from law.calendar import load_calendar
from mediation.domain import dispatches
from mediation.domain.meetings.liaisons import name_officer
from mediation.models import Dispatch, DispatchKind, Liaison
from offices.duties import Role
from offices.models import Office, Posting
from workflows.demo.days import moment
from workflows.demo.words import words

SINCE = timedelta(days=200)


@transaction.atomic
def fill_register(stage, *, at):
    """Name officers, enter kinds, and let agencies have sent each other something, once."""
    office = stage.federation
    if office is None or DispatchKind.objects.exists():
        return
    coordinator = stage.person(office, Role.COORDINATOR)
    _name_officers(at=at, by=coordinator)
    for facts in words()["dispatch_kinds"]:
        DispatchKind.objects.create(**facts)
    if not Dispatch.objects.exists():
        _send(office, at=at, by=coordinator)


def _name_officers(*, at, by):
    since = timezone.localdate(at) - SINCE
    for kind, post in words()["liaison_officers"]:
        for office in Office.objects.filter(kind=kind, is_active=True):
            serving = Posting.objects.filter(office=office, user__is_active=True)
            people = [row.user for row in serving.select_related("user").order_by("pk")]
            for rank, user in zip(Liaison.Rank.values, dict.fromkeys(people), strict=False):
                name_officer(
                    office=office, rank=rank, user=user, name=user.name, mail=user.email,
                    post=post, since=since, at=at, by=by,
                )  # fmt: skip


def _send(office, *, at, by):
    """One with its result, one late without a receipt, one that came back, one received."""
    ago = (25, 6, 4, 2)
    for kind, days in zip(DispatchKind.objects.order_by("pk"), ago, strict=False):
        receiver = next(iter(dispatches.receivers_of(kind, sender=office.pk)), None)
        if receiver is None:
            continue
        sent = moment(_workday(at, days), time(10))
        row = dispatches.dispatch(
            office, kind=kind, receiver=receiver, subject=kind.name, text=kind.template,
            consent=True, at=sent, by=by,
        )  # fmt: skip
        _go_on(row, days, sent)


def _go_on(row, days, sent):
    facts = {"at": sent + timedelta(hours=5), "by": None}
    if days in (25, 2):
        dispatches.receive(row, name=row.officer or row.receiver.short_name, **facts)
    if days == 25:
        later = {"at": sent + timedelta(days=9), "by": None}
        dispatches.answer(row, text=words()["dispatch_results"][0], **later)
    if days == 4:
        dispatches.send_back(row, reason=words()["dispatch_returns"][0], **facts)


def _workday(at, days):
    return load_calendar().workday_before(timezone.localdate(at), days)
