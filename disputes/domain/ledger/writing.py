"""Writing rows of a ledger into the record, a batch at a time and in bulk."""

from collections import Counter
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from disputes import signals
from disputes.domain import numbers
from disputes.domain.copying import copy_in
from disputes.domain.ledger.words import CLAIM_OF
from disputes.domain.proceedings import desk_of
from disputes.domain.routing import tier_of
from disputes.models import (
    Case,
    Claim,
    ClaimKind,
    Outcome,
    Party,
    Proceeding,
    Tier,
    TimelineEntry,
)
from disputes.models.choices import SETTLING_OUTCOMES

CLOSED = {
    Outcome.SETTLED: N_("Closed: settled by agreement"),
    Outcome.RECONCILED: N_("Closed: reconciled and withdrawn"),
    Outcome.NOT_SETTLED: N_("Closed: not settled"),
    Outcome.EXPIRED: N_("Closed: not settled within the term"),
    Outcome.REFUSED: N_("Closed: not accepted"),
    Outcome.WITHDRAWN: N_("Closed: withdrawn by the applicant"),
    Outcome.DEEMED_WITHDRAWN: N_("Closed: treated as withdrawn"),
    Outcome.TO_ARBITRATION: N_("Closed: left for arbitration"),
    Outcome.TRANSFERRED: N_("Closed: passed to another organisation"),
    Outcome.MEDIATED_AWARD: N_("Closed: mediation statement of the commission"),
    Outcome.FINAL_AWARD: N_("Closed: final award"),
    Outcome.NON_FINAL_AWARD: N_("Closed: non-final award"),
    Outcome.SEPARATE_AWARDS: N_("Closed: separate awards, final and non-final"),
}


def write_rows(rows, *, register, at, by):
    """Write `rows`, each a `LedgerRow` not yet there, as cases; return their proceedings.

    Belongs into a transaction. The number of queries does not depend on the number of rows. News
    of the batch goes out as the signal `cases_imported`.
    """
    if not rows:
        return []
    cases = copy_in(_cases(rows, register))
    proceedings = copy_in(_proceedings(rows, cases, register))
    copy_in(_parties(rows, cases))
    copy_in(_claims(rows, cases))
    copy_in(_timeline(rows, cases, proceedings, by))
    signals.cases_imported.send(Case, proceedings=proceedings, at=at, by=by)
    return proceedings


def _start_of(day):
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


def _numbered(series):
    """Yield a number for each (office id, kind, year) of `series`, in their order."""
    following = numbers.reserve(Counter(series))
    for key in series:
        yield following[key]
        following[key] += 1


def _cases(rows, register):
    federations = [register.federation_of(row.office) for row in rows]
    series = [
        (federation.pk, numbers.MATTER, row.registered_on.year)
        for federation, row in zip(federations, rows, strict=True)
    ]
    serials = _numbered(series)
    return [
        _case(row, federation, serial)
        for row, federation, serial in zip(rows, federations, serials, strict=True)
    ]


def _case(row, federation, serial):
    ended = row.closed_on and _start_of(row.closed_on)
    return Case(
        matter_number=numbers.format_matter(federation, year=row.registered_on.year, serial=serial),
        federation=federation,
        source=row.source,
        cause=row.cause,
        grade=row.grade,
        level=row.level,
        worker_count=row.worker_count,
        collective=row.collective,
        occurred_on=row.occurred_on,
        received_on=row.registered_on,
        filed_at=_start_of(row.registered_on),
        reporting_office=row.reporting_office,
        ended_at=ended,
        defence_line=tier_of(row.office) if row.outcome in SETTLING_OUTCOMES else None,
        imported_key=row.key,
        remarks="；".join(f"{title}：{text}" for title, text in row.notes),
    )


def _proceedings(rows, cases, register):
    series = [(row.office.pk, _kind(row), row.registered_on.year) for row in rows]
    return [
        _proceeding(row, case, serial, register)
        for row, case, serial in zip(rows, cases, _numbered(series), strict=True)
    ]


def _kind(row):
    arbitration = tier_of(row.office) == Tier.ARBITRATION
    return numbers.ARBITRATION if arbitration else numbers.MEDIATION


def _proceeding(row, case, serial, register):
    number = numbers.format_number(
        row.office, kind=_kind(row), year=row.registered_on.year, serial=serial
    )
    return Proceeding(
        case=case,
        office=row.office,
        desk=desk_of(row.office, federation=case.federation),
        tier=tier_of(row.office),
        number=number,
        number_key=numbers.number_key(number),
        handler_id=register.find_person(row.office, row.handler),
        handler_name=row.handler,
        opened_at=_start_of(row.registered_on),
        accepted_on=row.accepted_on,
        closed_at=row.closed_on and _start_of(row.closed_on),
        outcome=row.outcome,
        settled_amount=row.agreed_amount,
    )


def _parties(rows, cases):
    for row, case in zip(rows, cases, strict=True):
        yield _worker(row, case).make_indexes()
        yield _employer(row, case).make_indexes()


def _worker(row, case):
    return Party(
        case=case,
        role=Party.Role.APPLICANT,
        kind=Party.Kind.WORKER,
        name=row.applicant,
        id_type=row.id_type,
        id_number=row.id_number,
        phone=row.phone,
        sex=row.sex,
        is_migrant=row.is_migrant,
        is_dispatched=row.is_dispatched,
    )


def _employer(row, case):
    return Party(
        case=case,
        role=Party.Role.RESPONDENT,
        kind=Party.Kind.EMPLOYER,
        name=row.employer,
        credit_code=row.credit_code,
        no_code_reason="" if row.credit_code else _("not given in the ledger"),
        industry=row.industry,
        headcount_band=row.headcount_band,
    )


def _claims(rows, cases):
    for row, case in zip(rows, cases, strict=True):
        for place, cause in enumerate(row.causes):
            kind = CLAIM_OF.get(cause, ClaimKind.OTHER)
            # The ledger knows one sum for all claims; the main one carries it.
            yield Claim(
                case=case,
                kind=kind,
                amount=None if place else row.amount,
                detail="" if place else _claim_detail(row, cause, kind),
            )


def _claim_detail(row, cause, kind):
    words = [str(cause.label)] if kind == ClaimKind.OTHER else []
    if row.claim_count > 1:
        words.append(
            _("%(count)d claims in the ledger, of which it knows the sum only")
            % {"count": row.claim_count}
        )
    return "；".join(words)


def _timeline(rows, cases, proceedings, by):
    for row, case, proceeding in zip(rows, cases, proceedings, strict=True):
        yield _entry(
            case, proceeding, row.registered_on, N_("Registered in the ledger"), by, key=True
        )
        if row.accepted_on:
            yield _entry(case, proceeding, row.accepted_on, N_("Accepted"), by)
        if row.closed_on:
            yield _entry(case, proceeding, row.closed_on, CLOSED[row.outcome], by, key=True)


def _entry(case, proceeding, day, verb, by, *, key=False):
    return TimelineEntry(
        case=case,
        proceeding=proceeding,
        at=_start_of(day),
        kind=TimelineEntry.Kind.COURSE,
        verb=verb,
        key=key,
        reach=TimelineEntry.Reach.ALL,
        actor=by,
    )
