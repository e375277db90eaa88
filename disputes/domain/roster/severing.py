"""One worker who does not settle goes on alone; the others go on without her."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.evidence import copy_evidence
from disputes.domain.intake import Application, file_case
from disputes.domain.refusals import Refusal
from disputes.domain.roster.entries import LeftBefore
from disputes.domain.roster.results import Result
from disputes.domain.timeline import Reach, record
from disputes.models import Case, Claim, Consent, Member, MemberResult, Party, Severance

EMPLOYER = (
    "name",
    "credit_code",
    "no_code_reason",
    "phone",
    "address",
    "contact_name",
    "industry",
    "headcount_band",
    "capacity",
    "licence",
)
WORKER = (
    "name",
    "sex",
    "id_type",
    "id_number",
    "phone",
    "address",
    "accepts_e_service",
    "employment_form",
    "department",
    "is_migrant",
    "is_dispatched",
)


class StaysTheApplicant(Refusal):
    """The case is hers."""

    sentence = _(
        "The applicant who filed the case stays in it. Sever the others from her, or let her"
        " withdraw."
    )


@transaction.atomic
def go_alone(member, *, proceeding, office, reason, mediation=True, materials=(), at, by):
    """Let *member* go on alone at *office*, in a case of her own; return its proceeding.

    What is known goes with her: her person, the respondents, her amount, the facts, and of the
    *materials* those that are named, for the others stand in the rest. The claims of the roster
    count as not settled for her. *mediation* says whether she agrees to be mediated there. Her
    application interrupts the limitation period as any other does. Raises ``LeftBefore``,
    ``StaysTheApplicant``.
    """
    member = Member.objects.select_for_update().select_related("party", "case").get(pk=member.pk)
    if member.left_on:
        raise LeftBefore
    if member.party.role == Party.Role.APPLICANT:
        raise StaysTheApplicant
    opened = _file(member, office=office, mediation=mediation, at=at, by=by)
    copy_evidence(materials, proceeding=opened, at=at, by=by)
    Severance.objects.create(member=member, case=opened.case, reason=reason, at=at, by=by)
    _leave(member, proceeding, reason=reason, at=at, by=by)
    _tell(member, proceeding, opened, reason=reason, at=at, by=by)
    return opened


def _file(member, *, office, mediation, at, by):
    case, purpose = member.case, Consent.Purpose
    respondents = list(case.parties.filter(role=Party.Role.RESPONDENT).order_by("pk"))
    application = Application(
        case={
            "source": case.source,
            "cause": case.cause,
            "grade": case.grade,
            "level": case.level,
            "sealed": case.sealed,
            "facts": case.facts,
            "occurred_on": case.occurred_on,
        },
        worker={name: getattr(member.party, name) for name in WORKER},
        employer={name: getattr(respondents[0], name) for name in EMPLOYER},
        claims=_claims(member),
        consents={purpose.INFORMED: True, purpose.PROCESSING: True, purpose.MEDIATION: mediation},
    )
    proceeding = file_case(application, office=office, at=at, by=by)
    for other in respondents[1:]:
        other.pk, other._state.adding, other.case = None, True, proceeding.case
        other.save()
    return proceeding


def _claims(member):
    """Return her claims: the common ones, the sum of hers on the first of them that names one."""
    rows = list(Claim.objects.filter(case=member.case).of_applicant().order_by("pk"))
    priced = next((row for row in rows if row.amount is not None), rows[0] if rows else None)
    return [
        {
            "kind": row.kind,
            "amount": member.amount if row is priced else None,
            "period_from": member.period_from or row.period_from,
            "period_to": member.period_to or row.period_to,
            "detail": row.detail,
        }
        for row in rows
    ]


def _leave(member, proceeding, *, reason, at, by):
    member.left_on, member.left_reason = timezone.localdate(at), reason
    member.save(update_fields=["left_on", "left_reason"])
    claims = Claim.objects.filter(case=member.case).of_applicant()
    MemberResult.objects.bulk_create(
        [
            MemberResult(
                member=member,
                claim=claim,
                proceeding=proceeding,
                result=Result.NOT_SETTLED,
                at=at,
                by=by,
            )
            for claim in claims
        ],
        ignore_conflicts=True,
    )


def _tell(member, proceeding, opened, *, reason, at, by):
    told = {"at": at, "by": by, "text": reason, "key": True, "reach": Reach.ONWARD}
    record(
        Case(pk=member.case_id),
        N_("Worker %(number)s goes on alone as %(other)s"),
        proceeding=proceeding,
        number=member.number,
        other=opened.number,
        **told,
    )
    record(
        opened.case,
        N_("Severed from the collective case %(other)s"),
        proceeding=opened,
        other=proceeding.number,
        **told,
    )
