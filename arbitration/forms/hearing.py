"""The forms of setting and holding a hearing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from arbitration.domain import hearings, schedule
from arbitration.domain.guards import one_of
from arbitration.domain.simplified import is_simplified
from arbitration.forms.base import (
    LINE,
    MethodField,
    StepForm,
    TextField,
    YesNoField,
    offer_simple,
)
from arbitration.models import Hearing, HearingRecord
from disputes.domain import clocks
from disputes.forms.fields import DayField
from disputes.look.widgets import MomentInput
from disputes.models import ServiceMethod
from offices.models import Room


class HearingForm(StepForm):
    """When and where the parties are heard."""

    intro = _(
        "The parties are told in writing at least 5 working days before, and the respondent's term"
        " to answer is over. The first lawful morning is filled in."
    )
    sections = [
        (_("Time and place"), ["mode", "starts_at", "ends_at", "room", "new_room"]),
        (
            _("Notice"),
            [
                "notified_on",
                "notice_method",
                "notice_receipt",
                "waive_notice",
                "defence_served_on",
            ],
        ),
    ]
    spans = {"mode": 6}
    mode = forms.ChoiceField(
        label=_("How the parties are heard"), choices=Hearing.Mode.choices, widget=forms.RadioSelect
    )
    starts_at = forms.DateTimeField(label=_("Begins"), widget=MomentInput())
    ends_at = forms.DateTimeField(label=_("Ends"), widget=MomentInput())
    room = forms.ModelChoiceField(
        label=_("Hearing room"), queryset=None, required=False, empty_label=_("choose")
    )
    new_room = forms.CharField(
        label=_("Or another room"),
        required=False,
        max_length=50,
        help_text=_("A room that is not in the list yet."),
    )
    notified_on = DayField(label=_("Parties notified on"))
    notice_method = MethodField()
    notice_receipt = forms.CharField(
        label=_("Proof that the parties got it"),
        required=False,
        max_length=LINE,
        help_text=_(
            "Needed for a telephone call or text message: without it nobody is treated as absent."
        ),
    )
    waive_notice = forms.BooleanField(
        label=_("Both parties agreed in writing to be heard sooner."), required=False
    )
    defence_served_on = DayField(label=_("Copy of the defence served on"), required=False)

    def prepare(self):
        rooms = Room.objects.filter(office=self.proceeding.office, is_active=True)
        self.fields["room"].queryset = rooms
        begins, ends = schedule.propose_hours(self.proceeding, today=self.today)
        self.fill(
            mode=Hearing.Mode.ROOM,
            starts_at=begins,
            ends_at=ends,
            notified_on=self.today,
            notice_method=ServiceMethod.DIRECT,
        )
        if is_simplified(self.proceeding):
            offer_simple(self.fields["notice_method"])
        if not rooms:
            del self.fields["room"]
            self.fields["new_room"].label = _("Hearing room")
            self.fields["new_room"].help_text = ""
        elif len(rooms) == 1:
            self.fill(room=rooms[0])
        if not self._defence_waits():
            del self.fields["defence_served_on"]

    def read(self, facts):
        return {"room": None} | facts

    def check(self, *, notice_method, notice_receipt, defence_served_on=None, **facts):
        try:
            schedule.check_hearing(self.proceeding, **facts, at=self.day_begins, by=self.user)
        except schedule.NoRoom as refusal:
            refusal.field = "room" if "room" in self.fields else "new_room"
            raise
        if defence_served_on:
            answer = one_of(self.proceeding, "defence")
            schedule.check_day(
                defence_served_on,
                field="defence_served_on",
                today=self.today,
                after=answer and answer.received_on,
                what=_("when the defence came"),
            )

    def _defence_waits(self):
        return clocks.find_clock(self.proceeding.case, "ARB_SERVE_DEF", proceeding=self.proceeding)


class HoldHearingForm(StepForm):
    """What came of the hearing."""

    intro = _(
        "An applicant who stays away or leaves without good reason is treated as having withdrawn"
        " and cannot apply again; a respondent who does is decided on in absence. Before it"
        " decides, the panel tries mediation."
    )
    sections = [
        (_("Attendance"), ["applicant_present", "respondent_present"]),
        (_("Course and result"), ["mediation_tried", "result", "record"]),
    ]
    applicant_present = YesNoField(
        label=_("Applicant"),
        yes=_("present"),
        no=_("absent"),
        help_text=_("Leaving without the panel's consent counts as absent."),
    )
    respondent_present = YesNoField(label=_("Respondent"), yes=_("present"), no=_("absent"))
    mediation_tried = forms.BooleanField(
        label=_("The panel tried mediation in the hearing."), required=False
    )
    result = forms.ChoiceField(
        label=_("Result"), choices=HearingRecord.Result.choices, widget=forms.RadioSelect
    )
    record = TextField(
        label=_("Record"),
        rows=8,
        max_length=20000,
        help_text=_("Only the commission reads it. What was offered in mediation stays out."),
    )

    def check(self, **facts):
        hearings.check_record(self.proceeding, **facts, at=self.day_ends)
