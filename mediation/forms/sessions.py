"""The step in which the parties meet."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disputes.forms.step import StepForm
from mediation.domain import appointment, planning, sessions
from mediation.forms.answers import ChoiceOfFew, MomentField, WordsField
from mediation.models import Session
from offices.models import User


class SessionForm(StepForm):
    """The record of one mediation session."""

    intro = _(
        "One record per session. While the result is “to be continued” this step stays open. "
        "What is said here stays with this office and never reaches arbitration."
    )
    button = _("Save the record")
    sections = [
        (_("When and where"), ["started_at", "ended_at", "mode", "place", "host"]),
        (_("Attendance"), ["attendance", "recusal_told"]),
        (
            _("What was said"),
            ["statements", "undisputed", "issues", "proposal"],
            _("confidential"),
        ),
        (_("Result"), ["result", "next_at"]),
    ]

    started_at = MomentField(label=_("Session began"))
    ended_at = MomentField(label=_("Session ended"))
    mode = ChoiceOfFew(
        label=_("How the parties met"), choices=Session.Mode.choices, initial=Session.Mode.ON_SITE
    )
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    host = forms.ModelChoiceField(label=_("Led by"), queryset=User.objects.none(), empty_label=None)
    attendance = WordsField(
        label=_("Who was there"),
        rows=2,
        max_length=1000,
        help_text=_("Everybody with the part they play; strike out who did not come."),
    )
    recusal_told = forms.BooleanField(
        label=_("The parties were told that they may object to a mediator"),
        error_messages={"required": sessions.NotToldOfRecusal.sentence},
    )
    statements = WordsField(label=_("What both sides said"), rows=5)
    undisputed = WordsField(label=_("Facts that nobody disputes"), required=False)
    issues = WordsField(label=_("What is in dispute"), required=False)
    proposal = WordsField(
        label=_("Proposal"),
        required=False,
        help_text=_("When the parties settle, the agreement begins with these words."),
    )
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
            attendance=self._parties(),
        )
        last = sessions.last_session(self.proceeding)
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

    def _parties(self):
        return "\n".join(
            f"{party.get_role_display()} {party.name}"
            for party in self.proceeding.case.parties.all()
        )

    def _go_on_from(self, last):
        self.fill(
            started_at=last.next_at,
            mode=last.mode,
            place=last.place,
            attendance=last.attendance,
            undisputed=last.undisputed,
            issues=last.issues,
            proposal=last.proposal,
        )

    def clean(self):
        cleaned = super().clean()
        version = cleaned.pop("draft_version", None) or 0
        if not self.errors:
            self.ask(sessions.check_session, **cleaned)
        self._show_differences(cleaned, version)
        return cleaned

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
