"""Consents of a party, and taking them back."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Reach, record
from disputes.models import Case, Consent

Purpose = Consent.Purpose


class NotInForce(Refusal):
    """There is nothing to take back."""

    sentence = _("This consent was taken back already.")
    field = "consent"


def consents_in_force(case):
    """Return the consents of the parties of *case* that are given and not taken back since.

    The latest word for one purpose and one recipient counts.
    """
    # That somebody was told something cannot be taken back.
    return _in_force().filter(party__case=case).exclude(purpose=Purpose.INFORMED)


def consents_of(purpose, *, cases):
    """Return the consents to *purpose* in force in *cases* (ids), as a queryset."""
    return _in_force().filter(party__case__in=cases, purpose=purpose)


def _in_force():
    later = Consent.objects.filter(
        party=OuterRef("party"),
        purpose=OuterRef("purpose"),
        recipient=OuterRef("recipient"),
        pk__gt=OuterRef("pk"),
    )
    return Consent.objects.filter(~Exists(later), given=True)


@transaction.atomic
def accept_supervisor(proceeding, *, party, person, note, at, by):
    """Record that the employer *party* lets *person* mediate who issued an opinion against it.

    *note* are its words. Returns the ``Consent``.
    """
    consent = Consent.objects.create(
        party=party,
        purpose=Purpose.SUPERVISOR,
        recipient=str(person.pk),
        given=True,
        at=at,
        recorded_by=by,
    )
    record(
        proceeding.case,
        N_("The employer lets %(person)s mediate, who issued an opinion against it"),
        at=at,
        by=by,
        proceeding=proceeding,
        reach=Reach.OFFICE,
        text=note,
        key=True,
        person=person,
    )
    return consent


@transaction.atomic
def take_consent_back(proceeding, *, consent, note, at, by):
    """Record that a party takes *consent* back, with its words *note*; return the new row.

    What was done before stays lawful; from now on nothing more is done on it (个人信息保护法
    article 15). A case whose applicant takes back going on to the next tier no longer does so by
    itself. Raises ``NotInForce``.
    """
    if not consents_in_force(proceeding.case).filter(pk=consent.pk).exists():
        raise NotInForce
    taken = Consent.objects.create(
        party=consent.party,
        purpose=consent.purpose,
        recipient=consent.recipient,
        given=False,
        at=at,
        recorded_by=by,
    )
    if consent.purpose == Purpose.NEXT_TIER:
        Case.objects.filter(pk=proceeding.case_id).update(goes_on_by_itself=False)
    record(
        proceeding.case,
        N_("Consent taken back: %(purpose)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        reach=Reach.ONWARD,
        text=note,
        key=True,
        purpose=consent.get_purpose_display(),
    )
    return taken
