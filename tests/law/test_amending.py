"""Changing the law: a new version from a day on, nothing rewritten, no two for one day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from law.amending import change_rule, set_figure
from law.models import DeadlineRule, LocalParameter
from law.parameters import parameter_on
from law.refusals import WrongInput
from law.rules import rule_on

pytestmark = pytest.mark.django_db
SINCE = date(2027, 3, 1)


@pytest.fixture
def rule():
    return DeadlineRule.objects.get(rule_id="MED_CLOSE")


def figure(**changes):
    facts = {
        "name": "min_wage",
        "region": "锦州市",
        "county": "",
        "amount": Decimal("2100.00"),
        "since": SINCE,
        "source": "虚构通知",
        "confidence": "S",
    }
    return set_figure(**facts | changes)


def test_a_change_is_a_new_version_from_a_day_on(rule):
    new = change_rule(rule, since=SINCE, amount=20)
    assert rule_on("MED_CLOSE", date(2027, 2, 28)).amount == 15
    assert rule_on("MED_CLOSE", SINCE) == new
    assert (new.amount, new.article, new.anchor) == (20, rule.article, rule.anchor)


def test_what_the_product_knows_a_rule_by_does_not_change(rule):
    new = change_rule(rule, since=SINCE, rule_id="OTHER", anchor="other", direction="backward")
    assert (new.rule_id, new.anchor, new.direction) == ("MED_CLOSE", rule.anchor, "forward")


def test_a_version_begins_after_the_one_before_it(rule):
    for day in (rule.in_force.lower, date(2001, 1, 1)):
        with pytest.raises(WrongInput):
            change_rule(rule, since=day)
    assert DeadlineRule.objects.filter(rule_id="MED_CLOSE").count() == 1


def test_only_the_version_that_holds_is_followed_by_another(rule):
    change_rule(rule, since=SINCE)
    with pytest.raises(WrongInput):
        change_rule(rule, since=date(2027, 4, 1))


def test_a_version_may_be_slipped_in_before_a_later_one(rule):
    change_rule(rule, since=SINCE, amount=20)
    between = change_rule(rule, since=date(2027, 1, 1), amount=18)
    assert between.in_force.upper == SINCE
    assert rule_on("MED_CLOSE", date(2027, 2, 28)).amount == 18


def test_the_database_refuses_two_versions_for_one_day(rule):
    facts = {
        field.attname: getattr(rule, field.attname)
        for field in DeadlineRule._meta.concrete_fields
        if not field.primary_key
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        DeadlineRule.objects.create(**facts | {"in_force": DateRange(SINCE, None)})


def test_a_figure_ends_the_one_before_it():
    figure()
    assert parameter_on("min_wage", date(2027, 2, 28)).amount == Decimal("1900.00")
    assert parameter_on("min_wage", SINCE).amount == Decimal("2100.00")


def test_a_figure_may_be_the_first_of_its_kind():
    figure(name="avg_wage", amount=Decimal("6500"))
    assert parameter_on("avg_wage", SINCE).amount == Decimal("6500")


def test_a_figure_for_a_day_before_all_others_meets_them():
    with pytest.raises(WrongInput):
        figure(since=date(2001, 1, 1))
    assert not LocalParameter.objects.filter(amount=2100).exists()


def test_two_figures_for_the_same_day_are_refused():
    figure()
    with pytest.raises(WrongInput):
        figure(amount=Decimal("2200"))
