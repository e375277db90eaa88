"""Keys with which programs act for a person, and what they have already been answered."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.sealed import SealedTextField


class Scope(models.TextChoices):
    """What a token may be used for; never more than its person may do."""

    CASES_READ = "cases:read", _("read cases, deadlines and documents")
    CASES_WRITE = (
        "cases:write",
        _("file cases, hand in documents, issue papers, plan, write agreements, ask for aid"),
    )
    TASKS_WRITE = "tasks:write", _("claim, complete and reassign steps, record sessions")
    OFFICES_READ = "offices:read", _("read the register of offices")


class ApiToken(models.Model):
    """A token of one person: only its hash is kept, it ends, and it opens no more than *scopes*."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="api_tokens",
        verbose_name=_("person"),
    )
    name = models.CharField(_("what it is used for"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # The first letters, by which a person knows which one it is.
    start = models.CharField(_("begins with"), max_length=8)
    scopes = ArrayField(models.CharField(max_length=20), verbose_name=_("what it opens"))
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")),
                name="token_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(scopes__len__gt=0), name="token_opens_something"
            ),
        ]
        indexes = [models.Index(fields=["user", "-id"], name="token_of_user")]

    def __str__(self):
        return f"{self.start}… {self.name}"


class AnsweredCall(models.Model):
    """A call that created something, with its answer: asked again under its key it is repeated."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="answered_calls"
    )
    key = models.CharField(_("key"), max_length=100)
    # Of address and body: the same key with another question is a mistake.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    answer = SealedTextField(_("answer"), blank=True)
    location = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(_("moment"), db_index=True)

    class Meta:
        verbose_name = _("answered call")
        verbose_name_plural = _("answered calls")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="call_once")]

    def __str__(self):
        return self.key
