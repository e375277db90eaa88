"""The catalogue of events, and how what happens in the rooms becomes one."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from disputes import signals
from disputes.models import Deadline
from disputes.permissions import readable_cases, visible_cases, with_outline
from notices.domain.events import PREFIX, emit, emit_all
from notices.signals import event_leaving

CATALOGUE = {
    "case.filed": _("a case was filed"),
    "case.accepted": _("a case was accepted or docketed"),
    "case.refused": _("a case was not accepted"),
    "case.assigned": _("a case got another handler"),
    "case.escalated": _("a case went on to another tier"),
    "case.handed_over": _("a case went to another office"),
    "case.settled": _("a case was settled"),
    "case.closed": _("a case ended"),
    "case.reopened": _("a case was taken up again"),
    "deadline.moved": _("a deadline was set, moved or ended"),
    "hearing.set": _("a hearing was set"),
    "hearing.cancelled": _("a hearing was cancelled"),
    "agreement.effective": _("an agreement took effect"),
    "award.made": _("an award was made"),
    "document.added": _("a document was handed in"),
}
# How far into a case one reaches to whom it is told; what is not here, is told with the outline.
STATUS, OUTLINE, CONTENT = "status", "outline", "content"
LEAST = {
    "case.filed": STATUS,
    "case.accepted": STATUS,
    "case.refused": STATUS,
    "case.escalated": STATUS,
    "case.handed_over": STATUS,
    "case.settled": STATUS,
    "case.closed": STATUS,
    "case.reopened": STATUS,
    "document.added": CONTENT,
}
# Entries of the timeline that are events: the msgid that is written down, and what it is.
ENTRIES = {
    "Accepted for mediation": "case.accepted",
    "Not accepted for mediation": "case.refused",
    "Docketed": "case.accepted",
    "Arbitration refused": "case.refused",
    "Reopened": "case.reopened",
    "Hearing set for %(day)s %(time)s": "hearing.set",
    "Hearing cancelled": "hearing.cancelled",
    "Agreement effective since %(day)s": "agreement.effective",
    "Award made, final": "award.made",
    "Award made, not final": "award.made",
    "Awards made, final and non-final apart": "award.made",
    "Material received: %(name)s": "document.added",
}


def connect():
    """Connect every receiver once."""
    signals.proceeding_opened.connect(tell_opened, dispatch_uid="event_opened")
    signals.handler_changed.connect(tell_assigned, dispatch_uid="event_assigned")
    signals.case_ended.connect(tell_ended, dispatch_uid="event_ended")
    signals.deadline_moved.connect(tell_moved, dispatch_uid="event_moved")
    signals.deadlines_moved.connect(tell_many_moved, dispatch_uid="events_moved")
    signals.entry_recorded.connect(tell_entry, dispatch_uid="event_entry")
    event_leaving.connect(is_still_seen, dispatch_uid="event_leaving")


def tell_opened(sender, *, proceeding, at, **kwargs):
    """Filed, escalated or handed over: by what came before."""
    before = proceeding.case.proceedings.filter(ordinal__lt=proceeding.ordinal)
    tier = before.order_by("ordinal").values_list("tier", flat=True).last()
    name = "case.filed"
    if tier is not None:
        name = "case.escalated" if proceeding.tier > tier else "case.handed_over"
    emit(name, subject=proceeding.case_id, at=at, case=_case(proceeding.case_id))


def tell_assigned(sender, *, proceeding, at, **kwargs):
    """Somebody else holds the file."""
    emit("case.assigned", subject=proceeding.case_id, at=at, case=_case(proceeding.case_id))


def tell_ended(sender, *, case, at, **kwargs):
    """A case ended; settled when it names a line of defence."""
    names = ["case.settled", "case.closed"] if case.defence_line else ["case.closed"]
    emit_all([(name, case.pk, {"case": _case(case.pk)}) for name in names], at=at)


def tell_moved(sender, *, deadline, **kwargs):
    """A deadline was set, moved or ended."""
    if isinstance(deadline, Deadline):
        emit_all([_moved(deadline)], at=timezone.now())


def tell_many_moved(sender, *, deadlines, **kwargs):
    """Many deadlines moved at once."""
    emit_all([_moved(deadline) for deadline in deadlines], at=timezone.now())


def tell_entry(sender, *, entry, **kwargs):
    """Something stands in the timeline that is an event."""
    name = ENTRIES.get(entry.verb)
    if name:
        emit(name, subject=entry.case_id, at=entry.at, case=_case(entry.case_id))


def is_still_seen(sender, *, subscription, happened, **kwargs):
    """Return whether the account to which it is about to be told may still know of it."""
    return happened in events_seen(subscription.user, {happened})


def events_seen(user, happened):
    """Return of *happened*, pairs of type and id of the case, what *user* may know now.

    Who only reported a case learns how it stands and how it ended; that a deadline moved is for
    whoever reads its outline, that something was handed in for whoever reads it.
    """
    if not user.is_active:
        return set()
    subjects = {subject for _type, subject in happened}
    seen = with_outline(visible_cases(user).filter(pk__in=subjects), user)
    outline = dict(seen.values_list("pk", "is_outline"))
    read = readable_cases(user).filter(pk__in=subjects) if any(outline.values()) else ()
    reach = {
        STATUS: set(outline),
        OUTLINE: {pk for pk, is_outline in outline.items() if is_outline},
        CONTENT: {case.pk for case in read},
    }
    return {pair for pair in happened if pair[1] in reach[_least(pair[0])]}


def _least(name):
    return LEAST.get(name.removeprefix(PREFIX), OUTLINE)


def types():
    """Return the catalogue with whole names, as choices of a form."""
    return [(PREFIX + name, words) for name, words in CATALOGUE.items()]


def _moved(deadline):
    links = {
        "case": _case(deadline.case_id),
        "deadline": reverse("api-deadline", args=[deadline.pk]),
    }
    return ("deadline.moved", deadline.case_id, links)


def _case(pk):
    return reverse("api-case", args=[pk])
