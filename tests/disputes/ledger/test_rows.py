from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from disputes.domain.ledger.columns import read_header
from disputes.domain.ledger.reading import RawRow
from disputes.domain.ledger.rows import read_row
from disputes.models import Cause, IdType, Level, Outcome, Source
from disputes.models.choices import Grade
from offices.models import Office
from tests.disputes.ledger.workbooks import make_row

TODAY = date(2026, 9, 7)
GUTA = Office(name="古塔区总工会劳动争议调解中心", tier=Office.Tier.REGIONAL)
COMMISSION = Office(name="锦州市劳动人事争议仲裁委员会", tier=Office.Tier.ARBITRATION)
FEDERATION = Office(name="锦州市总工会", tier=Office.Tier.UNION)
STATION = Office(name="古塔区第1社区服务站", tier=Office.Tier.REGIONAL)
OFFICES = {office.name: office for office in (GUTA, COMMISSION, FEDERATION, STATION)}
REGISTER = SimpleNamespace(find_office=OFFICES.get, find_handling_office=OFFICES.get)


def read(unit=1, **changes):
    row = make_row(**changes)
    header = read_header(3, list(row), (), unit)
    values = {field: list(row.values())[place] for field, place in header.places.items()}
    return read_row(RawRow("", 4, header, values), register=REGISTER, today=TODAY)


def refused(**changes):
    """The columns and messages for which a row is rejected."""
    row, findings = read(**changes)
    assert row is None
    return {f.column: f.message for f in findings if f.kind == "error"}


def warned(**changes):
    """The row, and the columns that it is imported with a warning about."""
    row, findings = read(**changes)
    assert row is not None, findings
    assert {f.kind for f in findings} <= {"warning"}
    return row, {f.column for f in findings}


def test_a_good_row_is_read_into_facts_without_a_word():
    row, findings = read()
    assert findings == []
    assert row.office == GUTA
    assert row.reporting_office == STATION
    assert row.registered_on == date(2025, 8, 29)
    assert row.closed_on == date(2025, 9, 8)
    assert row.outcome == Outcome.SETTLED
    assert row.causes == (Cause.WAGES,)
    assert row.source == Source.SELF
    assert row.grade == Grade.ORDINARY
    assert row.level == Level.CASE
    assert row.amount == Decimal("12000.00")
    assert row.agreed_amount == Decimal("9000.00")
    assert (row.is_migrant, row.is_dispatched, row.collective) == (True, False, False)
    assert dict(row.notes) == {
        "调解次数": "2",
        "确认方式": "司法确认",
        "履行状态": "履行中",
        "满意度": "4",
    }


def test_dirt_is_cleaned():
    row, findings = read(
        登记日="2025.8.29",
        发生日="２０２５年６月２９日",
        证件号=" 21079919900101005x ",
        手机="１５４００００１２３４",
        申请人="韩 玉兰",
        涉案金额="1.2万",
        人数="3人",
        统一社会信用代码="91210799mad003390a",
        案由=" 劳动报酬争议 ",
    )
    assert findings == []
    assert row.registered_on == date(2025, 8, 29)
    assert row.occurred_on == date(2025, 6, 29)
    assert row.id_number == "21079919900101005X"
    assert row.phone == "15400001234"
    assert row.applicant == "韩玉兰"
    assert row.amount == Decimal("12000.00")
    assert row.worker_count == 3
    assert row.credit_code == "91210799MAD003390A"


def test_words_that_people_read_again_keep_their_punctuation():
    row, _findings = read(备注="见卷，第３页；", 用人单位="锦北样例(集团)有限公司")
    assert dict(row.notes)["备注"] == "见卷，第３页；"
    assert row.employer == "锦北样例（集团）有限公司"


def test_bare_amounts_count_in_the_unit_of_the_sheet():
    row, _findings = read(unit=10_000, 涉案金额=1.2, 协议金额="9000元")
    assert row.amount == Decimal("12000.00")
    assert row.agreed_amount == Decimal("9000.00")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("登记日", None),
        ("登记日", "去年春天"),
        ("登记日", "2025-02-30"),
        ("登记日", datetime(2026, 9, 8)),  # tomorrow
        ("登记日", datetime(1925, 8, 29)),
        ("受理组织", None),
        ("受理组织", "不存在的调解委员会"),
        ("受理组织", "锦州市总工会"),  # handles no disputes
        ("申请人", None),
        ("申请人", "韩3"),
        ("证件号", None),
        ("证件号", "210799199001010018"),
        ("证件号", "2107991990010100"),
        ("证件号", 2.10799199001010e17),
        ("用人单位", None),
        ("用人单位", "厂" * 101),
        ("统一社会信用代码", "91210799MAD0033900"),
        ("案由", None),
        ("案由", "其它纠纷（详见卷）"),
        ("案由", "劳动报酬、看卷"),
        ("人数", "若干"),
        ("人数", 0),
        ("涉案金额", "若干"),
        ("涉案金额", -1),
        ("协议金额", "面议"),
        ("发生日", datetime(2025, 8, 30)),  # after the day of registration
        ("受理日", datetime(2025, 8, 28)),  # before it
        ("结案日", datetime(2025, 8, 30)),  # before acceptance
        ("结案日", None),  # but closed
        ("结案方式", None),  # but closed
        ("结案方式", "看卷"),
        ("结案方式", "终局裁决"),  # at a mediation centre
    ],
)
def test_what_the_record_cannot_take_is_rejected_in_its_column(column, value):
    errors = refused(**{column: value})
    assert list(errors) == [column]
    assert errors[column]


def test_an_end_before_registration_is_the_fault_of_the_end_alone():
    errors = refused(结案日=datetime(2025, 8, 1), 受理日=None)
    assert list(errors) == ["结案日"]


def test_every_wrong_cell_of_a_row_is_named():
    assert set(refused(登记日="去年春天", 案由="看卷", 申请人=None)) == {"登记日", "案由", "申请人"}


def test_a_worker_not_yet_born_is_rejected():
    assert list(refused(证件号="210799200803010030", 登记日=datetime(2008, 1, 1),
                        发生日=None, 受理日=None, 性别=None)) == ["证件号"]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("统一社会信用代码", None),
        ("手机", "1540000123"),
        ("性别", "女"),  # the number says otherwise
        ("性别", "不详"),
        ("层级", "企业"),  # the register says otherwise
        ("来源", "朋友介绍"),
        ("首报站点", "不存在的站"),
        ("农民工", "也许"),
        ("密级", "绝密"),
        ("争议等级", "特大"),
        ("请求项数", "几项"),
    ],
)
def test_what_the_record_can_do_without_is_a_warning(column, value):
    _row, columns = warned(**{column: value})
    assert columns == {column}


def test_a_wrong_phone_is_not_kept():
    row, _columns = warned(手机="1540000123")
    assert row.phone == ""


def test_an_unknown_reporter_is_kept_as_a_note():
    row, _columns = warned(首报站点="不存在的站")
    assert row.reporting_office is None
    assert dict(row.notes)["首报站点"] == "不存在的站"


def test_an_open_row_has_no_end():
    row, findings = read(结案日=None, 结案方式=None, 协议金额=None)
    assert findings == []
    assert (row.closed_on, row.outcome) == (None, "")


def test_an_award_belongs_to_the_commission():
    row, findings = read(受理组织=COMMISSION.name, 层级="仲裁", 结案方式="终局裁决")
    assert findings == []
    assert row.outcome == Outcome.FINAL_AWARD


def test_several_causes_are_read_the_main_one_first():
    row, _findings = read(案由="加班费、劳动报酬；加班费")
    assert row.causes == (Cause.OVERTIME, Cause.WAGES)


def test_ten_workers_are_a_collective_dispute_whatever_the_cell_says():
    row, _findings = read(人数=10, 集体="否")
    assert row.collective


def test_other_documents_are_taken_as_they_are():
    row, findings = read(证件类型="护照", 证件号="E12345678", 性别=None)
    assert findings == []
    assert (row.id_type, row.id_number) == (IdType.PASSPORT, "E12345678")


def test_the_key_is_of_person_employer_cause_and_day_alone():
    first, _findings = read()
    again, _findings = read(涉案金额=1, 手机=None, 结案日=None, 结案方式=None)
    assert first.key == again.key
    for change in (
        {"登记日": datetime(2025, 8, 28)},
        {"案由": "加班费"},
        {"用人单位": "锦北样例食品006有限公司"},
        {"证件号": "21079919900101005X"},
    ):
        other, _findings = read(**change)
        assert other.key != first.key


def test_the_key_does_not_give_the_number_away():
    row, _findings = read()
    assert row.id_number not in row.key
    assert len(row.key) == 32


def test_the_messages_do_not_repeat_the_whole_number():
    assert "210799199001010018" not in str(refused(证件号="210799199001010018"))


def test_a_broken_cell_never_breaks_the_import():
    for value in (
        "\u0000",
        "=1+1",
        "x" * 5000,
        -1,
        1e300,
        float("nan"),
        True,
        datetime(1900, 1, 1),
    ):
        for column in make_row():
            row, findings = read(**{column: value})
            assert (row is None) == any(found.kind == "error" for found in findings), (
                column,
                value,
            )


def test_findings_name_their_place():
    _row, findings = read(登记日="去年春天")
    assert findings[0].as_json() == {
        "line": 4,
        "column": "登记日",
        "message": findings[0].message,
    }
    assert SimpleNamespace(**findings[0].as_json()).message
