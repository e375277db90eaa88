"""Forms about the service of one paper, and of one paper on many."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.domain.evidence import inspect
from disputes.domain.refusals import Refusal
from disputes.domain.service import correcting, recording
from disputes.domain.service.table import WAYS, methods_for, takers_for
from disputes.domain.service.ways import check_way
from disputes.forms.fields import DayField
from disputes.forms.proof import ReceiptField, WayReasonField, WitnessesField
from disputes.models import Party, Receiver, ServiceMethod

NAME = 50
# Personal data: a correction leaves them as they are unless they are written anew.
KEPT = ("received_by", "place")


class WayField(forms.ChoiceField):
    """How the paper is served."""

    def __init__(self, **options):
        widget = forms.RadioSelect({"data-look": "list"})
        super().__init__(label=_("How"), widget=widget, choices=ServiceMethod.choices, **options)


class ServiceForm(forms.Form):
    """What is written down of *service*, on the date *today*; the keyword arguments of its verb."""

    title, button, done = _("Record the service"), _("Save"), _("Recorded.")
    spans = {}

    def __init__(self, *args, service, today, user=None, **options):
        super().__init__(*args, **options)
        self.service, self.today, self.user = service, today, user
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.last = today
                field.widget.attrs["max"] = today.isoformat()
        self.prepare()

    def prepare(self):
        """Offer what this paper and this recipient allow."""
        if "method" in self.fields:
            methods = methods_for(self.service.proceeding, self.service.paper)
            self.fields["method"].choices = [(each.value, each.label) for each in methods]
        if "relation" in self.fields:
            takers = takers_for(self.service.party, self.service.paper)
            choices = [(each.value, each.label) for each in takers]
            self.fields["relation"].choices = [("", _("choose")), *choices]
        for name, value in self.known().items():
            if name in self.fields and value not in (None, ""):
                self.fields[name].initial = value

    def known(self):
        """Return what the file knows already, by the names of fields."""
        return {}

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            try:
                inspect(file)
            except Refusal as refusal:
                raise ValidationError(str(refusal)) from refusal
        return file

    def clean(self):
        facts = super().clean()
        if not self.errors:
            try:
                self.check(**self.told(facts))
            except Refusal as refusal:
                field = refusal.field if refusal.field in self.fields else None
                self.add_error(field, str(refusal))
        return facts

    def told(self, facts):
        """Return *facts* as the verb takes them: a file that comes along counts as proof."""
        facts = dict(facts)
        if "file" in facts:
            facts["proof"] = facts.pop("file") or self.service.proof
        return facts

    def check(self, **facts):
        """Raise the ``Refusal`` that the verb would raise."""


class ProveForm(ServiceForm):
    """The proof that a paper was served: by whom, when, on whom, and what shows it."""

    title, done = _("Record the proof of service"), _("The service is recorded.")
    sections = [
        (_("How and when"), ["method", "served_on", "server", "place", "copies"]),
        (_("Who signed"), ["received_by", "relation", "signed"]),
        (
            _("Proof of service"),
            ["receipt", "file"],
            _("The signed receipt as a scan or photo can follow later."),
        ),
        (_("Left at the address, or published"), ["reason", "witnesses"]),
    ]
    spans = {"method": 6, "signed": 6, "receipt": 6, "file": 6, "reason": 6}

    method = WayField()
    served_on = DayField(
        label=_("Served on"), help_text=_("The day of signing, of posting, or of publishing.")
    )
    server = forms.CharField(label=_("Served by"), max_length=NAME, required=False)
    place = forms.CharField(label=_("Place of service"), max_length=200, required=False)
    copies = forms.IntegerField(label=_("Copies"), min_value=1, max_value=99, initial=1)
    received_by = forms.CharField(label=_("Signed for by"), max_length=NAME, required=False)
    relation = forms.ChoiceField(
        label=_("Relation to the recipient"), choices=Receiver.choices, required=False
    )
    signed = forms.BooleanField(label=_("The receipt of service is signed."), required=False)
    receipt = ReceiptField(
        required=False, help_text=_("Number of the consignment, record of the system, newspaper.")
    )
    file = forms.FileField(label=_("Signed receipt, photo or recording"), required=False)
    reason = WayReasonField()
    witnesses = WitnessesField()

    def known(self):
        service = self.service
        return {
            "method": service.method or ServiceMethod.DIRECT,
            "served_on": self.today,
            "server": service.server or str(self.user or ""),
            "place": _unmasked(service.party, service.place or service.party.address),
            "copies": service.copies,
            "receipt": service.receipt,
            "signed": not service.method,
            "received_by": _unmasked(
                service.party, service.party.contact_name or service.party.name
            ),
            "relation": _likely_taker(service.party),
        }

    def told(self, facts):
        facts = super().told(facts)
        if facts["method"] != ServiceMethod.DIRECT:
            # Ticked beforehand for the ordinary way; other ways have their own proof.
            facts["signed"] = False
        if WAYS[facts["method"]].term:
            facts |= {"received_by": "", "relation": ""}
        return facts

    def check(self, **facts):
        facts.pop("copies")
        recording.check_service(self.service, **facts, today=self.today)


class SendForm(ServiceForm):
    """The paper goes out; its proof is awaited."""

    title, done = _("Record that it was sent"), _("Recorded. The proof is awaited.")
    sections = [(_("On its way"), ["method", "sent_on", "receipt", "server", "place"])]
    spans = {"method": 6}

    method = WayField(initial=ServiceMethod.MAIL)
    sent_on = DayField(label=_("Sent on"))
    receipt = ReceiptField(required=False, label=_("Number of the consignment"), help_text="")
    server = forms.CharField(
        label=pgettext_lazy("service", "Sent by"), max_length=NAME, required=False
    )
    place = forms.CharField(label=_("To the address"), max_length=200, required=False)

    def known(self):
        return {
            "sent_on": self.today,
            "server": str(self.user or ""),
            "place": _unmasked(self.service.party, self.service.party.address),
        }

    def check(self, **facts):
        service = self.service
        check_way(service.proceeding, service.party, paper=service.paper, method=facts["method"])


class ComeBackForm(ServiceForm):
    """What was sent came back: it stands to be served again."""

    title, done = _("It came back"), _("Recorded. Serve it again in another way.")
    sections = [(_("Came back"), ["returned_on", "reason"])]
    spans = {"reason": 6}

    returned_on = DayField(label=_("Came back on"))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("As it stands on the slip.")
    )

    def known(self):
        return {"returned_on": self.today}


class CorrectForm(ProveForm):
    """A further entry that says what the entry should have said."""

    title, done = (
        _("Correct the service"),
        _("Corrected. The clocks that run from it are counted again."),
    )
    sections = [(_("Why"), ["correction"]), *ProveForm.sections]
    spans = {**ProveForm.spans, "correction": 6}

    correction = forms.CharField(label=_("Why it is corrected"), max_length=300)

    def prepare(self):
        del self.fields["copies"]
        super().prepare()

    def known(self):
        names = [name for name in ("served_on", *recording.FACTS) if name not in KEPT]
        return {name: getattr(self.service, name) for name in names}

    def told(self, facts):
        """Return *facts*; who took it and where stay as they are unless written anew."""
        kept = {name: facts[name] or getattr(self.service, name) for name in KEPT}
        return super().told(facts | kept)

    def check(self, **facts):
        correcting.check_correction(self.service, **facts, today=self.today)


class AttachForm(ServiceForm):
    """The signed receipt comes as a scan or photo."""

    title, done = _("Attach the signed receipt"), _("The proof is attached.")
    sections = [(_("Proof of service"), ["file"])]

    file = forms.FileField(label=_("Signed receipt, photo or recording"))


class ManyForm(forms.Form):
    """One paper reached many on one day, in one way: who is ticked on the list."""

    sections = [(_("How and when"), ["method", "served_on", "receipt", "server"])]
    spans = {"method": 6, "receipt": 6}

    method = forms.ChoiceField(
        label=_("How"),
        choices=[(each.value, each.label) for each in (ServiceMethod.DIRECT, ServiceMethod.MAIL)],
        widget=forms.RadioSelect(),
        initial=ServiceMethod.DIRECT,
    )
    served_on = DayField(label=_("Served on"))
    receipt = ReceiptField(
        required=False, help_text=_("Needed when mailed: the numbers of the consignments.")
    )
    server = forms.CharField(label=_("Served by"), max_length=NAME, required=False)

    def __init__(self, *args, today, user, **options):
        super().__init__(*args, **options)
        self.fields["served_on"].last = today
        self.fields["served_on"].initial = today
        self.fields["server"].initial = str(user)


def _unmasked(party, text):
    """Return *text* for a form, "" where it would unmask a worker: the receipt has it anyway."""
    return "" if party.kind == Party.Kind.WORKER else text


def _likely_taker(party):
    return Receiver.SELF if Receiver.SELF in takers_for(party, "other") else Receiver.DESK
