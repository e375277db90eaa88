"""The form in which a coordinator plans and changes meetings."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.domain.refusals import Refusal
from disputes.forms.fields import DayField
from mediation.domain.meetings import people, planning, series
from mediation.models import Meeting, MeetingSeries
from offices.models import Office, Room

ONCE = "once"
Frequency = MeetingSeries.Frequency
# What each kind of repetition asks for.
ASKED = {
    Frequency.WEEKLY: ("weekdays",),
    Frequency.MONTH_DAY: ("month_day",),
    Frequency.MONTH_END: (),
    Frequency.MONTH_NTH: ("nth", "weekday"),
    Frequency.QUARTER_FIRST: ("nth", "weekday"),
    Frequency.QUARTER_LAST: ("nth", "weekday"),
}


class ClockInput(forms.TimeInput):
    """A time of day, sent as 14:00."""

    input_type = "time"

    def __init__(self):
        super().__init__({"class": "fx-w-8", "step": "300"}, format="%H:%M")


class RoomField(forms.ModelChoiceField):
    """A room, said with the organisation that has it."""

    def label_from_instance(self, room):
        seats = _(" (%(count)d seats)") % {"count": room.seats} if room.seats else ""
        return f"{room.office.short_name} {room.name}{seats}"


class MeetingForm(forms.Form):
    """A meeting, or a series of them. ``facts`` and ``rule`` say it to the verbs."""

    name = forms.CharField(label=_("Name"), max_length=100)
    office = forms.ModelChoiceField(
        label=_("Convened by"), queryset=Office.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Meeting.Kind.choices)
    day = DayField(label=_("Date"))
    begins = forms.TimeField(label=_("Begins"), widget=ClockInput())
    ends = forms.TimeField(label=_("Ends"), widget=ClockInput())
    repeat = forms.ChoiceField(
        label=_("Repeats"), choices=[(ONCE, _("once")), *Frequency.choices], initial=ONCE
    )
    interval = forms.IntegerField(
        label=_("Weeks apart"), min_value=1, max_value=12, required=False, initial=1
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these weekdays"),
        choices=MeetingSeries.Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For every week or every few weeks."),
    )
    nth = forms.TypedChoiceField(
        label=_("Which of the month"),
        choices=[("", _("choose")), *MeetingSeries.Nth.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    weekday = forms.TypedChoiceField(
        label=_("Weekday"),
        choices=[("", _("choose")), *MeetingSeries.Weekday.choices],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("For every month or quarter on a weekday."),
    )
    month_day = forms.IntegerField(
        label=_("Day of the month"),
        min_value=1,
        max_value=28,
        required=False,
        help_text=_("1 to 28: every month has it."),
    )
    until = DayField(label=_("Last day of the series"), required=False)
    holidays = forms.ChoiceField(
        label=_("When a date falls on a holiday, it takes place"),
        choices=MeetingSeries.Holidays.choices,
        initial=MeetingSeries.Holidays.NEXT,
        widget=forms.RadioSelect({"data-look": "seg"}),
    )
    room = RoomField(
        label=pgettext_lazy("meeting", "Room"),
        queryset=Room.objects.none(),
        required=False,
        empty_label=_("no room"),
    )
    place = forms.CharField(label=_("Other place"), max_length=100, required=False)
    video_url = forms.URLField(
        label=_("Link of the video meeting"), max_length=300, required=False, assume_scheme="https"
    )
    agencies = forms.ModelMultipleChoiceField(
        label=_("Agencies"),
        queryset=Office.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their liaison officers are put on the list; people can be changed later."),
    )
    quorum = forms.IntegerField(
        label=_("Agencies needed to decide"),
        min_value=0,
        max_value=50,
        initial=0,
        help_text=_("The convener must be among them. 0: no such number."),
    )
    materials_by = DayField(
        label=_("Papers due on"),
        required=False,
        help_text=_("Empty: three working days before. For this date only, not for a series."),
    )
    override_reason = forms.CharField(
        label=_("Why it stays in spite of warnings"), max_length=200, required=False
    )
    scope = forms.ChoiceField(label=_("The change reaches"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    sections = [
        (_("Meeting"), ["name", "office", "kind"]),
        (_("Time"), ["day", "begins", "ends", "repeat", "until", "holidays"]),
        (_("Rule of the series"), ["interval", "weekdays", "nth", "weekday", "month_day"]),
        (_("Place"), ["room", "place", "video_url"]),
        (_("Agencies"), ["agencies", "quorum", "materials_by"]),
        (_("Warnings overridden"), ["scope", "override_reason"]),
    ]
    spans = {
        "name": 3, "office": 2, "kind": 1, "day": 2, "begins": 2, "ends": 2, "repeat": 3,
        "until": 3, "holidays": 6, "interval": 2, "weekdays": 6, "nth": 2, "weekday": 2,
        "month_day": 2, "room": 3, "place": 3, "video_url": 6, "agencies": 6, "quorum": 3,
        "materials_by": 3, "scope": 6, "override_reason": 6,
    }  # fmt: skip

    def __init__(self, *args, user, offices, meeting=None, now, **options):
        super().__init__(*args, **options)
        self.user, self.meeting, self.now = user, meeting, now
        self.fields["office"].queryset = offices
        rooms = Room.objects.filter(is_active=True).select_related("office")
        self.fields["room"].queryset = rooms.order_by("office", "name")
        self.fields["agencies"].queryset = people.agencies().order_by("tier", "path", "pk")
        (self._prepare_new if meeting is None else self._prepare_change)()

    @property
    def is_series(self):
        """Whether what is planned comes back."""
        return self.cleaned_data["repeat"] != ONCE

    @property
    def reaches_more(self):
        """Whether the change reaches other dates of the series too."""
        return self.meeting is not None and self.cleaned_data.get("scope") in ("following", "all")

    def _prepare_new(self):
        del self.fields["scope"]
        del self.fields["version"]

    def _prepare_change(self):
        meeting = self.meeting
        for name in ("office", "agencies"):
            del self.fields[name]
        if meeting.series_id is None:
            for name in ("repeat", "until", "holidays", "interval", "weekdays", "nth", "weekday",
                         "month_day", "scope"):  # fmt: skip
                del self.fields[name]
        else:
            counts = series.reach(meeting, at=self.now)
            self.fields["scope"].choices = [
                ("this", _("only this date")),
                ("following", _("this and the following (%(n)d)") % {"n": counts["following"]}),
                ("all", _("all that lie ahead (%(n)d)") % {"n": counts["all"]}),
            ]
            self.fields["scope"].widget = forms.RadioSelect(
                {"data-look": "list"}, choices=self.fields["scope"].choices
            )
            self.fields["scope"].required = True
            self.fields["repeat"].choices = Frequency.choices
        for name, value in _initial(meeting).items():
            if name in self.fields:
                self.fields[name].initial = value

    def clean(self):
        facts = super().clean()
        if self.errors:
            return facts
        if facts.get("materials_by") and facts["materials_by"] > facts["day"]:
            self.add_error("materials_by", _("Papers are due before the meeting."))
        if facts.get("repeat", ONCE) != ONCE and (self.meeting is None or self.reaches_more):
            self._check_rule(facts)
        if (
            not self.errors
            and not self.reaches_more
            and not (self.meeting is None and self.is_series)
        ):
            self._check_single()
        elif not self.errors:
            self._check_series()
        return facts

    def _check_rule(self, facts):
        missing = [name for name in ASKED[facts["repeat"]] if facts.get(name) in (None, [], "")]
        if not facts["until"]:
            missing.append("until")
        for name in missing:
            self.add_error(name, _("This repetition needs it."))

    def _check_single(self):
        try:
            planning.check(
                **{name: self.facts[name] for name in planning.CHECKED},
                at=self.now,
                exclude=self.meeting and self.meeting.pk,
            )
        except Refusal as refusal:
            self._refuse(refusal)

    def _check_series(self):
        rule = MeetingSeries(**self.rule)
        try:
            series.check_rule(rule, self.facts, at=self.now)
        except Refusal as refusal:
            self._refuse(refusal)

    def _refuse(self, refusal):
        field = {"starts_at": "day", "ends_at": "ends", "starts_on": "day"}.get(
            refusal.field, refusal.field
        )
        self.add_error(field if field in self.fields else None, str(refusal))

    def refuse(self, refusal):
        """Say beside its field why the verb refused."""
        self._refuse(refusal)

    @property
    def facts(self):
        """The columns of the meeting."""
        said = self.cleaned_data
        kept = ("name", "kind", "room", "place", "video_url", "quorum")
        return {name: said[name] for name in kept} | {
            "starts_at": _moment(said["day"], said["begins"]),
            "ends_at": _moment(said["day"], said["ends"]),
            "override_reason": said.get("override_reason", ""),
            "materials_by": said.get("materials_by"),
        }

    @property
    def shared(self):
        """What all meetings of a series have in common."""
        return {name: self.facts[name] for name in series.SHARED}

    @property
    def rule(self):
        """The columns of the rule."""
        said = self.cleaned_data
        asked = ASKED[said["repeat"]]
        weekdays = said["weekdays"] if "weekdays" in asked else []
        return {
            "frequency": said["repeat"],
            "interval": said["interval"] or 1,
            "weekdays": [said["weekday"]] if "weekday" in asked else sorted(weekdays),
            "month_day": said["month_day"] if "month_day" in asked else None,
            "nth": said["nth"] if "nth" in asked else None,
            "starts_on": said["day"],
            "until": said["until"],
            "begins": said["begins"],
            "ends": said["ends"],
            "holidays": said["holidays"],
        }

    def delegates(self, *, on):
        """Return the ``Delegate`` list of the agencies that were chosen."""
        return people.delegates_of(
            list(self.cleaned_data["agencies"]),
            convener=self.cleaned_data["office"],
            by=self.user,
            on=on,
        )


class CancelForm(forms.Form):
    """Why a meeting is cancelled, and how many of its series."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    scope = forms.ChoiceField(label=_("Cancel"), required=False)

    def __init__(self, *args, meeting, now, **options):
        super().__init__(*args, **options)
        counts = series.reach(meeting, at=now)
        if meeting.series_id is None or counts["following"] < 2:
            del self.fields["scope"]
            return
        self.fields["scope"].choices = [
            ("this", _("only this date")),
            ("following", _("this and the following (%(n)d)") % {"n": counts["following"]}),
        ]
        self.fields["scope"].initial = "this"
        self.fields["scope"].widget = forms.RadioSelect(
            {"data-look": "list"}, choices=self.fields["scope"].choices
        )


class RoomForm(forms.ModelForm):
    """A room of an office."""

    class Meta:
        model = Room
        fields = ["office", "name", "site", "seats", "is_active"]

    def __init__(self, *args, offices, **options):
        super().__init__(*args, **options)
        self.fields["office"].queryset = offices
        self.fields["office"].empty_label = None


def _moment(day, hour):
    return timezone.make_aware(datetime.combine(day, hour))


def _initial(meeting):
    begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    facts = {
        name: getattr(meeting, name)
        for name in (
            "name",
            "kind",
            "room",
            "place",
            "video_url",
            "quorum",
            "override_reason",
            "materials_by",
        )  # fmt: skip
    }
    facts |= {
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "version": meeting.version,
        "scope": "this",
    }
    if meeting.series_id:
        rule = meeting.series
        facts |= {
            "repeat": rule.frequency,
            "interval": rule.interval,
            "weekdays": rule.weekdays,
            "weekday": rule.weekdays[0] if rule.weekdays else None,
            "nth": rule.nth,
            "month_day": rule.month_day,
            "until": rule.until,
            "holidays": rule.holidays,
        }
    return facts
