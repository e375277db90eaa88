"""Recording what happened when the parties met."""

import pytest
from django.db import IntegrityError, transaction

from disputes.domain.refusals import Refusal
from disputes.models import TimelineEntry
from disputes.permissions import visible_content
from mediation.domain import sessions
from mediation.models import Session
from tests.mediation.acts import at, hold_session, session_facts, told

Result, Mode = Session.Result, Session.Mode


def test_sessions_are_numbered(accepted_case, district_mediator):
    hold_session(accepted_case, by=district_mediator)
    second = hold_session(
        accepted_case,
        by=district_mediator,
        started_at=at(9, 14),
        ended_at=at(9, 14, 10),
        result=Result.SETTLED,
        at=at(9, 14, 11),
    )
    assert second.ordinal == 2
    assert sessions.last_session(accepted_case) == second
    assert sessions.last_result(accepted_case) == Result.SETTLED


def test_without_a_session_there_is_no_result(accepted_case):
    assert sessions.last_result(accepted_case) is None


def test_what_was_said_stays_with_the_office(
    accepted_case, district_mediator, register, other_mediator
):
    hold_session(accepted_case, by=district_mediator)
    assert told(accepted_case)[-1] == ("Mediation session 1: to be continued", "office")
    entry = accepted_case.case.timeline.get(kind=TimelineEntry.Kind.MEETING)
    assert entry.confidential
    content = visible_content(district_mediator, accepted_case.case)
    assert entry in content.rows(accepted_case.case.timeline.all())


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ended_at": at(9, 10, 8)}, "ended_at"),
        ({"ended_at": at(9, 10, 12)}, "ended_at"),
        ({"started_at": at(9, 11)}, "started_at"),
        ({"started_at": at(9, 7, 10)}, "started_at"),
        ({"started_at": at(9, 1)}, "started_at"),
        ({"place": ""}, "place"),
        ({"recusal_told": False}, "recusal_told"),
        ({"result": Result.SETTLED, "next_at": at(9, 15)}, "next_at"),
        ({"next_at": at(9, 10, 10)}, "next_at"),
        ({"next_at": at(9, 24)}, "next_at"),
    ],
)
def test_a_record_that_cannot_be_true_is_refused(accepted_case, district_mediator, facts, field):
    with pytest.raises(Refusal) as refused:
        hold_session(accepted_case, by=district_mediator, **facts)
    assert refused.value.field == field
    assert not accepted_case.sessions.exists()


def test_the_next_session_may_be_on_the_last_day_of_the_term(accepted_case, district_mediator):
    session = hold_session(accepted_case, by=district_mediator, next_at=at(9, 23, 16))
    assert session.next_at == at(9, 23, 16)


def test_over_the_phone_nobody_needs_a_place(accepted_case, district_mediator):
    assert hold_session(accepted_case, by=district_mediator, place="", mode=Mode.PHONE).pk


def test_two_sessions_do_not_overlap(accepted_case, district_mediator):
    hold_session(accepted_case, by=district_mediator)
    with pytest.raises(sessions.Overlapping):
        hold_session(accepted_case, by=district_mediator, started_at=at(9, 10, 10))


def test_a_session_is_led_by_a_mediator_of_the_office(
    accepted_case, district_mediator, other_mediator
):
    with pytest.raises(Refusal) as refused:
        hold_session(accepted_case, by=district_mediator, host=other_mediator)
    assert refused.value.field == "host"


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"ended_at": at(9, 10, 8)}, "session_ends_after_it_begins"),
        ({"ended_at": at(9, 10, 12)}, "session_written_down_afterwards"),
        ({"recusal_told": False}, "session_told_of_recusal"),
        ({"place": ""}, "session_in_one_room_has_a_place"),
        ({"result": "settled", "next_at": at(9, 12)}, "session_next_only_when_adjourned"),
        ({"next_at": at(9, 10, 10)}, "session_next_only_when_adjourned"),
        ({"result": "perhaps"}, "session_result_known"),
        ({"ordinal": 1, "started_at": at(9, 9), "ended_at": at(9, 9)}, "session_ordinal_once"),
        ({"started_at": at(9, 10, 10), "ended_at": at(9, 10, 11)}, "session_one_at_a_time"),
    ],
)
def test_the_database_keeps_the_rules_of_sessions(
    accepted_case, district_mediator, facts, constraint
):
    hold_session(accepted_case, by=district_mediator)
    later = {"started_at": at(9, 10, 10, 30), "ended_at": at(9, 10, 10, 45), "ordinal": 2}
    row = {**session_facts(district_mediator), **later, **facts}
    with pytest.raises(IntegrityError, match=constraint) as refused, transaction.atomic():
        Session.objects.create(
            proceeding=accepted_case, **row, at=at(9, 10, 11), by=district_mediator
        )
    assert constraint in str(refused.value)
