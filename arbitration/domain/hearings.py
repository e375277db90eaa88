"""Setting and holding hearings."""

import unicodedata

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from arbitration.domain import schedule, seats
from arbitration.domain.defence import end_passed_terms, serve_defence_copy
from arbitration.domain.guards import lock, one_of, refuse_suspended
from arbitration.domain.refusals import (
    HearingAhead,
    MediationNotTried,
    Missing,
    NoHearing,
    NoticeUnconfirmed,
    ObjectionOpen,
    WrongResult,
)
from arbitration.domain.simplified import check_method
from arbitration.domain.telling import tell_panel
from arbitration.models import Hearing, HearingRecord
from disputes.domain.service.recording import prove_by_conduct, record_service
from disputes.domain.timeline import Kind, Reach, record
from disputes.domain.words import house_words
from disputes.look.words import say_time
from disputes.models import Party, ServedPaper
from offices.domain import bookings
from offices.models import Room

Result = HearingRecord.Result
# Who is treated as absent with which result.
ABSENT = {
    Result.APPLICANT_ABSENT: Party.Role.APPLICANT,
    Result.DEFAULT: Party.Role.RESPONDENT,
}
SETTLES = (Result.CONCLUDED, Result.MEDIATED, Result.DEFAULT)
VERBS = {
    Result.CONCLUDED: N_("Hearing held, the panel decides"),
    Result.MEDIATED: N_("Hearing held, the parties settled"),
    Result.ADJOURNED: N_("Hearing adjourned"),
    Result.APPLICANT_ABSENT: N_("Applicant absent from the hearing, treated as withdrawn"),
    Result.DEFAULT: N_("Respondent absent from the hearing, decided in absence"),
}


@transaction.atomic
def set_hearing(
    proceeding,
    *,
    starts_at,
    ends_at,
    mode,
    notified_on,
    notice_method,
    room=None,
    new_room="",
    waive_notice=False,
    defence_served_on=None,
    notice_receipt="",
    at,
    by=None,
):
    """Set a hearing from *starts_at* to *ends_at*, aware moments of one day, in *room* or online.

    The parties have the notice 5 working days before, and the respondent's term is over, unless
    both agreed to less (劳动争议调解仲裁法 articles 30, 35). *new_room* names a room that the
    commission has not used before, *notice_receipt* what proves that the notice arrived. Returns
    the ``Hearing``.
    """
    lock(proceeding)
    facts = {"starts_at": starts_at, "ends_at": ends_at, "mode": mode, "notified_on": notified_on}
    place = {"room": room, "new_room": new_room}
    schedule.check_hearing(proceeding, **facts, **place, waive_notice=waive_notice, at=at, by=by)
    check_method(proceeding, notice_method, field="notice_method")
    hearing = _create(
        proceeding,
        **facts,
        room=_room(proceeding, mode=mode, **place),
        notice_waived=waive_notice,
        at=at,
        by=by,
    )
    if defence_served_on:
        serve_defence_copy(proceeding, served_on=defence_served_on, at=at, by=by)
    _send_notices(hearing, method=notice_method, receipt=notice_receipt, at=at, by=by)
    end_passed_terms(proceeding, on=timezone.localdate(at), at=at, by=by)
    return hearing


@transaction.atomic
def hold_hearing(
    proceeding,
    *,
    applicant_present,
    respondent_present,
    mediation_tried,
    record,
    result,
    at,
    by=None,
):
    """Record what came of the hearing that is set; return the ``HearingRecord``.

    An applicant who stays away without good reason is treated as having withdrawn, a respondent
    who does is decided on in absence (劳动人事争议仲裁办案规则 article 39). Adjourning a hearing
    that has not begun puts it off: its room is free again.
    """
    lock(proceeding)
    facts = {
        "applicant_present": applicant_present,
        "respondent_present": respondent_present,
        "mediation_tried": mediation_tried,
        "record": record,
        "result": result,
    }
    check_record(proceeding, **facts, at=at)
    hearing = schedule.hearing_ahead(proceeding)
    if at < hearing.starts_at:
        _cancel(hearing)
    held = HearingRecord.objects.create(hearing=hearing, at=at, by=by, **facts)
    _note_presence(held, at=at, by=by)
    _write_down(held, at=at, by=by)
    return held


def check_record(
    proceeding, *, applicant_present, respondent_present, mediation_tried, record, result, at
):
    """Raise a ``Refusal`` when the hearing cannot have gone like this."""
    hearing = schedule.hearing_ahead(proceeding)
    if hearing is None:
        raise NoHearing
    if at < hearing.starts_at and result != Result.ADJOURNED:
        begins = timezone.localtime(hearing.starts_at)
        raise HearingAhead(field="result", day=begins.date(), time=say_time(begins))
    present = (bool(applicant_present), bool(respondent_present))
    if not _fits(result, present):
        raise WrongResult(field="result")
    if result in (Result.CONCLUDED, Result.MEDIATED) and not mediation_tried:
        raise MediationNotTried(field="mediation_tried")
    if result != Result.ADJOURNED:
        _check_may_be_heard(proceeding, hearing, result)
    if not record.strip():
        raise Missing(field="record", what=HearingRecord._meta.get_field("record").verbose_name)


def cancel_hearings(proceeding, *, at, by=None):
    """Cancel the hearing that is set in a *proceeding* that ended: nobody needs to come."""
    hearing = schedule.hearing_ahead(proceeding)
    if hearing is None:
        return
    _cancel(hearing)
    record(
        proceeding.case,
        N_("Hearing cancelled"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.MEETING,
    )
    verb = N_("%(number)s: the hearing of %(day)s %(time)s is cancelled")
    tell_panel(hearing, verb, at=at, by=by)


def last_result(proceeding):
    """Return the ``HearingRecord.Result`` of the last recorded hearing, None before the first."""
    held = HearingRecord.objects.filter(hearing__proceeding=proceeding)
    return held.order_by("hearing__ordinal").values_list("result", flat=True).last()


def is_heard(proceeding):
    """Return whether the debate of *proceeding* has ended: a later request for a recusal does not
    hold the procedure up (劳动人事争议仲裁办案规则 article 12).
    """
    ended = (HearingRecord.Result.CONCLUDED, HearingRecord.Result.MEDIATED)
    return HearingRecord.objects.filter(hearing__proceeding=proceeding, result__in=ended).exists()


def _check_may_be_heard(proceeding, hearing, result):
    refuse_suspended(proceeding)
    seats.check_fit(proceeding)
    if proceeding.jurisdiction_objections.filter(upheld__isnull=True).exists():
        raise ObjectionOpen(field="result")
    if result in ABSENT and _is_notice_unproved(hearing, ABSENT[result]):
        raise NoticeUnconfirmed(field="result")


def _is_notice_unproved(hearing, role):
    """A notice counts for absence only when it is proved (33号令 articles 20 and 59)."""
    waiting = hearing.proceeding.services.open().filter(paper=ServedPaper.HEARING_NOTICE)
    return waiting.filter(sent_on=hearing.notified_on, party__role=role).exists()


def _fits(result, present):
    if result == Result.APPLICANT_ABSENT:
        return not present[0]
    if result == Result.DEFAULT:
        return present == (True, False)
    return result == Result.ADJOURNED or present == (True, True)


def _create(proceeding, *, starts_at, ends_at, room, **facts):
    panel = one_of(proceeding, "arbitral_panel")
    hearing = Hearing.objects.create(
        proceeding=proceeding,
        ordinal=proceeding.hearings.count() + 1,
        presiding=panel and panel.presiding,
        starts_at=starts_at,
        ends_at=ends_at,
        room=room,
        **facts,
    )
    # Somebody else may have been quicker between the check and the row.
    bookings.book(schedule.wish_of(hearing), by=facts["by"])
    return hearing


def _cancel(hearing):
    hearing.cancelled = True
    hearing.save(update_fields=["cancelled"])
    bookings.release(bookings.Kind.HEARING, hearing.pk)


def _room(proceeding, *, mode, room, new_room):
    if mode == Hearing.Mode.ONLINE:
        return None
    name = " ".join(unicodedata.normalize("NFKC", new_room).split())
    if not name:
        return room
    return Room.objects.get_or_create(office=proceeding.office, name=name)[0]


def _send_notices(hearing, *, method, receipt, at, by):
    proceeding = hearing.proceeding
    for party in proceeding.case.parties.all():
        record_service(
            proceeding,
            party,
            paper=ServedPaper.HEARING_NOTICE,
            served_on=hearing.notified_on,
            method=method,
            receipt=receipt,
            at=at,
            by=by,
        )
    begins = timezone.localtime(hearing.starts_at)
    record(
        proceeding.case,
        N_("Hearing set for %(day)s %(time)s"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.MEETING,
        key=True,
        day=begins.date().isoformat(),
        time=say_time(begins),
    )
    tell_panel(hearing, N_("%(number)s: hearing set for %(day)s %(time)s"), at=at, by=by)


def _note_presence(held, *, at, by):
    """Whoever came had the notice, whatever its proof says."""
    came = {
        Party.Role.APPLICANT: held.applicant_present,
        Party.Role.RESPONDENT: held.respondent_present,
    }
    prove_by_conduct(
        held.hearing.proceeding,
        paper=ServedPaper.HEARING_NOTICE,
        parties=held.hearing.proceeding.case.parties.filter(
            role__in=[role for role, there in came.items() if there]
        ),
        receipt=house_words(N_("Came to the hearing")),
        at=at,
        by=by,
    )


def _write_down(held, *, at, by):
    hearing = held.hearing
    common = {"at": at, "by": by, "proceeding": hearing.proceeding, "kind": Kind.MEETING}
    case = hearing.proceeding.case
    record(case, VERBS[held.result], key=True, **common)
    record(case, N_("Record of the hearing"), text=held.record, reach=Reach.OFFICE, **common)
