"""What a meeting talks about, who may know of it, and what is decided."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.scopes import scope_of
from mediation.models.meeting import Meeting, Participant
from offices.domain.standing import standing_of
from offices.models import Office

ANSWER, CONVENE = "answer_meetings", "convene_meetings"


class AgendaItemQuerySet(models.QuerySet):
    """Answers the one question: who sees what of an item of the agenda."""

    def visible_to(self, reader, *, on, beside=None):
        """Return the items that *reader*, a person or an ``Office``, knows of on the date *on*.

        Each says by its booleans what of it she reads: ``reads_title``; ``reads_case`` (number,
        masked parties); ``reads_inside`` (materials, discussion); ``reads_decision``. An agency
        that is asked to the meeting knows time and number of every item, and no more of one that
        is not shared with it. The responsible agency and the convener read all; a wall or a seal
        closes an item to whom it is set up against, whatever agency she comes from: ``is_shut``.
        What an agency reads is so closed to the person *beside* it, too, who asks for it.
        """
        asked, full, viewed = (
            _for_office(reader) if isinstance(reader, Office) else _for_user(reader, on)
        )
        closed = _closed_to(reader, on)
        if beside is not None:
            closed |= _closed_to(beside, on)
        case, inside = viewed.filter(case=True), viewed.filter(materials=True)
        return self.filter(asked).annotate(
            is_shut=_flag(models.When(closed, then=Value(True))),
            reads_title=_open(full | Q(Exists(viewed)), closed),
            reads_case=_open(full | Q(Exists(case)), closed),
            reads_inside=_open(full | Q(Exists(inside)), closed),
            reads_decision=_open(full | Q(Exists(viewed)), closed),
        )


def _open(condition, closed):
    shut = models.When(closed, then=Value(False))
    return _flag(shut, models.When(condition, then=Value(True)))


def _flag(*cases):
    return models.Case(*cases, default=Value(False), output_field=models.BooleanField())


def _for_office(office):
    listed = Participant.objects.filter(
        meeting=OuterRef("meeting"), office=office, removed_at__isnull=True
    )
    convened = Q(meeting__office=office)
    asked = convened | Q(Exists(listed))
    return asked, convened | Q(responsible=office), _viewers().filter(office=office)


def _for_user(user, on):
    standing = standing_of(user, on=on)
    answers, convenes = standing.offices(ANSWER), standing.offices(CONVENE)
    # Who was asked for an agency reads for it as long as she serves there.
    own = [posting.office_id for posting in standing.postings]
    here = Participant.objects.filter(meeting=OuterRef("meeting"), removed_at__isnull=True)
    hers = Participant.objects.filter(
        meeting=OuterRef("item__meeting"), removed_at__isnull=True, user=user,
        office__in=own,
    ).filter(office=OuterRef("office"))  # fmt: skip
    convened = Q(meeting__office__in=convenes)
    listed = Q(Exists(here.filter(Q(user=user, office__in=own) | Q(office__in=answers))))
    invited = listed & ~Q(meeting__status=Meeting.Status.DRAFT)
    speaks = Q(
        Exists(here.filter(user=user, office__in=own).filter(office=OuterRef("responsible")))
    )
    sent = Q(Exists(here.filter(office=OuterRef("responsible")))) & Q(responsible__in=answers)
    viewed = _viewers().filter(Q(office__in=answers) | Q(Exists(hers)))
    if not standing.postings:
        return Q(pk__in=[]), Q(pk__in=[]), viewed.none()
    return convened | invited, convened | speaks | sent, viewed


def _viewers():
    return ItemViewer.objects.filter(item=OuterRef("pk"))


def _closed_to(reader, on):
    """Return the condition that an item is closed to *reader* by a wall or a seal."""
    if isinstance(reader, Office):
        return Q(case__sealed=True)
    return Q(case__in=scope_of(reader, on).hidden())


class AgendaItem(models.Model):
    """One item of the agenda, with the agency that answers for it."""

    class Reason(models.TextChoices):
        OTHER = "other", _("entered by hand")
        PROPOSED = "proposed", _("proposed by the office that handles it")
        OVERDUE = "overdue", _("a deadline is over")
        ESCALATED = "escalated", _("went on to arbitration")
        MANY = "many", _("30 people or more")
        WAGES = "wages", _("wages, and a festival is near")
        CARRIED = "carried", _("carried over from the last meeting")
        ACTION = "action", _("an action item is overdue")

    class State(models.TextChoices):
        OPEN = "open", _("to be discussed")
        DECIDED = "decided", pgettext_lazy("agenda", "decided")
        CARRIED = "carried", _("carried over")
        WITHDRAWN = "withdrawn", _("taken off")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    ordinal = models.PositiveSmallIntegerField(pgettext_lazy("agenda", "number"))
    title = models.CharField(_("title"), max_length=150)
    request = models.CharField(_("what is asked of the meeting"), max_length=500, blank=True)
    case = models.ForeignKey(
        "disputes.Case",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_items",
    )
    minutes = models.PositiveSmallIntegerField(pgettext_lazy("agenda", "minutes"), default=20)
    responsible = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", verbose_name=_("responsible agency")
    )
    reason = models.CharField(_("why"), max_length=9, choices=Reason.choices, default=Reason.OTHER)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.OPEN)
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    discussion = models.TextField(_("discussion"), blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        ordering = ["meeting", "ordinal"]
        constraints = [
            # Checked when all is done: items change places.
            models.UniqueConstraint(
                fields=["meeting", "ordinal"],
                deferrable=models.Deferrable.DEFERRED,
                name="agenda_ordinal_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "case"],
                condition=Q(case__isnull=False) & ~Q(state="withdrawn"),
                name="agenda_case_once",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=480), name="agenda_item_takes_time"
            ),
        ]

    def __str__(self):
        return f"{self.meeting_id} / {self.ordinal}"


class ItemViewer(models.Model):
    """An agency with which an item is shared: its title, and what else is ticked."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="viewers")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    materials = models.BooleanField(_("materials and discussion"), default=False)
    case = models.BooleanField(_("the case"), default=False)

    class Meta:
        verbose_name = _("agency that sees an item")
        verbose_name_plural = _("agencies that see an item")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "office"], name="viewer_once")]

    def __str__(self):
        return f"{self.item_id} → {self.office_id}"


def material_path(row, name):
    """Return where a material is kept: a random name that tells nothing of the case."""
    token = uuid4().hex
    return f"meetings/{token[:2]}/{token[2:]}"


class ItemMaterial(models.Model):
    """A paper for an item, handed in before the meeting."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="materials")
    title = models.CharField(_("title"), max_length=100)
    file = models.FileField(_("file"), upload_to=material_path, max_length=100)
    content_type = models.CharField(max_length=100)
    late = models.BooleanField(_("after the deadline"), default=False)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("material of an item")
        verbose_name_plural = _("materials of items")
        ordering = ["pk"]

    def __str__(self):
        return self.title


class MeetingDecision(models.Model):
    """What the meeting decided on an item; below the quorum it is an opinion."""

    class Kind(models.TextChoices):
        MEDIATION = "mediation", _("continue mediation")
        ARBITRATION = "arbitration", _("to arbitration")
        COURT = "court", _("to the court")
        CONFIRMATION = "confirmation", _("judicial confirmation of the agreement")
        AID = "aid", _("legal aid")
        INSPECTION = "inspection", _("to labour inspection")
        POSTPONED = "postponed", _("postponed to the next meeting")
        NOTED = "noted", _("noted")

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="decision")
    kind = models.CharField(_("decision"), max_length=12, choices=Kind.choices)
    text = models.TextField(_("wording"))
    responsible = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", verbose_name=_("responsible agency")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    is_opinion = models.BooleanField(_("opinion only"))
    # What followed in the case, as a sentence of that moment.
    effect = models.CharField(_("what followed in the case"), max_length=300, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("decision of a meeting")
        verbose_name_plural = _("decisions of meetings")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="meeting_decision_worded"),
            models.CheckConstraint(
                condition=Q(is_opinion=False) | Q(effect=""), name="opinion_moves_nothing"
            ),
        ]

    def __str__(self):
        return f"{self.item_id}: {self.get_kind_display()}"


class ActionItem(models.Model):
    """Something that an agency has to do because of a meeting (督办)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    text = models.CharField(_("what is to be done"), max_length=300)
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="action_items", verbose_name=_("agency")
    )
    person = models.CharField(_("person"), max_length=50, blank=True)
    due_on = models.DateField(_("due on"))
    reminded_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    evidence = models.TextField(_("what was done, and what shows it"), blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, evidence="")
                | Q(done_on__isnull=False) & ~Q(evidence=""),
                name="action_done_with_evidence",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "due_on"], condition=Q(done_on__isnull=True), name="action_open"
            ),
        ]

    def __str__(self):
        return self.text
