"""Calculators on a case: filled from its facts, and their sheets among its notes.

A sheet is an estimate for those who handle the case. It is never written into an agreement.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from disputes.domain.refusals import AlreadyClosed
from disputes.domain.timeline import Kind, record
from disputes.models import Claim, ClaimKind, Fact, Proceeding, TimelineEntry
from law.forms.base import COUNTIES, URBAN
from law.forms.dismissal import SeveranceCalculator

REACHES = (TimelineEntry.Reach.OFFICE, TimelineEntry.Reach.ONWARD)
# Which calculator answers a claim, and what the kind of the claim says already.
CALCULATOR_OF = {
    ClaimKind.SEVERANCE: ("severance", {"kind": SeveranceCalculator.LAWFUL}),
    ClaimKind.NOTICE_PAY: ("severance", {"kind": SeveranceCalculator.WITHOUT_NOTICE}),
    ClaimKind.DAMAGES: ("severance", {"kind": SeveranceCalculator.UNLAWFUL}),
    ClaimKind.DOUBLE_WAGE: ("double-wage", {}),
    ClaimKind.OVERTIME: ("overtime", {}),
    ClaimKind.ANNUAL_LEAVE: ("annual-leave", {}),
    ClaimKind.WAGE_ARREARS: ("arrears", {}),
    ClaimKind.NON_COMPETE: ("non-compete", {}),
    ClaimKind.INJURY: ("injury", {}),
    ClaimKind.INJURY_MEDICAL: ("injury", {}),
}
# What the period and the amount of a claim are called in the questions of its calculator.
_PERIODS = {
    "severance": ("start", "end"),
    "double-wage": ("hired", "employment_ended"),
    "annual-leave": ("hired", "left"),
}
_AMOUNTS = {"arrears": "arrears"}
_DAYS = {"severance": "end", "injury": "on"}


# What an element of the case answers in the questions of the calculators.
_ELEMENTS = {
    "severance": {"start": "入职日期", "end": "离职日期", "avg_wage": "平均工资"},
    "double-wage": {
        "hired": "入职日期", "monthly_wage": "月工资标准", "contract_signed": "合同签订日期",
        "employment_ended": "离职日期",
    },
    "overtime": {"monthly_wage": "月工资标准"},
    "annual-leave": {"hired": "入职日期", "left": "离职日期", "avg_wage": "平均工资"},
    "arrears": {"arrears": "欠付金额"},
}  # fmt: skip


def calculators_for(case):
    """Return the names of the calculators that answer claims of *case*, in their order."""
    kinds = Claim.objects.filter(case=case).order_by("pk").values_list("kind", flat=True)
    return list(dict.fromkeys(CALCULATOR_OF[kind][0] for kind in kinds if kind in CALCULATOR_OF))


def fill_in(case, name, *, office, ordinal):
    """Return what the facts of *case* answer to the calculator *name*, as initial values.

    The elements written down count; else the period and the amount come from the first claim
    that the calculator answers. The place comes from the county of *office*; *ordinal* is that of
    the proceeding at which somebody calculates: what was written after it does not count.
    """
    claims = Claim.objects.filter(case=case).order_by("pk")
    claim = next((c for c in claims if CALCULATOR_OF.get(c.kind, ("",))[0] == name), None)
    known = {row.name: row.value for row in elements_at(case, ordinal)}
    return fill_from(case, claim, name, office=office, known=known)


def elements_at(case, ordinal):
    """Return the ``Fact`` rows of *case* that have reached the proceeding of *ordinal*, lazily.

    *case* and *ordinal* may be outer references.
    """
    reached = Q(proceeding__isnull=True) | Q(proceeding__ordinal__lte=ordinal)
    return Fact.objects.filter(reached, case=case).order_by("pk")


def fill_from(case, claim, name, *, office, known=None):
    """Return what *case* and *claim* (or None) answer to the calculator *name*, without a query.

    *known* is {element: its value} of what was written down; it counts before the claim.
    """
    return _from_claim(case, claim, name, office) | _from_elements(name, known or {})


def _from_elements(name, known):
    asked = _ELEMENTS.get(name, {}).items()
    return {question: known[element] for question, element in asked if element in known}


def _from_claim(case, claim, name, office):
    filled = {"place": place_of(office)}
    if name in _DAYS and case.occurred_on:
        filled[_DAYS[name]] = case.occurred_on
    if claim is not None:
        filled |= CALCULATOR_OF[claim.kind][1] | _facts_of(claim, name)
    return filled


def place_of(office):
    """Return whether the figures of the urban districts or of the counties hold at *office*."""
    county = office.county
    is_county = county.endswith("县") or (county.endswith("市") and county != "锦州市")
    return COUNTIES if is_county else URBAN


def _facts_of(claim, name):
    facts = dict(zip(_PERIODS.get(name, ()), (claim.period_from, claim.period_to), strict=False))
    if name in _AMOUNTS:
        facts[_AMOUNTS[name]] = claim.amount
    return {question: value for question, value in facts.items() if value is not None}


@transaction.atomic
def attach_sheet(proceeding, *, title, asked, result, reach, at, by):
    """Write the sheet of a calculation into the timeline of the case; returns the entry.

    *asked* are pairs of a question and its answer in words, *result* a ``Result``. *reach* is one
    of REACHES: the office alone, or the tiers that follow too. Raises ``AlreadyClosed``.
    """
    if Proceeding.objects.select_for_update().get(pk=proceeding.pk).closed_at:
        raise AlreadyClosed
    return record(
        proceeding.case,
        N_("Estimate: %(title)s, %(amount)s yuan"),
        at=at,
        by=by,
        proceeding=proceeding,
        kind=Kind.NOTE,
        reach=reach,
        text=write_sheet(asked, result),
        title=title,
        amount=result.amount,
    )


def write_sheet(asked, result):
    """Return the sheet as lines of text: what was asked, how it came about, what to look at."""
    lines = [_("%(question)s: %(answer)s") % {"question": q, "answer": a} for q, a in asked]
    for number, line in enumerate(result.trace, 1):
        article = _(" (%(article)s)") % {"article": line.article} if line.article else ""
        lines.append(f"{number}. {line.text}{article}")
    lines += [_("Note: %(warning)s") % {"warning": warning} for warning in result.warnings]
    lines.append(_("An estimate, not part of any agreement."))
    return "\n".join(lines)
