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
    later = Consent.objects.filter(
        party=OuterRef("party"),
        purpose=OuterRef("purpose"),
        recipient=OuterRef("recipient"),
        pk__gt=OuterRef("pk"),
    )
    given = Consent.objects.filter(~Exists(later), party__case=case, given=True)
    # That somebody was told something cannot be taken back.
    return given.exclude(purpose=Purpose.INFORMED)


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
