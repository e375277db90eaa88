"""Forms about the procedure as a whole: its term, standing still, the short way, mediators."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import (
    collective,
    commissioned,
    extension,
    handover,
    simplified,
    standstill,
)
from arbitration.domain.clockwork import award_clock
from arbitration.forms.base import LINE, TextField
from arbitration.forms.desk.base import DeskForm
from arbitration.models import CommissionedMediation, SimplifiedProcedure, Suspension
from arbitration.models.extension import LONGEST
from arbitration.models.simplified import FULL_TERM
from disputes.forms.fields import DayField
from disputes.look.widgets import MomentInput
from disputes.look.words import say_day


class ExtendForm(DeskForm):
    """More time for the award."""

    title = _("Extend the term of the award")
    intro = _(
        "A complex case may take up to 15 calendar days more, once. The head of the commission"
        " approves it before the term ends, and the parties are told in writing. With this form"
        " you approve it today."
    )
    button = _("Approve the extension")
    done = _("The term is extended.")
    days = forms.IntegerField(label=_("Calendar days"), min_value=1, max_value=LONGEST)
    notified_on = DayField(label=_("Parties notified on"))
    reason = TextField(label=_("Why the case is complex"), max_length=LINE, rows=2)

    def prepare(self):
        self.fill(days=LONGEST, notified_on=self.today)
        term = award_clock(self.proceeding)
        if term:
            said = say_day(term.due_legal, today=self.today)
            self.fields["days"].help_text = _("The term ends on %(day)s.") % {"day": said}

    def read(self, facts):
        return facts | {"approved_on": self.today, "approved_by": self.user}

    def check(self, **facts):
        extension.check_extension(self.proceeding, **facts, today=self.today)


class SuspendForm(DeskForm):
    """The case stands still."""

    title = _("Suspend the case")
    intro = _(
        "The head of the commission approves it, and the parties are told in writing. The days do"
        " not count for the award. A hearing that is set is put off first."
    )
    button = _("Approve and suspend")
    done = _("The case is suspended.")
    spans = {"ground": 6}
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=Suspension.Ground.choices,
        widget=forms.RadioSelect(attrs={"data-look": "list"}),
    )
    reason = TextField(label=_("Reason and what proves it"), max_length=500, rows=3)
    since = DayField(
        label=_("Suspended from"), help_text=_("The first day that does not count any more.")
    )
    notified_on = DayField(label=_("Parties notified on"))
    evidence = forms.ModelChoiceField(
        label=_("Paper among the materials"),
        queryset=None,
        required=False,
        empty_label=_("none chosen"),
        help_text=_("What proves the ground: a finding applied for, another case, a certificate."),
    )
    file = forms.FileField(label=_("Or a new file"), required=False)

    def prepare(self):
        self.fields["evidence"].queryset = handover.materials_for(self.proceeding)
        self.fill(since=self.today, notified_on=self.today)

    def read(self, facts):
        return facts | {"approved_by": self.user}

    def check(self, **facts):
        standstill.check_suspension(self.proceeding, **facts, today=self.today)


class ResumeForm(DeskForm):
    """The case goes on."""

    title = _("Resume the case")
    intro = _("What held the case up is over. From this day on, the days count again.")
    button = _("Resume")
    done = _("The case goes on.")
    resumed_on = DayField(label=_("Resumed from"), help_text=_("The first day that counts again."))
    reason = TextField(label=_("What ended the standstill"), max_length=500, rows=3)

    def prepare(self):
        self.fill(resumed_on=self.today)

    def check(self, **facts):
        standstill.check_resumption(self.proceeding, **facts, today=self.today)


class SimplifyForm(DeskForm):
    """The short way."""

    title = _("Handle by the simplified procedure")
    intro = _(
        "For clear cases, small amounts, or when both parties agree. Papers may then be served by"
        " telephone or text message, awards and statements excepted, and the respondent may agree"
        " to a shorter term. The 45 days stay."
    )
    button = _("Decide")
    done = _("The case is handled by the simplified procedure.")
    spans = {"ground": 6, "harmless": 6}
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=SimplifiedProcedure.Ground.choices,
        widget=forms.RadioSelect(attrs={"data-look": "list"}),
    )
    harmless = forms.BooleanField(
        label=_(
            "It touches neither state nor public interest, has no great effect on the public, and"
            " the respondent can be found."
        ),
        required=False,
    )
    decided_on = DayField(label=_("Decided on"))
    agreed_on = DayField(
        label=_("Respondent agreed on"),
        required=False,
        help_text=_("To the simplified procedure, or to a shorter term."),
    )
    defence_days = forms.IntegerField(
        label=_("Agreed term of the defence"),
        required=False,
        min_value=1,
        max_value=FULL_TERM - 1,
        widget=forms.NumberInput({"class": "fx-w-4", "data-unit": _("working days")}),
        help_text=_("Empty: the full 10 working days."),
    )

    def prepare(self):
        self.fill(decided_on=self.today)

    def read(self, facts):
        return facts | {"decided_by": self.user}

    def check(self, **facts):
        simplified.check_simplification(self.proceeding, **facts, today=self.today)


class ConvertForm(DeskForm):
    """Back to the ordinary procedure."""

    title = _("Turn to the ordinary procedure")
    intro = _(
        "When the case proves not to be simple, before the term of the award ends. The term runs"
        " from acceptance as before; facts that both parties confirmed need no more proof."
    )
    button = _("Turn the case")
    done = _("The case goes on by the ordinary procedure.")
    converted_on = DayField(label=_("Decided on"))
    reason = TextField(label=_("Why it is not simple"), max_length=500, rows=3)

    def prepare(self):
        self.fill(converted_on=self.today)

    def check(self, **facts):
        simplified.check_conversion(self.proceeding, **facts, today=self.today)


class CommissionForm(DeskForm):
    """Mediators try before the hearing."""

    title = _("Commission mediation")
    intro = _(
        "Before the hearing and with both parties' consent, a mediation organisation or a suitable"
        " person may mediate. Without a settlement after 10 working days, the case is heard."
    )
    button = _("Commission")
    done = _("The mediation is under way.")
    spans = {"mediator": 6}
    mediator = forms.CharField(label=_("Organisation or person"), max_length=100)
    applicant_agreed_on = DayField(label=_("Applicant agreed on"))
    respondent_agreed_on = DayField(label=_("Respondent agreed on"))

    def prepare(self):
        self.fill(applicant_agreed_on=self.today, respondent_agreed_on=self.today)

    def check(self, **facts):
        commissioned.check_commission(self.proceeding, **facts, today=self.today)


class ReportForm(DeskForm):
    """What came of the commissioned mediation."""

    title = _("Result of the commissioned mediation")
    intro = _(
        "Settled, the panel puts the terms into a mediation statement. Not settled, the case is"
        " heard; what was offered is not written down here."
    )
    done = _("The result is recorded.")
    spans = {"result": 6}
    result = forms.ChoiceField(
        label=_("Result"),
        choices=CommissionedMediation.Result.choices,
        widget=forms.RadioSelect,
    )
    ended_on = DayField(label=_("Ended on"))
    terms = TextField(
        label=_("What was settled"), required=False, rows=4, help_text=_("Only when settled.")
    )

    def prepare(self):
        self.fill(ended_on=self.today)

    def check(self, **facts):
        commissioned.check_report(self.proceeding, **facts, today=self.today)


class CollectiveNoticeForm(DeskForm):
    """The one notice of a collective case."""

    title = _("Notice of the collective case")
    intro = _(
        "Within five working days of docketing the parties are told at once who is on the panel,"
        " until when they answer and hand in proof, and when and where the hearing is."
    )
    button = _("Record the notice")
    done = _("The notice is recorded.")
    spans = {"place": 6}
    notified_on = DayField(label=_("Parties notified on"))
    defence_until = DayField(label=_("Defence until"))
    proof_until = DayField(label=_("Proof until"))
    hearing_at = forms.DateTimeField(label=_("Hearing at"), widget=MomentInput())
    place = forms.CharField(label=_("Place of the hearing"), max_length=100)

    def prepare(self):
        self.fill(notified_on=self.today)

    def check(self, **facts):
        collective.check_notice(self.proceeding, **facts, today=self.today)
