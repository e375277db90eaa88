"""Filing a case: from an application to a proceeding at its first office."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from disputes.domain import clocks, numbers
from disputes.domain.collective import is_by_law
from disputes.domain.consents import asked
from disputes.domain.facts import state_facts
from disputes.domain.proceedings import open_proceeding
from disputes.domain.routes import note_filing
from disputes.domain.routing import federation_of
from disputes.domain.timeline import record
from disputes.models import Case, Claim, Consent, Party


@dataclass(frozen=True)
class Application:
    """What a worker asks for when she comes: the fields of the application form.

    *case*, *worker* and *employer* are field values of the models of those names; *claims* is a
    list of the same for ``Claim``; *consents* maps a ``Consent.Purpose`` to given or refused.
    """

    case: dict
    worker: dict
    employer: dict
    claims: list = field(default_factory=list)
    consents: dict = field(default_factory=dict)
    # Further respondents, as fields of ``Party``.
    others: list = field(default_factory=list)
    # What she states of the elements (要素): {element: ``Said``}.
    elements: dict = field(default_factory=dict)


@transaction.atomic
def file_case(application, *, office, at, by=None, reporting_office=None):
    """File *application* at *office* and open its first proceeding, which is returned.

    The application interrupts the limitation period (企业劳动争议协商调解规定 article 31,
    劳动人事争议仲裁办案规则 article 27).
    """
    federation = federation_of(office)
    received_on = application.case.get("received_on") or timezone.localdate(at)
    facts = {"worker_count": 1, "common_claim": True, "collective": False, **application.case}
    facts["collective"] = facts["collective"] or is_by_law(
        workers=facts["worker_count"], common_claim=facts["common_claim"], cause=facts["cause"]
    )
    case = Case.objects.create(
        **{**facts, "received_on": received_on},
        matter_number=numbers.matter_number(federation, year=timezone.localdate(at).year),
        federation=federation,
        filed_at=at,
        filed_by=by,
        reporting_office=reporting_office,
        goes_on_by_itself=application.consents.get(Consent.Purpose.NEXT_TIER, False),
    )
    worker = _add_parties(case, application)
    _add_claims(case, application.claims)
    _record_consents(worker, application.consents, at=at, by=by)
    clocks.start_clock(case, "LIMITATION", on=received_on, at=at, by=by, party=worker)
    record(
        case,
        N_("Application received, limitation interrupted"),
        at=at,
        by=by,
        key=True,
    )
    proceeding = open_proceeding(case, office=office, at=at, by=by)
    note_filing(proceeding, at=at, by=by)
    if application.elements:
        state_facts(proceeding, application.elements, seen={}, at=at, by=by)
    return proceeding


def _add_parties(case, application):
    worker = Party.objects.create(
        case=case,
        role=Party.Role.APPLICANT,
        kind=Party.Kind.WORKER,
        **application.worker,
    )
    Party.objects.create(
        case=case,
        role=Party.Role.RESPONDENT,
        kind=Party.Kind.EMPLOYER,
        **application.employer,
    )
    for other in application.others:
        facts = {"role": Party.Role.RESPONDENT, "kind": Party.Kind.EMPLOYER, **other}
        Party.objects.create(case=case, **facts)
    return worker


def _add_claims(case, claims):
    Claim.objects.bulk_create([Claim(case=case, **claim) for claim in claims])


def _record_consents(worker, consents, *, at, by):
    Consent.objects.bulk_create(
        [
            Consent(
                party=worker,
                purpose=purpose,
                recipient=recipient,
                given=given,
                at=at,
                recorded_by=by,
            )
            for purpose, given in consents.items()
            for recipient in asked(purpose)
        ]
    )
