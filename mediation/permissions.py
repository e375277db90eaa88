"""Who reads what was said in mediation, and which meetings exist for a person."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from disputes.permissions import visible_cases, worked_proceedings
from disputes.scopes import Kind, scope_of
from mediation.models import Meeting, Participant, Session
from offices.domain.standing import standing_of

CONVENE, ANSWER = "convene_meetings", "answer_meetings"


def readable_sessions(user, case, *, on=None):
    """Return the sessions of *case* that *user* reads on the date *on* (today).

    Only those who work on it at the office that held them, and a lawyer who was asked about that
    proceeding: what is said in mediation never reaches another tier (人民调解法 article 15).
    """
    on = on or timezone.localdate()
    asked = scope_of(user, on).grants().filter(kind=Kind.LAWYER).values("proceeding")
    return (
        Session.objects.filter(
            Q(proceeding__in=worked_proceedings(user, on=on)) | Q(proceeding__in=asked),
            proceeding__case=case,
            proceeding__case__in=visible_cases(user, on=on),
        )
        .select_related("host", "proceeding")
        .order_by("proceeding", "ordinal")
    )


def convening_offices(user, *, on=None):
    """Return the ids of the offices for which *user* convenes meetings on the date *on* (today)."""
    return standing_of(user, on=on or timezone.localdate()).offices(CONVENE)


def answering_offices(user, *, on=None):
    """Return the ids of the agencies for which *user* answers on the date *on* (today)."""
    return standing_of(user, on=on or timezone.localdate()).offices(ANSWER)


def visible_meetings(user, *, on=None):
    """Return the meetings that exist for *user* on the date *on* (today), as a queryset.

    Hers as a coordinator; and once people are invited, those to which she or the agency for which
    she answers is asked. A draft is known to coordinators alone.
    """
    standing = standing_of(user, on=on or timezone.localdate())
    if not standing.postings:
        return Meeting.objects.none()
    asked = Participant.objects.filter(
        Q(user=user, office__in=_serving(standing)) | Q(office__in=standing.offices(ANSWER)),
        meeting=OuterRef("pk"),
        removed_at__isnull=True,
    )
    return Meeting.objects.filter(
        Q(office__in=standing.offices(CONVENE))
        | Q(Exists(asked)) & ~Q(status=Meeting.Status.DRAFT) & ~_never_sent()
    )


def agencies_for(user, meeting, *, on=None):
    """Return the ids of the agencies as which *user* reads *meeting*.

    The convening office for its coordinators; the agency whose officer she is, or for which she
    is on the list.
    """
    rows = meeting.participants.filter(removed_at__isnull=True)
    return agencies_among(user, meeting, rows.only("meeting", "office", "user"), on=on)


def agencies_among(user, meeting, people, *, on=None):
    """Return the same, where the participants *people* of *meeting* were read already."""
    standing = standing_of(user, on=on or timezone.localdate())
    answers, serving = standing.offices(ANSWER), _serving(standing)
    found = {
        row.office_id
        for row in people
        if (row.user_id == user.pk and row.office_id in serving) or row.office_id in answers
    }
    if meeting.office_id in standing.offices(CONVENE):
        found.add(meeting.office_id)
    return found


def convenes(user, meeting, *, on=None):
    """Return whether *user* keeps *meeting* as a coordinator of the office that convenes it."""
    return meeting.office_id in convening_offices(user, on=on)


def _serving(standing):
    """The offices for which she may be on a list: leaving one, she leaves its place on lists."""
    return [posting.office_id for posting in standing.postings]


def _never_sent():
    """A draft that was cancelled was never known to anybody."""
    return Q(status=Meeting.Status.CANCELLED, closed_at__isnull=False)
