"""Why a paper cannot be served like this, and why a case does not close yet."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from disputes.domain.refusals import Told


class NotByThisWay(Told):
    """The paper cannot be served like this."""

    sentence = _("A mediation statement takes effect when the party signs for it: hand it over.")


class NoElectronicService(Told):
    """The party did not agree to electronic service."""

    sentence = _("%(party)s has not agreed to electronic service.")


class AwardsAreFormal(Told):
    """What decides is never served by telephone."""

    sentence = _("An award or mediation statement is never served by telephone or text message.")


class FormalService(Told):
    """Telephone and text messages are for the simplified procedure."""

    sentence = _("Papers are served by telephone or text message only in the simplified procedure.")


class WitnessesMissing(Told):
    """Refused, and nobody was there to see it."""

    sentence = _(
        "Name two witnesses, or attach the photo or recording of how the paper was left"
        " (民事诉讼法 article 89)."
    )


class NotTheirHousehold(Told):
    """Somebody who cannot take a paper for this recipient."""

    sentence = _("This person cannot take the paper for %(party)s.")


class OnlyInPerson(Told):
    """A statement takes effect with the party's own signature."""

    sentence = _(
        "A mediation statement is signed for by the party, or by who was named to receive papers."
    )


class ServedAlready(Told):
    """The proof stands, and is mended by a correction only."""

    is_late = True
    sentence = _("This service is recorded already. Correct it by a further entry.")


class NotOnItsWay(Told):
    """Only what was sent comes back."""

    is_late = True
    sentence = _("This paper is not on its way.")


class NothingToCorrect(Told):
    """Only what stands in the file as served is corrected."""

    is_late = True
    sentence = _("Only what is recorded as served is corrected.")


class NothingChanged(Told):
    """A correction that says what is written already."""

    sentence = _("The correction says what the entry says already.")


class NobodyChosen(Told):
    """A form for many recipients without one."""

    sentence = _("Choose at least one recipient.")


class ProofAttached(Told):
    """One scan per service; another one belongs to a correction."""

    is_late = True
    sentence = _("A proof is attached already.")


class Unserved(Told):
    """A case does not close while a paper is not proved to have arrived."""

    sentence = _(
        "%(paper)s: not served on %(party)s yet. A case does not close unserved: record the proof"
        " under “Service of papers” first."
    )

    def __init__(self, service, *, party):
        super().__init__(paper=service.title, party=party)
        self.url = reverse("case_service", args=[service.case_id])
