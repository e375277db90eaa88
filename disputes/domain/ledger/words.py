"""What the words of a ledger mean in the record."""

import re

from disputes.models import Cause, ClaimKind, IdType, Level, Outcome, Source, Tier
from disputes.models.choices import Grade
from disputes.validators import narrow

TIERS = {"企业": Tier.ENTERPRISE, "区域": Tier.REGIONAL, "区域行业": Tier.REGIONAL,
         "仲裁": Tier.ARBITRATION}  # fmt: skip

SOURCES = {
    "本人申请": Source.SELF,
    "本人": Source.SELF,
    "站点代填": Source.STATION,
    "代填": Source.STATION,
    "站点报送": Source.STATION,
    "12351热线": Source.HOTLINE,
    "12351": Source.HOTLINE,
    "12345转办": Source.CITY_HOTLINE,
    "12345": Source.CITY_HOTLINE,
    "12345转": Source.CITY_HOTLINE,
    "法院委派": Source.COURT,
    "仲裁引导": Source.ARBITRATION,
    "监察移送": Source.INSPECTION,
    "监察转": Source.INSPECTION,
    "信访转办": Source.PETITION,
    "信访转": Source.PETITION,
    "监督发现": Source.SUPERVISION,
}

# The most frequent causes stand first: a message names them.
CAUSES = {
    "劳动报酬": Cause.WAGES,
    "追索劳动报酬": Cause.WAGES,
    "拖欠工资": Cause.WAGES,
    "加班费": Cause.OVERTIME,
    "解除终止劳动合同": Cause.TERMINATION,
    "解除终止": Cause.TERMINATION,
    "解除劳动合同": Cause.TERMINATION,
    "终止劳动合同": Cause.TERMINATION,
    "社会保险": Cause.INSURANCE,
    "工伤待遇": Cause.INJURY,
    "工伤": Cause.INJURY,
    "确认劳动关系": Cause.RELATIONSHIP,
    "订立劳动合同": Cause.NO_CONTRACT,
    "未签劳动合同": Cause.NO_CONTRACT,
    "二倍工资": Cause.NO_CONTRACT,
    "双倍工资": Cause.NO_CONTRACT,
    "履行变更": Cause.CHANGE,
    "调岗降薪": Cause.CHANGE,
    "变更劳动合同": Cause.CHANGE,
    "履行劳动合同": Cause.CHANGE,
    "除名辞退离职": Cause.LEAVING,
    "辞退辞职离职": Cause.LEAVING,
    "经济补偿": Cause.SEVERANCE,
    "经济补偿金": Cause.SEVERANCE,
    "赔偿金": Cause.DAMAGES,
    "工作时间": Cause.HOURS,
    "工时": Cause.HOURS,
    "休息休假": Cause.LEAVE,
    "年休假": Cause.LEAVE,
    "福利待遇": Cause.WELFARE,
    "福利": Cause.WELFARE,
    "培训": Cause.TRAINING,
    "服务期": Cause.TRAINING,
    "竞业限制": Cause.NON_COMPETE,
    "劳动保护": Cause.PROTECTION,
    "女职工保护": Cause.WOMEN,
    "女职工未成年工": Cause.WOMEN,
    "集体合同": Cause.COLLECTIVE_CONTRACT,
    "劳务派遣": Cause.DISPATCH,
    "非全日制": Cause.PART_TIME,
    "非全日制用工": Cause.PART_TIME,
    "超龄用工": Cause.OVERAGE,
    "用工主体责任": Cause.EMPLOYER_LIABILITY,
    "新就业形态": Cause.PLATFORM,
    "人事争议": Cause.PERSONNEL,
    "人事": Cause.PERSONNEL,
    "其他": Cause.OTHER,
}

CLAIM_OF = {
    Cause.WAGES: ClaimKind.WAGE_ARREARS,
    Cause.OVERTIME: ClaimKind.OVERTIME,
    Cause.NO_CONTRACT: ClaimKind.DOUBLE_WAGE,
    Cause.SEVERANCE: ClaimKind.SEVERANCE,
    Cause.DAMAGES: ClaimKind.DAMAGES,
    Cause.INSURANCE: ClaimKind.INSURANCE,
    Cause.INJURY: ClaimKind.INJURY,
    Cause.RELATIONSHIP: ClaimKind.RELATIONSHIP,
    Cause.NON_COMPETE: ClaimKind.NON_COMPETE,
}

OUTCOMES = {
    "达成协议": Outcome.SETTLED,
    "调解成功": Outcome.SETTLED,
    "和解": Outcome.RECONCILED,
    "和解撤回": Outcome.RECONCILED,
    "未达成协议": Outcome.NOT_SETTLED,
    "未达成": Outcome.NOT_SETTLED,
    "调解不成": Outcome.NOT_SETTLED,
    "期满未达成协议": Outcome.EXPIRED,
    "期满": Outcome.EXPIRED,
    "不予受理": Outcome.REFUSED,
    "撤回": Outcome.WITHDRAWN,
    "撤回申请": Outcome.WITHDRAWN,
    "撤诉": Outcome.WITHDRAWN,
    "按撤回处理": Outcome.DEEMED_WITHDRAWN,
    "移送": Outcome.TRANSFERRED,
    "移送转办": Outcome.TRANSFERRED,
    "转仲裁": Outcome.TO_ARBITRATION,
    "仲裁调解书": Outcome.MEDIATED_AWARD,
    "仲裁调解": Outcome.MEDIATED_AWARD,
    "终局裁决": Outcome.FINAL_AWARD,
    "非终局裁决": Outcome.NON_FINAL_AWARD,
    "分别裁决": Outcome.SEPARATE_AWARDS,
}
AWARDS = {
    Outcome.MEDIATED_AWARD,
    Outcome.FINAL_AWARD,
    Outcome.NON_FINAL_AWARD,
    Outcome.SEPARATE_AWARDS,
    Outcome.DEEMED_WITHDRAWN,
}

ID_TYPES = {
    "居民身份证": IdType.RESIDENT,
    "身份证": IdType.RESIDENT,
    "港澳台居民居住证": IdType.HMT,
    "外国人永久居留证": IdType.FOREIGNER,
    "外国人永久居留身份证": IdType.FOREIGNER,
    "护照": IdType.PASSPORT,
    "其他": IdType.OTHER,
}
SEXES = {"男": "m", "女": "f"}
GRADES = {"简易": Grade.SIMPLE, "一般": Grade.ORDINARY, "重大": Grade.MAJOR}
LEVELS = {
    "L0": Level.PUBLIC, "公开": Level.PUBLIC, "L1": Level.INTERNAL, "内部": Level.INTERNAL,
    "L2": Level.CASE, "L3": Level.SENSITIVE,
}  # fmt: skip
YES = {"是", "有", "√", "✓", "Y", "YES", "TRUE", "1"}
NO = {"否", "无", "×", "✗", "N", "NO", "FALSE", "0", "-", "/"}


def bare_word(written):
    """`written` as the tables above have it: narrow, capital, without blanks, signs and 争议."""
    text = re.sub(r"[\s、·.。/]", "", narrow(written)).upper()
    return re.sub(r"(?<=..)(争议|纠纷)$", "", text)


def causes_in(written):
    """The words of a cell of causes, the main cause first, as written."""
    whole = str(written).strip()
    if bare_word(whole) in CAUSES:
        return [whole]
    return [part for part in re.split(r"[、,，;；\n|+]", whole) if narrow(part)]


def names_in(table):
    """One word for each meaning of `table`, in its order."""
    names = {}
    for word, meaning in table.items():
        names.setdefault(meaning, word)
    return list(names.values())
