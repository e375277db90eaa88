"""Reading a case of an office below: on a ground, for a reason, for some days, and seen by all."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import Refusal
from disputes.domain.timeline import record
from disputes.look.words import say_day
from disputes.models import CaseGrant, Level
from disputes.models.choices import Grade
from notices.domain.inbox import notify
from notices.models import Notice

Ground = CaseGrant.Ground
# Calendar days, today included.
MOST_DAYS = 30
USUAL_DAYS = 7


class GroundMissing(Refusal):
    """The case is not what the ground says."""

    sentence = _("The record does not show this ground. Choose one that holds.")
    field = "ground"


class TooLong(Refusal):
    """The reading would last too long."""

    sentence = _("A case is opened for 30 days at most; it can be opened again with a new reason.")
    field = "until"


class TooSensitive(Refusal):
    """What is highly sensitive is opened from above in major cases only."""

    sentence = _(
        "This case is highly sensitive: only a major case is opened to those above. Ask the head"
        " of the office to name you."
    )


def grounds_of(case):
    """Return the grounds on which *case* may be read from above, those the record shows first.

    Supervision and complaints are declared by whoever opens the case, and stand in its timeline.
    """
    shown = []
    if case.proceedings.count() > 1:
        shown.append(Ground.ESCALATED)
    if case.grade == Grade.MAJOR:
        shown.append(Ground.MAJOR)
    return [*shown, Ground.SUPERVISED, Ground.COMPLAINT]


@transaction.atomic
def inspect(case, *, ground, reason, until, at, by):
    """Let *by* read *case* up to the date *until*, for a *reason*; return the ``CaseGrant``.

    The offices that handle it read in the timeline who opened it and why, and the handler is
    told. Raises ``GroundMissing``, ``TooLong``, ``TooSensitive``.
    """
    today = timezone.localdate(at)
    if ground not in grounds_of(case):
        raise GroundMissing
    if not today <= until < today + timedelta(days=MOST_DAYS):
        raise TooLong
    if case.level == Level.SENSITIVE and case.grade != Grade.MAJOR:
        raise TooSensitive
    granted = {"granted_at": at, "granted_by": by, "until": until, "ground": ground}
    grant, _made = CaseGrant.objects.update_or_create(
        case=case, user=by, kind=CaseGrant.Kind.REASON, defaults={"reason": reason, **granted}
    )
    _tell(case, grant, at=at, by=by)
    return grant


@transaction.atomic
def stop_inspecting(grant, *, at):
    """End *grant* before its last day."""
    grant.until = timezone.localdate(at) - timedelta(days=1)
    grant.save(update_fields=["until"])


def _tell(case, grant, *, at, by):
    record(
        case,
        N_("%(person)s opened the case from above, until %(until)s"),
        at=at,
        by=by,
        key=True,
        text=f"{grant.get_ground_display()}：{grant.reason}",
        person=by,
        until=say_day(grant.until, year=True),
    )
    current = case.proceedings.select_related("handler").order_by("ordinal").last()
    if current and current.handler and current.handler != by:
        notify(
            [current.handler],
            N_("%(number)s was opened from above; the timeline says by whom and why"),
            kind=Notice.Kind.COURSE,
            url=reverse("case", args=[case.pk]),
            key=f"inspected-{grant.pk}-{at.isoformat()}",
            at=at,
            number=current.number,
        )
