"""Finding lines of the log: by person, case, action and period."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from audit.models import AuditEntry

# People of one name are few; who types one letter is told to type more by what is found.
MOST_PEOPLE = 50
# Actions of somebody who was not known yet: the account stands there as the object.
NOBODYS = ("login_failed", "refused")

# Numbers and moments of lines run in the same order but for a clock that is set.
SLACK = timedelta(minutes=1)


@dataclass(frozen=True)
class Search:
    """What is looked for; what is empty does not narrow. Days are dates, both included."""

    person: str = ""
    case: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_narrow(self):
        """Whether anything is asked for."""
        return any(getattr(self, field.name) for field in fields(self))

    def __str__(self):
        asked = {field.name: getattr(self, field.name) for field in fields(self)}
        return " ".join(f"{name}={value}" for name, value in asked.items() if value)


def find(search):
    """Return the lines that *search* asks for, as a queryset without an order."""
    lines = AuditEntry.objects.order_by()
    if search.action:
        lines = lines.filter(action=search.action)
    if search.case:
        lines = lines.filter(case_id__in=cases_by_number(search.case))
    if search.person:
        lines = _of_people(lines, people(search.person), search.action)
    return _within(lines, search.since, search.until)


def people(text):
    """Return the ids of the people whose username is *text*, else of those whose name has it."""
    users = get_user_model().objects.order_by("pk").values_list("pk", flat=True)
    exact = list(users.filter(username__iexact=text))
    return exact or list(users.filter(name__icontains=text)[:MOST_PEOPLE])


def cases_by_number(text):
    """Return the ids of the cases that *text* is a number of, whoever may see them."""
    return import_string(settings.AUDIT["CASES_BY_NUMBER"])(text)


def numbers_of_cases(ids):
    """Return {id: matter number} of the cases *ids*."""
    ids = {pk for pk in ids if pk}
    return import_string(settings.AUDIT["NUMBERS_OF_CASES"])(ids) if ids else {}


def _of_people(lines, ids, action):
    if action in NOBODYS:
        account = Q(actor__isnull=True, object_type="offices.user", object_id__in=ids)
        return lines.filter(Q(actor__in=ids) | account)
    return lines.filter(actor__in=ids)


def _within(lines, since, until):
    """Narrow *lines* to a period: by moments exactly, by numbers so that pages are walked fast."""
    if since:
        begin = _midnight(since)
        first = _first_number(begin - SLACK)
        lines = lines.filter(at__gte=begin, pk__gte=first) if first else lines.none()
    if until:
        end = _midnight(until + timedelta(days=1))
        beyond = _first_number(end + SLACK)
        lines = lines.filter(at__lt=end)
        lines = lines.filter(pk__lt=beyond) if beyond else lines
    return lines


def _first_number(moment):
    """Return the number of the first line of *moment* or later, None when there is none."""
    later = AuditEntry.objects.filter(at__gte=moment).order_by("at", "pk")
    return later.values_list("pk", flat=True).first()


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
