"""Workers onto the roster of a case, and off it."""

from tempfile import SpooledTemporaryFile
from uuid import uuid4

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.collective import assess
from disputes.domain.refusals import AlreadyClosed, Refusal
from disputes.domain.roster.reading import REASON, RosterUnreadable, read_roster
from disputes.domain.roster.workbooks import write_rejects
from disputes.domain.timeline import Kind, Reach, record
from disputes.models import Case, IdType, Member, Party, RosterUpload
from disputes.validators import sex_of
from offices.findings import Finding

MEMBER_FIELDS = ("post", "period_from", "period_to", "amount", "signed")
PARTY_FIELDS = ("name", "phone", "id_type")
INDEX_FIELDS = ("name_pairs", "phone_index", "phone_tail_index")


class LeftBefore(Refusal):
    """The worker is not on the roster any more."""

    sentence = _("This worker has left the roster already.")


@transaction.atomic
def take_in(proceeding, *, file, at, by=None):
    """Take the rows of the uploaded workbook *file* onto the roster of the case of *proceeding*.

    Rows with errors come back as a workbook; a number that is on the roster already is brought up
    to date and never entered twice. The case becomes collective when its workers are enough. The
    number of queries does not grow with the rows. Raises ``RosterUnreadable``, ``AlreadyClosed``.
    Returns the ``RosterUpload``.
    """
    if proceeding.closed_at:
        raise AlreadyClosed
    roster = read_roster(file, today=timezone.localdate(at))
    proceeding.case = case = Case.objects.select_for_update().get(pk=proceeding.case_id)
    found = _found(case, at=at, by=by)
    _note_leavers(roster, found)
    right = [row for row in roster.rows if not row.is_wrong]
    added = _add(case, [row for row in right if _key(row) not in found], at=at, by=by)
    changed = _change([(found[_key(row)], row) for row in right if _key(row) in found])
    assess(case, workers=_count(found) + added, at=at, by=by)
    upload = _keep(case, file.name, roster, added, changed, at=at, by=by)
    _tell(proceeding, upload)
    return upload


def _found(case, *, at, by):
    """Return the members of *case* by identity number, and its applicants that are none yet."""
    members = Member.objects.filter(case=case).select_related("party")
    found = {member.party.id_number: member for member in members}
    for party in Party.objects.filter(case=case, role=Party.Role.APPLICANT, member=None):
        found.setdefault(party.id_number, Member(case=case, party=party, at=at, by=by))
    return found


def _key(row):
    return row.values["id_number"]


def _note_leavers(roster, found):
    for row in roster.rows:
        member = found.get(row.values.get("id_number"))
        if member is not None and member.left_on:
            sentence = str(LeftBefore.sentence)
            row.findings.append(Finding(row.line, "证件号", sentence))


def _add(case, rows, *, at, by):
    parties = [_party(case, row.values) for row in rows]
    Party.everyone.bulk_create(parties)
    number = _last_number(case)
    members = [
        Member(case=case, party=party, number=number + place, at=at, by=by, **_facts(row))
        for place, (party, row) in enumerate(zip(parties, rows, strict=True), 1)
    ]
    Member.objects.bulk_create(members)
    return len(members)


def _last_number(case):
    return Member.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0


def _party(case, values):
    citizen = values["id_type"] == IdType.RESIDENT
    return Party(
        case=case,
        role=Party.Role.REPRESENTED,
        kind=Party.Kind.WORKER,
        name=values["name"],
        id_type=values["id_type"],
        id_number=values["id_number"],
        phone=values["phone"],
        sex=sex_of(values["id_number"]) if citizen else "",
    ).make_indexes()


def _facts(row):
    defaults = {"post": "", "period_from": None, "period_to": None, "signed": False}
    return {name: row.values.get(name, defaults.get(name)) for name in MEMBER_FIELDS}


def _change(pairs):
    """Bring members up to date; of an applicant only what the roster adds. Return how many."""
    new, members, parties = [], [], []
    for member, row in pairs:
        facts = {name: row.values[name] for name in MEMBER_FIELDS if name in row.values}
        if member.pk is None:
            new.append((member, facts))
            continue
        if any(getattr(member, name) != value for name, value in facts.items()):
            members.append(_set(member, facts))
        if member.party.role == Party.Role.REPRESENTED and _differs(member.party, row.values):
            parties.append(_set(member.party, {n: row.values[n] for n in PARTY_FIELDS}))
    _enter_applicants(new)
    Member.objects.bulk_update(members, MEMBER_FIELDS)
    for party in parties:
        party.make_indexes()
    Party.everyone.bulk_update(parties, [*PARTY_FIELDS, *INDEX_FIELDS])
    return len({*(m.pk for m in members), *(p.member.pk for p in parties)})


def _differs(party, values):
    return any(getattr(party, name) != values[name] for name in PARTY_FIELDS)


def _set(row, facts):
    for name, value in facts.items():
        setattr(row, name, value)
    return row


def _enter_applicants(pairs):
    number = _last_number(pairs[0][0].case) if pairs else 0
    for place, (member, facts) in enumerate(pairs, 1):
        member.number = number + place
        _set(member, facts)
    Member.objects.bulk_create([member for member, _facts in pairs])


def _count(found):
    return sum(member.left_on is None for member in found.values())


def _keep(case, name, roster, added, changed, *, at, by):
    rejected = [row for row in roster.rows if row.is_wrong]
    findings = [finding for row in roster.rows for finding in row.findings] + roster.remarks
    _forget_rejects(case)
    upload = RosterUpload(
        case=case,
        name=_short(name),
        rows=len(roster.rows),
        added=added,
        changed=changed,
        rejected=len(rejected),
        report={"findings": [finding.as_json() for finding in findings]},
        at=at,
        by=by,
    )
    if rejected:
        with SpooledTemporaryFile(max_size=1 << 20) as target:
            write_rejects(roster, target)
            target.seek(0)
            upload.rejects.save(f"{uuid4().hex}.xlsx", File(target), save=False)
    upload.save()
    return upload


def _forget_rejects(case):
    """Drop the rejected rows of earlier uploads: they hold personal data that nobody needs."""
    for upload in RosterUpload.objects.filter(case=case).exclude(rejects=""):
        upload.rejects.delete(save=True)


def _short(name):
    return (name or "")[-200:]


def _tell(proceeding, upload):
    record(
        proceeding.case,
        N_("Roster handed in: %(added)s workers added, %(changed)s changed, %(rejected)s rejected"),
        at=upload.at,
        by=upload.by,
        proceeding=proceeding,
        kind=Kind.PAPER,
        reach=Reach.ONWARD,
        added=upload.added,
        changed=upload.changed,
        rejected=upload.rejected,
    )


@transaction.atomic
def strike_off(member, *, reason, on, at, by):
    """Let *member* leave the roster on the date *on* with a *reason*; she stays on record.

    The number of workers of the case and its flag are not lowered. Raises ``LeftBefore``.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.left_on:
        raise LeftBefore
    member.left_on, member.left_reason = on, reason
    member.save(update_fields=["left_on", "left_reason"])
    record(
        member.case,
        N_("Worker %(number)s left the roster"),
        at=at,
        by=by,
        text=reason,
        reach=Reach.ONWARD,
        number=member.number,
    )
    return member


def present(case):
    """Return the members who are on the roster of *case* now, as a queryset."""
    return Member.objects.filter(case=case, left_on__isnull=True)


__all__ = ["REASON", "RosterUnreadable", "present", "strike_off", "take_in"]
