"""The step in which the parties meet."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.domain.facts import facts_at, undisputed
from disputes.elements import label_of, say
from disputes.forms.fields import DayField, MoneyField
from disputes.forms.step import StepForm
from disputes.models import Party
from mediation.domain import appointment, planning, sessions
from mediation.forms.answers import ChoiceOfFew, MomentField, WordsField
from mediation.models import Session, SessionAttendee
from offices.models import User

CARRIED = (
    "attendance",
    "undisputed",
    "issues",
    "proposal",
    "offer_by",
    "offer_amount",
    "offer_due",
)


def _line(number):
    """Return the names of the fields of one person at a session."""
    return [f"{part}_{number}" for part in ("who", "side", "part", "identity")]


PEOPLE = [name for number in range(planning.ROWS) for name in _line(number)]


def _line_fields():
    """Return the fields of all lines, by name."""
    fields = {}
    for number in range(planning.ROWS):
        who, side, part, identity = _line(number)
        fields[who] = forms.CharField(
            label=pgettext_lazy("person", "Name"), max_length=100, required=False
        )
        fields[side] = forms.ChoiceField(
            label=_("Side"), choices=[("", "—"), *Party.Kind.choices], required=False
        )
        fields[part] = forms.ChoiceField(
            label=_("As what"), choices=[("", "—"), *SessionAttendee.Part.choices], required=False
        )
        fields[identity] = forms.ChoiceField(
            label=_("Identity"), required=False,
            choices=[("", _("how checked?")), *SessionAttendee.Check.choices],
        )  # fmt: skip
    return fields


class SessionForm(StepForm):
    """The record of one mediation session."""

    intro = _(
        "One record per session. While the result is “to be continued” this step stays open. "
        "What is said here stays with this office and never reaches arbitration."
    )
    button = _("Save the record")
    sections = [
        (_("When and where"), ["started_at", "ended_at", "mode", "place", "host"]),
        (_("Attendance"), [*PEOPLE, "attendance"]),
        (_("Rights"), ["recusal_told", "recusal_worker", "recusal_employer"]),
        (
            _("What was said"),
            ["statement_worker", "statement_employer", "statements", "undisputed", "issues"],
            _("confidential"),
        ),
        (
            _("Proposal"),
            ["proposal", "offer_by", "offer_amount", "offer_due"],
            _("confidential"),
        ),
        (_("Result"), ["result", "next_at"]),
    ]

    spans = {name: 1 if name.startswith("side") else 2 for name in PEOPLE} | {
        name: 1 for name in PEOPLE if name.startswith("part")
    }
    ahead = ("offer_due",)

    started_at = MomentField(label=_("Session began"))
    ended_at = MomentField(label=_("Session ended"))
    mode = ChoiceOfFew(
        label=_("How the parties met"), choices=Session.Mode.choices, initial=Session.Mode.ON_SITE
    )
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    host = forms.ModelChoiceField(label=_("Led by"), queryset=User.objects.none(), empty_label=None)
    attendance = WordsField(
        label=_("Others who were there"), rows=1, max_length=1000, required=False
    )
    recusal_told = forms.BooleanField(
        label=_("The parties were told that they may object to a mediator"),
        error_messages={"required": sessions.NotToldOfRecusal.sentence},
    )
    recusal_worker = ChoiceOfFew(
        label=_("Answer of the worker"), choices=Session.Recusal.choices, required=False
    )
    recusal_employer = ChoiceOfFew(
        label=_("Answer of the employer"), choices=Session.Recusal.choices, required=False
    )
    statement_worker = WordsField(label=_("What the worker said"), rows=4, required=False)
    statement_employer = WordsField(label=_("What the employer said"), rows=4, required=False)
    statements = WordsField(
        label=_("Course of the session, and what else was said"), rows=2, required=False
    )
    undisputed = WordsField(label=_("Facts that nobody disputes"), required=False)
    issues = WordsField(label=_("What is in dispute"), required=False)
    proposal = WordsField(
        label=_("Proposal"),
        required=False,
        help_text=_("When the parties settle, the agreement begins with these words."),
    )
    offer_by = ChoiceOfFew(label=_("Proposed by"), choices=Session.Offer.choices, required=False)
    offer_amount = MoneyField(label=_("Amount proposed"), required=False)
    offer_due = DayField(label=_("To be paid by"), required=False)
    result = ChoiceOfFew(label=_("Result"), choices=Session.Result.choices)
    next_at = MomentField(
        label=_("Next session"),
        required=False,
        help_text=_("Only when the mediation is to be continued."),
    )

    # The draft as it stood when the page was opened.
    draft_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def autosave_url(self):
        """Where the record is kept while it is written."""
        return reverse("record_draft", args=[self.proceeding.pk])

    def prepare(self):
        people = self._people()
        self.fields["host"].queryset = people
        handler = self.proceeding.handler_id
        self.fill(
            host=handler if people.filter(pk=handler).exists() else self.user.pk,
            undisputed=self._agreed_facts(),
        )
        last = sessions.last_session(self.proceeding)
        self._expect_people(last)
        if last:
            self._go_on_from(last)
        self._begin_from_plan()
        draft, written = planning.read_draft(self.proceeding)
        self.fill(**written, draft_version=draft.version if draft else 0)

    def _begin_from_plan(self):
        plan = planning.next_plan(self.proceeding)
        if plan:
            self.fill(
                started_at=plan.starts_at,
                ended_at=plan.ends_at,
                mode=plan.mode,
                place=str(plan.room) if plan.room else plan.place,
                host=plan.host_id,
            )

    def _people(self):
        """Return who may have led the session: the panel, else every mediator of the office."""
        mediators = appointment.mediators(self.proceeding, on=self.today).order_by("name", "pk")
        panel = appointment.panel(self.proceeding)
        on_panel = mediators.filter(pk__in=[person.pk for person in panel])
        return on_panel if on_panel.exists() else mediators

    def _expect_people(self, last):
        """Give everybody a line who was there last time, else the parties."""
        rows = list(last.attendees.all()) if last else []
        found = [(row.name, row.side, row.part, row.identity) for row in rows]
        for number, row in enumerate((found or self._parties())[: planning.ROWS]):
            self.fill(**dict(zip(_line(number), row, strict=True)))

    def _parties(self):
        part = SessionAttendee.Part.SELF
        return [
            (row.name, row.kind, part, "")
            if row.kind == Party.Kind.WORKER
            else (row.contact_name, row.kind, "", "")
            for row in self.proceeding.case.parties.order_by("pk")
        ]

    def _agreed_facts(self):
        rows = undisputed(facts_at(self.proceeding))
        return "；".join(f"{label_of(row.name)}：{say(row.name, row.value)}" for row in rows)

    def _go_on_from(self, last):
        self.fill(
            started_at=last.next_at,
            mode=last.mode,
            place=last.place,
            **{name: getattr(last, name) for name in CARRIED},
        )

    def clean(self):
        cleaned = super().clean()
        version = cleaned.pop("draft_version", None) or 0
        lines = {name: cleaned.pop(name, "") for name in PEOPLE}
        cleaned["attendees"] = self._attendees(lines)
        if not self.errors:
            self.ask(sessions.check_session, **cleaned)
        self._show_differences(cleaned, version)
        return cleaned

    def _attendees(self, lines):
        """Return an ``Attendee`` per line with a name; say beside the line what is missing."""
        found = []
        for number in range(planning.ROWS):
            who, side, part, identity = (lines[name] for name in _line(number))
            if not who:
                continue
            for name, value in zip(_line(number)[2:], (part, identity), strict=True):
                if not value and name not in self.errors:
                    self.add_error(name, _("This is needed."))
            found.append(sessions.Attendee(who, side, part, identity))
        return found

    def _show_differences(self, cleaned, version):
        """Say what somebody else has written since; sent again, one's own text counts."""
        draft, _written = planning.read_draft(self.proceeding)
        if draft is None:
            return
        others = planning.differences(self.proceeding, data=cleaned, version=version, by=self.user)
        for name, text in others.items():
            words = _("%(name)s wrote meanwhile: %(text)s") % {"name": draft.by, "text": text}
            self.add_error(name, words)
        if others:
            self.data = self.data.copy()
            self.data["draft_version"] = draft.version


# Declared like the others, so that programs may send the lines of attendance too.
SessionForm.base_fields.update(_line_fields())
