"""Filing what a form holds: once, with its files, and then no draft is left."""

from uuid import uuid4

from django.db import IntegrityError, transaction

from disputes.domain.evidence import take_over
from disputes.domain.intake import file_case
from disputes.models import Case, Party


def file_once(application, *, token, office, at, by, reporting_office=None, draft=None):
    """File *application* under *token* and return (proceeding, whether it was filed just now).

    The token was made with the empty form. A form that comes twice, even at the same moment,
    finds the case that the first one filed. A token that somebody else has used counts for
    nothing.
    """
    if _is_used_by_others(token, by):
        token = uuid4()
    found = filed_before(token, by=by)
    if found:
        return found, False
    try:
        with transaction.atomic():
            return _file(application, token, office, at, by, reporting_office, draft), True
    except IntegrityError:
        found = filed_before(token, by=by)
        if not found:
            raise
        return found, False


def _is_used_by_others(token, by):
    return Case.objects.filter(filing_token=token).exclude(filed_by=by).exists()


def filed_before(token, *, by):
    """Return the first proceeding of the case that *by* filed under *token*, or None."""
    case = Case.objects.filter(filing_token=token, filed_by=by).first()
    return case and case.proceedings.order_by("ordinal").first()


def is_of(proceeding, *, id_number):
    """Return whether the applicant of the case of *proceeding* has *id_number*."""
    applicants = Party.objects.filter(case=proceeding.case, role=Party.Role.APPLICANT)
    return any(party.id_number == id_number for party in applicants)


def _file(application, token, office, at, by, reporting_office, draft):
    application.case["filing_token"] = token
    proceeding = file_case(
        application, office=office, at=at, by=by, reporting_office=reporting_office
    )
    if draft is not None:
        take_over(draft.files.all(), proceeding=proceeding, at=at, by=by)
        draft.delete()
    return proceeding
