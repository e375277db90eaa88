"""The tables in which a case lives, and how their rows hang together."""

from functools import cache

from django.apps import apps
from django.db import models

from audit.paths import case_from_key, way_to_case
from disputes.models import Case, Proceeding
from disputes.models.sealed import SealedTextField

# Not copied: traces of what people did, and what one case has together with another.
LEFT_OUT = {
    "disputes.reveal", "disputes.joinder", "disputes.merger", "disputes.severance",
    "disputes.deadlinechange", "disputes.dossier", "workflows.stucktimer",
    "arbitration.packageexport", "mediation.agendaitem", "papers.paper",
}  # fmt: skip
# What is copied with new numbers of its own.
NUMBERED = (Case, Proceeding)


@cache
def tables():
    """Return the models whose rows belong to one case, those first on which others hang."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if _belongs_to_a_case(model) and not _has_own_numbers(model)
    ]
    while left := [model for model in found if not _hangs_on(model, found)]:
        found = [model for model in found if model not in left]
    return _sorted(found)


def links(model):
    """Return {column: model} of the foreign keys of *model* into tables of the same case."""
    return {
        field.column: field.remote_field.model._meta.concrete_model
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.remote_field
        and field.remote_field.model._meta.concrete_model in tables()
    }


def case_of(model, row):
    """Return SQL for the case of the *row* (a table alias) of *model*."""
    return case_from_key(model, f"{row}.{model._meta.pk.column}")


def days_of(model):
    """Return (columns of dates, columns of moments) of *model*."""
    dates, moments = [], []
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateTimeField):
            moments.append(field.column)
        elif isinstance(field, models.DateField):
            dates.append(field.column)
    return dates, moments


def words_of(model):
    """Return the columns of *model* in which people write, and may write a name."""
    return [
        field.column
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField)
        and not isinstance(field, SealedTextField)
        and not field.choices
    ]


def _belongs_to_a_case(model):
    meta = model._meta
    return (
        meta.managed
        and not meta.proxy
        and meta.label_lower not in LEFT_OUT
        and way_to_case(model) is not None
    )


def _has_own_numbers(model):
    fields = model._meta.concrete_fields
    own = [f for f in fields if f.unique and not f.primary_key and not f.is_relation]
    return bool(own) and model not in NUMBERED


def _hangs_on(model, found):
    """Return whether the rows that *model* cannot do without are copied as well."""
    steps = way_to_case(model)
    for field in model._meta.concrete_fields:
        if not field.is_relation or not field.remote_field:
            continue
        there = field.remote_field.model._meta.concrete_model
        leads = bool(steps) and steps[0][1] == field.column
        needed = leads or not field.null
        if needed and way_to_case(there) is not None and there not in found:
            return False
    return True


def _sorted(found):
    order, rest = [], list(found)
    while rest:
        ready = [model for model in rest if not (_needs(model, found) - set(order))]
        # The engine's rows point at each other in a circle; without checks any order will do.
        ready = ready or rest[:1]
        order += ready
        rest = [model for model in rest if model not in ready]
    return order


def _needs(model, found):
    return {
        field.remote_field.model._meta.concrete_model
        for field in model._meta.concrete_fields
        if field.is_relation and field.remote_field
    }.intersection(found) - {model}
