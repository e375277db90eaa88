"""The forms of the pages as doors for programs: one description, one check, one verb.

A program sends as JSON what a person writes into a form; the form judges both alike.
"""

from datetime import date, datetime, time
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

# Fields of forms and what stands for them in JSON.
FIELDS = (
    (forms.ModelMultipleChoiceField, lambda f, k: serializers.ListField(child=_number(), **k)),
    (forms.MultipleChoiceField, lambda f, k: serializers.ListField(child=_text(), **k)),
    (forms.ModelChoiceField, lambda f, k: serializers.IntegerField(**k)),
    (forms.FileField, lambda f, k: serializers.FileField(**k)),
    (forms.BooleanField, lambda f, k: serializers.BooleanField(**k)),
    (forms.TypedChoiceField, lambda f, k: _choice(f, k)),
    (forms.ChoiceField, lambda f, k: _choice(f, k)),
    (forms.IntegerField, lambda f, k: serializers.IntegerField(**k)),
    (forms.DecimalField, lambda f, k: serializers.CharField(**k)),
    (forms.DateTimeField, lambda f, k: serializers.DateTimeField(**k)),
    (forms.DateField, lambda f, k: serializers.DateField(**k)),
    (forms.TimeField, lambda f, k: serializers.TimeField(**k)),
    (forms.EmailField, lambda f, k: serializers.EmailField(**k)),
)


def serializer_of(form_class, name, **more):
    """Return a serializer class *name* that describes the fields of *form_class*, and *more*."""
    fields = {
        key: _describe(field) for key, field in form_class.base_fields.items() if _told(field)
    }
    doc = (form_class.__doc__ or "").strip()
    return type(name, (serializers.Serializer,), {"__doc__": doc, **fields, **more})


def data_of(form_class_or_form, sent):
    """Return *sent*, an object of JSON or a posted form, as values that a form reads.

    Raises ``ValidationError`` for what the form does not ask for or what it cannot hold.
    """
    fields = getattr(form_class_or_form, "fields", None) or form_class_or_form.base_fields
    if isinstance(sent, QueryDict):
        return sent
    if not isinstance(sent, dict):
        raise ValidationError(_("An object is needed, with the fields of the form."))
    unknown = set(sent) - set(fields)
    if unknown:
        raise ValidationError({name: [_("There is no such field.")] for name in sorted(unknown)})
    values = QueryDict(mutable=True)
    for name, value in sent.items():
        values.setlist(name, _written(name, fields[name], value))
    return values


def errors_of(form, path=""):
    """Return the errors of *form* as {path with dots: sentences}."""
    return {
        ".".join(filter(None, (path, "" if name == "__all__" else name))): list(map(str, said))
        for name, said in form.errors.items()
    }


def describe_fields(form):
    """Return what the *form* asks for now, as a list that JSON can hold."""
    return [
        {
            "name": name,
            "label": str(field.label or name),
            "type": _type_of(field),
            "required": field.required,
            "help": str(field.help_text or ""),
            "choices": _choices_of(field),
            "initial": _plain(form[name].value() if not form.is_bound else None),
        }
        for name, field in form.fields.items()
        if _told(field)
    ]


def _told(field):
    return not isinstance(field.widget, forms.HiddenInput)


def _describe(field):
    options = {"required": False, "label": field.label, "help_text": field.help_text}
    if field.required and not getattr(field, "may_be_left_out", False):
        options["required"] = True
    else:
        options["allow_null"] = True
    options = {name: value for name, value in options.items() if value not in (None, "")}
    for kind, make in FIELDS:
        if isinstance(field, kind):
            return make(field, options)
    longest = getattr(field, "max_length", None)
    blank = {} if field.required else {"allow_blank": True}
    return serializers.CharField(**options, **blank, **({"max_length": longest} if longest else {}))


def _choice(field, options):
    if _is_yes_or_no(field):
        return serializers.BooleanField(**options)
    choices = [(value, label) for value, label in _flat(field.choices) if value != ""]
    # Choices that follow from the case are named by the step itself.
    return (
        serializers.ChoiceField(choices, **options) if choices else serializers.CharField(**options)
    )


def _number():
    return serializers.IntegerField()


def _text():
    return serializers.CharField()


def _is_yes_or_no(field):
    return [str(value) for value, _label in _flat(field.choices)] == ["yes", "no"]


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _type_of(field):
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        if isinstance(field, forms.MultipleChoiceField):
            return "list of choices"
        return "boolean" if _is_yes_or_no(field) else "choice"
    names = (
        (forms.ModelMultipleChoiceField, "list of choices"),
        (forms.ModelChoiceField, "choice"),
        (forms.BooleanField, "boolean"),
        (forms.FileField, "file"),
        (forms.IntegerField, "integer"),
        (forms.DecimalField, "decimal"),
        (forms.DateTimeField, "date-time"),
        (forms.DateField, "date"),
        (forms.TimeField, "time"),
    )
    return next((name for kind, name in names if isinstance(field, kind)), "text")


def _choices_of(field):
    if not hasattr(field, "choices") or _type_of(field) == "boolean":
        return []
    return [
        {"value": _plain(getattr(value, "value", value)), "label": str(label)}
        for value, label in _flat(field.choices)
        if str(value) != ""
    ]


def _plain(value):
    if callable(value):
        value = value()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple | set) or hasattr(value, "all"):
        return [_plain(each) for each in (value.all() if hasattr(value, "all") else value)]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return getattr(value, "pk", str(value))


def _written(name, field, value):
    """Return *value* as the list of texts in which a browser would send it."""
    if value is None or value is False and type(field) is forms.BooleanField:
        return []
    if isinstance(value, bool):
        yes_or_no = hasattr(field, "choices") and _is_yes_or_no(field)
        return [("yes" if value else "no") if yes_or_no else ("on" if value else "")]
    if isinstance(value, list):
        return [text for each in value for text in _written(name, field, each)]
    if isinstance(value, dict):
        raise ValidationError({name: [_("An object is not understood here.")]})
    if isinstance(field, forms.DateTimeField):
        return [_local(str(value))]
    return [str(value)]


def _local(text):
    """Return the moment *text*, RFC 3339, as a form takes it: here, to the minute."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{moment:%Y-%m-%dT%H:%M}"
