"""Looking at personal data in full: for a reason, and leaving a trace."""

from django.db import transaction

from disputes.models import Reveal

# What may be looked at, and how long an answer stays on the screen, in seconds.
FIELDS = ("name", "id_number", "phone", "address", "contact_name")
SECONDS = 60


@transaction.atomic
def reveal(party, *, field, reason, at, by):
    """Return the *field* of *party* in full, after writing down who looked and why."""
    Reveal.objects.create(party=party, field=field, user=by, reason=reason, at=at)
    return getattr(party, field)


@transaction.atomic
def reveal_roster(parties, *, reason, at, by):
    """Write down that *by* takes the workers of a roster, *parties*, in full for *reason*."""
    Reveal.objects.bulk_create(
        [Reveal(party=party, field="roster", user=by, reason=reason, at=at) for party in parties]
    )
