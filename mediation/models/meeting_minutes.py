"""The minutes of a meeting, what agencies say of the draft, and its editions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediation.models.meeting import Meeting
from mediation.models.meeting_agenda import AgendaItem


class Minutes(models.Model):
    """One edition of the minutes. What is issued stays; a mistake needs a further edition."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("minutes", "draft")
        COMMENTS = "comments", _("agencies comment")
        ISSUED = "issued", pgettext_lazy("minutes", "issued")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes_editions")
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    summary = models.TextField(_("how the meeting went"), blank=True)
    why = models.CharField(_("why corrected"), max_length=300, blank=True)
    comments_until = models.DateTimeField(_("comments until"), null=True, blank=True)
    paper = models.ForeignKey(
        "papers.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = pgettext_lazy("meeting", "minutes")
        verbose_name_plural = pgettext_lazy("meeting", "minutes")
        ordering = ["meeting", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "edition"], name="minutes_edition_once"),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(paper__isnull=False), name="minutes_with_number"
            ),
            models.CheckConstraint(
                condition=Q(edition=1) | ~Q(why=""), name="minutes_corrected_for_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.meeting_id} / {self.edition}"


class MinutesComment(models.Model):
    """What an agency says of the draft: of one item that it sees, or of all."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="comments")
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    agrees = models.BooleanField(_("agrees"))
    text = models.CharField(_("comment"), max_length=500, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("comment on minutes")
        verbose_name_plural = _("comments on minutes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(text=""), name="objection_says_what"
            ),
        ]

    def __str__(self):
        return f"{self.minutes_id} {self.office_id}"
