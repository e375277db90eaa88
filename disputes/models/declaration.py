"""What somebody who works here declared about her own ties."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.sealed import SealedTextField


class Declaration(models.Model):
    """One tie of a person to somebody who may one day be a party. Read by nobody but her.

    A check for conflicts of interest compares it with the parties of a case and says no more
    than that there is a tie.
    """

    class Kind(models.TextChoices):
        HERSELF = "herself", _("myself, by my identity number")
        RELATIVE = "relative", _("a close relative")
        EMPLOYER = "employer", _("an enterprise in which I or a relative work or hold a share")
        SIDE = "side", _("I stand for the employer on the enterprise's committee")
        PERSONNEL = "personnel", _("I manage personnel at the enterprise")
        CLIENT = "client", _("somebody I act for, or acted for, as a lawyer")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declarations"
    )
    kind = models.CharField(_("tie"), max_length=10, choices=Kind.choices)
    name = SealedTextField(_("name"), blank=True)
    # An identity number or a credit code.
    number = SealedTextField(_("identity number or credit code"), blank=True)
    # The firm, for lawyers: what one of a firm declares, counts for all of it.
    firm = models.CharField(_("law firm"), max_length=100, blank=True)
    # Of whoever stands for the employer: where she works herself.
    department = SealedTextField(_("department or workshop"), blank=True, default="")
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    made_at = models.DateTimeField(_("declared"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("declared tie")
        verbose_name_plural = _("declared ties")
        ordering = ["kind", "pk"]
        indexes = [
            models.Index(
                fields=["user"], condition=Q(withdrawn_at__isnull=True), name="declaration_of_user"
            ),
            models.Index(
                fields=["firm"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(firm=""),
                name="declaration_of_firm",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
