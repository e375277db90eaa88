"""Which news of cases somebody may hear, and still read: what is hidden from her is not told her.

A posting ends, a grant runs out, a wall goes up: what was told before would still name the case.
"""

from collections import defaultdict

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.urls import Resolver404, resolve
from django.utils import timezone

from audit.doors import object_of
from audit.paths import case_from_key
from disputes.models import Case, Wall
from disputes.permissions import visible_cases
from disputes.scopes import scope_of
from notices.domain.inbox import Keeper
from offices.models import User

# Objects of these are only for whom the case exists; the others have readers of their own, as a
# lawyer who is asked before the case opens to her.
FOR_READERS = ("disputes.", "viewflow.")


def subjects_of(urls):
    """Return {address: (id of its case, whether it is for readers of the case only)} of *urls*.

    Without those that belong to no case. No query when all of them are pages of cases.
    """
    objects = {url: found for url in urls if (found := _object_of(url))}
    cases = _cases_of(set(objects.values()))
    return {
        url: (cases[found], found[0].startswith(FOR_READERS))
        for url, found in objects.items()
        if found in cases
    }


def shut_out(cases, people, *, on):
    """Return the pairs of *cases* and *people*, ids, that are hidden from each other.

    By a wall, or by a seal without being named, on the date *on*. One query, and one more for
    each of the *people* when a case is sealed.
    """
    walls = Wall.objects.filter(case=OuterRef("pk"), user__in=people).order_by()
    rows = Case.objects.filter(pk__in=cases).filter(Q(sealed=True) | Exists(walls))
    kept = rows.annotate(kept=ArraySubquery(walls.values("user")))
    found = list(kept.values_list("pk", "sealed", "kept"))
    shut = {(case, person) for case, _sealed, kept in found for person in kept}
    sealed = [case for case, is_sealed, _kept in found if is_sealed]
    for person in User.objects.filter(pk__in=people) if sealed else ():
        hidden = Case.objects.filter(pk__in=sealed).filter(pk__in=scope_of(person, on).hidden())
        shut |= {(case, person.pk) for case in hidden.values_list("pk", flat=True)}
    return shut


def open_to(user):
    """Return the condition under which a notice may still be read by *user* today."""
    on = timezone.localdate()
    seen = visible_cases(user, on=on).filter(pk=OuterRef("subject"))
    beside = Q(for_readers=False) & ~Q(subject__in=scope_of(user, on).hidden())
    return Q(subject__isnull=True) | Q(Exists(seen)) | beside


KEEPER = Keeper(subjects=subjects_of, shut=shut_out, open_to=open_to)


def _object_of(url):
    """Return (label, key) of what the address *url* names, None when it names nothing."""
    try:
        found = object_of(resolve(url.partition("?")[0].partition("#")[0]))
    except Resolver404:
        return None
    return (found["object_type"], found["object_id"]) if found else None


def _cases_of(objects):
    """Return {(label, key): id of its case} of those *objects* that belong to one.

    One query when one of them is not itself a case.
    """
    keys = defaultdict(list)
    for label, key in objects:
        keys[label].append(key)
    cases = {("disputes.case", key): key for key in keys.pop("disputes.case", ())}
    parts, words = [], []
    for label, found in keys.items():
        # Names of tables and columns come from the models alone.
        case = case_from_key(apps.get_model(label), "k")
        parts.append(f"SELECT %s, k, {case} FROM unnest(%s::bigint[]) AS k")  # noqa: S608
        words += [label, found]
    if not parts:
        return cases
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), words)
        return cases | {(label, key): case for label, key, case in cursor.fetchall() if case}
