"""Who comes to a meeting for an agency."""

from dataclasses import dataclass

from django.db.models import Q

from mediation.models import Liaison, Member, Participant
from offices.duties import Role
from offices.models import Office, Posting

Part = Participant.Role
# The kinds of organisation that are met, the convening union aside.
AGENCIES = (
    Office.Kind.CITY_FEDERATION,
    Office.Kind.COURT,
    Office.Kind.LABOUR_BUREAU,
    Office.Kind.JUSTICE_BUREAU,
    Office.Kind.ARBITRATION_COMMISSION,
    Office.Kind.AID_CENTRE,
    Office.Kind.COUNTY_CENTRE,
)
# Who speaks for an office that has named no liaison officer.
SPOKESMEN = (
    Role.COORDINATOR,
    Role.COURT_LIAISON,
    Role.LABOUR_LIAISON,
    Role.JUSTICE_LIAISON,
    Role.COMMISSION_HEAD,
    Role.AID_ADMINISTRATOR,
    Role.HEAD,
)


@dataclass(frozen=True)
class Delegate:
    """A person who is asked to come for *office*, with an account or only by name and mail."""

    office: Office
    user: object
    name: str
    mail: str
    role: str

    def facts(self):
        """Return the columns that a row about this person shares."""
        return {
            "office": self.office,
            "user": self.user,
            "name": self.name,
            "mail": self.mail,
            "role": self.role,
        }


def agencies():
    """Return the organisations that may be asked to a meeting, as a queryset."""
    return Office.objects.filter(kind__in=AGENCIES, is_active=True)


def delegates_of(offices, *, convener, by=None, on):
    """Return whom *offices* send on the date *on*, the *convener* first.

    The liaison officer A is required, B comes if he likes; an office without officers sends who
    serves there as its spokesman. *by*, who plans the meeting for the convener, takes the chair
    until somebody else does.
    """
    found = _chair(convener, by)
    wanted = [office for office in offices if office != convener or not found]
    for office in wanted:
        found += _officers(office, on) or _spokesmen(office, on)
    seen, kept = set(), []
    for delegate in found:
        key = delegate.user.pk if delegate.user else (delegate.office.pk, delegate.name)
        if key not in seen:
            seen.add(key)
            kept.append(delegate)
    return kept


def current_officers(on):
    """Return the liaison officers of the date *on*, as a queryset."""
    return Liaison.objects.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


def _chair(convener, by):
    if by is None:
        return []
    return [Delegate(convener, by, by.name, by.email, Part.CHAIR)]


def _officers(office, on):
    rows = current_officers(on).filter(office=office).select_related("user").order_by("rank", "pk")
    return [
        Delegate(
            office,
            row.user,
            row.name,
            row.mail,
            Part.REQUIRED if row.rank == Liaison.Rank.A else Part.OPTIONAL,
        )
        for row in rows
    ]


def _spokesmen(office, on):
    rows = (
        Posting.objects.active(on)
        .filter(office=office, role__in=SPOKESMEN, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    )
    people = list({row.user_id: row.user for row in rows}.values())
    return [
        Delegate(office, user, user.name, user.email, Part.OPTIONAL if position else Part.REQUIRED)
        for position, user in enumerate(people)
    ]


def invite_members(series, delegates):
    """Let *delegates* belong to every meeting of *series*, in the place of those before."""
    series.members.all().delete()
    Member.objects.bulk_create(Member(series=series, **each.facts()) for each in delegates)


def list_people(meeting, delegates):
    """Put *delegates* on the list of *meeting*; who is there already stays as he is."""
    there = {
        (row.user_id, row.office_id, row.name)
        for row in meeting.participants.filter(removed_at__isnull=True)
    }
    Participant.objects.bulk_create(
        Participant(meeting=meeting, **each.facts())
        for each in delegates
        if (each.user and each.user.pk, each.office.pk, each.name) not in there
    )


def agencies_at(meeting):
    """Return the organisations asked to *meeting*, the convener first, as a list."""
    rows = meeting.participants.filter(removed_at__isnull=True).order_by("pk")
    offices = {row.office_id: row.office for row in rows.select_related("office")}
    convener = offices.pop(meeting.office_id, None)
    return ([convener] if convener else []) + list(offices.values())
