"""Consents of a party, and taking them back."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import Refusal
from disputes.domain.timeline import Reach, record
from disputes.models import Case, Consent, Party
from offices.models import Office

Purpose, Kind = Consent.Purpose, Office.Kind
# The kinds of organisation to which personal data are passed on, each with a consent of its own
# (个人信息保护法 article 23). The first ones are asked about with the application.
RECIPIENTS = (
    Kind.ARBITRATION_COMMISSION, Kind.COURT, Kind.AID_CENTRE, Kind.LABOUR_BUREAU,
    Kind.JUSTICE_BUREAU,
)  # fmt: skip
ASKED_AT_FILING = RECIPIENTS[:3]


class AgreedAlready(Refusal):
    """There is nothing new in it."""

    sentence = _("This consent is in force already.")
    field = "recipient"


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


def agreed_to_sharing(case, kind):
    """Return whether every applicant of *case* agreed, and did not take back since, that personal
    data are passed on to an organisation of *kind* (a value of ``Office.Kind``).
    """
    applicants = set(case.parties.filter(role=Party.Role.APPLICANT).values_list("pk", flat=True))
    given = consents_of(Purpose.SHARING, cases=[case.pk]).filter(recipient=kind)
    return bool(applicants) and applicants <= set(given.values_list("party", flat=True))


def asked(purpose):
    """Return the recipients for whom the answer to *purpose* in an application counts."""
    return ASKED_AT_FILING if purpose == Purpose.SHARING else ("",)


@transaction.atomic
def agree_to_sharing(proceeding, *, party, recipient, note, at, by):
    """Record that *party* agrees to its data being passed on to organisations of the kind
    *recipient*; *note* are its words. Returns the ``Consent``; raises ``AgreedAlready``.
    """
    given = consents_of(Purpose.SHARING, cases=[proceeding.case_id])
    if given.filter(party=party, recipient=recipient).exists():
        raise AgreedAlready
    consent = Consent.objects.create(
        party=party, purpose=Purpose.SHARING, recipient=recipient, given=True, at=at,
        recorded_by=by,
    )  # fmt: skip
    record(
        proceeding.case,
        N_("Consent given: %(purpose)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        reach=Reach.ONWARD,
        text=note,
        purpose=_said(consent),
    )
    return consent


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
        purpose=_said(consent),
    )
    return taken


def _said(consent):
    """Return the purpose of *consent* in words, with whom it names."""
    words, whom = consent.get_purpose_display(), consent.recipient_name
    return f"{words} · {whom}" if whom else words
