import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from offices.domain.register import import_register
from offices.domain.register_rows import RegisterUnreadable
from offices.models import Office

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parents[1] / "data" / "ledger" / "offices.csv"
HEADER = "名称,简称,层级,类型,区县,行业,上级,统一社会信用代码,在本系统办理"
CITY = "锦州市总工会,锦工,工会,市总工会,锦州市,,,,是"
CENTRE = "古塔区总工会调解中心,古塔调,区域,县区调解中心,古塔区,,锦州市总工会,,是"
STATION = "古塔区第1社区服务站,古塔区第1站,区域,社区服务站,古塔区,,古塔区总工会调解中心,,是"


@pytest.fixture
def write(tmp_path):
    def write_lines(*lines, encoding="utf-8-sig", header=HEADER):
        path = tmp_path / "offices.csv"
        path.write_bytes("\r\n".join([header, *lines, ""]).encode(encoding))
        return path

    return write_lines


def refused(report):
    return [(finding.line, finding.column) for finding in report.errors]


def counts(report):
    return report.imported, report.updated, report.unchanged, report.rejected


def test_the_sample_is_imported_whole_and_a_second_run_adds_nothing():
    assert counts(import_register(SAMPLE)) == (50, 0, 0, 0)
    assert counts(import_register(SAMPLE)) == (0, 0, 50, 0)
    assert Office.objects.count() == 50


def test_a_row_becomes_an_office(write):
    import_register(write(CITY, CENTRE))
    centre = Office.objects.get(short_name="古塔调")
    assert centre.tier == Office.Tier.REGIONAL
    assert centre.kind == Office.Kind.COUNTY_CENTRE
    assert centre.county == "古塔区"
    assert centre.parent.name == "锦州市总工会"
    assert centre.handled_here
    assert centre.path == f"/{centre.parent_id}/{centre.pk}/"


def test_an_office_handled_elsewhere_is_so(write):
    import_register(write("锦州市中级人民法院,锦法,外部,法院,锦州市,,,,否"))
    assert not Office.objects.get().handled_here


def test_parents_may_stand_later_in_the_file(write):
    assert counts(import_register(write(STATION, CENTRE, CITY))) == (3, 0, 0, 0)
    station = Office.objects.get(kind=Office.Kind.STATION)
    assert station.path.count("/") == 4


def test_a_parent_may_be_named_in_short_or_be_there_already(write):
    import_register(write(CITY))
    report = import_register(write(CENTRE.replace("锦州市总工会", "锦工")))
    assert counts(report) == (1, 0, 0, 0)


def test_what_the_file_states_anew_is_changed(write):
    import_register(write(CITY, CENTRE, STATION))
    other = CENTRE.replace("古塔调,", "古调,").replace(",是", ",否")
    assert counts(import_register(write(CITY, other, STATION))) == (0, 1, 2, 0)
    centre = Office.objects.get(name="古塔区总工会调解中心")
    assert (centre.short_name, centre.handled_here) == ("古调", False)


def test_moving_an_office_moves_what_is_below_it(write):
    other = "锦州市第二工会,锦二,工会,市总工会,锦州市,,,,是"
    import_register(write(CITY, CENTRE, STATION, other))
    import_register(write(CENTRE.replace("锦州市总工会", "锦州市第二工会")))
    second = Office.objects.get(short_name="锦二")
    station = Office.objects.get(kind=Office.Kind.STATION)
    assert station.path.startswith(second.path)


def test_offices_not_in_the_file_stay(write):
    import_register(write(CITY, CENTRE))
    import_register(write(CITY))
    assert Office.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",古,区域,社区服务站,,,,,是", "名称"),
        ("古站,,区域,社区服务站,,,,,是", "简称"),
        ("古站,古,天上,社区服务站,,,,,是", "层级"),
        ("古站,古,区域,茶馆,,,,,是", "类型"),
        ("古站,古,企业,社区服务站,,,,,是", "层级"),
        ("古站,古,区域,社区服务站,,,没有的工会,,是", "上级"),
        ("古站,古,区域,社区服务站,,,古站,,是", "上级"),
        ("古站,古,区域,社区服务站,,,,91210799MADM00019E,是", "统一社会信用代码"),
        ("古站,古,区域,社区服务站,,,,,也许", "在本系统办理"),
        ("古站,锦工,区域,社区服务站,,,,,是", "简称"),
        ("锦州市总工会,古,工会,市总工会,,,,,是", "名称"),
        (f"{'古' * 101},古,区域,社区服务站,,,,,是", "名称"),
    ],
)
def test_a_row_that_cannot_be_taken_over_is_rejected_with_its_reason(write, line, column):
    report = import_register(write(CITY, line))
    assert refused(report) == [(3, column)]
    assert report.errors[0].message
    assert counts(report) == (1, 0, 0, 1)


def test_rows_below_a_rejected_parent_are_rejected_too(write):
    report = import_register(write(CITY, CENTRE.replace("区域", "天上"), STATION))
    assert refused(report) == [(3, "层级"), (4, "上级")]


def test_parents_in_a_circle_are_rejected(write):
    one = "甲站,甲,区域,社区服务站,,,乙站,,是"
    two = "乙站,乙,区域,社区服务站,,,甲站,,是"
    below = "丙站,丙,区域,社区服务站,,,乙站,,是"
    assert refused(import_register(write(one, two, below))) == [
        (2, "上级"),
        (3, "上级"),
        (4, "上级"),
    ]
    assert not Office.objects.exists()


def test_an_office_cannot_be_moved_below_itself_through_the_register(write):
    import_register(write(CITY, CENTRE, STATION))
    moved = CENTRE.replace("锦州市总工会", "古塔区第1社区服务站")
    assert refused(import_register(write(moved))) == [(2, "上级")]


def test_two_offices_cannot_have_one_credit_code(write):
    code = "91210799MADM00019D"
    first = f"甲厂调委会,甲厂,企业,企业调解委员会,,,,{code},是"
    second = f"乙厂调委会,乙厂,企业,企业调解委员会,,,,{code},是"
    assert refused(import_register(write(first, second))) == [(3, "统一社会信用代码")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_the_encodings_of_spreadsheets_are_read(write, encoding):
    assert counts(import_register(write(CITY, encoding=encoding))) == (1, 0, 0, 0)


def test_full_width_and_blanks_do_not_matter(write):
    line = "甲厂调委会 ,　甲厂,企业,企业调解委员会,,,,９１２１０７９９ｍａｄｍ00019d,是"
    assert counts(import_register(write(line, ",,,,,,,,"))) == (1, 0, 0, 0)
    assert Office.objects.get().credit_code == "91210799MADM00019D"


def test_brackets_are_of_one_width_so_that_parents_are_found(write):
    parent = "锦北样例（集团）总工会,锦集工,工会,市总工会,,,,,是"
    child = "锦北样例(集团)调解中心,锦集调,区域,县区调解中心,,,锦北样例(集团)总工会,,是"
    assert counts(import_register(write(parent, child))) == (2, 0, 0, 0)
    assert Office.objects.filter(name__contains="（集团）").count() == 2


def test_columns_may_stand_in_any_order_and_optional_ones_be_absent(write):
    report = import_register(write("锦工,市总工会,锦州市总工会,工会", header="简称,类型,名称,层级"))
    assert counts(report) == (1, 0, 0, 0)
    assert Office.objects.get().handled_here


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"\xff\xfe\x00\x00", "名称,简称\n甲,乙\n".encode(), b'"open'],
)
def test_another_kind_of_file_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "offices.csv"
    path.write_bytes(content)
    with pytest.raises(RegisterUnreadable) as refusal:
        import_register(path)
    assert str(refusal.value)
    assert not Office.objects.exists()


def test_the_queries_do_not_grow_with_the_rows(write, django_assert_max_num_queries):
    lines = [f"{n}厂调委会,{n}厂,企业,企业调解委员会,,,锦州市总工会,,是" for n in range(200)]
    with django_assert_max_num_queries(12):
        assert import_register(write(CITY, *lines)).imported == 201


def test_the_command_prints_json_on_request(write):
    out = StringIO()
    call_command("import_offices", str(write(CITY, "x,y,z,,,,,,")), "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["rows"], report["imported"], report["rejected"]) == (2, 1, 1)
    assert {"line", "column", "message"} == set(report["errors"][0])


def test_the_command_says_each_row_that_was_rejected(write):
    out = StringIO()
    call_command("import_offices", str(write(CITY, "x,y,z,,,,,,")), stdout=out)
    assert "层级" in out.getvalue()


def test_the_command_ends_with_a_sentence_when_there_is_no_file(tmp_path):
    with pytest.raises(CommandError):
        call_command("import_offices", str(tmp_path / "none.csv"))
