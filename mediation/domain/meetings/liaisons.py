"""The register of liaison officers: who answers for an agency from one day on."""

from datetime import timedelta

from django.db import transaction

from mediation.models import Liaison


@transaction.atomic
def name_officer(*, office, rank, since, at, by, **facts):
    """Name the officer of *rank* (A or B) of *office* from the date *since* on; return the row.

    The one before serves until the day before, or was never one when both begin on one day.
    """
    rows = Liaison.objects.select_for_update().filter(office=office, rank=rank, until__isnull=True)
    for row in rows:
        end_officer(row, until=max(since - timedelta(days=1), row.since))
    return Liaison.objects.create(office=office, rank=rank, since=since, at=at, by=by, **facts)


def end_officer(row, *, until):
    """Let *row* serve until the date *until*, the last day."""
    row.until = max(until, row.since)
    row.save(update_fields=["until"])
