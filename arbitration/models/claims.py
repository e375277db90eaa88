"""What the parties ask for besides the application: additions, changes, counterclaims."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from arbitration.models.base import Recorded, case_row, to_party
from disputes.models import ClaimKind


class ClaimMotion(Recorded):
    """A party asked to add, change or drop a claim, or brought a counterclaim, and the answer
    (劳动人事争议仲裁办案规则 articles 36, 44, 46).
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("a claim is added")
        CHANGED = "changed", _("a claim is changed")
        DROPPED = "dropped", _("a claim is given up")
        COUNTER = "counter", _("counterclaim")

    class Result(models.TextChoices):
        ACCEPTED = "accepted", _("accepted in this case")
        APART = "apart", _("accepted as a case of its own")
        SEPARATE = "separate", _("must be applied for separately")
        REFUSED = "refused", _("not accepted")

    proceeding = case_row("claim_motions")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    party = to_party(_("party"))
    asked = models.TextField(_("what is asked for"))
    brought_on = models.DateField(_("brought on"))
    decided_on = models.DateField(_("decided on"))
    result = models.CharField(_("decision"), max_length=8, choices=Result.choices)
    reason = models.TextField(_("reasons"), blank=True)
    # The other side has a new term to answer, unless it gives it up.
    notified_on = models.DateField(_("other side notified on"), null=True, blank=True)
    term_waived = models.BooleanField(_("other side waived its term"), default=False)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("request about the claims")
        verbose_name_plural = _("requests about the claims")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(asked=""), name="claim_motion_says_what"),
            models.CheckConstraint(
                condition=Q(decided_on__gte=F("brought_on")), name="claim_motion_then_decision"
            ),
            models.CheckConstraint(
                condition=Q(result="accepted") | ~Q(reason=""), name="claim_motion_refused_why"
            ),
            models.CheckConstraint(
                condition=~Q(result="apart") | Q(kind="counter"), name="claim_motion_apart_counters"
            ),
            models.CheckConstraint(
                condition=~Q(kind="dropped") | Q(result="accepted"), name="claim_motion_may_drop"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("notified_on")),
                name="claim_motion_answer_after_notice",
            ),
        ]

    def __str__(self):
        return f"{self.proceeding_id}: {self.get_kind_display()} {self.decided_on}"


class ClaimChange(models.Model):
    """What an accepted request did to one claim; how it read before, if it did."""

    motion = models.ForeignKey(ClaimMotion, on_delete=models.PROTECT, related_name="changes")
    claim = models.ForeignKey("disputes.Claim", on_delete=models.PROTECT, related_name="changes")
    was_kind = models.CharField(_("type before"), max_length=20, choices=ClaimKind, blank=True)
    was_amount = models.DecimalField(
        _("amount before (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    was_detail = models.CharField(_("calculation before"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("change of a claim")
        verbose_name_plural = _("changes of claims")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["motion", "claim"], name="claim_changed_once_a_motion")
        ]

    def __str__(self):
        return f"{self.motion_id}: {self.claim_id}"
