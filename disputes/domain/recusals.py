"""Keeping somebody away from a case: asked for, decided, and then a wall."""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes import signals
from disputes.domain import clocks
from disputes.domain.refusals import AlreadyClosed, Refusal
from disputes.domain.sealing import forget_case
from disputes.domain.timeline import Reach, record
from disputes.models import Assignment, Named, Proceeding, Recusal, Tier, Wall
from notices.domain.inbox import notify
from notices.models import Notice
from offices.domain.people import people_where
from offices.models import User

# Who holds one of these at the desk may be asked to keep away.
WORKING = ("mediate", "arbitrate", "docket_cases", "assign_cases")
DECIDING = "assign_cases"
# At the commission a request is decided on within three working days
# (劳动人事争议仲裁办案规则 articles 12, 80).
CLOCK = "ARB_RECUSAL"


class NotHere(Refusal):
    """The person has nothing to do with the case."""

    sentence = _("This person does not work at this office today.")
    field = "person"


class AskedBefore(Refusal):
    """There is an open request already."""

    sentence = _("This person's recusal was asked for already and is not decided yet.")
    field = "person"


class KeptAway(Refusal):
    """The person keeps away already."""

    sentence = _("This person keeps away from the case already.")
    field = "person"


class NotYet(Refusal):
    """A request of tomorrow."""

    sentence = _("This day has not come yet. Record what has happened.")
    field = "asked_on"


class Decided(Refusal):
    """Somebody has decided."""

    sentence = _("This request has been decided.")


class NotOnOneself(Refusal):
    """Nobody decides on herself."""

    sentence = _("Nobody decides on her own recusal.")


@transaction.atomic
def ask_recusal(proceeding, *, person, asker, form, ground, reason, asked_on, at, by):
    """Record that *asker* wants *person* kept away from *proceeding*; return the ``Recusal``.

    The head is told. Raises the refusals of ``check_asking``.
    """
    check_asking(proceeding, person=person, asked_on=asked_on, at=at)
    recusal = Recusal.objects.create(
        proceeding=proceeding,
        person=person,
        asker=asker,
        form=form,
        ground=ground,
        reason=reason,
        asked_on=asked_on,
        recorded_at=at,
        recorded_by=by,
    )
    _note(recusal, N_("The recusal of %(person)s was asked for"), text=reason, at=at, by=by)
    _count_days(proceeding, at=at, by=by)
    _tell_deciders(recusal, at=at)
    return recusal


def check_asking(proceeding, *, person, asked_on, at):
    """Raise the refusal that speaks against this request, if any."""
    today = timezone.localdate(at)
    if proceeding.closed_at is not None:
        raise AlreadyClosed
    if not people_of(proceeding, on=today).filter(pk=person.pk).exists():
        raise NotHere
    if Wall.objects.filter(case=proceeding.case, user=person).exists():
        raise KeptAway
    if Recusal.objects.filter(proceeding=proceeding, person=person, granted=None).exists():
        raise AskedBefore
    if asked_on > today:
        raise NotYet


def people_of(proceeding, *, on):
    """Return who works at the desk of *proceeding* on the date *on*, as a queryset of people."""
    found = Q(pk__in=[])
    for duty in WORKING:
        found |= Q(pk__in=people_where(duty, on=on, office=proceeding.desk).values("pk"))
    return User.objects.filter(found)


def deciders_of(recusal, *, on):
    """Return who decides on *recusal* on the date *on*, as a queryset of people.

    The heads of the desk. About a head it is the committee: another head, or whoever works there
    writes down what it decided.
    """
    desk = recusal.proceeding.desk
    heads = people_where(DECIDING, on=on, office=desk).exclude(pk=recusal.person_id)
    if is_about_head(recusal, on=on) and not heads.exists():
        return people_of(recusal.proceeding, on=on).exclude(pk=recusal.person_id)
    return heads


def is_about_head(recusal, *, on):
    """Return whether the person to keep away leads the desk on the date *on*."""
    heads = people_where(DECIDING, on=on, office=recusal.proceeding.desk)
    return heads.filter(pk=recusal.person_id).exists()


@transaction.atomic
def decide_recusal(recusal, *, granted, decision, at, by):
    """Decide whether the person keeps away; *decision* are the reasons.

    Granted, a wall goes up at once, and a file that she held belongs to nobody until the head
    gives it to another; the clock runs on. Raises ``Decided`` and ``NotOnOneself``.
    """
    recusal = Recusal.objects.select_for_update().get(pk=recusal.pk)
    if not recusal.is_open:
        raise Decided
    if by == recusal.person:
        raise NotOnOneself
    recusal.granted, recusal.decision = granted, decision
    recusal.decided_at, recusal.decided_by = at, by
    recusal.by_committee = is_about_head(recusal, on=timezone.localdate(at))
    recusal.save()
    verb = N_("%(person)s keeps away from the case") if granted else _STAYS
    _note(recusal, verb, text=decision, at=at, by=by)
    _count_days(recusal.proceeding, at=at, by=by)
    if granted:
        _put_up_wall(recusal, at=at, by=by)
    return recusal


def is_paused(proceeding, person):
    """Return whether *person* waits for a decision on her recusal in *proceeding*.

    Until it is made she leaves the case alone, except for what is urgent
    (劳动人事争议仲裁办案规则 article 13).
    """
    return Recusal.objects.filter(proceeding=proceeding, person=person, granted=None).exists()


def _count_days(proceeding, *, at, by):
    """Let the clock of the decision run from the oldest request that waits, or end."""
    if proceeding.tier != Tier.ARBITRATION:
        return
    waiting = Recusal.objects.filter(proceeding=proceeding, granted=None).order_by("asked_on")
    oldest = waiting.first()
    running = clocks.find_clock(proceeding.case, CLOCK, proceeding=proceeding)
    if running and (oldest is None or running.started_on != oldest.asked_on):
        clocks.stop_clocks(proceeding, CLOCK, at=at, by=by)
        running = None
    if oldest and running is None:
        clocks.start_clock(
            proceeding.case, CLOCK, on=oldest.asked_on, at=at, by=by, proceeding=proceeding
        )


_STAYS = N_("%(person)s need not keep away from the case")


def _put_up_wall(recusal, *, at, by):
    proceeding, person = recusal.proceeding, recusal.person
    reason = f"{recusal.get_ground_display()}：{recusal.decision}"[:200]
    Wall.objects.get_or_create(
        case=proceeding.case, user=person, defaults={"reason": reason, "at": at}
    )
    Assignment.objects.filter(proceeding__case=proceeding.case, user=person).delete()
    Named.objects.filter(case=proceeding.case, user=person).delete()
    forget_case(proceeding.case, user=person)
    if proceeding.handler_id == person.pk and proceeding.closed_at is None:
        proceeding.handler = None
        proceeding.save(update_fields=["handler"])
        signals.handler_changed.send(Proceeding, proceeding=proceeding, at=at, by=by)
        _tell_heads(recusal, at=at)


def _tell_deciders(recusal, *, at):
    notify(
        deciders_of(recusal, on=timezone.localdate(at)),
        N_("%(number)s: a recusal waits to be decided"),
        kind=Notice.Kind.COURSE,
        url=reverse("recusal", args=[recusal.pk]),
        key=f"recusal-{recusal.pk}",
        at=at,
        number=recusal.proceeding.number,
    )


def _tell_heads(recusal, *, at):
    heads = people_where(DECIDING, on=timezone.localdate(at), office=recusal.proceeding.desk)
    notify(
        heads.exclude(pk=recusal.person_id),
        N_("%(number)s has no handler any more: name another within one working day"),
        kind=Notice.Kind.COURSE,
        url=reverse("case", args=[recusal.proceeding.case_id]),
        key=f"recusal-{recusal.pk}-handler",
        at=at,
        number=recusal.proceeding.number,
    )


def _note(recusal, verb, *, text, at, by):
    record(
        recusal.proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=recusal.proceeding,
        reach=Reach.OFFICE,
        text=text,
        key=True,
        person=recusal.person,
    )
