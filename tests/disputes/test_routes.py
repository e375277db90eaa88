"""Why a case came to an office stands in its timeline: committee, industry, territory."""

import pytest

from disputes.domain.escalation import escalate, go_to_arbitration
from disputes.domain.transfers import hand_on
from disputes.models import Outcome, TimelineEntry
from offices.models import Office
from tests.factories import MONDAY, make_case, make_office, make_user

UNKNOWN = {"name": "锦北样例餐饮888有限公司", "credit_code": ""}


@pytest.fixture
def builders(register):
    return make_office(
        "锦州市建筑行业劳动争议调解委员会",
        "建筑调",
        Office.Tier.REGIONAL,
        Office.Kind.INDUSTRY_COMMITTEE,
        industry="制造业",
        parent=register.federation,
    )


def routes(case):
    rows = TimelineEntry.objects.filter(case=case, verb__startswith="Routed").order_by("pk")
    return [row.title for row in rows]


def test_at_the_employers_own_committee(register, enterprise_case):
    (route,) = routes(enterprise_case.case)
    assert route == f"分流至{register.enterprise}：用人单位自设的调解委员会，离争议最近"


def test_at_the_centre_of_the_district(register, district_case):
    assert routes(district_case.case) == [f"分流至{register.guta}：属地为古塔区"]


def test_an_employer_without_a_committee_goes_to_the_centre_of_the_district(register):
    case = make_case(register.guta, employer=UNKNOWN).case
    (route,) = routes(case)
    assert "未设调解委员会" in route
    assert "古塔区" in route


def test_at_the_committee_of_the_industry(register, builders):
    (route,) = routes(make_case(builders).case)
    assert route == "分流至锦州市建筑行业劳动争议调解委员会：制造业的行业调解组织"


def test_straight_to_arbitration(register, arbitration_case):
    (route,) = routes(arbitration_case.case)
    assert "申请人选择直接仲裁" in route


def test_the_industry_cuts_across_territory_when_a_case_goes_on(
    register, builders, enterprise_case, enterprise_head
):
    there = escalate(enterprise_case, outcome=Outcome.NOT_SETTLED, at=MONDAY, by=enterprise_head)
    assert there.office == builders
    assert "制造业的行业调解组织" in routes(enterprise_case.case)[-1]


def test_without_a_committee_of_the_industry_it_goes_on_at_the_parent(
    register, enterprise_case, enterprise_head
):
    there = escalate(enterprise_case, outcome=Outcome.NOT_SETTLED, at=MONDAY, by=enterprise_head)
    assert there.office == register.guta
    assert "指导原调解委员会" in routes(enterprise_case.case)[-1]


def test_the_commission_of_the_district_comes_before_that_of_the_city(
    register, district_case, regional_head
):
    there = go_to_arbitration(district_case, at=MONDAY, by=regional_head)
    assert there.office == register.commission
    assert "由市仲裁委员会管辖" in routes(district_case.case)[-1]
    own = make_office(
        "凌河区劳动人事争议仲裁委员会", "凌河仲", Office.Tier.ARBITRATION,
        Office.Kind.ARBITRATION_COMMISSION, county="凌河区",
    )  # fmt: skip
    other = make_case(register.linghe)
    assert go_to_arbitration(other, at=MONDAY, by=regional_head).office == own
    assert "凌河区的仲裁委员会" in routes(other.case)[-1]


def test_a_case_handed_on_says_its_own_reason(register, district_case, regional_head):
    make_user("linghezr", "钱进", office=register.linghe, role="head")
    hand_on(
        district_case, office=register.linghe, reason="履行地在凌河区", at=MONDAY, by=regional_head
    )
    said = TimelineEntry.objects.get(case=district_case.case, verb__startswith="Handed on")
    assert said.text == "履行地在凌河区"
