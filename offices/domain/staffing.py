"""Putting people into offices and taking them out again."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from offices.duties import ROLE_DUTIES
from offices.models import Office, OfficeGroupObjectPermission, Posting, User


def group_of(office, role):
    """Return the group "role @ office" with its duties, made when it is first needed."""
    group, made = Group.objects.get_or_create(name=f"{role}@{office.pk}")
    if made:
        _give_duties(group, office, role)
    return group


@transaction.atomic
def post(user, *, office, role, since, until=None):
    """Let *user* serve at *office* as *role* from the date *since* to *until*, both included.

    Returns the open posting when the person already serves there in that role.
    """
    posting, _made = Posting.objects.get_or_create(
        user=user,
        office=office,
        role=role,
        until=until,
        defaults={"since": since, "group": group_of(office, role)},
    )
    synchronise_groups(user, on=since)
    return posting


@transaction.atomic
def end_posting(posting, *, until):
    """End *posting* with the date *until*, the last day on which it counts."""
    posting.until = until
    posting.save(update_fields=["until"])
    synchronise_groups(posting.user, on=until)
    return posting


def synchronise_groups(user, *, on):
    """Make the person's groups the echo of the postings in force on the date *on*."""
    user.groups.set(
        Group.objects.filter(postings__in=user.postings.active(on)).distinct()
    )


def synchronise_all_groups(*, on):
    """Make the groups of every person who ever held a posting echo the date *on*."""
    for user in User.objects.filter(postings__isnull=False).distinct().iterator():
        synchronise_groups(user, on=on)


def offices_where(user, duty, *, on):
    """Return the offices at which *user* holds *duty* on the date *on*, as a lazy queryset."""
    return Office.objects.filter(
        pk__in=OfficeGroupObjectPermission.objects.filter(
            permission__codename=duty,
            permission__content_type__app_label="offices",
            group__postings__in=Posting.objects.active(on).filter(user=user),
        ).values("content_object")
    )


def _give_duties(group, office, role):
    office_type = ContentType.objects.get_for_model(Office)
    duties = Permission.objects.filter(
        content_type=office_type, codename__in=ROLE_DUTIES.get(role, ())
    )
    OfficeGroupObjectPermission.objects.bulk_create(
        [
            OfficeGroupObjectPermission(
                group=group, content_object=office, permission=duty
            )
            for duty in duties
        ],
        ignore_conflicts=True,
    )
