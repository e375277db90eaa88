"""One tier's handling of a case."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case
from disputes.models.choices import Outcome, Tier


class Proceeding(models.Model):
    """One office's handling of a case, from the day it opens to its outcome."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proceedings")
    office = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        related_name="proceedings",
        verbose_name=_("office"),
    )
    # The office whose people do the steps: the office itself, or who sent the case when the
    # office works outside of this house.
    desk = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        related_name="desk_proceedings",
        verbose_name=_("desk"),
    )
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices)
    # The how-manieth of its case: 1 is where the case began.
    ordinal = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(_("case number"), max_length=50, unique=True)
    # The number as it is searched for: digits and letters only, see domain/numbers.py.
    number_key = models.CharField(max_length=50, editable=False, db_index=True)
    sent_from = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sent_proceedings",
        verbose_name=_("sent by"),
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handled_proceedings",
        verbose_name=_("handler"),
    )
    # A handler who is known from a ledger by name only.
    handler_name = models.CharField(_("handler by name"), max_length=50, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    settled_amount = models.DecimalField(
        _("settled amount (yuan)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("proceeding")
        verbose_name_plural = _("proceedings")
        ordering = ["case", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="proceeding_ordinal_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(closed_at__isnull=True),
                name="proceeding_one_open_per_case",
            ),
            models.CheckConstraint(
                condition=(models.Q(closed_at__isnull=True) & models.Q(outcome=""))
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="")),
                name="proceeding_closed_with_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True)
                | models.Q(closed_at__gte=models.F("opened_at")),
                name="proceeding_closed_after_opened",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_amount__isnull=True) | models.Q(settled_amount__gte=0),
                name="proceeding_amount_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-opened_at"], name="proceeding_of_office"),
            models.Index(fields=["desk", "-opened_at"], name="proceeding_of_desk"),
            models.Index(fields=["desk", "-case"], name="proceeding_newest_of_desk"),
            models.Index(fields=["case", "desk"], name="proceeding_case_desk"),
            models.Index(
                fields=["handler", "-opened_at"],
                condition=models.Q(handler__isnull=False),
                name="proceeding_of_handler",
            ),
            models.Index(
                fields=["handler"],
                condition=models.Q(handler__isnull=False, closed_at__isnull=True),
                name="proceeding_open_of_handler",
            ),
        ]

    def __str__(self):
        return self.number

    def save(self, *args, **kwargs):
        self.desk_id = self.desk_id or self.office_id
        super().save(*args, **kwargs)
