"""Putting a hearing off at a party's request, and signing the record of one that was held."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from arbitration.domain import hearings, schedule
from arbitration.domain.guards import check_day, lock
from arbitration.domain.refusals import (
    AskedTooLate,
    DoneBefore,
    HeardAlready,
    Missing,
    NoHearing,
    NothingChosen,
)
from arbitration.models import HearingRecord, Postponement, RecordSignature
from disputes.domain.timeline import Kind, Reach, record
from law.calendar import load_calendar
from law.rules import rule_on

How = RecordSignature.How


@transaction.atomic
def answer_request(proceeding, *, party, asked_on, reason, granted, note="", at, by=None):
    """Grant or refuse the postponement of the hearing that is set, as *party* asked.

    Asked for 3 working days before (劳动争议调解仲裁法 article 35, 劳动人事争议仲裁办案规则
    article 38). Granted, the hearing is put off and its room is free. Returns the row.
    """
    lock(proceeding)
    facts = {
        "party": party,
        "asked_on": asked_on,
        "reason": reason,
        "granted": granted,
        "note": note,
    }
    check_request(proceeding, **facts, at=at)
    hearing = schedule.hearing_ahead(proceeding)
    row = Postponement.objects.create(
        hearing=hearing, decided_on=timezone.localdate(at), at=at, by=by, **facts
    )
    verb = N_("Postponement refused")
    if granted:
        verb = N_("Postponement granted")
        hearings.hold_hearing(
            proceeding,
            applicant_present=False,
            respondent_present=False,
            mediation_tried=False,
            record=reason,
            result=HearingRecord.Result.ADJOURNED,
            at=at,
            by=by,
        )
    _note(proceeding, verb, at=at, by=by, text=note or reason)
    return row


def check_request(proceeding, *, party, asked_on, reason, granted, note, at):
    """Raise a ``Refusal`` when the request cannot be answered like this."""
    hearing = schedule.hearing_ahead(proceeding)
    if hearing is None:
        raise NoHearing
    if at >= hearing.starts_at:
        raise HeardAlready
    if not reason.strip():
        raise Missing(field="reason", what=_("why a postponement was asked for"))
    check_day(
        asked_on,
        field="asked_on",
        today=timezone.localdate(at),
        after=hearing.notified_on,
        what=_("when the parties were told"),
    )
    latest = latest_request(timezone.localdate(hearing.starts_at))
    if granted and asked_on > latest:
        raise AskedTooLate(field="asked_on", day=latest)
    if not granted and not note.strip():
        raise Missing(field="note", what=_("why the postponement is refused"))


def latest_request(day):
    """Return the last date on which a postponement of a hearing on the date *day* may be asked."""
    return load_calendar().workday_before(day, rule_on("ARB_POSTPONE", day).amount)


@transaction.atomic
def sign_record(proceeding, *, signatures, at, by=None):
    """Record who signed the last record: *signatures* is a list of dicts of party, how and note.

    Who refuses is noted with why (劳动争议调解仲裁法 article 40). Returns the rows.
    """
    lock(proceeding)
    check_signatures(proceeding, signatures=signatures)
    held = unsigned_record(proceeding)
    rows = RecordSignature.objects.bulk_create(
        RecordSignature(record=held, at=at, by=by, **facts) for facts in signatures
    )
    refused = sum(row.how == How.REFUSED for row in rows)
    verb = N_("Record signed")
    if refused:
        verb = N_("Record signed, refused by %(count)s")
    _note(proceeding, verb, at=at, by=by, count=refused)
    return rows


def check_signatures(proceeding, *, signatures):
    """Raise a ``Refusal`` when signatures cannot be recorded like this."""
    if unsigned_record(proceeding) is None:
        raise DoneBefore
    if not signatures:
        raise NothingChosen
    for facts in signatures:
        if facts["how"] == How.REFUSED and not facts["note"].strip():
            field = f"note_{facts['party'].pk}"
            raise Missing(field=field, what=_("why the signature was refused"))


def unsigned_record(proceeding):
    """Return the last ``HearingRecord`` of a hearing that took place and nobody signed, or None."""
    rows = HearingRecord.objects.filter(
        hearing__proceeding=proceeding, hearing__cancelled=False, signatures__isnull=True
    )
    return rows.order_by("hearing__ordinal").last()


def _note(proceeding, verb, *, at, by, **facts):
    record(
        proceeding.case,
        verb,
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.MEETING,
        reach=Reach.OFFICE,
        **facts,
    )
