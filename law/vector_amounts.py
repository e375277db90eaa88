"""Worked examples of amounts: read numbers and days, write money with two places."""

from datetime import date

from law.calculators import annual_leave, arrears, double_wage, injury, non_compete, probation
from law.calculators import overtime as overtime_pay
from law.calculators import severance as severance_pay
from law.numbers import day, flag, plain, round_yuan, whole, yuan
from law.parameters import parameter_on
from law.vector_classes import each


def _money(amount):
    return str(round_yuan(amount))


def _number(value):
    """Return a Decimal as a JSON number: an int where it is whole."""
    return int(value) if value == int(value) else plain(value)


def _service(inputs):
    """Return the arguments that the three kinds of severance share, and the keyword ones."""
    limits = {
        "local_avg_wage": inputs.get("local_avg_monthly_wage"),
        "min_wage": inputs.get("min_wage"),
    }
    days = (day(inputs.get("start"), "start"), day(inputs.get("end"), "end"))
    return (*days, inputs.get("avg_wage_12m")), limits


def _write_severance(result):
    return {
        "months": plain(result.facts["months"]),
        "base": _money(result.facts["base"]),
        "amount": _money(result.amount),
    }


def _severance(inputs, calendar):
    service, limits = _service(inputs)
    return _write_severance(severance_pay.severance(*service, **limits))


def _unlawful(inputs, calendar):
    service, limits = _service(inputs)
    return _write_severance(severance_pay.unlawful_termination(*service, **limits))


def _n_plus_1(inputs, calendar):
    service, limits = _service(inputs)
    last = inputs.get("last_month_wage")
    return _write_severance(severance_pay.severance_with_notice_pay(*service, last, **limits))


def _double_wage(inputs, calendar):
    signed, ended = inputs.get("contract_signed"), inputs.get("employment_ended")
    result = double_wage.double_wage(
        day(inputs.get("hired"), "hired"),
        inputs.get("monthly_wage"),
        calendar,
        contract_signed=day(signed, "contract_signed") if signed else None,
        employment_ended=day(ended, "employment_ended") if ended else None,
    )
    facts = result.facts
    return {
        "from": facts["from"] and facts["from"].isoformat(),
        "to": facts["to"] and facts["to"].isoformat(),
        "months": plain(facts["months"]),
        "full_months": facts["full_months"],
        "workdays_in_partial": facts["workdays_in_partial"],
        "extra_amount": _money(result.amount),
    }


def _overtime(inputs, calendar):
    """One day gives one amount, days with `ot_hours_each` their sum, with `ot_hours` a list."""
    days = inputs.get("days", inputs.get("day"))
    work = [_worked(value, inputs) for value in (days if isinstance(days, list) else [days])]

    def pay(leave):
        return overtime_pay.overtime(
            inputs.get("monthly_wage"), work, calendar, compensatory_leave=leave
        )

    def write(result):
        if isinstance(days, list) and "ot_hours_each" not in inputs:
            return [_money(part) for part in result.facts["parts"]]
        return _money(result.amount)

    result = pay(flag(inputs.get("compensatory_leave")))
    return {
        "hourly": _money(result.facts["hourly"]),
        "amount": write(result),
        "if_compensatory_leave": write(pay(True)),
        "rates": [f"{plain(rate * 100)}%" for rate in result.facts["rates"]],
    }


def _worked(value, inputs):
    hours = inputs.get("ot_hours_each", inputs.get("ot_hours", inputs.get("extra_hours", 0)))
    return overtime_pay.Overtime(
        day(value, "day"), yuan(hours, "hours"), yuan(inputs.get("normal_hours", 0), "hours")
    )


def _arrears(inputs, calendar):
    result = arrears.arrears_surcharge(
        inputs.get("arrears"),
        order_issued=flag(inputs.get("labour_admin_order_issued")),
        paid_by_deadline=flag(inputs.get("paid_by_deadline")),
    )
    return {"min": _money(result.facts["min"]), "max": _money(result.facts["max"])}


def _annual_leave_days(inputs, calendar):
    days = annual_leave.days_in_first_year(
        day(inputs.get("hired"), "hired"),
        inputs.get("entitled_days"),
        worked_12_months=flag(inputs.get("continuous_12m", True)),
    )
    return {"days": days}


def _annual_leave_pay(inputs, calendar):
    outputs, unused = {}, inputs.get("unused")
    if inputs.get("left"):
        earned, left_over = annual_leave.unused_leave(
            day(inputs["left"], "left"), inputs.get("entitled_days"), inputs.get("taken", 0)
        )
        outputs, unused = {"prorated_days": earned}, left_over if unused is None else unused
    daily = inputs.get("daily") or annual_leave.daily_wage(inputs.get("avg_wage_12m_excl_ot"))
    result = annual_leave.annual_leave_pay(
        unused,
        daily,
        normal_wage_paid=flag(inputs.get("normal_wage_paid", True)),
        employer_arranged=flag(inputs.get("employer_arranged")),
        waived_in_writing=flag(inputs.get("written_waiver_by_worker")),
    )
    return outputs | {
        "unused": whole(unused, "unused"),
        "daily": _money(result.facts["daily"]),
        "amount": _money(result.amount),
        "amount_if_300pct": _money(result.facts["amount_if_300pct"]),
    }


def _probation(inputs, calendar):
    result = probation.probation_damages(
        inputs.get("contract_months"),
        inputs.get("served_months", inputs.get("agreed_probation_months")),
        inputs.get("post_probation_wage"),
    )
    return {
        "legal_max_months": result.facts["legal_max_months"],
        "excess_months": _number(result.facts["excess_months"]),
        "amount": _money(result.amount),
    }


def _non_compete(inputs, calendar):
    minimum = inputs.get("min_wage")
    return {
        "monthly": each(
            inputs["avg_wage_12m"],
            lambda wage: _money(non_compete.non_compete(wage, minimum).facts["monthly"]),
        )
    }


def _injury_lump_sum(inputs, calendar):
    result = injury.lump_sum(
        inputs.get("grade"), inputs.get("own_wage"), inputs.get("regional_avg")
    )
    return {
        "base": _money(result.facts["base"]),
        "months": result.facts["months"],
        "amount": _money(result.amount),
    }


def _injury_death(inputs, calendar):
    incomes = inputs.get("urban_disposable_prev")
    if incomes is None:
        incomes = each(inputs["death_year"], _recorded_income)
    return {"amount": each(incomes, lambda income: _money(injury.death_benefit(income).amount))}


def _recorded_income(year):
    return parameter_on(
        "disposable_income", date(int(year), 1, 1), region="全国", county="城镇"
    ).amount


EVALUATORS = {
    "SEVERANCE_N": _severance,
    "UNLAWFUL_2N": _unlawful,
    "N_PLUS_1": _n_plus_1,
    "DOUBLE_WAGE": _double_wage,
    "OVERTIME": _overtime,
    "WAGE_ARREARS_PENALTY": _arrears,
    "ANNUAL_LEAVE_DAYS": _annual_leave_days,
    "ANNUAL_LEAVE_PAY": _annual_leave_pay,
    "PROBATION_PENALTY": _probation,
    "NONCOMPETE": _non_compete,
    "INJURY_LUMP_SUM": _injury_lump_sum,
    "INJURY_DEATH": _injury_death,
}
