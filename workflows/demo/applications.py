"""The application with which a case of the demo begins, and who files it where."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from disputes.domain.intake import Application
from disputes.models import Consent, EmploymentForm, IdType
from law.classification import COLLECTIVE_WORKERS
from offices.duties import Role
from offices.models import Office, User
from workflows.demo import claims, employers, people
from workflows.demo.words import day_words, month_words, say

FORMS = {
    EmploymentForm.CONTRACT: 78,
    EmploymentForm.DISPATCH: 6,
    EmploymentForm.OUTSOURCED: 5,
    EmploymentForm.PART_TIME: 5,
    EmploymentForm.CONTRACTOR: 6,
}


@dataclass(frozen=True)
class Filing:
    """An application, the office that gets it, and who files it for whom."""

    application: Application
    office: Office
    by: User
    reporting_office: Office | None = None


def make_filing(plan, *, rng, stage, place, office, twin=None):
    """Return the ``Filing`` of *plan* at *office*, an office of *place*.

    *twin*, another ``Filing``, is of the same matter: the same worker, employer and claims.
    """
    received_on = timezone.localdate(plan.filed_at)
    handling, by, reporting = _who_files(place, office, stage, rng)
    employer = _employer(place, office, rng)
    application = _application(plan, rng, stage, employer, handling)
    if twin:
        application = _told_again(application, twin.application, received_on)
    return Filing(application, handling, by, reporting)


def _who_files(place, office, stage, rng):
    """Return (the office that handles the case, who files it, the office that reports it)."""
    if place == "station":
        centres = [centre for centre in stage.centres if centre.county == office.county]
        handling = (centres or stage.centres or [None])[0]
        return handling, stage.person(office, Role.STATION_REPORTER), office
    if place == "city":
        clerk = stage.person(stage.federation, Role.FEDERATION_CLERK)
        return office, clerk, stage.federation
    if place == "commission":
        return office, stage.person(office, Role.ARBITRATION_CLERK), None
    return office, stage.person(office, Role.MEDIATOR), None


def _employer(place, office, rng):
    if place == "enterprise":
        return employers.of_committee(office)
    return employers.draw_employer(rng, industry=office.industry if place == "industry" else "")


# The agency of every story with dispatched workers.
AGENCY = "锦北样例劳务派遣有限公司"


def _application(plan, rng, stage, employer, office):
    received_on = timezone.localdate(plan.filed_at)
    occurred_on = received_on - timedelta(days=rng.randrange(5, 120))
    worker = _worker(plan, rng, _county(rng, stage, office))
    asked = _claims(plan, rng, occurred_on, arbitrated=office.tier == Office.Tier.ARBITRATION)
    others = _others(plan, worker, employer)
    return Application(
        case={
            "source": plan.source,
            "cause": plan.cause,
            "grade": plan.grade,
            "worker_count": plan.workers,
            "collective": plan.workers >= COLLECTIVE_WORKERS,
            "occurred_on": occurred_on,
            "received_on": received_on,
            "facts": _facts(plan, rng, employer, occurred_on, asked),
        },
        worker=worker,
        employer=employers.employer_facts(rng, employer) | ({"capacity": "user"} if others else {}),
        claims=asked,
        consents=_consents(plan, rng, office, worker),
        others=others,
    )


def _others(plan, worker, employer):
    """Return the agency that a dispatched worker names beside the user enterprise, one in two."""
    named = worker["is_dispatched"] and int(worker["id_number"][14:17]) % 2
    if not (named or plan.dispatched) or employer.name == AGENCY:
        return []
    return [{"name": AGENCY, "capacity": "agency", "phone": "15400009001"}]


def _claims(plan, rng, occurred_on, *, arbitrated):
    total = plan.total or claims.draw_total(rng, plan.cause) * plan.workers
    if plan.claims:
        return claims.make_claims(rng, plan.claims, total=total, until=occurred_on)
    if plan.total or plan.workers > 1:
        kinds = [claims.FIRST.get(plan.cause, claims.ClaimKind.OTHER)]
        return claims.make_claims(rng, kinds, total=total, until=occurred_on)
    return claims.draw_claims(rng, plan.cause, occurred_on=occurred_on, arbitrated=arbitrated)


def _county(rng, stage, office):
    """Return where the worker lives: in the office's district, or in one of the city's."""
    counties = [centre.county for centre in stage.centres if centre.county]
    return office.county if office.county in counties or not counties else rng.choice(counties)


def _worker(plan, rng, county):
    form = rng.choices(list(FORMS), FORMS.values())[0]
    form = EmploymentForm.DISPATCH if plan.dispatched else plan.form or form
    return {
        **people.draw_worker(rng, kind=plan.name_kind, born=plan.born),
        "id_type": IdType.RESIDENT,
        "phone": people.draw_phone(rng),
        "address": people.draw_address(rng, county),
        "accepts_e_service": rng.random() < 0.6,
        "employment_form": form,
        "is_dispatched": form == EmploymentForm.DISPATCH,
        "is_migrant": rng.random() < 0.4,
    }


def _facts(plan, rng, employer, occurred_on, asked):
    since = occurred_on - timedelta(days=rng.randrange(90, 2500))
    return say(
        rng,
        f"facts.{'collective' if plan.workers > 1 else plan.cause}",
        firm=employer.name,
        job=rng.choice(employer.jobs),
        since=month_words(since),
        occurred=day_words(occurred_on),
        month=month_words(occurred_on),
        total=f"{claims.sum_of(asked):,.2f}",
        workers=plan.workers,
    )


def _consents(plan, rng, office, worker):
    purpose = Consent.Purpose
    consents = {
        purpose.INFORMED: True,
        purpose.PROCESSING: True,
        purpose.SHARING: rng.random() < 0.85,
        purpose.MEDIATION: office.tier != Office.Tier.ARBITRATION,
        purpose.E_SERVICE: worker["accepts_e_service"],
    }
    if office.tier == Office.Tier.ENTERPRISE:
        consents[purpose.NEXT_TIER] = plan.next_tier
    return consents


def _told_again(application, first, received_on):
    """Return *application* with the matter of the application *first*."""
    case = {
        **application.case,
        **{name: first.case[name] for name in ("cause", "facts", "occurred_on")},
    }
    case["occurred_on"] = min(case["occurred_on"], received_on)
    return Application(case, first.worker, first.employer, first.claims, application.consents)
