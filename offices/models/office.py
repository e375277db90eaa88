"""The register of organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from offices.duties import DUTIES


class Office(models.Model):
    """An organisation that prevents, mediates, arbitrates, helps or is met on the way."""

    class Tier(models.TextChoices):
        ENTERPRISE = "enterprise", _("enterprise tier")
        REGIONAL = "regional", _("regional tier")
        ARBITRATION = "arbitration", _("arbitration tier")
        UNION = "union", _("trade union")
        OUTSIDE = "outside", _("outside organisation")

    class Kind(models.TextChoices):
        CITY_FEDERATION = "city_federation", _("city federation of trade unions")
        COUNTY_CENTRE = "county_centre", _("county mediation centre")
        STATION = "station", _("community service station")
        ENTERPRISE_COMMITTEE = (
            "enterprise_committee",
            _("enterprise mediation committee"),
        )
        INDUSTRY_COMMITTEE = "industry_committee", _("industry mediation committee")
        ARBITRATION_COMMISSION = "arbitration_commission", _("arbitration commission")
        AID_CENTRE = "aid_centre", _("legal-aid centre")
        COURT = "court", _("court")
        LABOUR_BUREAU = "labour_bureau", _("labour bureau")
        JUSTICE_BUREAU = "justice_bureau", _("justice bureau")

    name = models.CharField(_("name"), max_length=100, unique=True)
    short_name = models.CharField(_("short name"), max_length=20, unique=True)
    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices)
    kind = models.CharField(_("kind of office"), max_length=24, choices=Kind.choices)
    county = models.CharField(_("district"), max_length=30, blank=True)
    industry = models.CharField(_("industry"), max_length=50, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent office"),
    )
    # Ids from the root down to this office, "/1/5/12/": a subtree is a prefix.
    path = models.CharField(max_length=200, editable=False, default="", db_index=False)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    handled_here = models.BooleanField(_("handled in this system"), default=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["path", "pk"]
        default_permissions = ()
        permissions = list(DUTIES.items())
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="office_credit_code_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="office_not_its_own_parent",
            ),
        ]
        indexes = [
            models.Index(fields=["path"], name="office_subtree", opclasses=["text_pattern_ops"]),
            models.Index(fields=["tier", "county"], name="office_by_territory"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent_id else '/'}{self.pk}/"
        if path != self.path:
            self._move_subtree(path)

    def _move_subtree(self, path):
        old, self.path = self.path, path
        Office.objects.filter(pk=self.pk).update(path=path)
        for child in Office.objects.filter(parent=self) if old else ():
            child.parent = self
            child._move_subtree(f"{path}{child.pk}/")


class OfficeUserObjectPermission(UserObjectPermissionBase):
    """A duty at one office given to one person: kept for guardian, not used for staff."""

    content_object = models.ForeignKey(Office, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        pass


class OfficeGroupObjectPermission(GroupObjectPermissionBase):
    """A duty at one office held by the group "role @ office"."""

    content_object = models.ForeignKey(Office, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        pass
