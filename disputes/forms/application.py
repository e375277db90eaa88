"""What a checked intake form says, as the application that is filed."""

from disputes.domain.intake import Application
from disputes.models import Consent, EmploymentForm, IdType, Party, Tier
from disputes.validators import sex_of


def application_of(form, claims, elements=None):
    """Return the checked ``IntakeForm`` *form* as an ``Application`` with the rows *claims*.

    *elements* is the checked ``ElementsForm``, where it was offered.
    """
    return Application(
        case=_case(form),
        worker=_worker(form.cleaned_data),
        employer=_employer(form),
        claims=claims,
        consents=_consents(form),
        others=_others(form.cleaned_data),
        elements=elements.said(Party.Kind.WORKER) if elements else {},
    )


def _others(values):
    if not values["other_name"]:
        return []
    return [
        {
            "name": values["other_name"],
            "capacity": values["other_capacity"],
            "credit_code": values["other_code"],
            "phone": values["other_phone"],
        }
    ]


def _case(form):
    values = form.cleaned_data
    return {
        "source": values["source"] or form.fields["source"].initial,
        "cause": values["cause"],
        "occurred_on": values["occurred_on"],
        "received_on": values["received_on"] or form.today,
        "known_at": values["known_at"],
        "facts": values["facts"],
        "worker_count": values["worker_count"] or 1,
        # One worker asks for what she asks: others may join her on the roster.
        "common_claim": values["common_claim"] or (values["worker_count"] or 1) < 2,
    }


def _worker(values):
    citizen = values["id_type"] == IdType.RESIDENT
    return {
        "name": values["worker_name"],
        "phone": values["worker_phone"],
        "employment_form": values["employment_form"],
        "department": values["worker_department"],
        "id_type": values["id_type"],
        "id_number": values["id_number"],
        "address": values["address"],
        "accepts_e_service": values["e_service"] == "yes",
        "is_migrant": values["is_migrant"],
        "is_dispatched": values["employment_form"] == EmploymentForm.DISPATCH,
        "sex": sex_of(values["id_number"]) if citizen else "",
    }


def _employer(form):
    values, known = form.cleaned_data, form.known_employer
    return {
        "name": values["employer"],
        "credit_code": (known and known.credit_code) or values["credit_code"],
        "industry": known.industry if known else "",
        "phone": values["contact_phone"],
        "contact_name": values["contact_name"],
        "capacity": values["capacity"],
        "licence": values["licence"],
    }


def _consents(form):
    values, purpose = form.cleaned_data, Consent.Purpose
    consents = {
        purpose.INFORMED: values["informed"],
        purpose.PROCESSING: values["processing"],
        purpose.SHARING: values["sharing"],
        purpose.MEDIATION: values["mediation"],
        purpose.E_SERVICE: values["e_service"] == "yes",
    }
    if form.place.tier == Tier.ENTERPRISE:
        consents[purpose.NEXT_TIER] = values["next_tier"]
    return consents
