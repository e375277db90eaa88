"""Ledgers made for a test, as a federation would keep them."""

from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

DATA = Path(__file__).parents[2] / "data" / "ledger"
SAMPLE = DATA / "ledger_sample.xlsx"
OFFICES = DATA / "offices.csv"
EXPECTED = DATA / "expected.json"

GOOD = {
    "序号": 1,
    "登记日": datetime(2025, 8, 29),
    "来源": "本人申请",
    "首报站点": "古塔区第1社区服务站",
    "受理组织": "古塔区总工会劳动争议调解中心",
    "层级": "区域",
    "申请人": "韩玉兰",
    "证件号": "210799199001010017",
    "手机": "15400001234",
    "性别": "男",
    "农民工": "是",
    "派遣": "否",
    "用人单位": "锦北样例建筑003有限公司",
    "统一社会信用代码": "91210799MAD003390A",
    "行业": "建筑业",
    "人数段": "50-99人",
    "案由": "劳动报酬",
    "请求项数": 1,
    "人数": 1,
    "集体": "否",
    "涉案金额": 12000,
    "争议等级": "一般",
    "密级": "L2",
    "发生日": datetime(2025, 6, 29),
    "受理日": datetime(2025, 8, 31),
    "承办人": "张敏",
    "调解次数": 2,
    "结案日": datetime(2025, 9, 8),
    "结案方式": "达成协议",
    "协议金额": 9000,
    "确认方式": "司法确认",
    "履行状态": "履行中",
    "满意度": 4,
    "备注": None,
}


def make_row(**changes):
    """A good row with some cells other than usual."""
    return {**GOOD, **changes}


def make_ledger(path, rows, *, above=("劳动争议案件登记台账", None), titles=None, below=()):
    """Write a ledger of `rows` (dictionaries by title) to `path`, which is returned."""
    book = Workbook()
    sheet = book.active
    for title in above:
        sheet.append([title])
    titles = titles or list(rows[0] if rows else GOOD)
    sheet.append(titles)
    for row in rows:
        sheet.append([row.get(title) for title in titles])
    for line in below:
        sheet.append(line)
    book.save(path)
    return path
