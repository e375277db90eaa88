"""The commission takes a case on, or turns it away."""

import pytest
from django.db import IntegrityError, transaction

from arbitration.domain import docket
from arbitration.domain.refusals import (
    DoneBefore,
    Incomplete,
    Missing,
    NotReceived,
    NotYet,
    OutOfOrder,
)
from arbitration.forms.docket import DocketForm
from arbitration.models import DocketDecision
from disputes.domain.proceedings import close_proceeding
from disputes.domain.refusals import AlreadyClosed
from disputes.models import Deadline, Outcome, ServedPaper, ServiceMethod, Wall
from tests.arbitration.acts import at, clock, day, receive, take_on, titles
from tests.factories import make_case, make_identity_number

State = Deadline.State
REFUSAL = {
    "docketed": False,
    "reasons": "不属于劳动争议受案范围",
    "notice_served_on": day(9, 9),
    "notice_method": ServiceMethod.DIRECT,
}


def test_docketing_starts_the_clocks_of_the_case(arbitration_case):
    take_on(arbitration_case)
    arbitration_case.refresh_from_db()
    assert arbitration_case.accepted_on == day(9, 9)
    assert clock(arbitration_case, "ARB_ACCEPT").state == State.MET
    award = clock(arbitration_case, "ARB_AWARD")
    assert (award.due_nominal, award.due_legal) == (day(10, 24), day(10, 26))
    assert clock(arbitration_case, "ARB_PANEL").due_legal == day(9, 16)
    assert clock(arbitration_case, "ARB_SERVE_COPY").due_legal == day(9, 16)
    assert docket.is_docketed(arbitration_case)


def test_docketing_ends_the_limitation_with_the_day_of_filing(arbitration_case):
    take_on(arbitration_case)
    limitation = clock(arbitration_case, "LIMITATION")
    assert (limitation.state, limitation.ended_on) == (State.MET, day(9, 7))
    assert limitation.events.get(kind="stop").reason == "已申请仲裁"


def test_a_refusal_is_notified_and_renews_the_limitation(arbitration_case):
    take_on(arbitration_case, **REFUSAL)
    arbitration_case.refresh_from_db()
    assert arbitration_case.accepted_on is None
    assert not docket.is_docketed(arbitration_case)
    assert clock(arbitration_case, "ARB_AWARD") is None
    limitation = clock(arbitration_case, "LIMITATION")
    assert (limitation.state, limitation.due_nominal.isoformat()) == (State.RUNNING, "2027-09-09")
    notice = arbitration_case.services.get()
    assert (notice.paper, notice.party.role) == (ServedPaper.DECISION, "applicant")
    assert "Arbitration refused" in titles(arbitration_case)


def test_a_decision_after_the_term_is_late(arbitration_case):
    take_on(arbitration_case, at=at(9, 15))
    assert clock(arbitration_case, "ARB_ACCEPT").state == State.LATE


@pytest.mark.parametrize(
    ("facts", "refusal", "field"),
    [
        (REFUSAL | {"reasons": " "}, Missing, "reasons"),
        (REFUSAL | {"notice_served_on": None}, Missing, "notice_served_on"),
        (REFUSAL | {"notice_method": ""}, Missing, "notice_method"),
        (REFUSAL | {"notice_served_on": day(9, 8)}, OutOfOrder, "notice_served_on"),
        (REFUSAL | {"notice_served_on": day(9, 10)}, NotYet, "notice_served_on"),
        ({"decided_on": day(9, 4)}, OutOfOrder, "decided_on"),
        ({"decided_on": day(9, 10)}, NotYet, "decided_on"),
    ],
)
def test_an_impossible_decision_is_refused(arbitration_case, facts, refusal, field):
    with pytest.raises(refusal) as refused:
        take_on(arbitration_case, **facts)
    assert refused.value.field == field
    assert not DocketDecision.objects.exists()


def test_nothing_is_docketed_that_was_not_received(arbitration_case):
    with pytest.raises(NotReceived):
        docket.decide(arbitration_case, docketed=True, at=at(9, 9))


def test_an_incomplete_application_can_be_refused_but_not_docketed(arbitration_case):
    receive(arbitration_case, complete=False, missing="劳动合同", asked_on=day(9, 7))
    with pytest.raises(Incomplete, match="劳动合同"):
        take_on(arbitration_case)
    take_on(arbitration_case, **REFUSAL)
    assert not docket.is_docketed(arbitration_case)


def test_a_case_is_decided_on_once(arbitration_case):
    take_on(arbitration_case)
    with pytest.raises(DoneBefore):
        take_on(arbitration_case)


def test_a_closed_proceeding_is_not_docketed(arbitration_case):
    receive(arbitration_case)
    close_proceeding(arbitration_case, outcome=Outcome.WITHDRAWN, at=at(9, 8))
    with pytest.raises(AlreadyClosed):
        take_on(arbitration_case)


@pytest.mark.parametrize(
    "facts",
    [
        {"docketed": False, "reasons": "不属于受案范围"},
        {"docketed": False, "notice_served_on": day(9, 9), "notice_method": "direct"},
        {"notice_served_on": day(9, 9)},
        {"notice_method": "direct"},
        {"notice_served_on": day(9, 8), "notice_method": "direct"},
    ],
)
def test_the_database_wants_reasons_and_notice_of_a_refusal(arbitration_case, facts):
    row = {"proceeding": arbitration_case, "docketed": True, "on": day(9, 9), "at": at(9, 9)}
    with pytest.raises(IntegrityError), transaction.atomic():
        DocketDecision.objects.create(**row | facts)


@pytest.mark.parametrize(
    ("outcome", "shown"), [(Outcome.DEEMED_WITHDRAWN, True), (Outcome.WITHDRAWN, False)]
)
def test_who_stayed_away_and_comes_again_is_known_to_the_head(
    register, arbitration_clerk, commission_head, outcome, shown
):
    worker = {"id_number": make_identity_number(61, female=True)}
    first, again = (
        make_case(register.commission, by=arbitration_clerk, worker=worker) for _ in "ab"
    )
    close_proceeding(first, outcome=outcome, at=at(9, 8))
    facts = {"user": commission_head, "today": day(9, 9)}
    asked = DocketForm(proceeding=again, **facts).fields["docketed"].help_text
    assert (first.number in str(asked)) == shown
    Wall.objects.create(case=first.case, user=commission_head, reason="亲属", at=at(9, 8))
    commission_head = type(commission_head).objects.get(pk=commission_head.pk)
    facts["user"] = commission_head
    assert not DocketForm(proceeding=again, **facts).fields["docketed"].help_text
