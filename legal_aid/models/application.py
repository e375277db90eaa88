"""An application for legal aid: what was asked, what was decided, and what became of a refusal."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def _person(words):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=words,
    )


class Application(models.Model):
    """Form of the legal-aid centre: the applicant, her means, the decision, the objection."""

    class Help(models.TextChoices):
        ADVICE = "advice", _("advice")
        DRAFTING = "drafting", _("drafting of papers")
        MEDIATION = "mediation", _("mediation")
        ARBITRATION = "arbitration", _("representation in arbitration")
        COURT = "court", _("representation in court")

    class Stage(models.TextChoices):
        NONE = "none", _("nothing begun")
        MEDIATION = "mediation", _("in mediation")
        ARBITRATION = "arbitration", _("in arbitration")
        FIRST = "first", _("first instance")
        SECOND = "second", _("second instance")
        ENFORCEMENT = "enforcement", _("enforcement")

    class Position(models.TextChoices):
        APPLICANT = "applicant", pgettext_lazy("legal position", "applicant")
        RESPONDENT = "respondent", pgettext_lazy("legal position", "respondent")
        PLAINTIFF = "plaintiff", pgettext_lazy("legal position", "plaintiff")
        DEFENDANT = "defendant", pgettext_lazy("legal position", "defendant")
        APPELLANT = "appellant", pgettext_lazy("legal position", "appellant")
        APPELLEE = "appellee", pgettext_lazy("legal position", "appellee")

    class Group(models.TextChoices):
        MIGRANT = "migrant", _("migrant worker")
        WOMAN = "woman", _("woman worker")
        DISABLED = "disabled", _("disabled")
        YOUNG = "young", _("under age")
        OLD = "old", _("over retirement age")
        PLATFORM = "platform", _("worker in a new form of employment")
        HARDSHIP = "hardship", _("worker in hardship on the union's register")

    class Exemption(models.TextChoices):
        """Why means are not looked into (法律援助法 articles 32 and 42)."""

        MIGRANT_WAGES = "migrant_wages", _("migrant worker who asks for wages")
        MIGRANT_INJURY = "migrant_injury", _("migrant worker who asks for work-injury benefits")
        MINIMUM = "minimum", _("lives on the minimum allowance")
        HARDSHIP = "hardship", _("on the union's register of hardship")

    class Decision(models.TextChoices):
        GRANTED = "granted", pgettext_lazy("legal aid", "granted")
        REFUSED = "refused", pgettext_lazy("legal aid", "refused")

    class ObjectionResult(models.TextChoices):
        CONFIRMED = "confirmed", _("refusal confirmed")
        OVERTURNED = "overturned", _("aid to be given")

    centre = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        "disputes.Case", on_delete=models.PROTECT, related_name="aid_applications"
    )
    applicant = models.ForeignKey(
        "disputes.Party", on_delete=models.PROTECT, related_name="aid_applications"
    )
    number = models.CharField(_("number"), max_length=40, unique=True)
    received_on = models.DateField(_("received on"))
    received_at = models.DateTimeField(_("written down"))
    received_by = _person(_("received by"))
    help_kind = models.CharField(_("help asked for"), max_length=12, choices=Help.choices)
    position = models.CharField(
        _("legal position"),
        max_length=10,
        choices=Position.choices,
        default=Position.APPLICANT,
    )
    stage = models.CharField(_("stage of the matter"), max_length=12, choices=Stage.choices)
    groups = ArrayField(
        models.CharField(max_length=10, choices=Group.choices),
        default=list,
        blank=True,
        verbose_name=_("belongs to"),
    )
    education = models.CharField(_("education"), max_length=30, blank=True)
    health = models.CharField(_("health"), max_length=100, blank=True)
    member_number = models.CharField(_("membership number"), max_length=40, blank=True)
    applied_before = models.BooleanField(_("has applied before"), default=False)
    facts = models.TextField(_("what happened"))
    exemption = models.CharField(
        _("means not looked into"), max_length=14, choices=Exemption.choices, blank=True
    )
    household = models.PositiveSmallIntegerField(
        _("people in the household"), null=True, blank=True
    )
    income = models.DecimalField(
        _("household income per month (yuan)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    proof = models.CharField(_("proof of means"), max_length=200, blank=True)
    promised = models.BooleanField(_("promises that this is true"))
    # Aid before its application is decided: a time limit is near.
    limit_on = models.DateField(_("a time limit ends on"), null=True, blank=True)
    ahead_on = models.DateField(_("aid given ahead on"), null=True, blank=True)
    ahead_by = _person(_("given ahead by"))
    opinion = models.TextField(_("first opinion"), blank=True)
    opinion_by = _person(_("opinion of"))
    recheck = models.TextField(_("second opinion"), blank=True)
    recheck_by = _person(_("second opinion of"))
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = _person(_("decided by"))
    reasons = models.TextField(_("reasons"), blank=True)
    objected_on = models.DateField(_("objection received on"), null=True, blank=True)
    objection = models.TextField(_("objection"), blank=True)
    objection_result = models.CharField(
        _("result of the objection"), max_length=10, choices=ObjectionResult.choices, blank=True
    )
    reviewed_on = models.DateField(_("objection decided on"), null=True, blank=True)
    reviewed_by = _person(_("objection decided by"))
    review_reasons = models.TextField(_("reasons for that"), blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=500, blank=True)
    alarmed_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("application for legal aid")
        verbose_name_plural = _("applications for legal aid")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "applicant"],
                condition=Q(ended_on__isnull=True)
                & (~Q(decision="refused") | Q(objection_result="overturned")),
                name="aid_application_once",
            ),
            models.CheckConstraint(condition=Q(promised=True), name="aid_application_promised"),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True)
                | (~Q(decision="") & Q(decided_on__isnull=False, decided_on__gte=F("received_on"))),
                name="aid_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(reasons=""), name="aid_refused_for_reasons"
            ),
            models.CheckConstraint(
                condition=~Q(decision="granted")
                | ~Q(exemption="")
                | Q(household__isnull=False, household__gte=1, income__isnull=False, income__gte=0),
                name="aid_granted_on_means_or_exemption",
            ),
            models.CheckConstraint(
                condition=Q(ahead_on__isnull=True)
                | Q(limit_on__isnull=False, limit_on__gte=F("ahead_on")),
                name="aid_ahead_of_a_limit",
            ),
            models.CheckConstraint(
                condition=Q(objected_on__isnull=True)
                | (Q(decision="refused", objected_on__gte=F("decided_on")) & ~Q(objection="")),
                name="aid_objection_to_a_refusal",
            ),
            models.CheckConstraint(
                condition=Q(objection_result="")
                | (
                    Q(objected_on__isnull=False, reviewed_on__isnull=False)
                    & Q(reviewed_on__gte=F("objected_on"))
                    & ~Q(review_reasons="")
                    & ~Q(reviewed_by=F("decided_by"))
                ),
                name="aid_objection_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(recheck="", recheck_by__isnull=True)
                | ~Q(recheck="")
                & Q(recheck_by__isnull=False, opinion_by__isnull=False)
                & ~Q(recheck_by=F("opinion_by")),
                name="aid_rechecked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(end_reason=""),
                name="aid_ended_for_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "-id"], name="aid_application_of_centre"),
            models.Index(fields=["received_by", "-id"], name="aid_application_of_clerk"),
            models.Index(fields=["centre", "received_on"], name="aid_application_by_day"),
        ]

    def __str__(self):
        return self.number

    @property
    def is_granted(self):
        """Whether aid is to be given: by the decision, or by that on the objection."""
        return (
            self.decision == self.Decision.GRANTED
            or self.objection_result == self.ObjectionResult.OVERTURNED
        )

    @property
    def is_open(self):
        """Whether aid may still come of it."""
        return self.ended_on is None and (not self.decision or self.is_granted)

    @property
    def may_assign(self):
        """Whether a lawyer may be given the matter: granted, or ahead of the decision."""
        return self.ended_on is None and (
            self.is_granted or (self.ahead_on is not None and not self.decision)
        )

    @property
    def granted_on(self):
        """The day from which a lawyer is due, or None."""
        if self.decision == self.Decision.GRANTED:
            return self.decided_on
        return self.reviewed_on if self.is_granted else None

    @property
    def assigned_on(self):
        """The day on which a lawyer first took it, or None; needs ``taken_at`` from the query."""
        return timezone.localdate(self.taken_at) if self.taken_at else None

    @property
    def state(self):
        """Where it stands, in words."""
        if self.ended_on:
            return pgettext_lazy("application for aid", "ended")
        if self.is_granted:
            return self.Decision.GRANTED.label
        if self.objected_on and not self.objection_result:
            return _("objection pending")
        if self.decision:
            return self.Decision.REFUSED.label
        return _("given ahead of the decision") if self.ahead_on else _("to be decided")
