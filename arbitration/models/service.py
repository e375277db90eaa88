"""Which paper reached whom, when and how, and what proves it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    """How a paper is served (劳动人事争议仲裁办案规则 article 20, 民事诉讼法 articles 88 to 95)."""

    DIRECT = "direct", _("handed over")
    MAIL = "mail", _("by mail")
    ELECTRONIC = "electronic", _("electronically")
    LEFT = "left", _("left or posted at the address")
    PUBLIC = "public", _("by public notice")
    VIA = "via", _("through another body")
    # In the simplified procedure only, and never an award or a statement (article 59).
    SIMPLE = "simple", _("by telephone or text message")


class Paper(models.TextChoices):
    """What is served."""

    APPLICATION_COPY = "application_copy", _("copy of the application")
    DEFENCE_COPY = "defence_copy", _("copy of the defence")
    HEARING_NOTICE = "hearing_notice", _("notice of the hearing")
    AWARD = "award", _("award")
    STATEMENT = "statement", _("mediation statement")
    DECISION = "decision", _("decision on the docket")
    CORRECTION = "correction", _("notice of missing papers")
    CHANGED_CLAIMS = "changed_claims", _("changed claims")
    PARTIAL_AWARD = "partial_award", _("partial award")
    ENDING = "ending", _("decision that ends the case")


class Service(models.Model):
    """One paper reached one party. Every "day of receipt" of the law hangs on such a row."""

    proceeding = models.ForeignKey(
        "disputes.Proceeding", on_delete=models.PROTECT, related_name="services"
    )
    party = models.ForeignKey("disputes.Party", on_delete=models.PROTECT, related_name="services")
    paper = models.CharField(_("paper"), max_length=20, choices=Paper.choices)
    method = models.CharField(_("method of service"), max_length=10, choices=Method.choices)
    # The day of handing over, posting at the address or publishing.
    served_on = models.DateField(_("served on"))
    # The day that counts as that of receipt: later than served_on when a term must pass first.
    received_on = models.DateField(_("counts as received on"))
    receipt = models.CharField(_("proof of service"), max_length=200, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("service of a paper")
        verbose_name_plural = _("services of papers")
        ordering = ["served_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "party", "paper", "served_on"], name="service_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(received_on__gte=F("served_on")), name="service_before_receipt"
            ),
            models.CheckConstraint(
                condition=~Q(paper="statement") | ~Q(method__in=["left", "public"]),
                name="service_of_statement_to_the_party",
            ),
            models.CheckConstraint(
                condition=~Q(paper__in=["application_copy", "award", "statement", "partial_award"])
                | ~Q(receipt=""),
                name="service_proved",
            ),
            models.CheckConstraint(
                condition=~Q(method="simple")
                | ~Q(paper__in=["award", "statement", "partial_award"]),
                name="service_of_awards_is_formal",
            ),
        ]

    def __str__(self):
        return f"{self.get_paper_display()} → {self.party_id} {self.served_on}"
