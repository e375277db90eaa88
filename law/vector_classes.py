"""Worked examples of the yes-or-no questions: read the words that lawyers write."""

from datetime import date

from law import classification as law
from law.numbers import flag, whole

_DOCUMENTS = {
    law.Documents.FINAL: "制作终局裁决书",
    law.Documents.NON_FINAL: "制作非终局裁决书",
    law.Documents.SEPARATE: "分别制作终局/非终局裁决书",
}
# The first words found decide: 按撤回处理 stands before 撤回.
_CLOSURES = (
    (("按撤回处理", "按撤诉处理", "无故不到庭", "中途退庭"), law.Closure.DEEMED_WITHDRAWN),
    (("不予受理",), law.Closure.REFUSED),
    (("撤回", "撤诉"), law.Closure.WITHDRAWN),
)
_WAYS_TO_COURT = {
    "award_received": ("收到裁决", "裁决后", "不服裁决", "对裁决不服"),
    "refused_or_late": ("不予受理", "逾期未", "逾期不", "未作出裁决", "未作出决定"),
    "wage_note": ("欠条",),
    "wage_only_agreement": ("劳动报酬的调解协议", "仅劳动报酬", "仅就劳动报酬", "报酬调解协议"),
    "payment_order_ended": ("支付令",),
}


def each(value, function):
    """Apply *function* to every element of a list, or to a single value; keep the shape."""
    return [function(item) for item in value] if isinstance(value, list) else function(value)


def _collective(inputs, calendar):
    def judge(case):
        return law.is_collective(
            workers=whole(case.get("workers", 0), "workers"),
            common_claim=flag(case.get("common_claim")),
            collective_contract=flag(case.get("collective_contract")),
        )

    return {
        "result": each(inputs["cases"], judge),
        "arbitration_representatives": "{}-{}".format(*law.ARBITRATION_REPRESENTATIVES),
        "litigation_representatives": "{}-{}".format(*law.LITIGATION_REPRESENTATIVES),
    }


def _final_award(inputs, calendar):
    award = law.classify_award(
        [tuple(item) for item in inputs["items"]],
        monthly_min_wage=inputs.get("monthly_min_wage"),
        confirms_relationship=flag(inputs.get("confirm_labor_relation")),
    )
    return {
        "threshold": str(award.threshold),
        "final": list(award.final),
        "documents": _DOCUMENTS[award.documents],
    }


def _final_award_standard(inputs, calendar):
    return {"final": each(inputs["claim"], law.is_standards_dispute)}


def _overage_route(inputs, calendar):
    relation = str(inputs.get("relation", ""))

    def route(claim):
        if not any(word in relation for word in ("超龄", "退休")):
            return str(law.Route.ARBITRATION)
        before = "前" in relation or "之前" in relation
        on = date(2026, 6, 30) if before else law.OVERAGE_RULES_FROM
        return str(law.overage_route(claim, on=on))

    return {"route": each(inputs["claims"], route)}


def _review_admissible(inputs, calendar):
    def judge(agreement):
        days = agreement.get("days_since_effective")
        return law.is_review_admissible(
            contains=agreement.get("contains") or (),
            days_since_effective=None if days is None else whole(days, "days"),
            court_confirmed=flag(agreement.get("court_confirmed")),
        )

    return {"admissible": each(inputs["agreements"], judge)}


def _agreement_effective(inputs, calendar):
    def judge(signatures):
        return law.is_agreement_effective({key: flag(v) for key, v in signatures.items()})

    return {"effective": each(inputs["signatures"], judge)}


def _tier_skip(inputs, calendar):
    return {"allowed": each(inputs["tier_path"], _is_way_open)}


def _is_way_open(path):
    """Return whether the way described by *path* is open: to the court only as `may_sue` says."""
    if "起诉" not in path and "诉讼" not in path:
        return law.may_arbitrate()
    ways = {name: any(word in path for word in words) for name, words in _WAYS_TO_COURT.items()}
    return law.may_sue(**ways)


def _refile(inputs, calendar):
    return {"can_refile": each(inputs["closures"], lambda words: law.may_refile(_closure(words)))}


def _closure(text):
    for words, closure in _CLOSURES:
        if any(word in text for word in words):
            return closure
    return law.Closure.DECIDED


def _payment_order(inputs, calendar):
    overdue = flag(inputs.get("performance_overdue", True))
    return {
        "eligible": each(
            inputs["agreement_items"],
            lambda item: law.is_payment_order_open(item, performance_overdue=overdue),
        )
    }


EVALUATORS = {
    "COLLECTIVE": _collective,
    "FINAL_AWARD": _final_award,
    "FINAL_AWARD_STANDARD": _final_award_standard,
    "OVERAGE_ROUTE": _overage_route,
    "REVIEW_ADMISSIBLE": _review_admissible,
    "AGREEMENT_EFFECTIVE": _agreement_effective,
    "TIER_SKIP": _tier_skip,
    "REFILE": _refile,
    "PAYMENT_ORDER_ELIGIBLE": _payment_order,
}
