"""What a claim is in the eyes of the law, whatever words or code it arrives with."""

from enum import StrEnum


class Nature(StrEnum):
    """The legal nature of a claim, on which the classifications turn."""

    RELATIONSHIP = "relationship"
    REMUNERATION = "remuneration"
    INJURY_MEDICAL = "injury_medical"
    INJURY = "injury"
    COMPENSATION = "compensation"
    DAMAGES = "damages"
    WORKING_TIME = "working_time"
    INSURANCE = "insurance"
    SAFETY = "safety"
    OTHER = "other"


MONEY = frozenset({Nature.REMUNERATION, Nature.INJURY_MEDICAL, Nature.COMPENSATION, Nature.DAMAGES})
_BY_CODE = {
    "relationship": Nature.RELATIONSHIP,
    "wage_arrears": Nature.REMUNERATION,
    "overtime": Nature.REMUNERATION,
    "annual_leave": Nature.REMUNERATION,
    "double_wage": Nature.DAMAGES,
    "severance": Nature.COMPENSATION,
    "notice_pay": Nature.COMPENSATION,
    "non_compete": Nature.COMPENSATION,
    "damages": Nature.DAMAGES,
    "insurance": Nature.INSURANCE,
    "injury": Nature.INJURY,
    "injury_medical": Nature.INJURY_MEDICAL,
    "reinstatement": Nature.OTHER,
    "other": Nature.OTHER,
}
# The first line with a word that occurs decides, so the particular stands before the general:
# 二倍工资 is damages (33号令50) though it says wages, 年休假工资 wages though it says leave.
_BY_WORD = (
    (("违约金", "培训费", "服务期"), Nature.OTHER),
    (("确认劳动关系", "劳动关系确认", "确认存在劳动关系", "确认事实劳动关系"), Nature.RELATIONSHIP),
    (("医疗费",), Nature.INJURY_MEDICAL),
    (("社会保险", "社保", "养老保险", "失业保险", "医疗保险", "生育保险"), Nature.INSURANCE),
    (("二倍工资", "双倍工资", "两倍工资"), Nature.DAMAGES),
    (("代通知金", "未提前通知", "经济补偿", "竞业限制", "补偿金"), Nature.COMPENSATION),
    (("工伤", "伤残", "职业病", "工亡", "停工留薪"), Nature.INJURY),
    (("加班", "报酬", "工资", "奖金", "津贴", "补贴", "提成", "绩效"), Nature.REMUNERATION),
    (("赔偿",), Nature.DAMAGES),
    (("工作时间", "工时", "休息", "休假", "年假", "产假"), Nature.WORKING_TIME),
    (("劳动安全", "安全卫生", "劳动卫生", "劳动保护"), Nature.SAFETY),
)


def nature_of(claim):
    """Return the `Nature` of *claim*: one of our claim codes, or Chinese words for it.

    Words of which none is known are of nature OTHER.
    """
    claim = str(claim).strip()
    if claim in _BY_CODE:
        return _BY_CODE[claim]
    for words, nature in _BY_WORD:
        if any(word in claim for word in words):
            return nature
    return Nature.OTHER
