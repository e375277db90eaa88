"""What a lawyer read, noted on a page and found, claim by claim, in one review."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from disputes.models import Claim, Evidence
from legal_aid.models.review import Review


class Reading(models.Model):
    """How far the lawyer has got in one document."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="readings")
    material = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    furthest = models.PositiveSmallIntegerField(_("furthest page"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("reading of a document")
        verbose_name_plural = _("readings of documents")
        constraints = [
            models.UniqueConstraint(fields=["review", "material"], name="reading_once"),
            models.CheckConstraint(
                condition=Q(furthest__gte=1, furthest__lte=F("pages")), name="reading_within_pages"
            ),
        ]

    def __str__(self):
        return f"{self.material_id}: {self.furthest}/{self.pages}"

    @property
    def is_done(self):
        """Whether the last page was reached."""
        return self.furthest == self.pages


class Annotation(models.Model):
    """A note of the lawyer on one page of one document."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="annotations")
    material = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveSmallIntegerField(_("page"))
    place = models.CharField(_("place on the page"), max_length=100, blank=True)
    text = models.CharField(_("note"), max_length=1000)
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("note on a page")
        verbose_name_plural = _("notes on pages")
        ordering = ["material", "page", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(page__gte=1) & ~Q(text=""), name="annotation_whole")
        ]

    def __str__(self):
        return f"{self.material_id}: {self.page}"


class Finding(models.Model):
    """One item of the checklist: yes, no or not applicable, and why."""

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        NONE = "none", _("not applicable")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="findings")
    item = models.CharField(_("item"), max_length=20)
    answer = models.CharField(_("answer"), max_length=4, choices=Answer.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("items of checklists")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="finding_once"),
            models.CheckConstraint(
                condition=~Q(answer="no") | ~Q(note=""), name="finding_no_for_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.answer}"


class ClaimOpinion(models.Model):
    """What the lawyer thinks of one claim."""

    class Strength(models.TextChoices):
        STRONG = "strong", _("strong")
        MEDIUM = "medium", _("medium strength")
        WEAK = "weak", _("weak")

    class Limitation(models.TextChoices):
        WITHIN = "within", _("within the period")
        NEAR = "near", _("about to run out")
        DOUBTFUL = "doubtful", _("doubtful")
        OVER = "over", _("run out")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="claim_opinions")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(_("legal basis"), max_length=500)
    strength = models.CharField(
        _("strength of the evidence"), max_length=6, choices=Strength.choices
    )
    least = models.DecimalField(
        _("supportable from (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    most = models.DecimalField(
        _("supportable to (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    risk = models.CharField(_("risk"), max_length=500, blank=True)
    limitation = models.CharField(_("limitation"), max_length=8, choices=Limitation.choices)

    class Meta:
        verbose_name = _("opinion on a claim")
        verbose_name_plural = _("opinions on claims")
        ordering = ["claim"]
        constraints = [
            models.UniqueConstraint(fields=["review", "claim"], name="claim_opinion_once"),
            models.CheckConstraint(
                condition=Q(least__isnull=True, most__isnull=True)
                | Q(
                    least__isnull=False,
                    most__isnull=False,
                    least__gte=0,
                    most__gte=F("least"),
                ),
                name="claim_opinion_range_in_order",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="claim_opinion_has_a_basis"),
        ]

    def __str__(self):
        return f"{self.claim_id}: {self.strength}"


class Return(models.Model):
    """An opinion that was handed back: why, and what it had said."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="returns")
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey("offices.User", on_delete=models.PROTECT, related_name="+")
    said = models.TextField(_("what it had said"))

    class Meta:
        verbose_name = _("return of an opinion")
        verbose_name_plural = _("returns of opinions")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="return_for_a_reason")]

    def __str__(self):
        return f"{self.review_id}: {self.reason}"
