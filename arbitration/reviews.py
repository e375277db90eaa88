"""The agreements that a commission reviews: who sees them, and the list."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import DateField, F, Prefetch, Q, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from arbitration.models import AgreementReview
from disputes.domain.service.ways import shown_name
from disputes.models import Party
from disputes.permissions import hidden_cases
from disputes.views.paging import read_number
from offices.domain.standing import standing_of

PAGE = 25
SHOWN = ("open", "ended")
# Who reads every review of the commission, and who those that he examines.
WHOLE, OWN = ("docket_cases", "decide_docket"), ("arbitrate",)
LAST_DAY = date.max
_OPEN = Q(refusal="") & (
    Q(result="")
    | Q(result="statement")
    & (Q(worker_received_on__isnull=True) | Q(employer_received_on__isnull=True))
)


def may_enter(user, *, on):
    """Return whether *user* has anything to do with reviews on the date *on*."""
    return bool(standing_of(user, on=on).offices(*WHOLE, *OWN))


def visible_reviews(user, *, on=None):
    """Return the reviews that exist for *user* on the date *on* (today), walls and seals kept.

    The registry and the head see those of their commission, an arbitrator those that he examines.
    Of the case behind one nothing follows: only what the parties handed in.
    """
    on = on or timezone.localdate()
    standing = standing_of(user, on=on)
    rows = AgreementReview.objects.filter(
        Q(office__in=standing.offices(*WHOLE)) | Q(office__in=standing.offices(*OWN), reviewer=user)
    )
    return rows.exclude(mediation__case__in=[row["pk"] for row in hidden_cases(user, on=on)])


def get_review(user, pk):
    """Return (the review *pk*, the duties of *user* at its commission); raises ``Http404``."""
    rows = visible_reviews(user).select_related(
        "mediation__case", "mediation__office", "office", "reviewer", "extended_by",
        "deadline__rule",
    )  # fmt: skip
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row, set(standing_of(user, on=timezone.localdate()).at(row.office_id))


def page(user, *, show, key, on, size=PAGE):
    """Return (up to *size* reviews that *user* sees, key of the next page or "").

    Open ones by their last day, those that wait for a decision first; ended ones newest first.
    """
    rows = visible_reviews(user, on=on)
    if show == "open":
        return _by_deadline(rows.filter(_OPEN), key, size)
    rows = rows.exclude(_OPEN)
    before = read_number(key)
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(_with_facts(rows).order_by("-pk")[: size + 1])
    return _cut(found, size, lambda row: f"{row.pk}")


def _by_deadline(rows, key, size):
    due = Coalesce(F("deadline__alarm_on"), F("applied_on"), Value(LAST_DAY))
    rows = rows.annotate(urgency=Coalesce(due, Value(LAST_DAY), output_field=DateField()))
    said, _, pk = (key or "").rpartition(",")
    try:
        day, pk = date.fromisoformat(said), read_number(pk)
    except ValueError:
        pk = None
    if pk is not None:
        rows = rows.filter(Q(urgency__gt=day) | Q(urgency=day, pk__gt=pk))
    found = list(_with_facts(rows).order_by("urgency", "pk")[: size + 1])
    return _cut(found, size, lambda row: f"{row.urgency.isoformat()},{row.pk}")


def _with_facts(rows):
    parties = Prefetch("mediation__case__parties", Party.objects.order_by("pk"))
    return rows.select_related(
        "mediation__case", "mediation__office", "office", "reviewer", "deadline__rule"
    ).prefetch_related(parties)


def _cut(found, size, say):
    for row in found:
        row.names = names_of(row)
    if len(found) <= size:
        return found, ""
    return found[:size], say(found[size - 1])


def names_of(review):
    """Return the parties of *review* as (role in words, name as lists show it)."""
    parties = review.mediation.case.parties.all()
    return [(party.get_kind_display(), shown_name(party)) for party in parties][:4]


def require_one(duties, needed):
    """Raise ``PermissionDenied`` unless one of *needed* is among *duties*."""
    if not duties.intersection(needed):
        raise PermissionDenied
