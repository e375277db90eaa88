"""A session before it is held, what one side said in confidence, a record not yet finished."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disputes.models import Party, Proceeding
from disputes.models.sealed import SealedTextField
from mediation.models.choices import NoticeMethod
from mediation.models.session import Session


class PlannedSession(models.Model):
    """When, where and with whom the parties are to meet; it takes its room and its mediator."""

    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="planned_sessions"
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    mode = models.CharField(_("how the parties meet"), max_length=8, choices=Session.Mode.choices)
    room = models.ForeignKey(
        "offices.Room", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("room"),
    )  # fmt: skip
    place = models.CharField(_("place"), max_length=100, blank=True)
    link = models.CharField(_("address of the video meeting"), max_length=200, blank=True)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("led by"),
    )  # fmt: skip
    notified_on = models.DateField(_("parties notified on"), null=True, blank=True)
    notice_method = models.CharField(
        _("how they were notified"), max_length=10, choices=NoticeMethod.choices, blank=True
    )
    cancelled = models.BooleanField(_("cancelled"), default=False)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("planned session")
        verbose_name_plural = _("planned sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="planned_session_takes_time"
            ),
            models.CheckConstraint(
                condition=~Q(mode="on_site") | ~Q(place="") | Q(room__isnull=False),
                name="planned_session_has_a_place",
            ),
            models.CheckConstraint(
                condition=~Q(mode="video") | ~Q(link=""), name="planned_session_has_a_link"
            ),
            models.CheckConstraint(
                condition=Q(notified_on__isnull=True, notice_method="")
                | Q(notified_on__isnull=False) & ~Q(notice_method=""),
                name="planned_session_notice_whole_or_absent",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.starts_at}"


class CaucusNote(models.Model):
    """What one side said to the mediator alone (人民调解法 article 15: not to be disclosed).

    It lies in a table of its own: no timeline, no package and no paper reaches it.
    """

    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, related_name="caucus_notes"
    )
    side = models.CharField(_("side"), max_length=10, choices=Party.Kind.choices)
    text = SealedTextField(_("text"))
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("caucus note")
        verbose_name_plural = _("caucus notes")
        ordering = ["-at", "-pk"]
        triggers = [
            pgtrigger.Protect(name="caucus_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return f"{self.proceeding_id} {self.side}"


class RecordDraft(models.Model):
    """The record of a session as far as it is written, and who wrote last."""

    proceeding = models.OneToOneField(
        Proceeding, on_delete=models.PROTECT, related_name="record_draft"
    )
    data = SealedTextField()
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("draft of a record")
        verbose_name_plural = _("drafts of records")

    def __str__(self):
        return f"{self.proceeding_id} {self.version}"
