"""Which paper reached whom, when and how, and what proves it (送达回证)."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models.case import Case
from disputes.models.choices import Level
from disputes.models.evidence import Evidence
from disputes.models.paper import CasePaper
from disputes.models.party import Party
from disputes.models.proceeding import Proceeding
from disputes.models.sealed import SealedTextField
from disputes.models.timeline import TimelineEntry


class ServiceMethod(models.TextChoices):
    """How a paper is served (劳动人事争议仲裁办案规则 article 20, 民事诉讼法 articles 88 to 95)."""

    DIRECT = "direct", _("handed over")
    MAIL = "mail", _("by mail")
    ELECTRONIC = "electronic", _("electronically")
    LEFT = "left", _("left or posted at the address")
    PUBLIC = "public", _("by public notice")
    VIA = "via", _("through another body")
    PASSED = "passed", _("passed on by the recipient's own unit")
    # In the simplified procedure only, and never an award or a statement (article 59).
    SIMPLE = "simple", _("by telephone or text message")


class ServedPaper(models.TextChoices):
    """What is served, at whatever tier."""

    # Mediation.
    AGREEMENT = "agreement", _("mediation agreement")
    FAILURE_NOTICE = "failure_notice", _("notice that mediation failed")
    REFUSAL_NOTICE = "refusal_notice", _("notice of refusal to mediate")
    ACCEPTANCE_NOTICE = "acceptance_notice", _("notice of acceptance")
    # Arbitration.
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
    # Whatever else was issued to a party: the issued paper says what.
    OTHER = "other", pgettext_lazy("served paper", "other paper")


class Receiver(models.TextChoices):
    """Who took a paper for the recipient (民事诉讼法 article 88)."""

    SELF = "self", _("the recipient in person")
    HEAD = "head", _("legal representative or person in charge")
    FAMILY = "family", _("adult of the same household")
    DESK = "desk", _("receiving desk of the unit")
    AGENT = "agent", _("authorised agent")
    NAMED = "named", _("person named to receive papers")


class ServiceQuerySet(models.QuerySet):
    def open(self):
        """Return what is still to be proved: not sent yet, or on its way."""
        return self.filter(state__in=Service.OPEN)

    def served(self):
        """Return what counts as served."""
        return self.filter(state=Service.State.SERVED)


class Service(models.Model):
    """One paper and one recipient: owed, on its way, served, or come back.

    Every "day of receipt" of the law hangs on such a row. What is served or came back stays as
    it was written; a mistake is mended by a further row that names the one before it.
    """

    class State(models.TextChoices):
        DUE = "due", _("to be served")
        SENT = "sent", _("on its way")
        SERVED = "served", _("served")
        RETURNED = "returned", _("came back")
        REPLACED = "replaced", _("replaced by a correction")
        DROPPED = "dropped", _("not needed any more")

    OPEN = (State.DUE, State.SENT)

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="services")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="services")
    party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        related_name="services",
        verbose_name=pgettext_lazy("paper", "recipient"),
    )
    paper = models.CharField(_("paper"), max_length=20, choices=ServedPaper.choices)
    document = models.ForeignKey(
        CasePaper,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("issued paper"),
    )
    copies = models.PositiveSmallIntegerField(_("copies"), default=1)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DUE)
    method = models.CharField(
        _("method of service"), max_length=10, choices=ServiceMethod.choices, blank=True
    )
    place = SealedTextField(_("place of service"), blank=True)
    server = models.CharField(_("served by"), max_length=50, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    # The day of handing over, posting at the address or publishing.
    served_on = models.DateField(_("served on"), null=True, blank=True)
    # The day that counts as that of receipt: later than served_on when a term must pass first.
    received_on = models.DateField(_("counts as received on"), null=True, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    received_by = SealedTextField(_("signed for by"), blank=True)
    relation = models.CharField(
        _("relation to the recipient"), max_length=6, choices=Receiver.choices, blank=True
    )
    signed = models.BooleanField(_("the receipt of service is signed"), default=False)
    receipt = models.CharField(_("proof of service"), max_length=200, blank=True)
    # Why it was left, published or came back.
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    witnesses = models.CharField(_("witnesses"), max_length=100, blank=True)
    returned_on = models.DateField(_("came back on"), null=True, blank=True)
    proof = models.ForeignKey(
        Evidence,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed receipt, photo or recording"),
    )
    # The attempt that came back, or the entry that this one mends.
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="following"
    )
    correction = models.CharField(_("why it is corrected"), max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(
        _("confidentiality"), choices=Level.choices, default=Level.CASE
    )
    reach = models.CharField(
        _("visible to"),
        max_length=8,
        choices=TimelineEntry.Reach.choices,
        default=TimelineEntry.Reach.ONWARD,
    )
    at = models.DateTimeField(_("moment"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service of a paper")
        verbose_name_plural = _("services of papers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "party", "paper", "document"],
                condition=Q(state__in=["due", "sent"]),
                nulls_distinct=False,
                name="service_open_once",
            ),
            models.UniqueConstraint(
                fields=["proceeding", "party", "paper", "document", "served_on"],
                condition=Q(state="served"),
                nulls_distinct=False,
                name="service_once_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["due", "dropped"], served_on__isnull=True, returned_on__isnull=True
                )
                | Q(
                    state="sent",
                    sent_on__isnull=False,
                    served_on__isnull=True,
                    returned_on__isnull=True,
                )
                & ~Q(method="")
                | Q(
                    state="returned",
                    sent_on__isnull=False,
                    returned_on__isnull=False,
                    served_on__isnull=True,
                )
                & ~Q(reason="")
                | Q(
                    state__in=["served", "replaced"],
                    served_on__isnull=False,
                    returned_on__isnull=True,
                )
                & ~Q(method=""),
                name="service_state_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True, received_on__isnull=True)
                | Q(served_on__isnull=False, received_on__gte=F("served_on")),
                name="service_then_receipt",
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True)
                | (Q(served_on__isnull=True) | Q(served_on__gte=F("sent_on")))
                & (Q(returned_on__isnull=True) | Q(returned_on__gte=F("sent_on"))),
                name="service_after_sending",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True)
                | Q(signed=True)
                | ~Q(receipt="")
                | ~Q(witnesses="")
                | Q(proof__isnull=False),
                name="service_is_proved",
            ),
            models.CheckConstraint(
                condition=~Q(method="left", served_on__isnull=False)
                | ~Q(reason="")
                & (Q(witnesses__regex=r"\S[、,，;；\s]+\S") | Q(proof__isnull=False)),
                name="service_left_before_witnesses",
            ),
            models.CheckConstraint(
                condition=~Q(method="public", served_on__isnull=False)
                | ~Q(reason="") & ~Q(receipt="") & Q(received_on__gt=F("served_on")),
                name="service_published_for_days",
            ),
            models.CheckConstraint(
                condition=~Q(paper="statement") | ~Q(method__in=["left", "public"]),
                name="service_of_a_statement_by_hand",
            ),
            models.CheckConstraint(
                condition=~Q(method="simple")
                | ~Q(paper__in=["award", "statement", "partial_award"]),
                name="service_of_an_award_is_formal",
            ),
            models.CheckConstraint(
                condition=~Q(paper="other") | Q(document__isnull=False),
                name="service_of_something",
            ),
            models.CheckConstraint(
                condition=Q(correction="") | Q(previous__isnull=False),
                name="service_corrects_an_entry",
            ),
        ]
        indexes = [
            models.Index(
                fields=["proceeding", "id"],
                condition=Q(state__in=["due", "sent"]),
                name="service_open",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="services_stay", operation=pgtrigger.Delete),
            # What was served or came back stays. The scan of what was signed may follow once.
            pgtrigger.Trigger(
                name="service_is_mended_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.state IN ('due', 'sent') THEN
                        RETURN NEW;
                    END IF;
                    IF NOT (NEW.state = OLD.state
                            OR (OLD.state = 'served' AND NEW.state = 'replaced'))
                       OR (OLD.proof_id IS NOT NULL AND NEW.proof_id IS DISTINCT FROM OLD.proof_id)
                       OR (to_jsonb(NEW) - 'state' - 'proof_id')
                          IS DISTINCT FROM (to_jsonb(OLD) - 'state' - 'proof_id') THEN
                        RAISE EXCEPTION 'a service is mended by a further entry'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.title} → {self.party_id} {self.served_on or self.state}"

    @property
    def title(self):
        """What is served, in the language of the reader; of other papers their own heading."""
        if self.paper == ServedPaper.OTHER:
            return self.document.paper.title
        return self.get_paper_display()

    @property
    def is_open(self):
        """Whether its proof is still missing."""
        return self.state in self.OPEN
