"""The conflict rules: what blocks, what flags, and what nobody learns."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from disputes.domain import conflicts, declarations
from disputes.domain.escalation import go_to_arbitration
from disputes.models import Declaration
from legal_aid.domain import reviews
from mediation.domain import appointment
from offices.domain.staffing import post
from offices.duties import Role
from tests.factories import MONDAY, make_case, make_identity_number, make_user

TODAY = MONDAY.date()
Kind = Declaration.Kind
CODE = "91210799MAD003390A"


def rules(proceeding, user, on=TODAY):
    found = conflicts.conflicts_of(proceeding, user, on=on)
    return [(conflict.rule, conflict.blocks) for conflict in found]


def declare(user, kind, **facts):
    return declarations.declare(user, kind=kind, **facts, at=MONDAY)


def test_nothing_speaks_against_somebody_without_ties(district_case, district_mediator):
    assert rules(district_case, district_mediator) == []


def test_c1_a_party_of_the_same_name_or_number(register, district_mediator):
    number = make_identity_number(401)
    same_name = make_case(register.guta, worker={"name": district_mediator.name})
    same_number = make_case(register.guta, worker={"id_number": number})
    assert rules(same_name, district_mediator) == [("C1", True)]
    assert rules(same_number, district_mediator) == []
    declare(district_mediator, Kind.HERSELF, number=number)
    assert rules(same_number, district_mediator) == [("C1", True)]


def test_c1_who_serves_at_the_employer_or_declared_it(register, district_case, district_mediator):
    declare(district_mediator, Kind.EMPLOYER, number=CODE)
    assert rules(district_case, district_mediator) == [("C1", True)]
    other = make_user("liang", "周凯", office=register.guta, role=Role.MEDIATOR)
    post(other, office=register.enterprise, role=Role.MEDIATOR, since=date(2026, 1, 1))
    assert rules(district_case, other) == [("C1", True)]


@pytest.mark.parametrize(
    "tie",
    [
        {"name": "韩玉兰"},
        {"number": "{id}"},
        {"name": "锦北样例建筑003有限公司"},
        {"number": CODE.lower()},
    ],
)
def test_c2_a_declared_relative(district_case, district_mediator, tie):
    worker = district_case.case.parties.get(role="applicant")
    facts = {name: said.format(id=worker.id_number) for name, said in tie.items()}
    declare(district_mediator, Kind.RELATIVE, **facts)
    assert rules(district_case, district_mediator) == [("C2", True)]


def test_a_declaration_taken_back_is_not_compared(district_case, district_mediator):
    row = declare(district_mediator, Kind.RELATIVE, name="韩玉兰")
    declarations.take_declaration_back(row, at=MONDAY)
    assert rules(district_case, district_mediator) == []


def test_c3_and_c12_are_written_down_and_do_not_block(
    enterprise_case, enterprise_mediator, enterprise_head
):
    declare(enterprise_mediator, Kind.SIDE, number=CODE)
    declare(enterprise_mediator, Kind.PERSONNEL, name="锦北样例建筑003有限公司")
    assert set(rules(enterprise_case, enterprise_mediator)) == {("C3", False), ("C12", False)}
    appointment.appoint(
        enterprise_case,
        mediator=enterprise_mediator,
        reason="唯一",
        conflict_declared=True,
        at=MONDAY,
        by=enterprise_head,
    )
    flags = enterprise_case.case.timeline.filter(verb__startswith="Known when")
    assert {flag.reach for flag in flags} == {"office"}
    assert flags.count() == 2


def test_c4_who_mediated_does_not_decide_nor_the_other_way_round(
    register, district_mediator, arbitrator
):
    mediation = make_case(register.guta, handler=district_mediator)
    later = go_to_arbitration(mediation, at=MONDAY + timedelta(days=1))
    assert rules(later, district_mediator) == [("C4", True)]
    later.handler = arbitrator
    later.save()
    assert rules(mediation, arbitrator) == [("C4", True)]


def test_c5_a_client_binds_a_lawyer_for_two_years_and_her_firm(register, district_case, lawyer):
    tie = declare(lawyer, Kind.CLIENT, number=CODE, firm="锦北样例律师事务所")
    assert rules(district_case, lawyer) == [("C5", True)]
    partner = make_user("lvshi2", "唐宁", office=register.aid_centre, role=Role.LAWYER)
    assert rules(district_case, partner) == []
    declare(partner, Kind.CLIENT, name="别家公司", firm="锦北样例律师事务所")
    assert rules(district_case, partner) == [("C5", True)]
    for ended_on, bound in ((date(2024, 9, 7), True), (date(2024, 9, 6), False)):
        tie.ended_on = ended_on
        tie.save()
        assert bool(rules(district_case, lawyer)) == bound, ended_on
    assert rules(district_case, lawyer, on=date(2028, 2, 29)) == []


def test_a_lawyer_with_a_client_in_the_case_is_not_asked(district_case, lawyer, regional_head):
    declare(lawyer, Kind.CLIENT, number=CODE)
    with pytest.raises(reviews.LawyerHasConflict):
        reviews.ask_review(
            district_case,
            lawyer=lawyer,
            due_on=TODAY + timedelta(days=7),
            at=MONDAY,
            by=regional_head,
        )


def test_a_mediator_with_a_declared_relative_is_not_appointed_and_nobody_learns_whom(
    district_case, district_mediator, regional_head
):
    declare(district_mediator, Kind.RELATIVE, name="韩玉兰")
    with pytest.raises(appointment.ConflictOfInterest) as refused:
        appointment.appoint(
            district_case,
            mediator=district_mediator,
            reason="就近",
            conflict_declared=True,
            at=MONDAY,
            by=regional_head,
        )
    assert "韩" not in str(refused.value)


def test_what_is_declared_is_sealed_in_the_database(district_mediator):
    declare(district_mediator, Kind.RELATIVE, name="韩玉兰", number=make_identity_number(402))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name || number FROM disputes_declaration")
        assert "韩" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"kind": Kind.HERSELF, "name": "张敏"}, declarations.NumberNeeded),
        ({"kind": Kind.RELATIVE, "firm": "某所"}, declarations.NothingNamed),
    ],
)
def test_a_tie_is_to_somebody(district_mediator, facts, refusal):
    with pytest.raises(refusal):
        declarations.declare(district_mediator, **facts, at=MONDAY)


def test_ties_are_declared_on_a_page_and_read_by_nobody_else(
    client, district_mediator, regional_head
):
    client.force_login(district_mediator)
    door = reverse("declarations")
    assert client.post(door, {"kind": "relative"}).status_code == 422
    assert client.post(door, {"kind": "relative", "name": "韩玉兰"}).status_code == 302
    assert "韩玉兰" in client.get(door).content.decode()
    end = reverse("declaration_end", args=[Declaration.objects.get().pk])
    client.force_login(regional_head)
    assert "韩玉兰" not in client.get(door).content.decode()
    assert client.post(end).status_code == 404
    client.force_login(district_mediator)
    assert client.post(end).status_code == 302
    assert "韩玉兰" not in client.get(door).content.decode()
