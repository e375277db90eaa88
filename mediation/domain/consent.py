"""Whether both sides agree to mediation, without which there is none."""

from django.db.models import OuterRef, Q, Subquery

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
    """Return whether the other side agreed when it was last asked in this proceeding.

    Of several respondents each one: what is agreed for one binds no other.
    """
    last = proceeding.consultations.last()
    agreed = last is not None and last.answer == Consultation.Answer.AGREED
    return agreed and not unwilling(proceeding).exists()


def unwilling(proceeding):
    """Return the further respondents who refuse mediation or were not asked, as a queryset."""
    return _further(proceeding).filter(Q(said=False) | Q(said=None)).order_by("pk")


def agree_for_silent(proceeding, *, at, by):
    """Write down that the other side, when it agreed, spoke for every respondent who had not
    said anything of its own.
    """
    Consent.objects.bulk_create(
        Consent(party=party, purpose=Consent.Purpose.MEDIATION, given=True, at=at, recorded_by=by)
        for party in _further(proceeding).filter(said=None)
    )


def _further(proceeding):
    """Return the respondents beside the first, each with what it *said* last."""
    rows = Party.objects.filter(case=proceeding.case, role=Party.Role.RESPONDENT)
    first = rows.order_by("pk").values("pk")[:1]
    said = Consent.objects.filter(party=OuterRef("pk"), purpose=Consent.Purpose.MEDIATION)
    said = Subquery(said.order_by("-pk").values("given")[:1])
    return rows.exclude(pk__in=first).annotate(said=said)
