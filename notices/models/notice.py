"""A message to one person inside the house."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from notices.models.kinds import Kind


class Notice(models.Model):
    """Something a person should know or do, with the page where it can be done."""

    Kind = Kind

    # Stands in links that leave the house: it says nothing of what is behind it.
    uid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    # A msgid and what fills it: put together in the language of the reader.
    verb = models.CharField(max_length=150)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    # What the page is about, known to the rooms above: who may not know of it any more is not told
    # either. Not only for its readers: whoever is asked to help reads of it before it opens.
    subject = models.BigIntegerField(null=True, editable=False)
    for_readers = models.BooleanField(default=True, editable=False)
    # The same news is told to the same person once, however often the work is repeated.
    key = models.CharField(max_length=100)
    created_at = models.DateTimeField(_("moment"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_told_once")
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notice_inbox"),
            models.Index(
                fields=["recipient"],
                condition=models.Q(read_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(
                fields=["subject"],
                condition=models.Q(subject__isnull=False),
                name="notice_subject",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        """What the notice says, in the language of the reader."""
        try:
            return _(self.verb) % self.facts
        except (KeyError, TypeError, ValueError):
            return self.verb
