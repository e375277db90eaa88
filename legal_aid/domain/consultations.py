"""Consultations: booked, written down, and what becomes of them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from disputes.domain.drafts import content_of, read_draft, save_draft
from disputes.domain.timeline import Reach, record
from legal_aid.domain import applications
from legal_aid.domain.pool import check_available
from legal_aid.domain.refusals import (
    ConsultationOver,
    DraftUnderWay,
    EndsBeforeItBegins,
    HasCase,
    LawyerTaken,
    NotHeldYet,
)
from legal_aid.models import Application, Consultation, Duty

# The form of the intake desk whose draft a consultation fills in.
INTAKE = "intake"


@transaction.atomic
def book(centre, *, lawyer, starts_at, ends_at, at, by, **facts):
    """Book a talk with *lawyer* between two aware moments; *facts* are columns of the row.

    Within office hours of hers it hangs on them. Raises ``EndsBeforeItBegins``, ``LawyerTaken``,
    and what ``pool.check_available`` raises.
    """
    if ends_at <= starts_at:
        raise EndsBeforeItBegins
    check_available(lawyer, on=timezone.localdate(starts_at))
    taken = Consultation.objects.filter(
        lawyer=lawyer, cancelled_at__isnull=True, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if taken.exists():
        raise LawyerTaken
    duty = Duty.objects.filter(lawyer=lawyer, starts_at__lte=starts_at, ends_at__gte=ends_at)
    return Consultation.objects.create(
        centre=centre,
        lawyer=lawyer,
        duty=duty.first(),
        starts_at=starts_at,
        ends_at=ends_at,
        booked_at=at,
        booked_by=by,
        **facts,
    )


@transaction.atomic
def write_down(consultation, *, answer, result, at, by, rating=None, **facts):
    """Write down what *consultation* was about and what was answered.

    *facts* correct columns that were told otherwise at booking; *rating* is 1 to 5. Raises
    ``ConsultationOver``.
    """
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not row.is_open:
        raise ConsultationOver
    for name, value in facts.items():
        setattr(row, name, value)
    row.answer, row.result, row.rating, row.held_at = answer, result, rating, at
    row.save()
    return row


@transaction.atomic
def call_off(consultation, *, at, by):
    """Call *consultation* off; the lawyer is free again. Raises ``ConsultationOver``."""
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if not row.is_open:
        raise ConsultationOver
    row.cancelled_at, row.duty = at, None
    row.save(update_fields=["cancelled_at", "duty"])
    return row


@transaction.atomic
def make_draft(consultation, *, at, by, wants_aid=False):
    """Fill the intake form of *by* with what *consultation* knows; nothing is typed twice.

    When the application is filed, ``take_case`` knows the consultation by its token. Raises
    ``NotHeldYet``, ``HasCase``, and ``DraftUnderWay`` rather than overwrite another draft.
    """
    row = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if row.held_at is None:
        raise NotHeldYet
    if row.case_id:
        raise HasCase
    known = read_draft(by, form=INTAKE)
    if known and content_of(known).get("token") != [str(row.token)]:
        raise DraftUnderWay
    row.wants_aid = wants_aid
    row.save(update_fields=["wants_aid"])
    return save_draft(by, form=INTAKE, content=_content(row), at=at)


def _content(row):
    content = {
        "token": [str(row.token)],
        "worker_name": [row.name],
        "worker_phone": [row.phone],
        "employer": [row.employer],
        "cause": [row.cause],
        "facts": [row.question],
    }
    if row.is_migrant:
        content["is_migrant"] = ["on"]
    return content


def take_case(case, *, proceeding, at, by):
    """Let the consultation from which *case* was filed, if there was one, know its case.

    Where aid was wanted, the application is received. Returns the consultation, or None.
    """
    if case.filing_token is None:
        return None
    row = Consultation.objects.filter(token=case.filing_token, case__isnull=True).first()
    if row is None:
        return None
    row.case = case
    row.save(update_fields=["case"])
    record(
        case,
        N_("A lawyer of legal aid had been consulted before"),
        at=at,
        by=by,
        proceeding=proceeding,
        reach=Reach.OFFICE,
    )
    if row.wants_aid:
        applications.receive(
            case,
            centre=row.centre,
            help_kind=Application.Help.MEDIATION,
            stage=Application.Stage.MEDIATION,
            groups=[Application.Group.MIGRANT] if row.is_migrant else [],
            facts=case.facts or row.question,
            # The form in which aid was wanted does not go on without it.
            promised=True,
            at=at,
            by=by,
        )
    return row
