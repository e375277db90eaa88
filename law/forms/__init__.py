"""The questions of each calculator, for pages and the API alike."""

from law.forms.deadline import DeadlineCalculator
from law.forms.dismissal import DoubleWageCalculator, ProbationCalculator, SeveranceCalculator
from law.forms.insurance import InjuryCalculator, NonCompeteCalculator
from law.forms.pay import AnnualLeaveCalculator, ArrearsCalculator, OvertimeCalculator

AMOUNTS = {
    calculator.name: calculator
    for calculator in (
        SeveranceCalculator,
        DoubleWageCalculator,
        OvertimeCalculator,
        AnnualLeaveCalculator,
        ArrearsCalculator,
        ProbationCalculator,
        NonCompeteCalculator,
        InjuryCalculator,
    )
}
CALCULATORS = {DeadlineCalculator.name: DeadlineCalculator, **AMOUNTS}
