"""Who answers for an agency: the register of liaison officers (人员对接)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Liaison(models.Model):
    """An officer through whom an agency is reached: A first, B when A cannot."""

    class Rank(models.TextChoices):
        A = "A", _("A officer")
        B = "B", _("B officer")

    office = models.ForeignKey(
        "offices.Office",
        on_delete=models.PROTECT,
        related_name="liaisons",
        verbose_name=_("agency"),
    )
    rank = models.CharField(_("rank"), max_length=1, choices=Rank.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    name = models.CharField(_("name"), max_length=50)
    post = models.CharField(_("department and post"), max_length=100, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    mail = models.EmailField(_("mail address"), blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("liaison officer")
        verbose_name_plural = _("liaison officers")
        ordering = ["office", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "rank"],
                condition=Q(until__isnull=True),
                name="liaison_one_of_a_rank",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="liaison_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.office} {self.rank} {self.name}"
