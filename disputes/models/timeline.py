"""What happened in a case, in order, for ever."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case
from disputes.models.choices import Level
from disputes.models.proceeding import Proceeding


class TimelineEntry(models.Model):
    """One thing that happened. Written once; a mistake is corrected by a further entry."""

    class Kind(models.TextChoices):
        COURSE = "course", _("course")
        PAPER = "paper", _("papers")
        MEETING = "meeting", _("meetings")
        CALL = "call", _("calls")
        VISIT = "visit", _("visits")
        NOTE = "note", _("notes")
        CLOCK = "clock", _("deadlines")

    class Reach(models.TextChoices):
        """Who else reads an entry besides the office that wrote it."""

        ALL = "all", _("every office that handles or handled the case")
        ONWARD = "onward", _("this office and the tiers after it")
        OFFICE = "office", _("this office only")
        OWN = "own", _("only the writer")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="timeline")
    proceeding = models.ForeignKey(
        Proceeding,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="timeline",
    )
    at = models.DateTimeField(_("moment"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    # The verb is a msgid; what it says is put together when it is read, in the reader's language.
    verb = models.CharField(max_length=120)
    facts = models.JSONField(default=dict, blank=True)
    text = models.TextField(_("text"), blank=True)
    key = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(
        _("confidentiality"), choices=Level.choices, default=Level.CASE
    )
    reach = models.CharField(_("visible to"), max_length=8, choices=Reach.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("timeline entry")
        verbose_name_plural = _("timeline entries")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["case", "-at", "-id"], name="timeline_of_case")]
        triggers = [
            pgtrigger.Protect(name="timeline_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        """What happened, in the language of the reader."""
        try:
            return _(self.verb) % self.facts
        except (KeyError, TypeError, ValueError):
            return self.verb

    @property
    def confidential(self):
        """Whether the entry stays with the office that wrote it."""
        return self.reach in (self.Reach.OFFICE, self.Reach.OWN)
