"""The forms of agenda, people, decisions, minutes and action items."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.forms.fields import DayField
from mediation.domain.meetings import people
from mediation.forms.answers import ChoiceOfFew, WordsField
from mediation.models import MeetingDecision, Participant
from offices.models import Office, User


class AgencyForm(forms.Form):
    """A form about one meeting and the agencies asked to it."""

    spans = {}

    def __init__(self, *args, meeting, agencies=None, **options):
        super().__init__(*args, **options)
        self.meeting = meeting
        self.agencies = people.agencies_at(meeting) if agencies is None else agencies
        self.prepare()

    def offer(self, *names):
        """Let the agencies be the choices of the fields *names*."""
        keys = [office.pk for office in self.agencies]
        for name in names:
            self.fields[name].queryset = Office.objects.filter(pk__in=keys)
            # They are read already.
            self.fields[name].choices = [(office.pk, office.name) for office in self.agencies]

    def prepare(self):
        """Offer the agencies."""


class ItemForm(AgencyForm):
    """An item, and with whom it is shared."""

    title = forms.CharField(label=_("Title"), max_length=150)
    request = WordsField(
        label=_("What is asked of the meeting"), required=False, max_length=500, rows=2
    )
    minutes = forms.IntegerField(label=_("Minutes planned"), min_value=1, max_value=480, initial=20)
    responsible = forms.ModelChoiceField(
        label=_("Responsible agency"), queryset=Office.objects.none(), empty_label=None
    )
    viewers = forms.ModelMultipleChoiceField(
        label=_("Agencies that see the item"),
        queryset=Office.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All others see its time and number only, “Item not open to you”."),
    )
    with_materials = forms.ModelMultipleChoiceField(
        label=_("They also read materials and discussion"),
        queryset=Office.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    with_case = forms.ModelMultipleChoiceField(
        label=_("They also read the case"),
        queryset=Office.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Their people on the list may open it until 30 days after the meeting."),
    )
    spans = {"title": 4, "minutes": 2, "request": 6, "responsible": 6, "viewers": 2,
             "with_materials": 2, "with_case": 2}  # fmt: skip
    sections = [
        (pgettext_lazy("agenda", "Item"), ["title", "minutes", "request", "responsible"]),
        (_("Who sees it"), ["viewers", "with_materials", "with_case"]),
    ]

    def prepare(self):
        self.fields["responsible"].queryset = people.agencies() | Office.objects.filter(
            pk=self.initial.get("responsible")
        )
        self.offer("viewers", "with_materials", "with_case")

    @property
    def facts(self):
        """The columns of the item."""
        names = ("title", "request", "minutes", "responsible")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def shared(self):
        """(office, materials, case) of each agency with which it is shared."""
        said = self.cleaned_data
        inside, case = set(said["with_materials"]), set(said["with_case"])
        everybody = set(said["viewers"]) | inside | case
        return [(office, office in inside, office in case) for office in everybody]


class NewItemForm(AgencyForm):
    """An item without a case."""

    title = forms.CharField(label=_("Title"), max_length=150)
    responsible = forms.ModelChoiceField(
        label=_("Responsible agency"), queryset=Office.objects.none(), empty_label=None
    )
    minutes = forms.IntegerField(label=_("Minutes planned"), min_value=1, max_value=480, initial=15)

    def prepare(self):
        self.offer("responsible")


class PersonForm(AgencyForm):
    """Somebody more on the list, perhaps in the place of another."""

    office = forms.ModelChoiceField(label=_("Agency"), queryset=people.agencies())
    user = forms.ModelChoiceField(
        label=_("Account"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("no account here"),
    )
    name = forms.CharField(label=_("Name, without an account"), max_length=50, required=False)
    mail = forms.EmailField(label=_("Mail address"), required=False)
    role = forms.ChoiceField(label=_("Part"), choices=Participant.Role.choices, initial="required")
    stands_in_for = forms.ModelChoiceField(
        label=_("Stands in for"), queryset=Participant.objects.none(), required=False
    )

    def prepare(self):
        serving = User.objects.filter(is_active=True, postings__office__in=people.agencies())
        self.fields["user"].queryset = serving.distinct().order_by("name")
        self.fields["stands_in_for"].queryset = self.meeting.participants.filter(
            removed_at__isnull=True
        )

    def clean(self):
        facts = super().clean()
        if not facts.get("user") and not facts.get("name"):
            self.add_error("name", _("Choose an account or write a name."))
        return facts


class DecideForm(AgencyForm):
    """What the meeting decides on one item."""

    discussion = WordsField(label=_("Main points of the discussion"), required=False, rows=4)
    kind = ChoiceOfFew(label=_("Decision"), choices=MeetingDecision.Kind.choices, look="seg")
    text = WordsField(label=_("Wording"), rows=2)
    responsible = forms.ModelChoiceField(
        label=_("Responsible agency"), queryset=Office.objects.none(), empty_label=None
    )
    workdays = forms.IntegerField(
        label=_("Term in working days"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("Counted from the day after today, holidays left out."),
    )
    due_on = DayField(label=_("Or by the date"), required=False)
    spans = {"discussion": 6, "kind": 6, "text": 6, "responsible": 2, "workdays": 2, "due_on": 2}
    sections = [
        (_("Decision"), ["discussion", "kind", "text", "responsible", "workdays", "due_on"])
    ]

    def prepare(self):
        self.offer("responsible")


class ActionForm(AgencyForm):
    """Something else that an agency has to do."""

    text = forms.CharField(label=_("What is to be done"), max_length=300)
    office = forms.ModelChoiceField(
        label=_("Agency"), queryset=Office.objects.none(), empty_label=None
    )
    person = forms.CharField(label=_("Person"), max_length=50, required=False)
    workdays = forms.IntegerField(label=_("Term in working days"), min_value=1, max_value=120)

    def prepare(self):
        self.offer("office")


class CodeForm(forms.Form):
    """The code on the screen of the room."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class SummaryForm(forms.Form):
    """The words of the minutes that stand beside the items."""

    summary = WordsField(label=_("How the meeting went"), required=False, rows=5)


class CorrectionForm(SummaryForm):
    """A further edition and its reason."""

    why = forms.CharField(label=_("Why corrected"), max_length=300)


class CommentsForm(forms.Form):
    """What an agency says of the draft: of each item that it sees, and of the whole."""

    ANSWERS = [("yes", _("agreed")), ("no", _("not agreed"))]

    def __init__(self, *args, items=(), **options):
        super().__init__(*args, **options)
        self.items = {f"_{each.item.pk}": each for each in items if not each.is_closed}
        self.spans = {}
        for suffix, each in self.items.items():
            title = _("Item %(number)d: %(title)s") % {"number": each.number, "title": each.title}
            self._ask(suffix, title)
        self._ask("", _("The minutes as a whole"))

    def _ask(self, suffix, label):
        self.fields[f"agrees{suffix}"] = forms.TypedChoiceField(
            label=label,
            choices=self.ANSWERS,
            coerce=lambda word: word == "yes",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect({"data-look": "seg"}),
        )
        self.fields[f"text{suffix}"] = forms.CharField(
            label=_("What should be changed"), required=False, max_length=500
        )
        self.spans |= {f"agrees{suffix}": 2, f"text{suffix}": 4}

    def clean(self):
        facts = super().clean()
        for suffix in (*self.items, ""):
            if facts.get(f"agrees{suffix}") is False and not facts.get(f"text{suffix}"):
                self.add_error(f"text{suffix}", _("Say what should be changed."))
        if not self.errors and not self.said:
            self.add_error("agrees", _("Say at least one thing."))
        return facts

    @property
    def said(self):
        """(item or None, whether she agrees, text) of everything that was answered."""
        found = []
        for suffix, each in (*self.items.items(), ("", None)):
            agrees = self.cleaned_data.get(f"agrees{suffix}")
            if agrees is not None:
                text = self.cleaned_data.get(f"text{suffix}", "")
                found.append((each.item if each else None, agrees, text))
        return found


class EvidenceForm(forms.Form):
    """How an action item was done."""

    evidence = WordsField(label=_("What was done, and what shows it"), rows=3, max_length=2000)


class MaterialForm(forms.Form):
    """A paper for an item."""

    title = forms.CharField(label=_("Title"), max_length=100)
    file = forms.FileField(label=_("File"))
