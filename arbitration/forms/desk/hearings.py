"""Forms about hearings, beside setting and holding them."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from arbitration.domain import postponements, schedule
from arbitration.forms.base import TextField, YesNoField
from arbitration.forms.desk.base import DeskForm
from arbitration.models import RecordSignature
from disputes.domain.service.ways import shown_name
from disputes.forms.acts import PartyField
from disputes.forms.fields import DayField
from disputes.look.words import say_day


class PostponeForm(DeskForm):
    """A party asks to put the hearing off."""

    title = _("Request for postponement")
    intro = _(
        "A party with good reason asks at least 3 working days before the hearing. The commission"
        " decides. Granted, the room is free again and a new day is set."
    )
    button = _("Decide")
    done = _("The request is answered.")
    spans = {"granted": 6}
    party = PartyField(label=_("Who asks"))
    asked_on = DayField(label=_("Asked on"))
    reason = TextField(label=_("Reason"), rows=2, max_length=500)
    granted = YesNoField(label=_("Decision"), yes=_("granted"), no=_("refused"))
    note = TextField(label=_("Why not"), required=False, rows=2, max_length=500)

    def prepare(self):
        self.fields["party"].queryset = self.parties
        self.fill(asked_on=self.today)
        ahead = schedule.hearing_ahead(self.proceeding)
        if ahead:
            latest = postponements.latest_request(timezone.localdate(ahead.starts_at))
            said = say_day(latest, today=self.today)
            hint = _("Possible until %(day)s.") % {"day": said}
            self.fields["asked_on"].help_text = hint

    def check(self, **facts):
        postponements.check_request(self.proceeding, **facts, at=self.day_begins)


class SignRecordForm(DeskForm):
    """Who signed the record."""

    title = _("Signatures under the record")
    intro = _(
        "Arbitrators, clerk and everybody who took part sign the record. Who finds a mistake may"
        " have it corrected; who refuses to sign is noted with the reason."
    )
    done = _("The signatures are recorded.")

    def prepare(self):
        self.signers = list(self.parties)
        self.sections = [self._add(party) for party in self.signers]

    def read(self, facts):
        signatures = [
            {"party": party, "how": facts[f"how_{party.pk}"], "note": facts[f"note_{party.pk}"]}
            for party in self.signers
        ]
        return {"signatures": signatures}

    def check(self, **facts):
        postponements.check_signatures(self.proceeding, **facts)

    def _add(self, party):
        names = {
            f"how_{party.pk}": forms.ChoiceField(
                label=_("Signature"),
                choices=RecordSignature.How.choices,
                widget=forms.RadioSelect,
            ),
            f"note_{party.pk}": forms.CharField(
                label=_("Note"),
                required=False,
                max_length=500,
                help_text=_("Why it was refused, or what was to be corrected."),
            ),
        }
        self.fields.update(names)
        return (f"{party.get_role_display()} {shown_name(party)}", list(names))
