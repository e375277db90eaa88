"""What programs read of cases: as much as the page of the case would show to the same person."""

from rest_framework import serializers

from disputes.models import Case, Claim, Deadline, Evidence, Level, Party, Proceeding, TimelineEntry
from law.api import DueSerializer


class BriefOffice(serializers.Serializer):
    """An office by name."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class BriefDeadline(serializers.ModelSerializer):
    """The deadline that the office works to."""

    title = serializers.CharField(source="rule.title")

    class Meta:
        model = Deadline
        fields = ("id", "title", "state", "alarm_on", "due_legal", "provisional")


class CaseLine(serializers.Serializer):
    """A case in a list. Step and deadline are null for who only reported it."""

    id = serializers.IntegerField()
    matter_number = serializers.CharField()
    title = serializers.CharField(help_text="names of people masked")
    received_on = serializers.DateField()
    ended_at = serializers.DateTimeField(allow_null=True)
    tier = serializers.IntegerField(allow_null=True)
    number = serializers.CharField(allow_null=True)
    office = BriefOffice(allow_null=True)
    step = serializers.CharField(allow_blank=True, allow_null=True)
    deadline = BriefDeadline(allow_null=True)


class CasePage(serializers.Serializer):
    """One page of cases, newest first."""

    next = serializers.CharField(allow_null=True)
    results = CaseLine(many=True)


class ProceedingSerializer(serializers.ModelSerializer):
    """One office's handling of a case."""

    office = BriefOffice()
    handler = serializers.SerializerMethodField()

    class Meta:
        model = Proceeding
        fields = (
            "id", "case", "tier", "ordinal", "number", "office", "handler", "opened_at",
            "accepted_on", "closed_at", "outcome",
        )  # fmt: skip

    def get_handler(self, row) -> str | None:
        """The name of the handler, null for who only reported the case."""
        return str(row.handler) if row.handler_id and self.context.get("outline", True) else None


class PartySerializer(serializers.ModelSerializer):
    """A party, masked as on the page of the case."""

    name = serializers.CharField(source="shown_name")

    class Meta:
        model = Party
        fields = ("id", "role", "kind", "name")


class ClaimSerializer(serializers.ModelSerializer):
    """One thing that is asked for."""

    class Meta:
        model = Claim
        fields = ("id", "kind", "period_from", "period_to", "amount", "counter", "dropped_on")


class DeadlineSerializer(serializers.ModelSerializer):
    """A time limit of the law in a case."""

    title = serializers.CharField(source="rule.title")
    rule = serializers.CharField(source="rule.rule_id")

    class Meta:
        model = Deadline
        fields = (
            "id", "case", "proceeding", "rule", "title", "state", "started_on", "due_nominal",
            "due_legal", "alarm_on", "provisional", "suspended_on", "ended_on", "armed",
        )  # fmt: skip


class ExplainedDeadline(DeadlineSerializer):
    """A time limit with every step of its count."""

    explanation = serializers.SerializerMethodField()

    class Meta(DeadlineSerializer.Meta):
        fields = (*DeadlineSerializer.Meta.fields, "explanation")

    def get_explanation(self, row) -> DueSerializer:
        """How it was counted."""
        return DueSerializer(self.context["explanation"]).data


class DocumentSerializer(serializers.ModelSerializer):
    """A material of a case: what is known of the file, and the hash to prove it."""

    class Meta:
        model = Evidence
        fields = (
            "id", "case", "proceeding", "name", "content_type", "size", "sha256", "level",
            "added_at", "party", "purpose", "source", "pages", "is_original",
        )  # fmt: skip
        extra_kwargs = {"level": {"help_text": "L0 to L3"}}


class EntrySerializer(serializers.ModelSerializer):
    """An entry of the timeline."""

    title = serializers.CharField()
    actor = serializers.SerializerMethodField()

    class Meta:
        model = TimelineEntry
        fields = ("id", "at", "kind", "title", "text", "actor", "proceeding", "key")

    def get_actor(self, row) -> str | None:
        """Who did it, null for the system."""
        return str(row.actor) if row.actor_id else None


class EntryPage(serializers.Serializer):
    """One page of a timeline, newest first."""

    next = serializers.CharField(allow_null=True)
    results = EntrySerializer(many=True)


class CaseSerializer(serializers.Serializer):
    """A case as far as its reader reads it: status, outline or full."""

    id = serializers.IntegerField()
    matter_number = serializers.CharField()
    read = serializers.ChoiceField(["status", "outline", "full"])
    title = serializers.CharField(help_text="names of people masked")
    received_on = serializers.DateField()
    ended_at = serializers.DateTimeField(allow_null=True)
    proceedings = ProceedingSerializer(many=True)
    cause = serializers.ChoiceField(Case._meta.get_field("cause").choices, allow_null=True)
    grade = serializers.ChoiceField(Case._meta.get_field("grade").choices, allow_null=True)
    level = serializers.ChoiceField(Level.choices, allow_null=True)
    step = serializers.CharField(allow_blank=True, allow_null=True)
    parties = PartySerializer(many=True, allow_null=True)
    deadlines = DeadlineSerializer(many=True, allow_null=True)
    occurred_on = serializers.DateField(allow_null=True)
    facts = serializers.CharField(allow_null=True, allow_blank=True)
    claims = ClaimSerializer(many=True, allow_null=True)


def read_case_file(file):
    """Return the ``CaseFile`` *file* as programs read it; what its reader may not see is null."""
    content, case = file.content, file.case
    outline, full = content.is_outline, content.is_full
    context = {"outline": outline}
    return {
        "id": case.pk,
        "matter_number": case.matter_number,
        "read": "full" if full else "outline" if outline else "status",
        "title": file.title,
        "received_on": case.received_on,
        "ended_at": case.ended_at,
        "proceedings": ProceedingSerializer(file.proceedings, many=True, context=context).data,
        "cause": case.cause if outline else None,
        "grade": case.grade if outline else None,
        "level": case.level if outline else None,
        "step": file.step if outline else None,
        "parties": PartySerializer(file.parties, many=True).data if outline else None,
        "deadlines": DeadlineSerializer(file.deadlines, many=True).data if outline else None,
        "occurred_on": case.occurred_on if full else None,
        "facts": case.facts if full else None,
        "claims": ClaimSerializer(file.claims, many=True).data if full else None,
    }


def read_lines(rows):
    """Return *rows* of the list of cases as programs read them."""
    return [CaseLine(_line(row)).data for row in rows]


def _line(row):
    case, proceeding = row["case"], row["proceeding"]
    return {
        "id": case.pk,
        "matter_number": case.matter_number,
        "title": row["title"],
        "received_on": case.received_on,
        "ended_at": case.ended_at,
        "tier": proceeding and proceeding.tier,
        "number": proceeding and proceeding.number,
        "office": proceeding and proceeding.office,
        "step": row["step"] if case.is_outline else None,
        "deadline": row["deadline"],
    }
