"""How a form's field is laid out: its look, its width, its columns."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Django says this in words of its own; found under the same msgid, ours come first.
REQUIRED = gettext_noop("This field is required.")

COLUMNS = 6
MOST_SEGMENTS = 4
MOST_SEGMENT_SIGNS = 24
_FULL = (
    forms.Textarea,
    forms.CheckboxInput,
    forms.CheckboxSelectMultiple,
    forms.FileInput,
)


@dataclass(frozen=True)
class Section:
    """A numbered part of a form: its fields, each with the number of columns it spans."""

    title: str
    fields: list
    hint: str = ""


def look_of(bound):
    """Return the kind of a bound field: input, select, textarea, file, checkbox, seg or list."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "list"
    if isinstance(widget, forms.RadioSelect):
        return widget.attrs.get("data-look") or _radio_look(bound)
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.ClearableFileInput | forms.FileInput):
        return "file"
    return "select" if isinstance(widget, forms.Select) else "input"


def _radio_look(bound):
    labels = [str(label) for _value, label in bound.field.choices]
    short = len(labels) <= MOST_SEGMENTS and sum(map(len, labels)) <= MOST_SEGMENT_SIGNS
    return "seg" if short else "list"


def dress(bound):
    """Return the bound field as HTML with the classes and limits of its look."""
    look, own = look_of(bound), bound.field.widget.attrs.get("class", "")
    base = {"select": "form-select", "checkbox": "form-check-input"}.get(look, "form-control")
    attrs = {"class": f"{base} {own}".strip()}
    if look == "textarea" and bound.field.max_length:
        attrs["data-count"] = bound.field.max_length
    return bound.as_widget(attrs=attrs)


def span_of(form, bound):
    """Return over how many of the six columns a field goes; `form.spans` may say it by name."""
    told = getattr(form, "spans", {}).get(bound.name)
    if told:
        return told
    if isinstance(bound.field.widget, _FULL) or look_of(bound) == "list":
        return COLUMNS
    return 3


def sections_of(form):
    """Return the visible fields of *form* as `Section`s; the unnamed rest comes last.

    `form.sections` is a list of (title, names) or (title, names, hint). Names that the form does
    not have at the moment are passed over.
    """
    visible = {bound.name: bound for bound in form.visible_fields()}
    sections = []
    for title, names, *hint in getattr(form, "sections", []):
        fields = [visible.pop(name) for name in names if name in visible]
        if fields:
            sections.append(Section(title, _spanned(form, fields), *hint))
    if visible:
        sections.append(Section("", _spanned(form, visible.values())))
    return sections


def _spanned(form, fields):
    return [(bound, span_of(form, bound)) for bound in fields]


def errors_of(forms_):
    """Return every error of forms and formsets as (id of the field or "", sentence)."""
    found = []
    for form in forms_:
        if form is None or not form.is_bound:
            continue
        if hasattr(form, "forms"):
            found += [("", str(error)) for error in form.non_form_errors()]
            found += errors_of(form.forms)
            continue
        found += [("", str(error)) for error in form.non_field_errors()]
        for bound in form:
            found += [(_target(bound), _named(bound, error)) for error in bound.errors]
    return found


def _target(bound):
    """Return the id that a link to the field jumps to: of the first choice in a group."""
    if bound.field.widget.use_fieldset:
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _named(bound, error):
    """Return the error with the label before it, unless the sentence names the field itself."""
    label, error = str(bound.label), str(error)
    if label.lower() in error.lower():
        return error
    return _("%(label)s: %(error)s") % {"label": label, "error": error}
