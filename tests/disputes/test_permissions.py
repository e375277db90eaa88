"""The matrix of who reads what, asked of the one question."""

from datetime import date, timedelta

import pytest

from disputes.domain.assigning import assign
from disputes.domain.escalation import escalate, go_to_arbitration
from disputes.domain.timeline import record
from disputes.models import CaseGrant, Level, Named, Outcome, TimelineEntry, Wall
from disputes.permissions import (
    can,
    can_view,
    duties_in,
    may_inspect,
    near_cases,
    readable_cases,
    visible_cases,
    visible_content,
    with_outline,
    worked_proceedings,
)
from offices.domain.staffing import end_posting, post
from offices.duties import Role
from tests.factories import MONDAY, make_case, make_office, make_user

TODAY = MONDAY.date()
Kind, Reach = CaseGrant.Kind, TimelineEntry.Reach


def held(office, handler, **facts):
    return make_case(office, handler=handler, **facts)


def reads(user, proceeding, on=TODAY):
    """Return what *user* reads of a case: content, outline, status or nothing."""
    case = proceeding.case
    visible = visible_cases(user, on=on).filter(pk=case.pk)
    if not visible.exists():
        assert not readable_cases(user, on=on).filter(pk=case.pk).exists()
        return "nothing"
    content = visible_content(user, case, on=on)
    assert readable_cases(user, on=on).filter(pk=case.pk).exists() == content.is_full
    assert with_outline(visible, user, on=on).get().is_outline == content.is_outline
    return {Level.CASE: "content", Level.INTERNAL: "outline", Level.PUBLIC: "status"}[content.level]


def grant(granted, user, kind, **facts):
    return CaseGrant.objects.create(
        case=granted.case,
        user=user,
        kind=kind,
        reason="联席会议",
        granted_at=MONDAY,
        until=TODAY + timedelta(days=7),
        **facts,
    )


@pytest.fixture
def colleague(register):
    return make_user("guta2", "周洋", office=register.guta, role=Role.MEDIATOR)


def test_a_mediator_reads_whole_what_is_assigned_to_her(register, district_mediator, colleague):
    mine = held(register.guta, district_mediator)
    assert reads(district_mediator, mine) == "content"
    assert reads(colleague, mine) == "outline"
    assert duties_in(colleague, mine.case, on=TODAY) == set()
    assert can(district_mediator, "mediate", mine.case, on=TODAY)


def test_what_nobody_holds_is_read_by_those_who_may_take_it_up(
    district_case, district_mediator, colleague, regional_head
):
    for person in (district_mediator, colleague, regional_head):
        assert reads(person, district_case) == "content"


def test_whoever_sits_beside_the_handler_reads_it_too(register, district_mediator, colleague):
    proceeding = held(register.guta, district_mediator)
    assign(proceeding, [colleague])
    assert reads(colleague, proceeding) == "content"
    assign(proceeding, [])
    assert reads(colleague, proceeding) == "outline"


def test_sideways_and_across_there_is_nothing(
    register,
    district_mediator,
    other_mediator,
    enterprise_mediator,
    arbitrator,
    arbitration_clerk,
    commission_head,
    lawyer,
    court_liaison,
    coordinator,
    auditor,
    administrator,
    security_administrator,
    audit_administrator,
):
    proceeding = held(register.guta, district_mediator)
    aid = make_user("faxl", "管理", office=register.aid_centre, role=Role.AID_ADMINISTRATOR)
    for person in (
        other_mediator,
        enterprise_mediator,
        arbitrator,
        arbitration_clerk,
        commission_head,
        lawyer,
        court_liaison,
        coordinator,
        auditor,
        administrator,
        security_administrator,
        audit_administrator,
        aid,
    ):
        assert reads(person, proceeding) == "nothing", person


def test_an_enterprise_never_sees_what_is_filed_about_it_elsewhere(
    register, district_mediator, enterprise_mediator, enterprise_head
):
    about_it = make_case(register.guta, by=district_mediator)
    for person in (enterprise_mediator, enterprise_head):
        assert reads(person, about_it) == "nothing"


def test_the_lower_tier_keeps_what_it_sent_on_and_learns_the_result(
    register, enterprise_mediator, enterprise_head, district_mediator
):
    sent = held(register.enterprise, enterprise_mediator)
    later = escalate(sent, outcome=Outcome.NOT_SETTLED, at=MONDAY + timedelta(days=1))
    facts = {"at": MONDAY, "proceeding": later, "reach": Reach.OFFICE}
    record(later.case, "Note", text="区里的调解", **facts)
    for person in (enterprise_mediator, enterprise_head):
        assert reads(person, sent) == "content"
        content = visible_content(person, sent.case, on=TODAY)
        rows = content.rows(TimelineEntry.objects.filter(case=sent.case))
        assert not rows.filter(text="区里的调解").exists()
        assert not can(person, "mediate", sent.case, on=TODAY)
    assert reads(district_mediator, sent) == "content"


def test_those_above_see_the_outline(
    register, enterprise_case, enterprise_mediator, leader, clerk, regional_head
):
    for person in (leader, clerk, regional_head):
        assert reads(person, enterprise_case) == "outline"
        assert not worked_proceedings(person, on=TODAY).filter(pk=enterprise_case.pk).exists()


def test_the_only_federation_sees_the_lists_of_offices_under_none_and_stands_above_nobody_there(
    arbitration_case, leader, clerk, regional_head
):
    for person in (leader, clerk):
        assert reads(person, arbitration_case) == "outline"
        assert not may_inspect(person, [arbitration_case], on=TODAY)
    assert reads(regional_head, arbitration_case) == "nothing"


def test_of_two_federations_none_sees_what_is_under_neither(arbitration_case, leader):
    make_office("阜新市总工会", "阜工", "union", "city_federation")
    assert reads(leader, arbitration_case) == "nothing"


def test_a_reporter_learns_how_it_stands_as_long_as_she_serves_there(register, reporter):
    reported = make_case(register.guta, by=reporter)
    assert reads(reporter, reported) == "status"
    other = make_user("zhandian2", "李默", office=register.station, role=Role.STATION_REPORTER)
    assert reads(other, reported) == "nothing"
    end_posting(reporter.postings.get(), until=TODAY - timedelta(days=1))
    post(reporter, office=register.enterprise, role=Role.MEDIATOR, since=TODAY)
    assert reads(reporter, reported) == "nothing"


def test_an_arbitrator_reads_only_where_she_sits(
    register, arbitration_case, arbitrator, arbitration_clerk, commission_head
):
    for person in (arbitration_clerk, commission_head):
        assert reads(person, arbitration_case) == "content"
    assert reads(arbitrator, arbitration_case) == "nothing"
    assign(arbitration_case, [arbitrator])
    assert reads(arbitrator, arbitration_case) == "content"
    arbitration_case.handler = arbitrator
    arbitration_case.save()
    assign(arbitration_case, [])
    assert reads(arbitrator, arbitration_case) == "content"


def test_what_was_said_in_mediation_never_reaches_the_panel_or_a_grant(
    register, district_mediator, arbitrator, lawyer, court_liaison, leader
):
    mediation = held(register.guta, district_mediator)
    facts = {"at": MONDAY, "proceeding": mediation}
    record(mediation.case, "Note", reach=Reach.OFFICE, text="底线八千", **facts)
    record(mediation.case, "Note", reach=Reach.ONWARD, text="工资条", **facts)
    grant(mediation, court_liaison, Kind.MEETING)
    grant(mediation, leader, Kind.REASON, ground="complaint")
    grant(mediation, lawyer, Kind.LAWYER, proceeding=mediation)
    later = go_to_arbitration(mediation, at=MONDAY + timedelta(days=1))
    record(later.case, "Note", at=MONDAY, proceeding=later, reach=Reach.OFFICE, text="合议")
    assign(later, [arbitrator])

    def texts(user):
        content = visible_content(user, mediation.case, on=TODAY)
        rows = content.rows(TimelineEntry.objects.filter(case=mediation.case).exclude(text=""))
        return set(rows.values_list("text", flat=True)) & {"底线八千", "工资条", "合议"}

    assert texts(district_mediator) == {"底线八千", "工资条"}
    assert texts(arbitrator) == {"工资条", "合议"}
    assert texts(court_liaison) == texts(leader) == {"工资条"}
    # The lawyer was asked about the mediation: what its desk wrote she reads, and no more.
    assert texts(lawyer) == {"底线八千", "工资条"}


@pytest.mark.parametrize(
    ("kind", "who"),
    [(Kind.LAWYER, "lawyer"), (Kind.MEETING, "court_liaison"), (Kind.REASON, "leader")],
)
def test_a_grant_ends_by_itself_and_with_the_posting(request, district_case, kind, who):
    person = request.getfixturevalue(who)
    grant(district_case, person, kind)
    assert reads(person, district_case) == "content"
    last = TODAY + timedelta(days=7)
    assert reads(person, district_case, on=last) == "content"
    after = "outline" if who == "leader" else "nothing"
    assert reads(person, district_case, on=last + timedelta(days=1)) == after
    end_posting(person.postings.get(), until=TODAY - timedelta(days=1))
    assert reads(person, district_case) == "nothing"


def test_a_grant_for_one_thing_is_none_for_another(register, district_case, lawyer):
    grant(district_case, lawyer, Kind.LAWYER)
    end_posting(lawyer.postings.get(), until=TODAY - timedelta(days=1))
    post(lawyer, office=register.linghe, role=Role.MEDIATOR, since=TODAY)
    assert reads(lawyer, district_case) == "nothing"


def test_a_wall_wins_over_everything(register, district_mediator, regional_head, leader):
    proceeding = held(register.guta, district_mediator)
    grant(proceeding, leader, Kind.REASON)
    for person in (district_mediator, regional_head, leader):
        Wall.objects.create(case=proceeding.case, user=person, reason="回避", at=MONDAY)
        assert reads(person, proceeding) == "nothing"
        assert not can_view(person, proceeding.case, on=TODAY)


def keep(proceeding, **facts):
    for name, value in facts.items():
        setattr(proceeding.case, name, value)
    proceeding.case.save()


def test_a_highly_sensitive_case_is_read_by_few_and_seen_in_outline(
    register, district_mediator, colleague, regional_head, leader, court_liaison, lawyer, clerk
):
    proceeding = held(register.guta, district_mediator)
    keep(proceeding, level=Level.SENSITIVE)
    grant(proceeding, lawyer, Kind.LAWYER, proceeding=proceeding)
    grant(proceeding, court_liaison, Kind.MEETING)
    grant(proceeding, leader, Kind.REASON)
    filing = make_user("dengji", "登记", office=register.guta, role=Role.FEDERATION_CLERK)
    for person in (district_mediator, regional_head, lawyer):
        assert reads(person, proceeding) == "content", person
    for person in (colleague, court_liaison, leader, clerk, filing):
        assert reads(person, proceeding) == "outline", person
    Named.objects.create(case=proceeding.case, user=filing, reason="归档", at=MONDAY)
    Named.objects.create(case=proceeding.case, user=court_liaison, reason="委派", at=MONDAY)
    for person in (filing, court_liaison):
        assert reads(person, proceeding) == "content", person
    keep(proceeding, grade="major")
    assert reads(leader, proceeding) == "content"


def test_nobody_but_the_head_takes_up_what_is_highly_sensitive(
    district_case, district_mediator, regional_head
):
    keep(district_case, level=Level.SENSITIVE)
    assert reads(district_mediator, district_case) == "outline"
    assert reads(regional_head, district_case) == "content"


def test_a_sealed_case_exists_for_few(
    register, district_mediator, colleague, regional_head, leader, clerk, reporter
):
    proceeding = held(register.guta, district_mediator, by=reporter)
    keep(proceeding, sealed=True)
    for person in (district_mediator, regional_head):
        assert reads(person, proceeding) == "content", person
    for person in (colleague, leader, clerk, reporter):
        assert reads(person, proceeding) == "nothing", person
    Named.objects.create(case=proceeding.case, user=leader, reason="包案", at=MONDAY)
    assert reads(leader, proceeding) == "outline"


def test_being_named_opens_nothing_by_itself(register, district_case, other_mediator):
    keep(district_case, sealed=True)
    Named.objects.create(case=district_case.case, user=other_mediator, reason="误", at=MONDAY)
    assert reads(other_mediator, district_case) == "nothing"


def sensitive(proceeding, reach=Reach.OFFICE, by=None):
    return record(
        proceeding.case,
        "Note",
        at=MONDAY,
        by=by,
        proceeding=proceeding,
        reach=reach,
        level=Level.SENSITIVE,
        text="孕期",
    )


def reads_sensitive(user, proceeding):
    content = visible_content(user, proceeding.case, on=TODAY)
    rows = content.rows(TimelineEntry.objects.filter(case=proceeding.case))
    return rows.filter(level=Level.SENSITIVE).exists()


def test_what_is_highly_sensitive_in_a_case_is_read_by_its_writer_and_the_head(
    register, district_mediator, regional_head, colleague
):
    proceeding = held(register.guta, district_mediator)
    sensitive(proceeding)
    assert reads_sensitive(regional_head, proceeding)
    assert not reads_sensitive(district_mediator, proceeding)
    Named.objects.create(case=proceeding.case, user=district_mediator, reason="承办", at=MONDAY)
    assert reads_sensitive(district_mediator, proceeding)
    own = held(register.guta, colleague)
    sensitive(own, by=colleague)
    assert reads_sensitive(colleague, own)


def test_the_head_of_a_committee_with_the_employer_on_it_does_not(
    enterprise_case, enterprise_head, enterprise_mediator
):
    sensitive(enterprise_case)
    for person in (enterprise_head, enterprise_mediator):
        assert not reads_sensitive(person, enterprise_case)


def test_nobody_posted_sees_anything(district_case, db):
    assert reads(make_user("keren", "来客"), district_case) == "nothing"


def test_a_person_switched_off_sees_nothing(district_case, district_mediator):
    district_mediator.is_active = False
    assert reads(district_mediator, district_case) == "nothing"


def test_people_are_not_looked_for_among_what_is_seen_from_above(
    register, district_mediator, leader, clerk, enterprise_case, district_case
):
    assert near_cases(district_mediator, on=TODAY) is None
    assert not near_cases(leader, on=TODAY).exists()
    head = make_user("gutazr2", "副主任", office=register.guta, role=Role.HEAD)
    assert list(near_cases(head, on=TODAY)) == [district_case.case]
    assert set(visible_cases(head, on=TODAY)) == {district_case.case, enterprise_case.case}


def test_what_is_waiting_is_nobodys_once_the_proceeding_is_closed(
    district_case, district_mediator, regional_head
):
    go_to_arbitration(district_case, at=MONDAY + timedelta(days=1))
    assert reads(district_mediator, district_case) == "outline"
    assert reads(regional_head, district_case) == "content"


@pytest.mark.parametrize("number", [1, 3])
def test_the_question_costs_one_query_besides_where_she_serves(
    register, district_mediator, django_assert_num_queries, number
):
    for n in range(number):
        office = (register.linghe, register.enterprise, register.station)[n]
        post(district_mediator, office=office, role=Role.MEDIATOR, since=date(2026, 1, 1))
        proceeding = held(office if n < 2 else register.guta, district_mediator)
        grant(proceeding, district_mediator, Kind.MEETING)
    with django_assert_num_queries(2):
        assert len(visible_cases(district_mediator, on=TODAY)) == min(number, 3)
    with django_assert_num_queries(2):
        assert len(readable_cases(district_mediator, on=TODAY)) == min(number, 3)
