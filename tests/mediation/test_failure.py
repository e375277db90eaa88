"""Mediation that came to nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from disputes.domain.clocks import suspend_clock
from disputes.domain.refusals import Refusal
from disputes.models import Deadline
from mediation.domain import agreements, failure
from mediation.models import FailureRecord, Signature
from tests.mediation.acts import at, clock, fail, failure_facts, sign, told

Reason = FailureRecord.Reason
State = Deadline.State


def test_a_failure_ends_mediation_and_lets_limitation_run_anew(accepted_case, district_mediator):
    record = fail(accepted_case, by=district_mediator)
    assert failure.of(accepted_case) == record
    assert clock(accepted_case, "MED_CLOSE").state == State.MET
    assert clock(accepted_case, "LIMITATION").due_nominal == date(2027, 9, 14)
    assert told(accepted_case)[-2:] == [
        ("Not settled: the parties could not agree", "all"),
        ("Told in writing on 2026-09-14 that arbitration is open", "all"),
    ]


def test_why_a_signature_is_missing_stays_with_the_office(accepted_case, district_mediator):
    fail(
        accepted_case,
        by=district_mediator,
        employer_signature=Signature.REFUSED,
        refusal_note="单位代表称须请示。",
    )
    assert told(accepted_case)[-1] == ("Why a signature is missing", "office")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"notice_served_on": None, "notice_method": ""}, "notice_served_on"),
        ({"notice_method": ""}, "notice_method"),
        ({"notice_served_on": date(2026, 9, 15)}, "notice_served_on"),
        ({"worker_signature": Signature.REFUSED}, "refusal_note"),
        ({"reason": Reason.EXPIRED}, "reason"),
    ],
)
def test_a_failure_without_its_papers_is_refused(accepted_case, district_mediator, facts, field):
    with pytest.raises(Refusal) as refused:
        fail(accepted_case, by=district_mediator, **facts)
    assert refused.value.field == field
    assert failure.of(accepted_case) is None


def test_what_is_agreed_has_not_failed(accepted_case, district_mediator):
    sign(accepted_case, by=district_mediator)
    with pytest.raises(agreements.AlreadyEffective):
        fail(accepted_case, by=district_mediator)


def test_an_agreement_that_nobody_sealed_may_fail(accepted_case, district_mediator):
    sign(accepted_case, by=district_mediator, sealed_on=None)
    assert fail(accepted_case, by=district_mediator).pk


def test_it_fails_once(accepted_case, district_mediator):
    fail(accepted_case, by=district_mediator)
    with pytest.raises(failure.AlreadyRecorded):
        fail(accepted_case, by=district_mediator)


def test_the_clock_records_that_the_term_ran_out(accepted_case):
    record = failure.record_expiry(accepted_case, at=at(9, 24, 0))
    assert (record.reason, record.by) == (Reason.EXPIRED, None)
    term = clock(accepted_case, "MED_CLOSE")
    assert (term.state, term.ended_on) == (State.EXPIRED, date(2026, 9, 23))
    assert told(accepted_case)[-1] == ("Not settled: the term for mediation ran out", "all")


def test_a_clock_heard_late_changes_no_day_of_the_law(accepted_case):
    failure.record_expiry(accepted_case, at=at(9, 28))
    assert clock(accepted_case, "MED_CLOSE").ended_on == date(2026, 9, 23)
    assert clock(accepted_case, "LIMITATION").due_nominal == date(2027, 9, 23)


def test_the_clock_records_it_once(accepted_case):
    first = failure.record_expiry(accepted_case, at=at(9, 24, 0))
    assert failure.record_expiry(accepted_case, at=at(9, 25)) == first
    assert clock(accepted_case, "LIMITATION").events.count() == 2


def test_a_term_that_runs_has_not_run_out(accepted_case):
    with pytest.raises(failure.NotExpired):
        failure.record_expiry(accepted_case, at=at(9, 23, 23))


def test_a_term_that_stands_still_has_not_run_out(accepted_case):
    suspend_clock(clock(accepted_case, "MED_CLOSE"), on=date(2026, 9, 20), at=at(9, 20))
    with pytest.raises(failure.NotExpired):
        failure.record_expiry(accepted_case, at=at(9, 28))


def test_somebody_completes_what_the_clock_recorded(accepted_case, district_mediator):
    failure.record_expiry(accepted_case, at=at(9, 24, 0))
    record = fail(
        accepted_case,
        by=district_mediator,
        reason=Reason.NO_AGREEMENT,
        notice_served_on=date(2026, 9, 28),
        at=at(9, 28),
    )
    assert (record.reason, record.by) == (Reason.EXPIRED, district_mediator)
    assert clock(accepted_case, "LIMITATION").due_nominal == date(2027, 9, 23)
    assert [title for title, _ in told(accepted_case)].count(
        "Not settled: the term for mediation ran out"
    ) == 1


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"by": None, "reason": Reason.REFUSED}, "failure_clock_only_expires"),
        ({"notice_served_on": None}, "failure_notice_is_served"),
        ({"notice_method": ""}, "failure_notice_is_served"),
        (
            {"employer_signature": Signature.REFUSED},
            "failure_refused_signature_is_explained",
        ),
        ({"reason": "bored"}, "failure_reason_known"),
    ],
)
def test_the_database_keeps_the_rules_of_failure(
    accepted_case, district_mediator, facts, constraint
):
    row = {**failure_facts(), "by": district_mediator, **facts}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        FailureRecord.objects.create(proceeding=accepted_case, **row, at=at(9, 14))
