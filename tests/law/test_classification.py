from datetime import date
from decimal import Decimal

import pytest

from law import classification as law
from law.claims import Nature, nature_of
from law.refusals import WrongInput


@pytest.mark.parametrize(
    ("claim", "nature"),
    [
        ("拖欠劳动报酬", Nature.REMUNERATION),
        ("休息日加班费", Nature.REMUNERATION),
        ("未休年休假工资", Nature.REMUNERATION),
        ("未签订书面劳动合同二倍工资", Nature.DAMAGES),
        ("违法解除劳动合同赔偿金", Nature.DAMAGES),
        ("代通知金", Nature.COMPENSATION),
        ("竞业限制经济补偿", Nature.COMPENSATION),
        ("竞业限制违约金", Nature.OTHER),
        ("工伤医疗费", Nature.INJURY_MEDICAL),
        ("一次性伤残补助金", Nature.INJURY),
        ("补缴社会保险", Nature.INSURANCE),
        ("社会保险待遇损失赔偿", Nature.INSURANCE),
        ("休息休假", Nature.WORKING_TIME),
        ("劳动安全卫生", Nature.SAFETY),
        ("确认劳动关系", Nature.RELATIONSHIP),
        ("恢复劳动关系", Nature.OTHER),
        ("wage_arrears", Nature.REMUNERATION),
        ("double_wage", Nature.DAMAGES),
        ("什么", Nature.OTHER),
    ],
)
def test_a_claim_has_the_nature_that_the_law_gives_it(claim, nature):
    assert nature_of(claim) == nature


@pytest.mark.parametrize(
    ("workers", "common", "contract", "collective"),
    [
        (9, True, False, False),
        (10, True, False, True),
        (10, False, False, False),
        (1, False, True, True),
    ],
)
def test_ten_with_a_common_claim_are_collective(workers, common, contract, collective):
    assert (
        law.is_collective(workers=workers, common_claim=common, collective_contract=contract)
        == collective
    )


def test_an_award_is_final_item_by_item_up_to_twelve_minimum_wages():
    award = law.classify_award(
        [
            ("劳动报酬", "22800.00"),
            ("经济补偿", 22800.01),
            ("社会保险", 99999),
            ("继续履行合同", None),
        ],
        monthly_min_wage="1900",
    )
    assert award.threshold == Decimal("22800.00")
    assert award.final == (True, False, True, False)
    assert award.documents == law.Documents.SEPARATE


def test_confirming_a_labour_relation_makes_everything_non_final():
    items = [("劳动报酬", 100)]
    asked = law.classify_award(items, monthly_min_wage=1900, confirms_relationship=True)
    among = law.classify_award([*items, ("确认劳动关系", 0)], monthly_min_wage=1900)
    assert asked.final == (False,)
    assert among.final == (False, False)
    assert among.documents == law.Documents.NON_FINAL


def test_an_award_all_final_is_one_final_paper():
    award = law.classify_award([("加班费", 1)], monthly_min_wage=1900)
    assert award.documents == law.Documents.FINAL


def test_no_award_is_classified_without_the_minimum_wage():
    with pytest.raises(WrongInput):
        law.classify_award([("加班费", 1)], monthly_min_wage=None)


@pytest.mark.parametrize(
    ("claim", "route"),
    [
        ("劳动报酬", law.Route.ARBITRATION),
        ("加班费", law.Route.ARBITRATION),
        ("年休假", law.Route.ARBITRATION),
        ("工伤待遇", law.Route.ARBITRATION),
        ("劳动安全卫生", law.Route.ARBITRATION),
        ("用工终止赔偿", law.Route.COURT_DIRECT),
        ("经济补偿", law.Route.COURT_DIRECT),
        ("养老保险", law.Route.COURT_DIRECT),
    ],
)
def test_claims_of_workers_over_age_part_ways(claim, route):
    assert law.overage_route(claim) == route
    assert law.overage_route(claim, on=date(2026, 6, 30)) == law.Route.COURT_DIRECT


def test_review_is_open_fifteen_days_and_never_for_a_labour_relation():
    assert law.is_review_admissible(contains="支付工资", days_since_effective=15)
    assert not law.is_review_admissible(contains="支付工资", days_since_effective=16)
    assert not law.is_review_admissible(contains=["支付工资", "确认劳动关系"])
    assert not law.is_review_admissible(contains="支付工资", court_confirmed=True)
    assert not law.is_review_admissible(contains="支付工资", jurisdiction=False)
    assert not law.is_review_admissible(contains="支付工资", within_scope=False)


def test_only_a_claim_withdrawn_by_the_applicant_comes_back():
    assert [closure for closure in law.Closure if law.may_refile(closure)] == [
        law.Closure.WITHDRAWN
    ]


def test_a_payment_order_is_for_overdue_money_of_four_kinds():
    assert law.is_payment_order_open("经济补偿", performance_overdue=True)
    assert not law.is_payment_order_open("经济补偿", performance_overdue=False)
    assert not law.is_payment_order_open("恢复劳动关系", performance_overdue=True)


def test_an_agreement_is_effective_with_the_last_of_four_elements():
    days = {name: date(2026, 3, n) for n, name in enumerate(law.SIGNATURES, 1)}
    assert law.agreement_effective_on(days) == date(2026, 3, 4)
    for name in law.SIGNATURES:
        assert not law.is_agreement_effective(days | {name: None})
        assert law.agreement_effective_on(days | {name: None}) is None


def test_arbitration_is_always_open_and_the_court_after_it():
    assert law.may_arbitrate()
    assert not law.may_sue()
    assert law.may_sue(award_received=True)
    assert law.may_sue(refused_or_late=True)
    assert law.may_sue(wage_note=True)
    assert law.may_sue(wage_only_agreement=True)
    assert law.may_sue(payment_order_ended=True)
