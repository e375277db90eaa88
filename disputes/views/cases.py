"""The list of cases, and finding one."""

from django.db.models import Exists, OuterRef, Prefetch, Subquery, Sum, prefetch_related_objects
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from disputes import course
from disputes.domain.leading import leading_deadline
from disputes.domain.search import find_cases
from disputes.look.outline import brief_name, case_title
from disputes.models import Case, Claim, Deadline, Party, Proceeding, Tier
from disputes.newest import last_at, late_responses, newest_cases
from disputes.permissions import (
    can_file_at,
    listing_offices,
    near_cases,
    supervised_offices,
    visible_cases,
    with_outline,
)
from disputes.views.paging import nearest, page_by_pk, read_keys

PAGE = 25
STATES = ("open", "closed", "all")


@require_safe
def cases(request):
    """Show the cases that exist for this person, newest first, narrowed by search and filters."""
    query = request.GET
    text = query.get("q", "").replace("\x00", "").strip()
    state = query.get("state") if query.get("state") in STATES else ("all" if text else "open")
    tier = query.get("tier") if query.get("tier") in {"1", "2", "3"} else ""
    tier = int(tier) if tier else None
    # Who only reported a case reads how it stands, not how soon the office was.
    measured = bool(listing_offices(request.user) or supervised_offices(request.user))
    late = measured and query.get("late") == "1"
    find = _search if text else _list
    rows = find(request, text, state, tier, late)
    found, newer, older = page_by_pk(_with_facts(rows, request.user), query, size=PAGE)
    return render(
        request,
        "disputes/cases.html",
        {
            "rows": read_rows(found),
            "text": text,
            "state": state,
            "tier": tier,
            "tiers": Tier.choices,
            "late": late,
            "measured": measured,
            "newer": newer,
            "older": older,
            "today": timezone.localdate(),
            "may_file": can_file_at(request.user).exists(),
        },
    )


def _list(request, _text, state, tier, late):
    """Return the cases of one page and one more, by the keys that the question names."""
    before, after = read_keys(request.GET)
    return newest_cases(
        request.user,
        number=PAGE + 1,
        state=state,
        tier=tier,
        late=late,
        before=before,
        after=after,
    )


def _search(request, text, state, tier, late):
    """Return the cases of one page and one more among those that *text* means."""
    rows = find_cases(visible_cases(request.user), text, near=near_cases(request.user))
    if state != "all":
        rows = rows.filter(ended_at__isnull=state == "open")
    if tier:
        rows = rows.filter(Exists(last_at(tier, OuterRef("pk"))))
    if late:
        rows = rows.filter(Exists(late_responses(OuterRef("pk"))))
    # What the lines say besides is asked of one page, not of everything that was found.
    page = nearest(rows, request.GET).values("pk")[: PAGE + 1]
    return Case.objects.filter(pk__in=page)


def _with_facts(rows, user):
    amounts = Claim.objects.of_applicant().filter(case=OuterRef("pk")).order_by().values("case")
    return with_outline(rows, user).annotate(
        amount=Subquery(amounts.annotate(sum=Sum("amount")).values("sum"))
    )


def read_rows(found):
    """Return the lines of the list for the cases *found*, in four queries and one of the course."""
    found = list(found)
    _prefetch(found)
    current = [proceeding for case in found if (proceeding := _current(case))]
    steps = course.open_steps([row for row in current if row.closed_at is None])
    return [_line(case, _current(case), steps) for case in found]


def _prefetch(found):
    prefetch_related_objects(
        found,
        Prefetch("parties", Party.objects.order_by("pk")),
        Prefetch("proceedings", Proceeding.objects.select_related("office").order_by("ordinal")),
        Prefetch(
            "deadlines",
            Deadline.objects.running().filter(proceeding__isnull=False).select_related("rule"),
        ),
    )


def _current(case):
    proceedings = list(case.proceedings.all())
    return proceedings[-1] if proceedings else None


def _line(case, proceeding, steps):
    return {
        "case": case,
        "proceeding": proceeding,
        "title": case_title(case.parties.all(), worker_count=case.worker_count),
        "passed": [row.tier for row in case.proceedings.all() if row.closed_at],
        "office": brief_name(proceeding.office) if proceeding else "",
        "step": steps.get(proceeding.pk, "") if proceeding else "",
        "deadline": leading_deadline(case.deadlines.all()) if case.is_outline else None,
    }
