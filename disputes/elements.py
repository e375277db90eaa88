"""The elements of a labour dispute (要素): what every such case asks, once for all its tiers.

The names are those that stand on papers. What the form of an element is and for which claims and
causes it is asked first stands with it.
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disputes.models.choices import Cause, ClaimKind
from disputes.validators import parse_date, parse_money

TEXT, DAY, MONEY, CHOICE = "text", "day", "money", "choice"
YES_NO = (("yes", pgettext_lazy("element", "yes")), ("no", pgettext_lazy("element", "no")))
HOURS = (
    ("standard", _("standard hours")),
    ("comprehensive", _("hours reckoned over a longer period")),
    ("flexible", _("flexible hours")),
)
INSURED = (
    ("yes", _("insured")),
    ("partly", _("insured in part")),
    ("no", _("not insured")),
)
ENDED_BY = (
    ("worker", _("the worker")),
    ("employer", _("the employer")),
    ("both", _("both together")),
    ("expiry", _("the contract ran out")),
)
INJURY_STATES = (
    ("recognised", _("recognised as a work injury")),
    ("pending", _("applied for")),
    ("refused", _("not recognised")),
    ("none", _("not applied for")),
)


@dataclass(frozen=True)
class Element:
    """One fact that cases have. *asked_for* are the claims and causes that turn on it."""

    name: str
    label: str
    kind: str = TEXT
    choices: tuple = ()
    asked_for: frozenset = frozenset()


def _element(name, label, kind=TEXT, *, choices=(), asked_for=()):
    return Element(name, label, CHOICE if choices else kind, choices, frozenset(asked_for))


_ENDING = (
    ClaimKind.SEVERANCE, ClaimKind.DAMAGES, ClaimKind.NOTICE_PAY, ClaimKind.REINSTATEMENT,
    Cause.TERMINATION, Cause.LEAVING,
)  # fmt: skip
_WAGES = (ClaimKind.WAGE_ARREARS, Cause.WAGES)
_INJURY = (ClaimKind.INJURY, ClaimKind.INJURY_MEDICAL, Cause.INJURY)
_OVERTIME = (ClaimKind.OVERTIME, Cause.HOURS)
_LEAVE = (ClaimKind.ANNUAL_LEAVE, Cause.LEAVE)
_BINDING = (ClaimKind.NON_COMPETE, Cause.NON_COMPETE)

GROUPS = (
    (
        _("The employment"),
        (
            _element("入职日期", _("First day of work"), DAY),
            _element("劳动者岗位", _("Post")),
            _element("工作地点", _("Place of work")),
            _element("签订书面合同", _("Written contract"), choices=YES_NO),
            _element("合同签订日期", _("Contract signed on"), DAY),
            _element("合同期限", _("Term of the contract")),
            _element("试用期", _("Probation")),
        ),
    ),
    (
        _("Hours and pay"),
        (
            _element("工时制度", _("System of hours"), choices=HOURS),
            _element("工作时间", _("Hours worked")),
            _element("月工资标准", _("Wage per month as agreed"), MONEY),
            _element("工资构成", _("What the wage consists of")),
            _element("工资支付日", _("Day of payment")),
            _element("平均工资", _("Average wage of the last 12 months"), MONEY),
            _element("社会保险", _("Social insurance"), choices=INSURED),
        ),
    ),
    (
        _("Unpaid wages"),
        (
            _element("欠付期间", _("Period not paid"), asked_for=_WAGES),
            _element("欠付金额", _("Amount not paid"), MONEY, asked_for=_WAGES),
        ),
    ),
    (
        _("Overtime and leave"),
        (
            _element("加班情况", _("Overtime worked"), asked_for=_OVERTIME),
            _element("考勤方式", _("How attendance was kept"), asked_for=_OVERTIME),
            _element("累计工龄", _("Years worked in all"), asked_for=_LEAVE),
            _element("未休年休假", _("Days of leave not taken"), asked_for=_LEAVE),
        ),
    ),
    (
        _("The end of the employment"),
        (
            _element("离职日期", _("Last day of work"), DAY, asked_for=_ENDING),
            _element("解除提出方", _("Ended by"), choices=ENDED_BY, asked_for=_ENDING),
            _element("解除理由", _("Reason given"), asked_for=_ENDING),
            _element("解除方式", _("How it was said"), asked_for=_ENDING),
            _element("已付补偿", _("Compensation already paid"), MONEY, asked_for=_ENDING),
        ),
    ),
    (
        _("Work injury"),
        (
            _element("受伤日期", _("Day of the injury"), DAY, asked_for=_INJURY),
            _element("工伤认定", _("Recognition"), choices=INJURY_STATES, asked_for=_INJURY),
            _element("伤残等级", _("Grade of disability"), asked_for=_INJURY),
            _element("停工留薪期", _("Paid leave for treatment"), asked_for=_INJURY),
        ),
    ),
    (
        _("Non-compete"),
        (
            _element("竞业限制约定", _("What was agreed"), asked_for=_BINDING),
            _element("竞业限制补偿", _("Compensation per month"), MONEY, asked_for=_BINDING),
        ),
    ),
)  # fmt: skip
ELEMENTS = {element.name: element for _title, elements in GROUPS for element in elements}


def is_asked(element, kinds):
    """Return whether *element* belongs to every case, or to one with these claims and causes."""
    return not element.asked_for or not element.asked_for.isdisjoint(kinds)


def label_of(name):
    """Return what the element *name* is called in the language of the reader."""
    element = ELEMENTS.get(name)
    return str(element.label) if element else name


def say(name, value):
    """Return the stored *value* of the element *name* as a reader expects it."""
    element = ELEMENTS.get(name)
    if element is None or not value:
        return value
    if element.kind == CHOICE:
        return str(dict(element.choices).get(value, value))
    if element.kind == MONEY:
        return f"{parse_money(value):,.2f}"
    return value


def print_value(name, value):
    """Return *value* as papers print it, in Chinese whatever the page is read in."""
    element = ELEMENTS.get(name)
    if element is not None and element.kind == DAY and value:
        day = parse_date(value)
        return f"{day.year}年{day.month}月{day.day}日"
    with translation.override("zh-hans"):
        return say(name, value)
