"""The package of a case: what travels in it, and that nothing else does."""

import io
import json
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.utils import InternalError
from django.urls import reverse
from openpyxl import load_workbook

from arbitration.domain import package, package_sheets
from arbitration.domain.refusals import SharingNotAgreed
from arbitration.models import PackageExport
from audit.models import AuditEntry
from disputes.domain.timeline import Reach, record
from disputes.models import Consent, Evidence, Level, Party
from legal_aid.models import Review
from offices.models import Office
from tests import factories
from tests.arbitration.acts import at
from tests.audit.test_reading import leave
from workflows.courses import leave_for_arbitration

pytestmark = pytest.mark.django_db

SECRETS = ("单位愿付一万元", "调解员底线", "心理诊断", "内部备注")
BASIS = "履行法定职责所必需"


@pytest.fixture
def outside(register, district_case, district_mediator):
    """A district's case, with what is confidential in it, before a commission outside."""
    Office.objects.filter(pk=register.commission.pk).update(handled_here=False)
    district_case.handler = district_mediator
    district_case.save()
    add(district_case, "工资流水.pdf", b"%PDF wages", Reach.ONWARD)
    add(district_case, "../../调解笔录.pdf", "单位愿付一万元".encode(), Reach.OFFICE)
    add(district_case, "诊断.pdf", "心理诊断".encode(), Reach.ONWARD, level=Level.SENSITIVE)
    common = {"at": at(9, 8), "proceeding": district_case}
    record(district_case.case, "Notes", text="单位愿付一万元", reach=Reach.OFFICE, **common)
    record(district_case.case, "Note", text="调解员底线", reach=Reach.ALL, **common)
    record(district_case.case, "内部备注", reach=Reach.OWN, by=district_mediator, **common)
    return leave_for_arbitration(district_case, at=at(9, 9), by=district_mediator)


def add(proceeding, name, content, reach, level=Level.CASE):
    return Evidence.objects.create(
        case=proceeding.case,
        proceeding=proceeding,
        name=name,
        file=ContentFile(content, name="x"),
        content_type="application/pdf",
        size=len(content),
        sha256="0" * 64,
        level=level,
        reach=reach,
        added_at=at(9, 8),
    )


def open_package(proceeding, **facts):
    made = package.take_out(proceeding, sharing_basis=BASIS, at=at(9, 9), by=None, **facts)
    return made, zipfile.ZipFile(io.BytesIO(made.file.read()))


def everything_in(archive):
    """Return all that the archive says, workbooks unpacked."""
    said = []
    for name in archive.namelist():
        content = archive.read(name)
        said.append(name.encode())
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                said += [book.read(part) for part in book.namelist()]
        else:
            said.append(content)
    return b"\n".join(said).decode("utf-8", "replace")


def test_it_holds_the_case_as_data_so_that_nothing_is_typed_again(outside):
    _made, archive = open_package(outside)
    content = json.loads(archive.read("case.json"))
    worker = Party.objects.get(case=outside.case, kind="worker")
    assert content["schema"] == package.SCHEMA
    assert content["our_number"] == outside.number
    assert content["parties"][0]["id_number"] == worker.id_number
    assert content["claims"][0] == {
        "kind": {"code": "wage_arrears", "label": "拖欠工资"},
        "amount": "14600.00",
        "period_from": None,
        "period_to": None,
        "detail": "",
        "counterclaim": False,
    }
    assert [row["office"] for row in content["proceedings"]] == [
        "古塔区总工会劳动争议调解中心",
        "锦州市劳动人事争议仲裁委员会",
    ]
    assert content["limitation"]


def test_what_was_said_in_confidence_does_not_travel(outside):
    _made, archive = open_package(outside)
    said = everything_in(archive)
    assert [word for word in SECRETS if word in said] == []
    assert archive.namelist() == [
        "case.json",
        "index.xlsx",
        "write_back.json",
        "write_back.xlsx",
        "materials/001-工资流水.pdf",
    ]
    assert archive.read("materials/001-工资流水.pdf") == b"%PDF wages"
    assert package.stays_behind(outside) == 2


def test_opinions_of_lawyers_do_not_travel(outside, district_case, lawyer, district_mediator):
    Review.objects.create(
        proceeding=district_case,
        lawyer=lawyer,
        asked_by=district_mediator,
        asked_on=at(9, 8).date(),
        due_on=at(9, 12).date(),
        opinion="意见一万二",
        facts="查明一万二",
        bottom_line="底线一万三",
    )
    _made, archive = open_package(outside)
    said = everything_in(archive)
    assert [word for word in ("一万二", "一万三", "底线") if word in said] == []


def test_names_of_files_never_leave_their_folder(outside, district_case):
    add(district_case, "../../etc/passwd", b"x", Reach.ONWARD)
    add(district_case, 'a\\b:"c"\n.pdf', b"y", Reach.ONWARD)
    _made, archive = open_package(outside)
    names = [name for name in archive.namelist() if name.startswith("materials/")]
    assert all(".." not in name.split("/") and name.count("/") == 1 for name in names)
    assert all("\\" not in name and "\n" not in name for name in names)


def test_the_index_lists_what_there_is_and_computes_nothing(outside):
    Party.objects.filter(case=outside.case, kind="employer").update(contact_name="=1+1")
    _made, archive = open_package(outside)
    book = load_workbook(io.BytesIO(archive.read("index.xlsx")))
    assert (book.sheetnames[0], len(book.sheetnames)) == ("案件", 7)
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "'=1+1" in cells
    assert "materials/001-工资流水.pdf" in cells


def test_it_needs_consent_or_a_basis_and_is_logged(outside, district_mediator):
    with pytest.raises(SharingNotAgreed):
        package.take_out(outside, sharing_basis=" ", at=at(9, 9), by=district_mediator)
    assert not PackageExport.objects.exists()
    made, archive = open_package(outside)
    assert (made.export.sharing_basis, len(made.export.sha256)) == (BASIS, 64)
    assert outside.case.timeline.first().verb == "Package taken out for %(office)s"
    worker = Party.objects.get(case=outside.case, kind="worker")
    facts = {"purpose": "sharing", "recipient": "arbitration_commission"}
    Consent.objects.create(party=worker, given=True, at=at(9, 9), **facts)
    package.take_out(outside, at=at(9, 9), by=district_mediator)
    assert PackageExport.objects.count() == 2
    del archive


def test_the_log_of_packages_only_grows(outside):
    made, _archive = open_package(outside)
    for act in (made.export.delete, lambda: PackageExport.objects.update(sharing_basis="x")):
        with pytest.raises(InternalError), transaction.atomic():
            act()
    assert connection.in_atomic_block


def test_the_answer_names_the_case_and_the_outcomes_of_its_tier(outside):
    _made, archive = open_package(outside)
    assert json.loads(archive.read("write_back.json"))[0]["our_number"] == outside.number
    book = load_workbook(io.BytesIO(archive.read("write_back.xlsx")))
    titles = [cell.value for cell in book.worksheets[0][1]]
    assert titles == ["我方案号", "回执日期", "对方案号", "结果", "办结日期", "金额（元）", "备注"]
    codes = [row[0].value for row in book.worksheets[1].iter_rows(min_row=2)]
    assert "final_award" in codes
    assert "settled" not in codes
    assert len(package_sheets.ANSWER) == len(titles)


# The doors.


def test_the_sender_takes_the_package_out(client, outside, district_mediator, time_machine):
    time_machine.move_to(at(9, 9, 10))
    client.force_login(district_mediator)
    url = reverse("handover_package", args=[outside.pk])
    shown = client.get(url).content.decode()
    assert "工资流水.pdf" in shown
    assert "调解笔录" not in shown
    assert client.post(url, {"sharing_basis": ""}).status_code == 422
    answer = client.post(url, {"sharing_basis": BASIS})
    assert answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    assert PackageExport.objects.get().by == district_mediator
    leave(answer)
    line = AuditEntry.objects.filter(door="handover_package", action="export").get()
    assert line.case_id == outside.case_id


def test_strangers_and_colleagues_take_nothing_out(
    client, outside, other_mediator, register, district_mediator, regional_head, time_machine
):
    time_machine.move_to(at(9, 9, 10))
    url = reverse("handover_package", args=[outside.pk])
    client.force_login(other_mediator)
    assert client.get(url).status_code == 404
    leader = factories.make_user("ld2", "丁二", office=register.federation, role="leader")
    client.force_login(leader)
    assert client.post(url, {"sharing_basis": BASIS}).status_code == 403
    # A case that is handled here has no package.
    here = factories.make_case(register.guta, by=district_mediator, handler=district_mediator)
    client.force_login(district_mediator)
    assert client.get(reverse("handover_package", args=[here.pk])).status_code == 404
    assert not PackageExport.objects.exists()


def test_the_list_shows_what_is_to_be_chased(
    client, outside, district_mediator, other_mediator, time_machine, django_assert_num_queries
):
    time_machine.move_to(at(9, 9, 10))
    client.force_login(district_mediator)
    shown = client.get(reverse("handovers"))
    assert [row["proceeding"] for row in shown.context["rows"]] == [outside]
    assert shown.context["rows"][0]["deadline"].rule.rule_id == "HANDOVER_SEND"
    assert client.get(reverse("handovers"), {"after": "x,y"}).status_code == 200
    client.force_login(other_mediator)
    assert client.get(reverse("handovers")).context["rows"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_queries(
    client, register, clerk, time_machine, django_assert_num_queries, count
):
    Office.objects.filter(pk=register.commission.pk).update(handled_here=False)
    register.commission.refresh_from_db()
    for _n in range(count):
        factories.make_case(register.commission, by=clerk, at=at(9, 8))
    time_machine.move_to(at(9, 9, 10))
    client.force_login(clerk)
    client.get(reverse("handovers"))
    with django_assert_num_queries(9):
        assert len(client.get(reverse("handovers")).context["rows"]) == count


def test_the_number_comes_later_by_its_own_form(client, outside, district_mediator, time_machine):
    from arbitration.domain import handover

    moment = at(9, 11, 10)
    handover.send_package(
        outside, sent_on=moment.date(), contents="x", signed_on=moment.date(),
        sharing_basis=BASIS, at=moment,
    )  # fmt: skip
    handover.record_receipt(outside, receipt_on=moment.date(), at=moment)
    time_machine.move_to(moment)
    client.force_login(district_mediator)
    url = reverse("handover_number", args=[outside.pk])
    assert client.post(url, {"outside_number": " "}).status_code == 422
    assert client.post(url, {"outside_number": "外仲9号"}).status_code == 302
    outside.handover.refresh_from_db()
    assert outside.handover.outside_number == "外仲9号"
