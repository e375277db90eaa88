"""Keeping a case to few people: its level, its seal, the persons named in it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Reach, record
from disputes.models import Case, Named, Wall
from disputes.permissions import can_view
from notices.domain.inbox import take_back
from offices.models import User


class NothingChanged(Refusal):
    """The case is kept that way already."""

    sentence = _("The case is kept this way already.")


class BehindAWall(Refusal):
    """Somebody who must not see the case would be named in it."""

    sentence = _("This person is recused from the case and cannot be named.")
    field = "person"


class NamedBefore(Refusal):
    """The person is named already."""

    sentence = _("This person is named already.")
    field = "person"


@transaction.atomic
def keep_to_few(proceeding, *, level, sealed, reason, at, by):
    """Set how confidential the case of *proceeding* is and whether it is *sealed*.

    A sealed case exists for its handlers, their heads and the persons named; what the inboxes of
    others say of it is taken back. Raises ``NothingChanged``.
    """
    case = Case.objects.select_for_update().get(pk=proceeding.case_id)
    if (case.level, case.sealed) == (level, sealed):
        raise NothingChanged
    case.level, case.sealed = level, sealed
    case.save(update_fields=["level", "sealed"])
    verb = (
        N_("Sealed: only its handlers, their heads and the persons named see the case")
        if sealed
        else N_("How confidential the case is was set: %(kept)s")
    )
    _note(proceeding, verb, text=reason, at=at, by=by, kept=case.get_level_display())
    if sealed:
        forget_case(case)
    return case


@transaction.atomic
def name_person(proceeding, *, person, reason, at, by):
    """Name *person* in the case of *proceeding*; raises ``BehindAWall``, ``NamedBefore``.

    What she may read follows from her posting or a grant as before.
    """
    case = proceeding.case
    if Wall.objects.filter(case=case, user=person).exists():
        raise BehindAWall
    named, made = Named.objects.get_or_create(
        case=case, user=person, defaults={"reason": reason, "at": at, "by": by}
    )
    if not made:
        raise NamedBefore
    _note(proceeding, N_("%(person)s was named"), text=reason, at=at, by=by, person=person)
    return named


@transaction.atomic
def strike_name(named, *, proceeding, at, by):
    """Let a person be *named* no longer."""
    person = named.user
    named.delete()
    _note(proceeding, N_("%(person)s is named no longer"), at=at, by=by, person=person)


def forget_case(case, *, user=None):
    """Take back what the inboxes say of *case*: of *user*, or of everybody who sees it no more."""
    told = User.objects.filter(notices__subject=case.pk).distinct()
    people = [user] if user else [person for person in told if not can_view(person, case)]
    take_back(people, subject=case.pk)


def _note(proceeding, verb, *, text="", at, by, **facts):
    record(
        proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=proceeding,
        reach=Reach.OFFICE,
        text=text,
        key=True,
        **facts,
    )
