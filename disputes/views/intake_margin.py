"""What stands in the margin while an application is written."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from disputes.domain import duplicates, forecast
from disputes.domain.advice import Advice, gaps_of, ways_of
from disputes.domain.collective import is_by_law
from disputes.forms.intake import SECTIONS
from disputes.look.words import say_day, say_short_day, say_yuan
from disputes.models import ClaimKind, IdType
from disputes.permissions import near_cases, visible_cases
from disputes.validators import (
    birth_date_of,
    normalise_credit_code,
    normalise_identity_number,
    normalise_name,
    normalise_organisation,
    normalise_phone,
    sex_of,
)
from disputes.views.paging import read_number
from law.avenues import relation_of
from law.explanation import say_length

TITLES = {
    "worker": gettext_lazy("Applicant"),
    "employer": gettext_lazy("Employer"),
    "dispute": gettext_lazy("Claims"),
    "confirm": gettext_lazy("Materials and confirmations"),
}


@dataclass(frozen=True)
class Progress:
    """How far a section of the form is. *state* is ok, bad or "" (not finished)."""

    anchor: str
    title: str
    state: str
    text: str


def progress(form, claims, files):
    """Return a ``Progress`` for each section of the form."""
    return [_progress(name, title, form, claims, files) for name, title in TITLES.items()]


def _progress(name, title, form, claims, files):
    wrong = _count_wrong(name, form, claims)
    if wrong:
        text = ngettext("%(n)s to change", "%(n)s to change", wrong) % {"n": wrong}
        return Progress(f"s-{name}", title, "bad", text)
    missing = _count_missing(name, form, claims)
    if missing:
        text = ngettext("%(n)s still to fill in", "%(n)s still to fill in", missing)
        return Progress(f"s-{name}", title, "", text % {"n": missing})
    return Progress(f"s-{name}", title, "ok", _say_done(name, claims, files))


def _count_wrong(name, form, claims):
    wrong = sum(len(form[field].errors) for field in SECTIONS[name]) if form.is_bound else 0
    if name == "dispute" and claims.is_bound:
        wrong += len(claims.non_form_errors())
        wrong += sum(len(errors) for row in claims.errors for errors in row.values())
    return wrong


def _count_missing(name, form, claims):
    missing = sum(
        form.fields[field].required and not form.written(field).strip() for field in SECTIONS[name]
    )
    return missing + (name == "dispute" and not claims.count())


def _say_done(name, claims, files):
    if name == "dispute":
        count = ngettext("%(n)s claim", "%(n)s claims", claims.count()) % {"n": claims.count()}
        return _("%(claims)s, %(amount)s yuan") % {
            "claims": count,
            "amount": say_yuan(claims.total()),
        }
    if name == "confirm" and files:
        return ngettext("%(n)s file", "%(n)s files", len(files)) % {"n": len(files)}
    return pgettext("section", "complete")


def dates(form, today):
    """Return what follows from filing as written: received_on, forecasts, limitation."""
    received_on = _day(form, "received_on") or today
    place = form.place
    return {
        "received_on": received_on,
        "forecasts": [
            (item, _say_how(item)) for item in forecast.forecast(received_on, tier=place.tier)
        ]
        if place
        else [],
        "limitation": forecast.limitation_at_least(
            occurred_on=_day(form, "occurred_on"), received_on=received_on, today=today
        ),
    }


def _say_how(item):
    """Return how the date of a ``Forecast`` comes about, in words."""
    if item.working_days:
        return _say_working_days(item)
    if item.due.legal == item.due.nominal:
        return ""
    return _("the last day, %(day)s, is a day off, so it ends later") % {
        "day": say_day(item.due.nominal)
    }


def _say_working_days(item):
    sentence = _("%(length)s: %(days)s") % {
        "length": say_length(item.due.run.length, item.due.run.unit),
        "days": _list(item.working_days),
    }
    if not item.skipped:
        return sentence
    return _("%(sentence)s; not counted: %(days)s") % {
        "sentence": sentence,
        "days": _list(item.skipped),
    }


def _list(days):
    return pgettext("between days", ", ").join(say_short_day(day) for day in days)


def _day(form, name):
    field = form.fields[name]
    try:
        return field.clean(form.written(name))
    except ValidationError:
        return None


def similar(form, claims, user, today):
    """Return the possible duplicates and how many go against the employer, among visible cases."""
    employer = form.known_employer
    names = [
        name
        for name in (normalise_organisation(form.written("employer")), employer and employer.name)
        if name
    ]
    code = (employer and employer.credit_code) or normalise_credit_code(form.written("credit_code"))
    cases = visible_cases(user, on=today)
    return {
        "duplicates": duplicates.possible_duplicates(
            _searchable(user, cases, today), _sought(form, names, code), on=today
        ),
        "against": duplicates.count_against(
            cases, employer_names=names, credit_code=code, on=today
        ),
        "collective": duplicates.COLLECTIVE,
        "advice": _advice(form, claims, today),
        "is_collective": is_by_law(
            workers=read_number(form.written("worker_count"), 1),
            common_claim=bool(form.written("common_claim")),
            cause=form.written("cause"),
        ),
    }


def _searchable(user, cases, today):
    """Return those of *cases* in which *user* may look for a person: not those seen masked."""
    near = near_cases(user, on=today)
    return cases if near is None else cases.filter(pk__in=near.order_by().values("pk"))


def _sought(form, names, code):
    phone = normalise_phone(form.written("worker_phone"))
    return duplicates.Sought(
        id_number=normalise_identity_number(form.written("id_number")),
        phone=phone if len(phone) > 6 else "",
        name=normalise_name(form.written("worker_name"))[:50],
        employer_names=tuple(names),
        credit_code=code,
        cause=form.written("cause"),
    )


def _advice(form, claims, today):
    """Return what the law says about respondents and claims as far as they are written."""
    number = normalise_identity_number(form.written("id_number"))
    citizen = form.written("id_type") == IdType.RESIDENT
    occurred, written = _day(form, "occurred_on") or today, form.written("employment_form")
    cause = form.written("cause")
    relation = relation_of(
        form=written,
        cause=cause,
        born=birth_date_of(number) if citizen else None,
        sex=sex_of(number) if citizen else "",
        on=occurred,
    )
    named = [(form.written("capacity"), form.written("licence"))]
    if form.written("other_name").strip():
        named.append((form.written("other_capacity"), ""))
    migrant = bool(form.written("is_migrant"))
    return Advice(
        gaps=gaps_of(form=written, dispatched=False, cause=cause, respondents=named),
        relation=relation,
        ways=ways_of(_kinds(claims), relation, on=occurred, migrant=migrant),
    )


def _kinds(claims):
    """Return (words, code, None) of each kind of claim that is chosen."""
    words = dict(ClaimKind.choices)
    chosen = [row["kind"].value() for row in claims]
    return [(words[code], code, None) for code in dict.fromkeys(chosen) if code in words]
