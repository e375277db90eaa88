"""The columns of a case ledger, known by their titles wherever they stand."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from disputes.validators import narrow

# The first title of each is the one of the federations' form; the others are also met.
TITLES = {
    "serial": ("序号",),
    "matter_number": ("事项号", "事项编号"),
    "case_number": ("案号",),
    "registered_on": ("登记日", "登记日期", "登记时间"),
    "source": ("来源", "案件来源"),
    "reporting_office": ("首报站点", "首报站点/人", "报送站点"),
    "office": ("受理组织", "受理机构", "调解组织"),
    "tier": ("层级",),
    "applicant": ("申请人", "申请人姓名", "姓名", "职工姓名"),
    "id_type": ("证件类型",),
    "id_number": ("证件号", "证件号码", "身份证号", "身份证号码"),
    "phone": ("手机", "手机号", "手机号码", "联系电话", "电话"),
    "sex": ("性别",),
    "is_migrant": ("农民工", "是否农民工"),
    "is_dispatched": ("派遣", "劳务派遣", "是否派遣"),
    "employer": ("用人单位", "用人单位名称", "单位名称", "被申请人"),
    "credit_code": ("统一社会信用代码", "信用代码", "USCC"),
    "industry": ("行业",),
    "headcount_band": ("人数段",),
    "causes": ("案由",),
    "claim_count": ("请求项数",),
    "worker_count": ("人数", "涉及人数"),
    "collective": ("集体", "是否集体"),
    "amount": ("涉案金额",),
    "grade": ("争议等级",),
    "level": ("密级",),
    "occurred_on": ("发生日", "发生日期", "争议发生日"),
    "accepted_on": ("受理日", "受理日期"),
    "handler": ("承办人",),
    "sessions": ("调解次数",),
    "closed_on": ("结案日", "结案日期"),
    "outcome": ("结案方式",),
    "agreed_amount": ("协议金额",),
    "confirmation": ("确认方式",),
    "performance": ("履行状态",),
    "performed_amount": ("履行额", "履行金额"),
    "onward": ("去向案号", "去向"),
    "legal_aid": ("法援", "法律援助"),
    "lawyer": ("律师",),
    "satisfaction": ("满意度",),
    "remarks": ("备注",),
}
# The column that a file of rejected rows carries; ignored when the file comes back.
REASON = "退回原因"

FIELD_OF = {title: field for field, titles in TITLES.items() for title in titles}
# Without these a row can be neither judged nor recognised again.
NEEDED = ("registered_on", "office", "applicant", "id_number", "employer", "causes")
# A row with none of these filled is no row of the ledger.
TELLING = (*NEEDED, "phone", "credit_code", "closed_on")
TEN_THOUSAND = re.compile(r"单位[:：]?\s*万元|[(（]\s*(单位[:：]?)?\s*万元?\s*[)）]")


@dataclass(frozen=True)
class Header:
    """The row of titles of one sheet: where each field stands and how the file calls it."""

    line: int
    places: dict  # field → index of the column, from 0
    titles: dict  # field → title as the file writes it
    units: dict  # field → yuan per 1 of a bare number, 1 or 10000

    def missing(self):
        """The titles, as the form has them, of the needed columns that the row lacks."""
        return [TITLES[field][0] for field in NEEDED if field not in self.places]


def read_header(line, cells, above, unit=1):
    """The `Header` that the row `cells` forms, of whatever titles it knows.

    `above` is the row over it: where a title spans two rows the lower cell is empty. `unit` is
    what the lines above say of the amounts, in yuan.
    """
    places, titles, units = {}, {}, {}
    for index, (cell, over) in enumerate(zip_longest(cells, above)):
        written = cell if _text(cell) else over
        field = FIELD_OF.get(_title(written))
        if field and field not in places:
            places[field] = index
            titles[field] = _title(written)
            units[field] = 10_000 if TEN_THOUSAND.search(_text(written)) else unit
    return Header(line=line, places=places, titles=titles, units=units)


def unit_of(cells, unit):
    """The unit of amounts that a line above the header states, in yuan, else `unit`."""
    said = " ".join(_text(cell) for cell in cells)
    return 10_000 if TEN_THOUSAND.search(said) else unit


def _text(cell):
    return "" if cell is None else str(cell).strip()


def _title(cell):
    """The title without blanks, stars, and what stands in brackets behind it."""
    bare = re.sub(r"[\s*＊:：]", "", narrow(_text(cell)))
    return re.sub(r"(?<=.)\(.*\)$", "", bare)
