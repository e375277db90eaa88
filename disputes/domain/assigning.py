"""Who works on a proceeding beside its handler."""

from django.db import transaction

from disputes.models import Assignment


@transaction.atomic
def assign(proceeding, people):
    """Let exactly *people* (a list of ``User``) work on *proceeding* beside its handler."""
    people = {person.pk for person in people}
    Assignment.objects.filter(proceeding=proceeding).exclude(user__in=people).delete()
    Assignment.objects.bulk_create(
        [Assignment(proceeding=proceeding, user_id=pk) for pk in sorted(people)],
        ignore_conflicts=True,
    )
