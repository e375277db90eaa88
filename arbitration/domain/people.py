"""Who may sit on a panel, and who may not."""

from django.db.models import Q

from arbitration.domain.refusals import NotEntitled
from disputes.models import CaseGrant, Proceeding, Tier, TimelineEntry
from offices.models import OfficeGroupObjectPermission, Posting, User


def people_with(duty, *, office, on):
    """Return the people who hold *duty* at *office* on the date *on*, as a queryset by name."""
    groups = OfficeGroupObjectPermission.objects.filter(
        content_object=office, permission__codename=duty
    )
    postings = Posting.objects.active(on).filter(office=office, group__in=groups.values("group"))
    return User.objects.filter(is_active=True, pk__in=postings.values("user")).order_by(
        "name", "pk"
    )


def mediators_of(case):
    """Return everybody who handled, or recorded a meeting in, a mediation of *case*.

    Who mediated a matter does not decide it: 劳动人事争议仲裁办案规则 article 11.
    """
    mediations = Proceeding.objects.filter(case=case).exclude(tier=Tier.ARBITRATION)
    meetings = TimelineEntry.objects.filter(
        proceeding__in=mediations, kind=TimelineEntry.Kind.MEETING, actor__isnull=False
    )
    return User.objects.filter(
        Q(pk__in=mediations.exclude(handler=None).values("handler"))
        | Q(pk__in=meetings.values("actor"))
    )


def arbitrators_for(proceeding, *, on):
    """Return the people who may decide *proceeding* on the date *on*, as a queryset by name."""
    return (
        people_with("arbitrate", office=proceeding.office, on=on)
        .exclude(pk__in=mediators_of(proceeding.case).values("pk"))
        .exclude(walls__case=proceeding.case)
    )


def clerks_for(proceeding, *, on):
    """Return the clerks of the commission on the date *on*, as a queryset by name."""
    return people_with("docket_cases", office=proceeding.office, on=on).exclude(
        walls__case=proceeding.case
    )


def check_duty(person, duty, proceeding, *, on, field):
    """Raise ``NotEntitled`` beside *field* unless *person* holds *duty* at the commission."""
    holders = people_with(duty, office=proceeding.office, on=on)
    if person is None or not holders.filter(pk=person.pk).exists():
        raise NotEntitled(field=field, person=person, office=proceeding.office)


def advised_in(case, person):
    """Return whether *person* read *case* as the lawyer of a party."""
    return CaseGrant.objects.filter(case=case, user=person, kind=CaseGrant.Kind.LAWYER).exists()
