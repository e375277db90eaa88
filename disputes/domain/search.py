"""Finding cases by what a clerk has at hand: a number, a name, a telephone, an identity number."""

import re

from django.db.models import Q

from disputes.domain.numbers import number_key
from disputes.models import Case, Party, Proceeding
from disputes.models.party import pairs_of
from disputes.models.sealed import indexes_of
from disputes.validators import normalise_identity_number, normalise_name
from offices.validators import (
    narrow,
    normalise_credit_code,
    normalise_organisation,
    normalise_phone,
)

MOST = 80
_MATTER = re.compile(r"(\d{4})-(\D+)-(\d{1,6})")
_SERIAL = re.compile(r"(?=.*[^\W\d_]).+-(19|20)\d{2}-\d{1,9}")

_DOCUMENT = re.compile(r"[0-9A-Z]{18}", re.ASCII)


def find_cases(cases, text, *, near=None):
    """Narrow *cases*, a queryset of what the person may see, to those that *text* means.

    A worker is found only among *near* when it is given: where names are masked nobody may
    unmask them by searching. Raises nothing: what means nothing finds nothing.
    """
    text = narrow(text.replace("\x00", ""))[:MOST]
    if not text:
        return cases
    found = _by_number(cases, text)
    if found is not None:
        return found
    for find in (_by_document, _by_phone, _by_name):
        parties = find(text)
        if parties is not None:
            if near is not None:
                known = Q(kind=Party.Kind.EMPLOYER) | Q(case__in=near.order_by().values("pk"))
                parties = parties.filter(known)
            return cases.filter(pk__in=parties.values("case"))
    return cases.none()


def cases_by_number(text):
    """Return the ids of the cases that *text* is a number of, for the audit log."""
    found = _by_number(Case.objects.all(), narrow(text.replace("\x00", ""))[:MOST])
    return [] if found is None else list(found.order_by("pk").values_list("pk", flat=True)[:50])


def numbers_of_cases(ids):
    """Return {id: matter number} of the cases *ids*, for the audit log."""
    return dict(Case.objects.filter(pk__in=ids).values_list("pk", "matter_number"))


def _by_number(cases, text):
    key = number_key(text)
    matter = _MATTER.fullmatch(key)
    if matter:
        year, mark, serial = matter.groups()
        return cases.filter(matter_number=f"{year}-{mark}-{int(serial):06d}")
    if not _SERIAL.fullmatch(key):
        return None
    return cases.filter(pk__in=Proceeding.objects.filter(number_key=key).values("case"))


def _by_document(text):
    """Find by identity number or by credit code: both have 18 characters."""
    number, code = normalise_identity_number(text), normalise_credit_code(text)
    if not _DOCUMENT.fullmatch(number) and not _DOCUMENT.fullmatch(code):
        return None
    return Party.everyone.filter(Q(id_index__in=indexes_of(number)) | Q(credit_code=code))


def _by_phone(text):
    phone = normalise_phone(text)
    if not re.fullmatch(r"[\d-]{4,20}", phone, re.ASCII):
        return None
    if len(phone) == 4:
        return Party.everyone.filter(phone_tail_index__in=indexes_of(f"tail:{phone}"))
    return Party.everyone.filter(phone_index__in=indexes_of(phone))


def _by_name(text):
    names = {normalise_name(text), normalise_organisation(text)}
    if any(len("".join(name.split())) < 2 for name in names):
        return None
    called = Q()
    for name in names:
        called |= Q(name_pairs__contains=pairs_of(name))
    return Party.everyone.filter(called)
