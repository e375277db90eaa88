"""Two reports of one matter, of which one is taken into the other."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case


class Merger(models.Model):
    """The case *merged* was a second report of the matter of the case *into*.

    It keeps its number, its first reporter and everything that was written in it, and points to
    the other, which goes on.
    """

    merged = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="mergers")
    into = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="taken_in")
    reason = models.CharField(_("reason"), max_length=500)
    # Claims that the other case did not have, by id there: undoing gives them up again.
    claims = ArrayField(models.BigIntegerField(), default=list, editable=False)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undo_reason = models.CharField(_("why it was undone"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="case_merged_once"
            ),
            models.CheckConstraint(
                condition=~Q(merged=models.F("into")), name="case_not_merged_into_itself"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="merger_says_why"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undo_reason="", undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undo_reason=""),
                name="merger_undone_with_a_reason",
            ),
        ]
        triggers = [
            # The case that goes on is not itself taken into another, and the other way round.
            pgtrigger.Trigger(
                name="no_chain_of_mergers",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (SELECT 1 FROM disputes_merger m WHERE m.undone_at IS NULL
                               AND (m.merged_id = NEW.into_id OR m.into_id = NEW.merged_id)) THEN
                        RAISE EXCEPTION 'a chain of mergers' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="mergers_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.merged_id} → {self.into_id}"
