"""Appointing who mediates."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes import signals
from disputes.domain import conflicts
from disputes.domain.assigning import assign
from disputes.domain.candidates import candidates_for, note_choice
from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Reach, record
from disputes.models import Proceeding
from mediation.models import Appointment
from offices.domain.people import people_where


class NotAMediatorHere(Refusal):
    """Somebody without the duty to mediate at the office."""

    sentence = _("This person does not mediate at this office today.")


class ConflictOfInterest(Refusal):
    """Somebody who is a party, or belongs to one."""

    sentence = _("This person is a party to the dispute, or belongs to one.")


class ConflictNotDeclared(Refusal):
    """Nobody said that there is no conflict of interest."""

    sentence = _("Ask everybody you appoint about a conflict of interest, and record the answer.")
    field = "conflict_declared"


class AppointedTwice(Refusal):
    """The mediator is also a further member of the panel."""

    sentence = _("The mediator leads the panel already and need not be named again.")
    field = "members"


@transaction.atomic
def appoint(proceeding, *, mediator, members=(), reason, conflict_declared, at, by):
    """Appoint *mediator*, alone or with further *members*, and give her the file.

    企业劳动争议协商调解规定 article 25. Raises the refusals of ``check_appointment``.
    """
    members = list(members)
    check_appointment(
        proceeding, mediator=mediator, members=members, conflict_declared=conflict_declared, at=at
    )
    on = timezone.localdate(at)
    candidates = candidates_for([proceeding], on=on, seen_by=by)[proceeding.pk]
    appointment = Appointment.objects.create(
        proceeding=proceeding,
        mediator=mediator,
        reason=reason,
        conflict_declared=conflict_declared,
        at=at,
        by=by,
    )
    appointment.members.set(members)
    assign(proceeding, members)
    _hand_file_over(proceeding, mediator, at=at, by=by)
    note_choice(proceeding, mediator, candidates, at=at, by=by)
    _tell_appointment(appointment)
    _flag(appointment)
    return appointment


def check_appointment(proceeding, *, mediator, members, conflict_declared, at):
    """Raise the refusal that speaks against these people, if any."""
    if mediator in members:
        raise AppointedTwice
    on = timezone.localdate(at)
    check_mediator(proceeding, mediator, on=on, field="mediator")
    for member in members:
        check_mediator(proceeding, member, on=on, field="members")
    if not conflict_declared:
        raise ConflictNotDeclared


def check_mediator(proceeding, user, *, on, field):
    """Refuse *user* when she does not mediate at the office or has a conflict of interest."""
    if not mediators(proceeding, on=on).filter(pk=user.pk).exists():
        raise NotAMediatorHere(
            _("%(person)s does not mediate at this office today.") % {"person": user}, field=field
        )
    why = conflict_of(proceeding, user, on=on)
    if why:
        raise ConflictOfInterest(why, field=field)


def mediators(proceeding, *, on):
    """Return who may be appointed on the date *on*: the office's mediators not walled off."""
    return people_where("mediate", on=on, office=proceeding.office).exclude(
        walls__case=proceeding.case
    )


def conflict_of(proceeding, user, *, on):
    """Return why *user* may not mediate on the date *on*, as a sentence, or "".

    The rules are those of ``disputes.domain.conflicts``.
    """
    found = conflicts.conflicts_of(proceeding, user, on=on)
    return next((conflict.sentence for conflict in found if conflict.blocks), "")


def last_appointment(proceeding):
    """Return the ``Appointment`` that counts, the latest, or None."""
    return proceeding.appointments.select_related("mediator").last()


def panel(proceeding):
    """Return the people who mediate, the mediator first: of a file without one its handler."""
    appointment = last_appointment(proceeding)
    if appointment:
        return appointment.panel
    return [proceeding.handler] if proceeding.handler else []


def _hand_file_over(proceeding, mediator, *, at, by):
    proceeding.handler = mediator
    proceeding.save(update_fields=["handler"])
    signals.handler_changed.send(Proceeding, proceeding=proceeding, at=at, by=by)


def _flag(appointment):
    """Write down what was known of these people and does not keep them away (rules C3, C12)."""
    on = timezone.localdate(appointment.at)
    for person in appointment.panel:
        for flag in conflicts.flags_of(appointment.proceeding, person, on=on):
            record(
                appointment.proceeding.case,
                N_("Known when the mediator was appointed: %(flag)s"),
                at=appointment.at,
                by=appointment.by,
                proceeding=appointment.proceeding,
                reach=Reach.OFFICE,
                flag=flag.sentence,
            )


def _tell_appointment(appointment):
    people = "、".join(str(person) for person in appointment.panel)
    told = {"at": appointment.at, "by": appointment.by, "proceeding": appointment.proceeding}
    case = appointment.proceeding.case
    record(case, N_("Mediator appointed: %(people)s"), people=people, **told)
    if appointment.reason:
        record(
            case,
            N_("Why these people were appointed"),
            reach=Reach.OFFICE,
            text=appointment.reason,
            **told,
        )
