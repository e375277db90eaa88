"""Recording what happened when the parties met."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from disputes.domain import case_papers
from disputes.domain.refusals import Refusal
from disputes.models import TimelineEntry
from disputes.permissions import visible_content
from mediation.domain import sessions
from mediation.forms import SessionForm
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


PEOPLE = (
    sessions.Attendee("韩玉兰", "worker", "self", "id_card"),
    sessions.Attendee("钱某", "employer", "agent", "absent"),
)
SAID = {
    "attendance": "",
    "statements": "",
    "statement_worker": "工资未发。",
    "statement_employer": "资金周转困难。",
    "recusal_worker": "none",
    "recusal_employer": "absent",
    "offer_by": "mediator",
    "offer_amount": Decimal("12000"),
    "offer_due": at(9, 30).date(),
}


def test_a_record_says_per_side_who_came_what_was_answered_and_said(
    accepted_case, district_mediator
):
    session = hold_session(accepted_case, by=district_mediator, attendees=PEOPLE, **SAID)

    rows = [(row.name, row.side, row.identity) for row in session.attendees.all()]
    assert rows == [("韩玉兰", "worker", "id_card"), ("钱某", "employer", "absent")]
    facts = case_papers.gather(accepted_case, "session_record", at=at(9, 10, 12))
    assert facts["到场人"][1] == {"姓名": "钱某", "身份": "用人单位，委托代理人", "核对": "未到场"}
    assert facts["回避回答"] == "劳动者：已知悉，不申请更换；用人单位：未到场。"
    assert facts["双方陈述"] == "劳动者：工资未发。\n用人单位：资金周转困难。"
    assert facts["调解方案"] == (
        "调解员提出：单位在九月底前付 12000 元，金额12,000.00元（壹万贰仟元整），于2026年9月30日前履行。"
    )


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"attendees": PEOPLE[1:]}, sessions.NobodyThere),
        ({"statement_worker": "", "statement_employer": ""}, sessions.NothingSaid),
    ],
)
def test_a_record_needs_people_and_words(accepted_case, district_mediator, facts, refusal):
    with pytest.raises(refusal):
        hold_session(accepted_case, by=district_mediator, **{"attendees": PEOPLE, **SAID, **facts})
    assert not Session.objects.exists()


def test_a_session_in_which_nobody_said_anything_is_no_row(accepted_case, district_mediator):
    session = hold_session(accepted_case, by=district_mediator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(statements="")


def test_the_next_session_expects_the_same_people(accepted_case, district_mediator):
    hold_session(accepted_case, by=district_mediator, attendees=PEOPLE, **SAID)
    form = SessionForm(proceeding=accepted_case, user=district_mediator, today=at(9, 14).date())

    assert (form["who_1"].value(), form["part_1"].value()) == ("钱某", "agent")
    assert form["offer_amount"].value() == Decimal("12000")


def test_who_is_written_down_needs_a_check_of_identity(accepted_case, district_mediator):
    written = {"who_0": "韩玉兰", "part_0": "self", "identity_0": ""}
    form = SessionForm(
        written, proceeding=accepted_case, user=district_mediator, today=at(9, 14).date()
    )
    assert not form.is_valid()
    assert "identity_0" in form.errors
    assert "part_0" not in form.errors


def test_what_was_proposed_begins_the_terms(client, accepted_case, district_mediator):
    accepted_case.handler = district_mediator
    accepted_case.save()
    hold_session(accepted_case, by=district_mediator, attendees=PEOPLE, result="settled", **SAID)
    client.force_login(district_mediator)
    page = client.get(reverse("agreement_terms", args=[accepted_case.pk]))
    first = page.context["formset"][0]

    assert first["amount"].value() == Decimal("12000")
    assert first["days"].value() == "2026-09-30 12000.00"
