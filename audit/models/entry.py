"""One line of the log."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.models.append_only import append_only


class Action(models.TextChoices):
    """What was done."""

    ADD = "add", pgettext_lazy("audit", "added")
    CHANGE = "change", pgettext_lazy("audit", "changed")
    REMOVE = "remove", pgettext_lazy("audit", "removed")
    VIEW = "view", pgettext_lazy("audit", "viewed")
    LIST = "list", pgettext_lazy("audit", "listed")
    SEARCH = "search", pgettext_lazy("audit", "searched")
    REVEAL = "reveal", pgettext_lazy("audit", "revealed")
    EXPORT = "export", pgettext_lazy("audit", "exported")
    PRINT = "print", pgettext_lazy("audit", "printed")
    FILE = "file", pgettext_lazy("audit", "opened a file")
    REFUSED = "refused", pgettext_lazy("audit", "refused")
    LOGIN = "login", pgettext_lazy("audit", "logged in")
    LOGOUT = "logout", pgettext_lazy("audit", "logged out")
    LOGIN_FAILED = "login_failed", pgettext_lazy("audit", "failed to log in")


class AuditEntry(models.Model):
    """Who did what to which object, when, from where and what for. Written once.

    Objects are named by words and numbers, not by foreign keys: a line outlives what it tells
    of, and this room knows no other. ``changes`` maps a column to its [old, new] value as text;
    what the auditor may not read stands there masked.
    """

    Action = Action

    at = models.DateTimeField(_("moment"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("person"),
    )
    # The name of that day; empty when the house itself acts.
    actor_name = models.CharField(_("name"), max_length=50, blank=True)
    # Role and id of the office of each posting in force, "mediator@12 head@7".
    served_as = models.CharField(_("served as"), max_length=200, blank=True)
    address = models.CharField(_("from where"), max_length=45, blank=True)
    request = models.CharField(_("request"), max_length=32, blank=True)
    # Name of the page, of the background job, of the command, or of the database role.
    door = models.CharField(_("door"), max_length=100, blank=True)
    action = models.CharField(_("action"), max_length=12, choices=Action.choices)
    object_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_id = models.BigIntegerField(_("number of the object"), null=True)
    case_id = models.BigIntegerField(_("case"), null=True)
    reason = models.CharField(_("what for"), max_length=300, blank=True)
    changes = models.JSONField(_("changes"), null=True)

    class Meta:
        verbose_name = _("line of the audit log")
        verbose_name_plural = _("lines of the audit log")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["at"], name="audit_by_moment"),
            models.Index(fields=["actor", "-id"], name="audit_by_person"),
            models.Index(
                fields=["case_id", "actor", "-id"],
                condition=models.Q(case_id__isnull=False),
                name="audit_by_case",
            ),
            models.Index(fields=["action", "-id"], name="audit_by_action"),
        ]
        triggers = append_only("audit_entries")

    def __str__(self):
        return f"{self.pk} {self.action}"
