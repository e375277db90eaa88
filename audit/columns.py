"""Which columns of a table the log shows in clear, and which tables it covers.

The rule keeps quiet: numbers, dates, choices and references are shown; any other text is masked
unless the house's configuration (``settings.AUDIT``) names it as plain.
"""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

CLEAR_KINDS = (
    models.BooleanField,
    models.IntegerField,
    models.DecimalField,
    models.DateField,
    models.TimeField,
    models.ForeignKey,
)


def label_of(model):
    """Return by what name the log and its configuration call *model*: "disputes.case"."""
    return model._meta.label_lower


def recorded_models():
    """Return the models whose changes are recorded: all of the house but those it leaves out."""
    own = {room.label for room in apps.get_app_configs() if _is_ours(room)}
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in own
        and model._meta.managed
        and not model._meta.proxy
        and label_of(model) not in settings.AUDIT["UNRECORDED"]
    ]


def _is_ours(room):
    return Path(room.path).parent == settings.BASE_DIR and room.label != "audit"


def clear_columns(model):
    """Return the columns of *model* whose old and new value stand in the log as they are."""
    plain = settings.AUDIT["PLAIN"].get(label_of(model), ())
    hidden = settings.AUDIT["HIDDEN"].get(label_of(model), ())
    return sorted(
        field.column
        for field in model._meta.concrete_fields
        if ("*" in plain or field.name in plain or _is_clear(field)) and field.name not in hidden
    )


def _is_clear(field):
    return isinstance(field, CLEAR_KINDS) or bool(getattr(field, "choices", None))


def skipped_columns(model):
    """Return the columns of *model* that follow from others or only count, and its key."""
    skipped = settings.AUDIT["SKIPPED"].get(label_of(model), ())
    return sorted({model._meta.pk.column, *(_column(model, name) for name in skipped)})


def _column(model, name):
    return model._meta.get_field(name).column
