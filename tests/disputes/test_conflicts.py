"""The conflict rules: what blocks, what flags, and what nobody learns."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from disputes.domain import conflicts, consents, declarations, recusals
from disputes.domain.escalation import go_to_arbitration
from disputes.models import CasePaper, Consent, Declaration, Party
from legal_aid.domain import reviews
from mediation.domain import appointment
from notices.models import Notice
from offices.domain.staffing import post
from offices.duties import Role
from papers.models import Paper
from tests.factories import MONDAY, make_case, make_identity_number, make_user
from workflows import alarms

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


def test_c1_another_number_clears_a_namesake_and_no_number_leaves_a_flag(
    register, district_mediator
):
    namesake = make_case(register.guta, worker={"name": district_mediator.name})
    contact = make_case(register.guta, employer={"contact_name": district_mediator.name})
    assert rules(contact, district_mediator) == [("C1", True)]
    declare(district_mediator, Kind.HERSELF, number=make_identity_number(403))
    assert rules(namesake, district_mediator) == []
    assert rules(contact, district_mediator) == [("C1", False)]


def charge(proceeding, by):
    """Issue an opinion of the union against the employer of *proceeding*."""
    paper = Paper.objects.create(
        office=proceeding.office, kind="letter_opinion", title="意见书", year=2026,
        serial=proceeding.pk, number=f"意见{proceeding.pk}", docx_sha256="0" * 64,
        issued_at=MONDAY, issued_by=by,
    )  # fmt: skip
    return CasePaper.objects.create(
        paper=paper, case=proceeding.case, proceeding=proceeding, reach="office", added_by=by
    )


def test_c7_who_issued_an_opinion_mediates_only_with_the_employers_consent(
    client, register, district_mediator, regional_head, other_mediator
):
    letter = charge(make_case(register.guta), district_mediator)
    next_case = make_case(register.guta, worker={"name": "罗成"})
    assert rules(next_case, district_mediator) == [("C7", True)]
    assert rules(next_case, other_mediator) == []
    facts = {"mediator": district_mediator, "reason": "熟悉该单位", "conflict_declared": True}
    with pytest.raises(appointment.ConflictOfInterest):
        appointment.appoint(next_case, **facts, at=MONDAY, by=regional_head)

    client.force_login(regional_head)
    door = reverse("case_consents", args=[next_case.case_id])
    employer = next_case.case.parties.get(kind="employer")
    said = {"party": employer.pk, "person": district_mediator.pk, "note": "同意由张敏调解"}
    assert client.post(door, said).status_code == 302
    assert district_mediator.name in client.get(door).content.decode()
    assert rules(next_case, district_mediator) == []
    # The employer thinks better of it.
    consents.take_consent_back(
        next_case, consent=Consent.objects.get(purpose="supervisor"), note="不同意了",
        at=MONDAY, by=regional_head,
    )  # fmt: skip
    assert rules(next_case, district_mediator) == [("C7", True)]
    # What was declared void charges nobody.
    Paper.objects.filter(pk=letter.paper_id).update(
        voided_at=MONDAY, voided_by=regional_head, void_reason="有误"
    )
    assert rules(next_case, district_mediator) == []


def test_c8_a_file_without_handler_alarms_after_one_working_day(
    register, district_mediator, regional_head, leader
):
    proceeding = make_case(register.guta, handler=district_mediator)
    recusal = recusals.ask_recusal(
        proceeding, person=district_mediator, asker="applicant", form="oral", ground="other",
        reason="同学", asked_on=TODAY, at=MONDAY, by=district_mediator,
    )  # fmt: skip
    recusals.decide_recusal(recusal, granted=True, decision="属实", at=MONDAY, by=regional_head)

    assert alarms.alarm_unassigned(at=MONDAY + timedelta(days=1)) == 0
    assert alarms.alarm_unassigned(at=MONDAY + timedelta(days=2)) == 1
    told = Notice.objects.filter(verb__contains="no handler for more than a working day")
    assert {notice.recipient for notice in told} == {regional_head, leader}
    proceeding.refresh_from_db()
    proceeding.handler = regional_head
    proceeding.save()
    assert alarms.alarm_unassigned(at=MONDAY + timedelta(days=3)) == 0


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


def test_c3_a_dispute_of_her_own_department_is_not_hers(
    enterprise_case, enterprise_mediator, enterprise_head
):
    Party.objects.filter(case=enterprise_case.case, kind="worker").update(department="装配 车间")
    declare(enterprise_mediator, Kind.SIDE, number=CODE, department="质检科")
    assert rules(enterprise_case, enterprise_mediator) == [("C3", False)]
    declare(enterprise_mediator, Kind.SIDE, number=CODE, department="装配车间")
    assert rules(enterprise_case, enterprise_mediator) == [("C3", True), ("C3", False)]
    with pytest.raises(appointment.ConflictOfInterest, match="部门"):
        appointment.appoint(
            enterprise_case, mediator=enterprise_mediator, reason="唯一", conflict_declared=True,
            at=MONDAY, by=enterprise_head,
        )  # fmt: skip


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
