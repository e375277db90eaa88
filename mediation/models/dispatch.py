"""What agencies send each other outside of meetings (工作对接): the kinds, and each dispatch."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.models import Office


class DispatchKind(models.Model):
    """A matter that agencies have agreed to send each other: to whom, in which words, how fast."""

    class Form(models.TextChoices):
        TRANSFER = "transfer", pgettext_lazy("dispatch", "transfer")
        DELEGATION = "delegation", _("delegation")
        INFORMATION = "information", _("information")
        CONSULTATION = "consultation", pgettext_lazy("dispatch", "joint consultation")
        CONFIRMATION = "confirmation", pgettext_lazy("dispatch", "judicial confirmation")

    name = models.CharField(_("name"), max_length=60, unique=True)
    form = models.CharField(_("form"), max_length=12, choices=Form.choices)
    # The kind of organisation that receives it.
    receiver = models.CharField(_("sent to"), max_length=24, choices=Office.Kind.choices)
    template = models.TextField(_("template of the letter"), max_length=2000)
    basis = models.CharField(_("on what it rests"), max_length=200, blank=True)
    # Working days, from the dispatch on.
    receipt_days = models.PositiveSmallIntegerField(_("working days to the receipt"), default=2)
    answer_days = models.PositiveSmallIntegerField(
        _("working days to the result"),
        default=10,
        help_text=_("0: no result is expected, the receipt closes it."),
    )
    needs_consent = models.BooleanField(_("only with the consent of both parties"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("kind of dispatch")
        verbose_name_plural = _("kinds of dispatch")
        ordering = ["receiver", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(receipt_days__gte=1, receipt_days__lte=30),
                name="dispatch_kind_receipt_in_days",
            ),
            models.CheckConstraint(
                condition=Q(answer_days=0)
                | Q(answer_days__gte=F("receipt_days"), answer_days__lte=120),
                name="dispatch_kind_answer_after_receipt",
            ),
        ]

    def __str__(self):
        return self.name


class Dispatch(models.Model):
    """Something that one agency sent another, until its result is back.

    The clock starts when it is sent, not when somebody signs for it. The receiver may send it
    back once; after that it stays.
    """

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("dispatch", "sent, no receipt yet")
        RECEIVED = "received", pgettext_lazy("dispatch", "received")
        RETURNED = "returned", pgettext_lazy("dispatch", "sent back")
        ANSWERED = "answered", pgettext_lazy("dispatch", "result is back")
        WITHDRAWN = "withdrawn", pgettext_lazy("dispatch", "withdrawn")

    kind = models.ForeignKey(
        DispatchKind, on_delete=models.PROTECT, related_name="dispatches", verbose_name=_("kind")
    )
    sender = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="dispatches_out",
        verbose_name=_("sending agency"),
    )
    receiver = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="dispatches_in",
        verbose_name=_("receiving agency"),
    )
    # Through whom the agency was reached at that time.
    officer = models.CharField(_("liaison officer"), max_length=50, blank=True)
    case = models.ForeignKey(
        "disputes.Case",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dispatches",
        verbose_name=_("case"),
    )
    with_case = models.BooleanField(_("the receiver reads the case"), default=False)
    subject = models.CharField(_("subject"), max_length=100)
    text = models.TextField(_("letter"), max_length=4000)
    consent = models.BooleanField(_("both parties consent"), default=False)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.SENT)
    sent_at = models.DateTimeField(pgettext_lazy("dispatch", "sent"))
    receipt_due = models.DateField(_("receipt due on"))
    answer_due = models.DateField(_("result due on"), null=True, blank=True)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    received_by = models.CharField(_("signed for by"), max_length=50, blank=True)
    returned_at = models.DateTimeField(_("sent back"), null=True, blank=True)
    return_reason = models.CharField(_("why sent back"), max_length=300, blank=True)
    again_at = models.DateTimeField(_("sent again"), null=True, blank=True)
    answered_at = models.DateTimeField(_("result came"), null=True, blank=True)
    answer = models.TextField(_("result"), max_length=4000, blank=True)
    closed_reason = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sender=F("receiver")), name="dispatch_goes_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", received_at__isnull=True)
                | Q(state__in=["received", "answered"], received_at__isnull=False)
                | Q(state__in=["returned", "withdrawn"]),
                name="dispatch_received_with_a_receipt",
            ),
            # Sent back is what was not sent again: a second return has no place.
            models.CheckConstraint(
                condition=~Q(state="returned")
                | Q(returned_at__isnull=False, again_at__isnull=True) & ~Q(return_reason=""),
                name="dispatch_sent_back_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False),
                name="dispatch_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(closed_reason=""),
                name="dispatch_withdrawn_says_why",
            ),
            models.CheckConstraint(
                condition=Q(with_case=False) | Q(case__isnull=False), name="dispatch_with_its_case"
            ),
        ]
        indexes = [
            models.Index(fields=["receiver", "-id"], name="dispatch_received_by"),
            models.Index(fields=["sender", "-id"], name="dispatch_sent_by"),
            models.Index(
                fields=["receipt_due"],
                condition=Q(state__in=["sent", "received"]),
                name="dispatch_open",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def due_on(self):
        """The date of what is due next, None when nothing is."""
        due = {self.State.SENT: self.receipt_due, self.State.RECEIVED: self.answer_due}
        return due.get(self.state)
