"""Who is suggested for a file, and why: load, skill, leave, conflict."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from disputes.domain import candidates, declarations, skills
from disputes.models import Cause, Declaration, Skill, TimelineEntry, Wall
from mediation.domain.appointment import appoint
from offices.domain.absences import enter_absence
from offices.duties import Role
from tests.factories import MONDAY, make_case, make_user

TODAY = MONDAY.date()
# Who serves, with load, skills and leave; parties, postings, ties, other side; walls.
QUERIES = 7


@pytest.fixture
def feng(register):
    return make_user("guta2", "冯远", office=register.guta, role=Role.MEDIATOR)


@pytest.fixture
def staff(register, district_mediator, feng):
    """Two mediators of 古塔: 张敏 and 冯远."""
    return district_mediator, feng


def ranked(proceeding):
    return candidates.candidates_for([proceeding], on=TODAY)[proceeding.pk]


def names(proceeding):
    return [row.person.name for row in ranked(proceeding)]


def hold(person, register, count):
    for _ in range(count):
        make_case(register.guta, handler=person)


def test_who_holds_fewer_open_files_comes_first(register, staff, district_case):
    zhang, feng = staff
    hold(zhang, register, 2)
    hold(feng, register, 1)
    assert names(district_case) == ["冯远", "张敏"]
    assert [row.open_files for row in ranked(district_case)] == [1, 2]


def test_knowing_the_matter_outweighs_three_files(register, staff, district_case):
    zhang, _feng = staff
    skills.set_skills(zhang, causes=[Cause.WAGES])
    hold(zhang, register, 2)
    assert names(district_case) == ["张敏", "冯远"]
    assert ranked(district_case)[0].why == "手头在办 2 件；熟悉劳动报酬"
    hold(zhang, register, 2)
    assert names(district_case) == ["冯远", "张敏"]


def test_the_industry_of_the_employer_counts_too(register, staff, district_case):
    zhang, feng = staff
    skills.set_skills(feng, industries=["建筑业"])
    skills.set_skills(zhang, causes=[Cause.INJURY] if hasattr(Cause, "INJURY") else [])
    assert names(district_case) == ["冯远", "张敏"]
    assert ranked(district_case)[0].skills == ("建筑业",)


def test_who_is_away_comes_last_and_it_is_said_until_when(register, staff, district_case):
    zhang, feng = staff
    hold(feng, register, 3)
    enter_absence(
        zhang, since=TODAY, until=TODAY + timedelta(days=3), substitute=feng, at=MONDAY, by=zhang
    )
    assert names(district_case) == ["冯远", "张敏"]
    assert "9月10日" in ranked(district_case)[1].why
    assert "冯远" in ranked(district_case)[1].why


def test_whom_a_rule_blocks_or_a_wall_keeps_away_is_never_suggested(staff, district_case):
    zhang, feng = staff
    declarations.declare(zhang, kind=Declaration.Kind.RELATIVE, name="韩玉兰", at=MONDAY)
    assert candidates.suggested(ranked(district_case)).person == feng
    Wall.objects.create(case=district_case.case, user=feng, reason="回避", at=MONDAY)
    assert candidates.suggested(ranked(district_case)) is None
    assert all(row.conflict for row in ranked(district_case))


def test_nobody_of_another_office_is_a_candidate(staff, district_case, other_mediator, reporter):
    assert set(names(district_case)) == {"张敏", "冯远"}


def test_many_files_are_spread_evenly(register, staff):
    files = [make_case(register.guta) for _ in range(4)]
    given = candidates.distribute(candidates.candidates_for(files, on=TODAY))
    assert sorted(row.person.name for row in given.values()) == ["冯远", "冯远", "张敏", "张敏"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(register, staff, django_assert_num_queries, count):
    files = [make_case(register.guta) for _ in range(count)]
    for serial in range(count):
        make_user(f"guta-{serial}", f"甲{serial}", office=register.guta, role=Role.MEDIATOR)
    with django_assert_num_queries(QUERIES):
        candidates.candidates_for(files, on=TODAY)


def test_who_was_suggested_and_who_was_chosen_is_kept_for_the_office(
    register, staff, district_case, regional_head
):
    zhang, feng = staff
    hold(zhang, register, 1)
    appoint(
        district_case,
        mediator=zhang,
        reason="熟悉案情",
        conflict_declared=True,
        at=MONDAY,
        by=regional_head,
    )
    (entry,) = TimelineEntry.objects.filter(case=district_case.case, verb__startswith="Suggested")
    assert (entry.reach, entry.facts["first"], entry.facts["person"]) == ("office", "冯远", "张敏")
    assert entry.title == "系统建议冯远（在办 0 件，匹配专长 0 项）；实际选定张敏（1 件，0 项）"


@pytest.mark.parametrize("facts", [{}, {"cause": Cause.WAGES, "industry": "建筑业"}])
def test_the_database_keeps_a_skill_of_one_kind(district_mediator, facts):
    with pytest.raises(IntegrityError, match="skill_of_one_kind"), transaction.atomic():
        Skill.objects.create(user=district_mediator, **facts)


def test_skills_are_what_was_said_last(district_mediator):
    skills.set_skills(district_mediator, causes=[Cause.WAGES, Cause.OVERTIME])
    skills.set_skills(district_mediator, causes=[Cause.WAGES], industries=["建筑业"])
    held = set(district_mediator.skills.values_list("cause", "industry"))
    assert held == {("wages", ""), ("", "建筑业")}
