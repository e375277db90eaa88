"""Answers to any form of the house, as somebody in a hurry would write them."""

from datetime import datetime, timedelta

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from disputes.forms.fields import DayField, MoneyField

WORDS = "随机行走：当事人到场说明情况，双方没有异议。"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
# Moments that a form does not begin with: how many hours from now.
HOURS = {"started_at": -3, "ended_at": -1, "next_at": 50}
EMPTY = (None, "", [])
# What people mostly answer; otherwise few cases would get beyond their first step.
MOSTLY = {
    "in_scope": "yes", "complete": "yes", "accepted": "yes", "docketed": "yes",
    "received": "yes", "answer": "agreed", "applicant_present": "yes", "signed": "yes",
}  # fmt: skip


def fill(form, rng):
    """Return what a browser would post for *form*: known values kept, the rest drawn by *rng*."""
    answers = {name: _answer(form, name, field, rng) for name, field in form.fields.items()}
    return _sent(form, answers)


def mend(form, answers, rng):
    """Return *answers* with what the bound *form* complains about answered otherwise."""
    changed = dict(answers)
    for name in [name for name in form.errors if name in form.fields]:
        field, key = form.fields[name], form.add_prefix(name)
        if key in answers and not field.required and rng.random() < 0.6:
            del changed[key]
        else:
            changed |= _sent(form, {name: draw(form, name, field, rng)})
    if forms.forms.NON_FIELD_ERRORS in form.errors:
        changed |= fill(form, rng)
    return changed


def _sent(form, answers):
    return {form.add_prefix(name): value for name, value in answers.items() if value not in EMPTY}


def _answer(form, name, field, rng):
    known = MOSTLY.get(name) or shown(form, name, field)
    if known not in EMPTY and rng.random() < 0.9:
        return known
    if not field.required and rng.random() < 0.7:
        return None
    return draw(form, name, field, rng)


def shown(form, name, field):
    """Return the value with which the page shows the field, as the browser would send it."""
    value = form.get_initial_for_field(field, name)
    if isinstance(value, datetime):
        return _moment(value)
    value = field.prepare_value(value)
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return None if value in (None, False) else str(value)


def draw(form, name, field, rng):
    """Return a value that the field might take, None for nothing."""
    if isinstance(field, forms.ModelChoiceField | forms.ChoiceField):
        return _draw_choice(field, rng)
    if isinstance(field, forms.BooleanField):
        return "on" if rng.random() < 0.95 else None
    if isinstance(field, forms.FileField):
        return SimpleUploadedFile("凭证.pdf", PDF, content_type="application/pdf")
    if isinstance(field, MoneyField | forms.DecimalField):
        return str(rng.randrange(1, 150) * 100)
    if isinstance(field, forms.IntegerField):
        return str(rng.randint(1, 5))
    if isinstance(field, forms.DateTimeField):
        return _moment(timezone.now() + timedelta(hours=HOURS.get(name, rng.choice([-2, 26, 200]))))
    if isinstance(field, DayField | forms.DateField):
        return _draw_day(form, name, field, rng)
    return WORDS[: field.max_length]


def _draw_choice(field, rng):
    if isinstance(field, forms.ModelChoiceField):
        values = list(field.queryset.values_list("pk", flat=True)[:20])
    else:
        values = [value for value, _label in _flat(field.choices)]
    values = [str(value) for value in values if value not in EMPTY]
    if isinstance(field, forms.ModelMultipleChoiceField | forms.MultipleChoiceField):
        return rng.sample(values, min(len(values), rng.randint(1, 2)))
    return rng.choice(values) if values else None


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _draw_day(form, name, field, rng):
    last = getattr(field, "last", None)
    ahead = name in getattr(form, "ahead", ()) or last is None or last > timezone.localdate()
    days = rng.randint(0, 15) if ahead and rng.random() < 0.5 else -rng.choice([0, 0, 0, 1, 3])
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _moment(value):
    aware = timezone.make_aware(value) if timezone.is_naive(value) else value
    return timezone.localtime(aware).strftime("%Y-%m-%dT%H:%M")
