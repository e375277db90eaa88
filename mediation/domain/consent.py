"""Whether both sides agree to mediation, without which there is none."""

from disputes.models import Consent, Party, Source
from mediation.models import Consultation


def applicant_agreed(proceeding):
    """Return whether the applicant agrees to mediation.

    An application to a mediation organisation is agreement, unless she said otherwise since; a
    dispute that the union found by itself needs her word first.
    """
    said = Consent.objects.filter(
        party__case=proceeding.case,
        party__role=Party.Role.APPLICANT,
        purpose=Consent.Purpose.MEDIATION,
    ).last()
    return said.given if said else proceeding.case.source != Source.SUPERVISION


def respondent_agreed(proceeding):
    """Return whether the other side agreed when it was last asked in this proceeding."""
    last = proceeding.consultations.last()
    return last is not None and last.answer == Consultation.Answer.AGREED
