"""How cases go from office to office, and which of them are handled together."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from disputes.models.case import Case
from disputes.models.proceeding import Proceeding


class Transfer(models.Model):
    """A case was handed to another office, handed back, or placed by somebody above."""

    class Kind(models.TextChoices):
        HANDED = "handed", _("handed to another office")
        RETURNED = "returned", _("returned to the office before")
        PLACED = "placed", _("placed by a higher office")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    sender = models.OneToOneField(
        Proceeding, on_delete=models.PROTECT, related_name="transfer_out", verbose_name=_("from")
    )
    receiver = models.OneToOneField(
        Proceeding, on_delete=models.PROTECT, related_name="transfer_in", verbose_name=_("to")
    )
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="transfer_has_a_reason"),
            models.CheckConstraint(
                condition=~models.Q(sender=models.F("receiver")), name="transfer_goes_somewhere"
            ),
        ]

    def __str__(self):
        return f"{self.sender_id} → {self.receiver_id}"


class Joinder(models.Model):
    """One case is handled together with another, until it is severed."""

    main = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="joined")
    joined = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="joined_to")
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    severed_at = models.DateTimeField(_("severed"), null=True, blank=True)
    severed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sever_reason = models.CharField(_("why it was severed"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("joinder")
        verbose_name_plural = _("joinders")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["joined"],
                condition=models.Q(severed_at__isnull=True),
                name="case_joined_to_one_other",
            ),
            models.CheckConstraint(
                condition=~models.Q(main=models.F("joined")), name="case_not_joined_to_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(severed_at__isnull=True, sever_reason="")
                | (models.Q(severed_at__isnull=False) & ~models.Q(sever_reason="")),
                name="severed_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.main_id} + {self.joined_id}"
