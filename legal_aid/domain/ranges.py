"""What a claim can be worth, as the calculators of the law room say from the facts of the case."""

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from disputes.domain.calculations import CALCULATOR_OF, elements_at, fill_from
from disputes.models import ClaimKind
from law.calendar import load_calendar
from law.forms import AMOUNTS
from law.refusals import LawRefusal
from offices.sealed import unseal

# Where a claim usually rests; the lawyer writes what holds in this case.
BASIS_OF = {
    ClaimKind.WAGE_ARREARS: "《劳动合同法》第三十条、第八十五条",
    ClaimKind.OVERTIME: "《劳动法》第四十四条",
    ClaimKind.DOUBLE_WAGE: "《劳动合同法》第八十二条",
    ClaimKind.SEVERANCE: "《劳动合同法》第四十六条、第四十七条",
    ClaimKind.DAMAGES: "《劳动合同法》第四十八条、第八十七条",
    ClaimKind.NOTICE_PAY: "《劳动合同法》第四十条",
    ClaimKind.ANNUAL_LEAVE: "《职工带薪年休假条例》第五条",
    ClaimKind.INSURANCE: "《社会保险法》第五十八条、第六十三条",
    ClaimKind.INJURY: "《工伤保险条例》第三十条至第三十七条",
    ClaimKind.INJURY_MEDICAL: "《工伤保险条例》第三十条",
    ClaimKind.RELATIONSHIP: "《劳动合同法》第七条、第十条",
    ClaimKind.REINSTATEMENT: "《劳动合同法》第四十八条",
    ClaimKind.NON_COMPETE: "《劳动合同法》第二十三条",
}


def calculator_of(claim):
    """Return the name of the calculator that answers *claim*, "" when none does."""
    return CALCULATOR_OF[claim.kind][0] if claim.kind in CALCULATOR_OF else ""


def claims_of(proceeding):
    """Return the claims of the case of *proceeding*, each with the elements that have reached it.

    In one query: they are its ``stated``, see ``elements_of``.
    """
    stated = elements_at(OuterRef("case"), proceeding.ordinal)
    rows = stated.values(row=JSONObject(name="name", value="value"))
    return proceeding.case.claims.annotate(stated=ArraySubquery(rows)).order_by("pk")


def elements_of(claim):
    """Return {element: its value} beside a *claim* of ``claims_of``."""
    return {row["name"]: unseal(row["value"]) for row in claim.stated}


def estimate(case, claim, *, office, known):
    """Return what the calculator of *claim* says from the facts of *case*, in yuan.

    *known* is {element: its value} of what was written down in the case. None when no calculator
    answers the claim or its facts are not all known.
    """
    name = calculator_of(claim)
    if not name:
        return None
    form = AMOUNTS[name](_as_written(fill_from(case, claim, name, office=office, known=known)))
    try:
        if isinstance(form, forms.Form) and form.is_valid():
            # Nothing is no estimate: the facts that make the amount are not in the record.
            return form.answer(load_calendar()).amount or None
    except (LawRefusal, ValidationError):
        return None
    return None


def _as_written(values):
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else str(value)
        for name, value in values.items()
    }
