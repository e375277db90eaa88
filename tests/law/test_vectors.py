import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from law.calendar import load_calendar
from law.refusals import LawRefusal
from law.rules import rule_ids
from law.vectors import EVALUATORS, check, evaluate

FILE = Path(__file__).parent.parent / "data" / "law" / "vectors.json"
EXAMPLES = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_the_worked_examples_come_out(db, example):
    assert check(example, load_calendar()) == []


UNSEEN = [
    ("ARB_AWARD", {"case_accepted": "2025-08-22", "extended": True},
     {"due_nominal": "2025-10-06", "due_extended": "2025-10-21"}),
    ("ARB_AWARD_SUSPEND",
     {"case_accepted": "2025-03-03", "suspended_from": "2025-03-10", "suspended_to": "2025-03-19"},
     {"excluded_days": 10, "due_nominal": "2025-04-27", "due_legal": "2025-04-27"}),
    ("ARB_REVIEW_DECIDE", {"review_accepted": "2025-09-26"},
     {"due_legal": "2025-10-10", "due_extended": "2025-10-16"}),
    ("PLATFORM_MED_CLOSE", {"med_accepted": "2025-09-16", "mutual_extension": True},
     {"due_nominal": "2025-10-01", "due_legal": "2025-10-09", "max_extended_nominal": "2025-10-16"}),
    ("LIMITATION_INTERRUPT",
     {"knew_or_should_know": "2025-01-10", "mediation_accepted": "2025-05-06",
      "mediation_failed": "2025-06-03"},
     {"due_nominal": "2026-06-03", "due_legal": "2026-06-03"}),
    ("LIMITATION_SUSPEND",
     {"knew_or_should_know": "2025-01-10", "suspended_from": "2025-03-01",
      "suspended_to": "2025-03-10"},
     {"due_nominal": "2026-01-20"}),
    ("LIMITATION_WAGE", {"in_service_arrears_since": "2022-01"}, {"due_legal": None}),
    ("INJURY_WORKER_1Y", {"accident": "2026-05-10"},
     {"due_nominal": "2027-05-10", "due_legal": None, "status": "CALENDAR_MISSING_2027"}),
    ("SERVE_RETENTION", {"posted": "2025-09-26", "working_days": "3"}, {"due_legal": "2025-09-30"}),
    ("CALENDAR_GUARD", {"start": "2026-12-20", "working_days": 5}, {"due_legal": "2026-12-25"}),
    ("COLLECTIVE", {"cases": [{"workers": "10", "common_claim": True}, {"collective_contract": True}]},
     {"result": [True, True], "arbitration_representatives": "3-5"}),
    ("FINAL_AWARD",
     {"monthly_min_wage": "1900", "items": [["劳动报酬", "1"]], "confirm_labor_relation": True},
     {"final": [False], "threshold": "22800.00"}),
    ("OVERAGE_ROUTE", {"relation": "劳动关系", "claims": ["经济补偿"]}, {"route": ["ARBITRATION"]}),
    ("REFILE",
     {"closures": ["申请人撤回", "按撤回处理(无故不到庭/中途退庭)",
                   "出具不予受理通知书(同一事实理由请求)"]},
     {"can_refile": [True, False, False]}),
    ("PAYMENT_ORDER_ELIGIBLE",
     {"agreement_items": ["拖欠劳动报酬", "工伤医疗费", "经济补偿", "赔偿金", "补缴社会保险",
                          "恢复劳动关系"], "performance_overdue": True},
     {"eligible": [True, True, True, True, False, False]}),
    ("TIER_SKIP", {"tier_path": ["持工资欠条直接起诉", "支付令终结后依协议起诉", "直接起诉"]},
     {"allowed": [True, True, False]}),
    ("OVERTIME", {"monthly_wage": "5220", "day": "2025-10-04", "ot_hours": 8,
                  "compensatory_leave": False},
     {"amount": "480.00", "if_compensatory_leave": "0.00"}),
    ("OVERTIME", {"monthly_wage": 5220, "day": "2024-02-09", "normal_hours": 8, "extra_hours": 2},
     {"amount": "90.00", "rates": ["150%"]}),
    ("ANNUAL_LEAVE_PAY", {"left": "2025-06-30", "entitled_days": 10, "taken": 1,
                          "avg_wage_12m_excl_ot": 6000, "normal_wage_paid": True},
     {"prorated_days": 4, "unused": 3, "daily": "275.86", "amount": "1655.17",
      "amount_if_300pct": "2482.76"}),
    ("ANNUAL_LEAVE_PAY", {"unused": 5, "daily": "300", "employer_arranged": True,
                          "written_waiver_by_worker": True}, {"amount": "0.00"}),
    ("DOUBLE_WAGE", {"hired": "2024-03-01", "monthly_wage": 5000, "contract_signed": None},
     {"months": "11", "to": "2025-02-28", "extra_amount": "55000.00"}),
    ("PROBATION_PENALTY",
     {"contract_months": 12, "agreed_probation_months": 6, "served_months": 6,
      "post_probation_wage": 5000},
     {"legal_max_months": 2, "excess_months": 4, "amount": "20000.00"}),
    ("INJURY_DEATH", {"death_year": [2025, 2026], "urban_disposable_prev": [54188, "56502"]},
     {"amount": ["1083760.00", "1130040.00"]}),
    ("INJURY_DEATH", {"death_year": [2025, 2026]}, {"amount": ["1083760.00", "1130040.00"]}),
    ("N_PLUS_1", {"start": "2022-01-10", "end": "2025-06-20", "avg_wage_12m": "8000.00",
                  "last_month_wage": "9200"}, {"amount": "37200.00"}),
    ("DAY_TYPE", {"dates": ["2026-10-01", "2027-03-01"]},
     {"2026-10-01": "STATUTORY", "status": "CALENDAR_MISSING_2027"}),
    ("WAGE_ARREARS_PENALTY", {"arrears": 100, "labour_admin_order_issued": False},
     {"min": "0.00", "max": "0.00"}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "inputs", "expected"), UNSEEN)
def test_other_inputs_of_the_same_rules_come_out(db, rule, inputs, expected):
    outputs = evaluate(rule, inputs, load_calendar())
    assert {key: outputs[key] for key in expected} == expected


def test_every_rule_of_the_table_can_be_asked(db):
    from law.rules import anchor_of

    for rule_id in set(rule_ids()) - set(EVALUATORS):
        inputs = {anchor_of(rule_id): "2026-03-02", "days": 10}
        assert evaluate(rule_id, inputs, load_calendar())


def test_nothing_firm_is_said_of_a_year_without_a_notice(db):
    outputs = evaluate("SUE_15", {"award_received": "2026-12-25"}, load_calendar())
    assert outputs["due_legal"] is None
    assert outputs["status"] == "CALENDAR_MISSING_2027"
    assert outputs["provisional_due"] == "2027-01-11"


@pytest.mark.parametrize(
    ("rule", "inputs"),
    [
        ("NO_SUCH_RULE", {}),
        ("SUE_15", {}),
        ("SUE_15", {"award_received": "gestern"}),
        ("SUE_15", {"award_received": "2001-01-01"}),
        ("SEVERANCE_N", {"start": "2020-01-01", "end": "2021-01-01"}),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(db, rule, inputs):
    with pytest.raises(LawRefusal) as refusal:
        evaluate(rule, inputs, load_calendar())
    assert str(refusal.value)


def write(tmp_path, examples):
    file = tmp_path / "examples.json"
    file.write_text(json.dumps(examples), encoding="utf-8")
    return str(file)


def test_the_command_passes_without_a_miss(db, capsys):
    call_command("check_law_vectors", str(FILE))
    assert capsys.readouterr().out == f"{len(EXAMPLES)} passed, 0 failed\n"


def test_the_command_prints_each_miss_and_fails(db, capsys, tmp_path):
    wrong = EXAMPLES[0] | {"expected": {"due_legal": "2025-09-29", "due_nominal": "2025-09-28"}}
    broken = {"id": "X1", "rule": "SUE_15", "inputs": {}, "expected": {"due_legal": "2025-01-01"}}
    with pytest.raises(SystemExit) as end:
        call_command("check_law_vectors", write(tmp_path, [wrong, broken, EXAMPLES[1]]))
    lines = capsys.readouterr().out.splitlines()
    assert end.value.code == 1
    assert lines[0] == "D01 MED_ACCEPT due_legal: expected '2025-09-29', got '2025-09-28'"
    assert lines[1].startswith("X1 SUE_15 inputs: expected 'an answer', got 'WrongInput: ")
    assert lines[-1] == "1 passed, 2 failed"
    assert len(lines) == 3


@pytest.mark.parametrize("content", ["[", "{}", "[1]", '[{"rule": "SUE_15"}]'])
def test_the_command_refuses_what_is_no_list_of_examples(db, tmp_path, content):
    file = tmp_path / "examples.json"
    file.write_text(content)
    with pytest.raises(CommandError, match=r"examples\.json"):
        call_command("check_law_vectors", str(file))


def test_only_the_example_of_a_missing_notice_misses_once_it_is_entered(db):
    calendar = load_calendar().with_notice(2027, "试", {date(2027, 1, 1): "statutory"})
    misses = [miss for example in EXAMPLES for miss in check(example, calendar)]
    assert {miss.id for miss in misses} == {"D45"}
