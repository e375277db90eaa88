from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from law import edition
from law.deadlines import compute
from law.explanation import explain
from law.models import DeadlineRule, LocalParameter
from law.parameters import parameter_on
from law.refusals import NoRuleInForce, ParameterMissing
from law.rules import anchor_of, rule_ids, rule_on

TODAY = date(2026, 11, 22)
THE_COURSE_NEEDS = {
    "MED_ACCEPT",
    "MED_CLOSE",
    "MED_STAT_EXIT",
    "REVIEW_APPLY",
    "COURT_CONFIRM",
    "LIMITATION",
    "LIMITATION_WAGE",
    "ARB_ACCEPT",
    "ARB_CORRECT",
    "ARB_SERVE_COPY",
    "ARB_PANEL",
    "ARB_DEFENSE",
    "ARB_HEARING_NOTICE",
    "ARB_AWARD",
    "SUE_15",
    "SETASIDE_30",
    "EXEC_2Y",
    "LEGAL_AID_DECIDE",
    "LEGAL_AID_ASSIGN",
    "LEGAL_AID_REVIEW",
}


def copy_of(rule, **changes):
    fields = {f.name: getattr(rule, f.name) for f in rule._meta.fields if f.name != "id"}
    return DeadlineRule(**fields | changes)


def test_every_rule_of_the_course_is_in_force(db):
    assert set(rule_ids()) >= THE_COURSE_NEEDS
    for rule_id in THE_COURSE_NEEDS:
        assert rule_on(rule_id, TODAY).rule_id == rule_id


def test_every_rule_can_be_counted_and_explained(db, calendar):
    for rule_id in rule_ids():
        rule = rule_on(rule_id, date(2026, 3, 2))
        due = compute(rule, date(2026, 3, 2), calendar, (), rule.amount or 10)
        sheet = explain(rule, due)
        assert sheet.article
        assert sheet.lines
        assert anchor_of(rule_id) == rule.anchor


def test_an_unknown_rule_is_refused(db):
    with pytest.raises(NoRuleInForce, match="MED_NEVER"):
        rule_on("MED_NEVER", TODAY)
    with pytest.raises(NoRuleInForce):
        anchor_of("MED_NEVER")


def test_a_rule_is_refused_for_a_day_before_its_law(db):
    assert rule_on("SUE_15", date(2008, 5, 1)).amount == 15
    with pytest.raises(NoRuleInForce, match="2008-04-30"):
        rule_on("SUE_15", date(2008, 4, 30))


def test_a_change_is_a_new_row_and_the_day_decides(db):
    old = DeadlineRule.objects.get(rule_id="MED_CLOSE")
    since = old.in_force.lower
    old.in_force = DateRange(since, date(2027, 1, 1))
    old.save()
    copy_of(old, amount=30, in_force=DateRange(date(2027, 1, 1), None)).save()
    edition.recheck()
    assert rule_on("MED_CLOSE", date(2026, 12, 31)).amount == 15
    assert rule_on("MED_CLOSE", date(2027, 1, 1)).amount == 30


def test_the_database_refuses_two_rules_for_one_day(db):
    rule = DeadlineRule.objects.get(rule_id="MED_CLOSE")
    with pytest.raises(IntegrityError, match="law_one_rule_per_day"), transaction.atomic():
        copy_of(rule, in_force=DateRange(date(2027, 1, 1), None)).save()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"amount": 0}, "law_rule_amount"),
        ({"unit": "week"}, "law_rule_unit"),
        ({"direction": "sideways"}, "law_rule_direction"),
        ({"extension_unit": "", "extension_amount": 5}, "law_rule_extension"),
        ({"in_force": DateRange(None, date(2000, 1, 1))}, "law_rule_in_force"),
        ({"in_force": DateRange(TODAY, TODAY)}, "law_rule_in_force"),
    ],
)
def test_the_database_refuses_a_rule_that_makes_no_sense(db, changes, constraint):
    rule = DeadlineRule.objects.get(rule_id="MED_CLOSE")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        copy_of(rule, **{"rule_id": "OWN", "in_force": DateRange(TODAY, None)} | changes).save()


def test_rules_are_read_once(db, django_assert_num_queries):
    rule_on("SUE_15", TODAY)
    with django_assert_num_queries(0):
        assert rule_on("SUE_15", TODAY) is rule_on("SUE_15", TODAY)


def test_the_title_follows_the_reader(db):
    from django.utils import translation

    rule = rule_on("MED_CLOSE", TODAY)
    with translation.override("en"):
        assert rule.title == "End of mediation"
    with translation.override("zh-hans"):
        assert str(rule) == "调解结束"


def test_a_parameter_is_that_of_the_day_and_the_place(db):
    assert parameter_on("min_wage", date(2024, 4, 30)).amount == 1710
    assert parameter_on("min_wage", date(2024, 5, 1)).amount == 1900
    assert parameter_on("min_wage", date(2024, 5, 1), county="县").amount == 1700


def test_a_missing_parameter_says_which_one_to_enter(db):
    from django.utils import translation

    with pytest.raises(ParameterMissing) as refusal:
        parameter_on("avg_wage", TODAY)
    with translation.override("en"):
        assert str(refusal.value).startswith(
            "No “Average monthly wage of the previous year” of 锦州市"
        )


def test_the_database_refuses_two_parameters_for_one_day(db):
    known = LocalParameter.objects.filter(name="min_wage", county="").latest("in_force")
    known.pk = None
    with pytest.raises(IntegrityError, match="law_one_parameter_per_day"), transaction.atomic():
        known.save()
