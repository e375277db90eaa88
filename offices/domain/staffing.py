"""Putting people into offices and taking them out again."""

from datetime import timedelta

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from offices.domain.refusals import (
    AccountNotActive,
    AdministratorsApart,
    AlreadyEnded,
    AlreadyServing,
    EndsBeforeItBegins,
    OfficeNotActive,
    RoleDoesNotFit,
)
from offices.duties import ADMINISTRATORS, ROLE_DUTIES, ROLE_KINDS
from offices.models import Office, OfficeGroupObjectPermission, Posting, User


def group_of(office, role):
    """Return the group "role @ office" with its duties, made when it is first needed."""
    group, made = Group.objects.get_or_create(name=f"{role}@{office.pk}")
    if made:
        _give_duties(group.pk, office.pk, role)
    return group


@transaction.atomic
def post(user, *, office, role, since, until=None, on=None):
    """Let *user* serve at *office* as *role* from the date *since* to *until*, both included.

    *on* is the date of today, *since* when left out. Returns the open posting when the person
    already serves there in that role. Raises the refusals of ``check_posting``.
    """
    # Two postings of one person at the same moment are judged one after the other.
    User.objects.select_for_update().get(pk=user.pk)
    same = user.postings.filter(office=office, role=role, until=until)
    posting = (same.filter(since=since) if until else same).first()
    if posting is None:
        check_posting(user, office=office, role=role, since=since, until=until)
        posting = user.postings.create(
            office=office, role=role, since=since, until=until, group=group_of(office, role)
        )
    synchronise_groups(user, on=on or since)
    return posting


def check_posting(user, *, office, role, since, until=None):
    """Raise the refusal that speaks against *user* serving at *office* as *role*, if any.

    *since* and *until* are the first and the last day (``None``: no end).
    """
    if not user.is_active:
        raise AccountNotActive
    if not office.is_active:
        raise OfficeNotActive
    if office.kind not in ROLE_KINDS[role]:
        raise RoleDoesNotFit
    if until and until < since:
        raise EndsBeforeItBegins
    for other in user.postings.overlapping(since, until):
        if (other.office_id, other.role) == (office.pk, role):
            raise AlreadyServing
        if other.role != role and {other.role, role} & set(ADMINISTRATORS):
            raise AdministratorsApart


@transaction.atomic
def end_posting(posting, *, until, on=None):
    """End *posting* with the date *until*, the last day on which it counts.

    *on* is the date of today, the day after *until* when left out. Access ends at once when
    *until* is before today; a posting withdrawn on its first day ends on the day before and
    counted on no day. Raises ``AlreadyEnded`` and ``EndsBeforeItBegins``.
    """
    on = on or until + timedelta(days=1)
    if posting.until and posting.until < on:
        raise AlreadyEnded
    if until < posting.since - timedelta(days=1):
        raise EndsBeforeItBegins
    posting.until = until
    posting.save(update_fields=["until"])
    synchronise_groups(posting.user, on=on)
    return posting


def synchronise_groups(user, *, on):
    """Make the person's groups the echo of the postings in force on the date *on*."""
    user.groups.set(Group.objects.filter(postings__in=user.postings.active(on)).distinct())


def synchronise_all_groups(*, on):
    """Make all groups echo the postings of the date *on* and hold the duties of their roles.

    Returns how many people were looked at. May run twice without harm.
    """
    kinds = Posting.objects.order_by().values_list("group", "office", "role").distinct()
    for group, office, role in kinds:
        _give_duties(group, office, role)
    people = User.objects.filter(postings__isnull=False).distinct()
    for user in people.iterator():
        synchronise_groups(user, on=on)
    return people.count()


def offices_where(user, duty, *, on):
    """Return the offices at which *user* holds *duty* on the date *on*, as a lazy queryset."""
    return Office.objects.filter(
        pk__in=OfficeGroupObjectPermission.objects.filter(
            permission__codename=duty,
            permission__content_type__app_label="offices",
            group__postings__in=Posting.objects.active(on).filter(user=user),
        ).values("content_object")
    )


@transaction.atomic
def _give_duties(group, office, role):
    """Let the group (id) hold exactly the duties of *role* at the office (id)."""
    held = OfficeGroupObjectPermission.objects.filter(group=group, content_object=office)
    held.exclude(permission__codename__in=ROLE_DUTIES[role]).delete()
    duties = Permission.objects.filter(
        content_type__app_label="offices",
        content_type__model="office",
        codename__in=ROLE_DUTIES[role],
    )
    OfficeGroupObjectPermission.objects.bulk_create(
        [
            OfficeGroupObjectPermission(group_id=group, content_object_id=office, permission=duty)
            for duty in duties
        ],
        ignore_conflicts=True,
    )
