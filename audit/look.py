"""Lines of the log as an auditor reads them: words for what is stored as labels and numbers."""

from datetime import datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from audit.domain.finding import numbers_of_cases
from offices.duties import Role
from offices.models import Office

BADGES = {
    "refused": "danger", "login_failed": "danger", "reveal": "warn", "export": "warn",
    "print": "warn", "file": "warn", "remove": "warn", "change": "info", "add": "info",
}  # fmt: skip

# Tables that others made and gave no name that a clerk reads.
NAMELESS = {
    "offices.user_groups": gettext_lazy("group of a person"),
    "offices.user_user_permissions": gettext_lazy("permission of a person"),
    "offices.officegroupobjectpermission": gettext_lazy("duty of a group at an office"),
    "offices.officeuserobjectpermission": gettext_lazy("duty of a person at an office"),
    "mediation.appointment_members": gettext_lazy("member of a panel"),
    "viewflow.task": gettext_lazy("step"),
}


def dress(lines):
    """Give each of *lines* its words: ``who``, ``roles``, ``what``, ``case_number``,
    ``said_reason``, ``badge``.

    Two queries, whatever their number.
    """
    lines = list(lines)
    numbers = numbers_of_cases({line.case_id for line in lines})
    names = _office_names(lines)
    for line in lines:
        line.who = line.actor_name or _("the system")
        line.roles = pgettext("between names", ", ").join(_roles(line, names))
        line.what = say_object(line)
        line.case_number = numbers.get(line.case_id, "")
        line.said_reason = say_reason(line)
        line.badge = BADGES.get(line.action, "")
    return lines


def say_object(line):
    """Return the kind of the object of *line* in the language of the reader."""
    if line.object_type in NAMELESS:
        return str(NAMELESS[line.object_type])
    model = _model(line.object_type)
    return str(model._meta.verbose_name) if model else line.object_type


def say_reason(line):
    """Return what *line* was for, or why it was refused."""
    if line.action != "refused":
        return line.reason
    return {
        "403": _("without the duty"),
        "404": _("not hers to see, or not there"),
        "locked": _("locked after too many wrong passwords"),
    }.get(line.reason, line.reason)


def changes_of(line):
    """Return the changes of *line* as (name of the field, old value, new value)."""
    model = _model(line.object_type)
    return [
        (_field_name(model, column), *(_say(model, column, value) for value in values))
        for column, values in sorted((line.changes or {}).items())
    ]


def _model(label):
    try:
        return apps.get_model(label) if label else None
    except LookupError:
        return None


def _field(model, column):
    """Return the field of *model* kept in *column*, None when it is none any more."""
    try:
        return next(field for field in model._meta.concrete_fields if field.column == column)
    except (AttributeError, StopIteration, FieldDoesNotExist):
        return None


def _field_name(model, column):
    field = _field(model, column)
    if column == "q":
        return _("words searched for")
    if field is None or field.verbose_name != field.name.replace("_", " "):
        return str(field.verbose_name) if field else column
    # Nobody gave it a name: say what it refers to, else the column as it is called.
    return str(field.related_model._meta.verbose_name) if field.is_relation else column


def _say(model, column, value):
    """Return the stored text *value* in words: choices, yes and no, moments."""
    field = _field(model, column)
    if value in (None, ""):
        return ""
    choices = {str(key): str(words) for key, words in getattr(field, "flatchoices", ())}
    if value in choices:
        return choices[value]
    kind = field.get_internal_type() if field else ""
    if kind == "BooleanField":
        return _("yes") if value == "true" else _("no")
    if kind == "DateTimeField":
        return f"{timezone.localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M:%S}"
    return f"#{value}" if field and field.is_relation else value


def _office_names(lines):
    ids = {int(part.rpartition("@")[2]) for line in lines for part in line.served_as.split()}
    return dict(Office.objects.filter(pk__in=ids).values_list("pk", "short_name")) if ids else {}


def _roles(line, names):
    labels = dict(Role.choices)
    for part in line.served_as.split():
        role, _at, office = part.partition("@")
        yield f"{names.get(int(office), office)} {labels.get(role, role)}"
