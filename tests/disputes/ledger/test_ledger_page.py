import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_q.models import OrmQ
from openpyxl import load_workbook

from audit.models import AuditEntry
from disputes import jobs, signals
from disputes.domain.ledger import uploads
from disputes.models import Case, LedgerImport
from offices.duties import Role
from tests.disputes.ledger.workbooks import make_row
from tests.factories import make_identity_number, make_office, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


def upload(path, name="台账2025.xlsx"):
    return SimpleUploadedFile(name, path.read_bytes())


def hand_in(client, path, office, **kwargs):
    return client.post(reverse("ledger"), {"office": office.pk, "file": upload(path, **kwargs)})


def work(record):
    """Do what the worker does with the job of `record`."""
    jobs.import_handed_in_ledger(record.pk, "zh-hans")
    record.refresh_from_db()
    return record


@pytest.fixture
def imported(desk, register, ledger):
    """Hand in a ledger of these rows on the page, and let the worker import it."""

    def run(rows):
        hand_in(desk, ledger(rows), register.federation)
        return work(LedgerImport.objects.latest("pk"))

    return run


def test_a_ledger_handed_in_waits_for_the_worker(desk, register, ledger, clerk):
    answer = hand_in(desk, ledger([make_row()]), register.federation)
    record = LedgerImport.objects.get()
    assert answer["Location"] == reverse("ledger_import", args=[record.pk])
    assert (record.state, record.uploaded_by, record.name) == ("waiting", clerk, "台账2025.xlsx")
    assert "台账" not in record.file.name
    [queued] = OrmQ.objects.all()
    assert queued.task["func"] == "disputes.jobs.import_handed_in_ledger"
    assert queued.task["args"][0] == record.pk
    assert not Case.objects.exists()


def test_while_it_waits_the_page_moves_with_and_without_scripts(desk, register, ledger):
    page = desk.get(hand_in(desk, ledger([make_row()]), register.federation)["Location"])
    said = page.content.decode()
    assert '<noscript><meta http-equiv="refresh"' in said
    assert 'hx-trigger="every 2s"' in said
    part = desk.get(page.wsgi_request.path, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'id="progress"' in part


def test_when_it_is_done_the_page_loads_itself_anew(imported, desk):
    record = imported([make_row()])
    url = reverse("ledger_import", args=[record.pk])
    assert desk.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    said = desk.get(url).content.decode()
    assert "http-equiv" not in said
    assert "hx-trigger" not in said


def test_the_report_names_line_column_and_reason(imported, desk):
    record = imported([make_row(), make_row(案由="看卷", 统一社会信用代码=None)])
    assert (record.state, record.rows, record.imported, record.rejected) == ("done", 2, 1, 1)
    said = desk.get(reverse("ledger_import", args=[record.pk])).content.decode()
    assert "看卷" in said
    assert re.search(r"<td[^>]*>5</td>\s*<td[^>]*>案由</td>", said)
    assert "统一社会信用代码" in said
    assert record.finished_at > record.uploaded_at


def test_the_rejected_rows_are_handed_back(imported, desk):
    record = imported([make_row(案由="看卷")])
    answer = desk.get(reverse("ledger_rejects", args=[record.pk]))
    assert "attachment" in answer["Content-Disposition"]
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 4


def test_without_rejected_rows_there_is_nothing_to_download(imported, desk):
    record = imported([make_row()])
    assert not record.rejects
    assert desk.get(reverse("ledger_rejects", args=[record.pk])).status_code == 404


def test_the_file_itself_is_not_kept(imported, tmp_path):
    record = imported([make_row(), make_row(案由="看卷")])
    assert not record.file
    kept = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert [path.name for path in kept] == [record.rejects.name.rsplit("/", 1)[1]]


def test_rejected_rows_are_deleted_after_a_month_and_the_report_stays(imported, desk, tmp_path):
    record = imported([make_row(), make_row(案由="看卷")])
    assert uploads.forget_files(at=record.uploaded_at + timedelta(days=29)) == 0
    month_later = record.uploaded_at + timedelta(days=31)
    assert uploads.forget_files(at=month_later) == 1
    assert not list((tmp_path / "media").rglob("*.xlsx"))
    assert desk.get(reverse("ledger_rejects", args=[record.pk])).status_code == 404
    assert desk.get(reverse("ledger_import", args=[record.pk])).status_code == 200
    record.refresh_from_db()
    assert (record.rejected, len(record.report["errors"])) == (1, 1)
    assert uploads.forget_files(at=month_later) == 0


def test_a_ledger_that_waits_for_the_worker_keeps_its_file(desk, register, ledger):
    hand_in(desk, ledger([make_row()]), register.federation)
    record = LedgerImport.objects.get()
    assert uploads.forget_files(at=record.uploaded_at + timedelta(days=99)) == 0
    assert work(record).imported == 1


def test_the_audit_log_names_who_handed_the_ledger_in(imported, clerk):
    imported([make_row()])

    line = AuditEntry.objects.filter(object_type="disputes.case", action="add").get()
    assert line.actor == clerk


def test_the_job_does_no_harm_when_it_runs_twice(imported):
    record = imported([make_row(), make_row(案由="看卷")])
    before = (record.report, record.rejects.name)
    record = work(record)
    assert (record.report, record.rejects.name) == before
    assert Case.objects.count() == 1


def test_a_workbook_that_is_no_ledger_ends_with_a_sentence(desk, register, ledger):
    row = make_row()
    del row["证件号"]
    hand_in(desk, ledger([row]), register.federation)
    record = work(LedgerImport.objects.get())
    assert record.state == "failed"
    assert "证件号" in record.problem
    assert not record.file
    assert record.problem in desk.get(reverse("ledger_import", args=[record.pk])).content.decode()


def test_an_error_of_ours_is_noted_raised_and_made_good_by_the_next_run(desk, register, ledger):
    def break_down(sender, **kwargs):
        raise ZeroDivisionError

    hand_in(desk, ledger([make_row()]), register.federation)
    record = LedgerImport.objects.get()
    signals.cases_imported.connect(break_down)
    try:
        with pytest.raises(ZeroDivisionError):
            work(record)
    finally:
        signals.cases_imported.disconnect(break_down)
    record.refresh_from_db()
    assert record.state == "failed"
    assert record.problem
    record = work(record)
    assert (record.state, record.problem, record.imported) == ("done", "", 1)


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "x.xlsx"), (b"hello", "x.xlsx"), (b"\xd0\xcf\x11\xe0" * 9, "x.xls")],
)
def test_another_kind_of_file_is_refused_beside_the_field(desk, register, content, name):
    file = SimpleUploadedFile(name, content)
    answer = desk.post(reverse("ledger"), {"office": register.federation.pk, "file": file})
    assert answer.status_code == 422
    assert "fx-summary" in answer.content.decode()
    assert not LedgerImport.objects.exists()


def test_no_file_at_all_is_refused(desk, register):
    answer = desk.post(reverse("ledger"), {"office": register.federation.pk})
    assert answer.status_code == 422


def test_a_ledger_larger_than_50_mb_is_refused(desk, register):
    file = SimpleUploadedFile("x.xlsx", b"PK" + bytes(50 * 1024 * 1024))
    answer = desk.post(reverse("ledger"), {"office": register.federation.pk, "file": file})
    assert answer.status_code == 422
    assert "50 MB" in answer.content.decode()


@pytest.mark.parametrize("cast", ["district_mediator", "leader", "auditor", "arbitration_clerk"])
def test_a_colleague_without_the_duty_reads_403_everywhere(
    client, imported, request, register, cast
):
    record = imported([make_row(案由="看卷")])
    client.force_login(request.getfixturevalue(cast))
    for name, args in (
        ("ledger", []),
        ("ledger_import", [record.pk]),
        ("ledger_rejects", [record.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 403
    assert client.post(reverse("ledger")).status_code == 403


def test_who_is_not_logged_in_is_sent_to_the_login(client, register):
    assert client.get(reverse("ledger")).status_code == 302


def test_an_import_of_another_federation_does_not_exist(client, imported):
    record = imported([make_row(案由="看卷")])
    other = make_office("阜新市总工会", "阜工", "union", "city_federation")
    client.force_login(make_user("fuxin", "李梅", office=other, role=Role.FEDERATION_CLERK))
    assert client.get(reverse("ledger_import", args=[record.pk])).status_code == 404
    assert client.get(reverse("ledger_rejects", args=[record.pk])).status_code == 404
    assert record.name not in client.get(reverse("ledger")).content.decode()


def test_one_cannot_import_for_an_office_where_one_has_not_the_duty(desk, register, ledger):
    assert hand_in(desk, ledger([make_row()]), register.guta).status_code == 422


def test_a_county_clerk_imports_only_for_her_county(client, register, ledger):
    clerk = make_user("gutalj", "陈静", office=register.guta, role=Role.FEDERATION_CLERK)
    client.force_login(clerk)
    rows = [
        make_row(),
        make_row(受理组织=register.station.name, 证件号=make_identity_number(5), 性别=None),
        make_row(受理组织=register.linghe.name, 证件号=make_identity_number(6), 性别=None),
    ]
    hand_in(client, ledger(rows), register.guta)
    record = work(LedgerImport.objects.get())
    assert (record.imported, record.rejected) == (2, 1)
    [error] = record.report["errors"]
    assert (error["line"], error["column"]) == (6, "受理组织")


def test_the_list_asks_as_much_for_three_imports_as_for_one(
    desk, imported, django_assert_num_queries
):
    desk.get(reverse("ledger"))  # the federation's name is remembered
    for size in (1, 3):
        while LedgerImport.objects.count() < size:
            imported([make_row()])
        with django_assert_num_queries(8):
            desk.get(reverse("ledger"))


def test_words_of_the_file_are_not_taken_for_markup(imported, desk):
    record = imported([make_row(案由="<script>alert(1)</script>")])
    said = desk.get(reverse("ledger_import", args=[record.pk])).content.decode()
    assert "<script>alert" not in said


def test_media_is_not_served(imported, desk):
    record = imported([make_row(案由="看卷")])
    url = getattr(settings, "MEDIA_URL", "") or "/media/"
    assert desk.get(f"/{url.strip('/')}/{record.rejects.name}").status_code == 404
