"""Who speaks for the workers of a collective case, and what they must ask the others."""

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext

from disputes.domain.evidence import add_evidence
from disputes.domain.refusals import AlreadyClosed, Refusal
from disputes.domain.roster.entries import present
from disputes.domain.timeline import Kind, Reach, record
from disputes.models import (
    Case,
    Election,
    Member,
    Representative,
    SettlementConsent,
    Source,
)
from law.classification import ARBITRATION_REPRESENTATIVES

LEAST, MOST = ARBITRATION_REPRESENTATIVES


class NotThreeToFive(Refusal):
    """Too few or too many were elected."""

    sentence = _("The workers choose 3 to 5 representatives (劳动人事争议仲裁办案规则 article 5).")
    field = "numbers"


class NobodyOfThisNumber(Refusal):
    """A number is not on the roster."""

    sentence = _("The roster has nobody of this number any more: %(numbers)s.")
    field = "numbers"


class TooFewPresent(Refusal):
    """Fewer took part than were elected."""

    sentence = _("Fewer workers took part than were elected, or more than there are.")
    field = "present"


class NotYet(Refusal):
    """What is recorded has not happened."""

    sentence = _("This day has not come yet.")
    field = "on"


class NotAsked(Refusal):
    """Somebody on the roster did not consent to the settlement."""


@transaction.atomic
def elect(proceeding, *, numbers, held_on, present_count, minutes, at, by):
    """Record that the workers of these *numbers* were elected on the date *held_on*.

    *present_count* took part; *minutes* is the open file of the record of the election, which is
    kept among the materials. Raises ``NotThreeToFive``, ``NobodyOfThisNumber``, ``TooFewPresent``,
    ``NotYet`` and what ``add_evidence`` raises. Returns the ``Election``.
    """
    if proceeding.closed_at:
        raise AlreadyClosed
    members = _members(proceeding.case, numbers)
    if not LEAST <= len(members) <= MOST:
        raise NotThreeToFive
    if not len(members) <= present_count <= max(proceeding.case.worker_count, len(members)):
        raise TooFewPresent
    if held_on > timezone.localdate(at):
        raise NotYet(field="held_on")
    paper = add_evidence(proceeding, file=minutes, at=at, by=by)
    election = Election.objects.create(
        case=proceeding.case, held_on=held_on, present=present_count, minutes=paper, at=at, by=by
    )
    Representative.objects.bulk_create(
        [Representative(election=election, member=member) for member in members]
    )
    record(
        proceeding.case,
        N_("%(count)s representatives elected on %(day)s, %(present)s workers took part"),
        at=at,
        by=by,
        proceeding=proceeding,
        key=True,
        reach=Reach.ONWARD,
        count=len(members),
        day=held_on,
        present=present_count,
    )
    return election


def _members(case, numbers):
    members = list(present(case).filter(number__in=set(numbers)))
    missing = set(numbers) - {member.number for member in members}
    if missing:
        said = "、".join(map(str, sorted(missing)[:10]))
        raise NobodyOfThisNumber(NobodyOfThisNumber.sentence % {"numbers": said})
    return members


def election_of(case):
    """Return the election that counts for *case*, or None."""
    return Election.objects.filter(case=case).order_by("held_on", "pk").last()


@transaction.atomic
def record_consents(proceeding, *, numbers, given, on, paper=None, at, by):
    """Record that the workers of *numbers* (None: all who have not said yet) consent, or not.

    *given* says which, on the date *on*; *paper* is the open file of what they signed, if any. A
    later answer replaces the earlier one. Raises ``NobodyOfThisNumber``, ``NotYet``,
    ``AlreadyClosed``. Returns how many answers were recorded.
    """
    if proceeding.closed_at:
        raise AlreadyClosed
    if on > timezone.localdate(at):
        raise NotYet
    Case.objects.select_for_update().get(pk=proceeding.case_id)
    members = _members(proceeding.case, numbers) if numbers else _silent(proceeding)
    kept = add_evidence(proceeding, file=paper, at=at, by=by) if paper else None
    SettlementConsent.objects.bulk_create(
        [
            SettlementConsent(
                proceeding=proceeding, member=member, given=given, on=on, paper=kept, at=at, by=by
            )
            for member in members
        ],
        update_conflicts=True,
        unique_fields=["proceeding", "member"],
        update_fields=["given", "on", "paper", "at", "by"],
    )
    if members:
        _tell_consents(proceeding, len(members), given, at=at, by=by)
    return len(members)


def _silent(proceeding):
    asked = SettlementConsent.objects.filter(proceeding=proceeding).values("member")
    return list(present(proceeding.case).exclude(pk__in=asked))


def _tell_consents(proceeding, count, given, *, at, by):
    verb = (
        N_("%(count)s workers consent to the settlement")
        if given
        else N_("%(count)s workers do not consent to the settlement")
    )
    record(
        proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        reach=Reach.OFFICE,
        count=count,
    )


def each_signs(case):
    """Return whether the workers of *case* are several, and nobody speaks for them.

    Only those of a collective case elect representatives (劳动争议调解仲裁法 article 7). What a
    ledger tells happened elsewhere.
    """
    return case.worker_count > 1 and not case.collective and case.source != Source.LEDGER


def consents_of(proceeding):
    """Return how many on the roster consent, refuse and have not said: a dict, in one query."""
    said = Q(consents__proceeding=proceeding)
    return present(proceeding.case).aggregate(
        given=Count("pk", filter=said & Q(consents__given=True)),
        refused=Count("pk", filter=said & Q(consents__given=False)),
        every=Count("pk", distinct=True),
    )


def check_consents(proceeding):
    """Raise ``NotAsked`` unless every worker on the roster consents to the settlement.

    劳动人事争议仲裁办案规则 article 5: representatives settle only with the consent of those whom
    they represent. Who does not settle goes on alone first. Binds collective cases filed here;
    what a ledger tells happened elsewhere.
    """
    case = proceeding.case
    if not case.collective or case.source == Source.LEDGER:
        return
    counts = consents_of(proceeding)
    silent = counts["every"] - counts["given"] - counts["refused"]
    if case.worker_count > 1 and not Member.objects.filter(case=case).exists():
        raise NotAsked(_("A collective case is settled person by person: hand in the roster."))
    if silent:
        raise NotAsked(
            ngettext(
                "%(count)d worker on the roster has not said whether she consents.",
                "%(count)d workers on the roster have not said whether they consent.",
                silent,
            )
            % {"count": silent}
        )
    if counts["refused"]:
        raise NotAsked(
            ngettext(
                "%(count)d worker does not consent: let her go on alone first.",
                "%(count)d workers do not consent: let them go on alone first.",
                counts["refused"],
            )
            % {"count": counts["refused"]}
        )
