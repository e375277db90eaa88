"""Papers that the legal-aid centre issued, and what each is about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legal_aid.models.application import Application
from legal_aid.models.engagement import Engagement
from legal_aid.models.fund import Payment

ONE_THING = (
    Q(application__isnull=False, payment__isnull=True, month__isnull=True)
    | Q(application__isnull=True, payment__isnull=False, month__isnull=True)
    | Q(application__isnull=True, payment__isnull=True, month__isnull=False)
)


class AidPaper(models.Model):
    """An issued paper of an application, of a payment, or of the payments of one month."""

    paper = models.OneToOneField("papers.Paper", on_delete=models.PROTECT, related_name="in_aid")
    centre = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    # The lawyer whom an assignment or a report is about.
    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="papers"
    )
    month = models.DateField(_("month"), null=True, blank=True)

    class Meta:
        verbose_name = _("paper of legal aid")
        verbose_name_plural = _("papers of legal aid")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_THING, name="aid_paper_of_one_thing"),
            models.CheckConstraint(
                condition=Q(engagement__isnull=True) | Q(application__isnull=False),
                name="aid_paper_of_a_lawyer_in_an_application",
            ),
        ]

    def __str__(self):
        return f"{self.paper}"
