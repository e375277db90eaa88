"""The whole file of a case: what is in it, for whom, and that it is hers alone."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.actions import JavaScript

from disputes import dossiers
from disputes.domain import sealing
from disputes.domain.case_papers import issue_paper
from disputes.domain.dossier import assembling
from disputes.domain.evidence import add_evidence
from disputes.jobs import put_file_together
from disputes.models import Dossier, Level, Wall
from disputes.permissions import read_case
from papers.domain import converting
from papers.layouts import KINDS
from tests.factories import MONDAY
from workflows.courses import leave_for_arbitration
from workflows.demo.materials import make_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def held_case(district_case, district_mediator):
    district_case.handler = district_mediator
    district_case.save(update_fields=["handler"])
    return district_case


def hand_in(proceeding, name, content, **facts):
    return add_evidence(proceeding, file=ContentFile(content, name=name), at=MONDAY, **facts)


def ask(proceeding, user):
    case, _rows, content = read_case(user, proceeding.case_id)
    return assembling.ask(case, content, at=MONDAY, by=user)


def made(proceeding, user):
    row = ask(proceeding, user)
    put_file_together(row.pk, "zh-hans")
    row.refresh_from_db()
    return row


def pages(count):
    writer = PdfWriter()
    for _page in range(count):
        writer.add_blank_page(595, 842)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def _lock(row):
    """Lock the PDF of *row* as files of old were that came before locks were asked about."""
    Path(row.file.path).write_bytes(locked(pages(1)))


def locked(content):
    writer = PdfWriter(clone_from=BytesIO(content))
    writer.encrypt("secret")
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def acting():
    writer = PdfWriter(clone_from=BytesIO(make_pdf(["工资条"])))
    writer.add_open_action(JavaScript("app.alert('x')"))
    writer.add_attachment("a.exe", b"MZ")
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def picture(size=(300, 200)):
    kept = BytesIO()
    Image.new("RGB", size, "red").save(kept, "JPEG")
    return kept.getvalue()


def titles(outline):
    return [titles(one) if isinstance(one, list) else one.title for one in outline]


@pytest.mark.skipif(not converting.has_office(), reason="needs LibreOffice")
def test_documents_of_every_kind_become_one_numbered_pdf_with_bookmarks(
    held_case, district_mediator
):
    hand_in(held_case, "工资条.pdf", make_pdf(["工资条"]))
    hand_in(held_case, "考勤表.pdf", pages(3))
    hand_in(held_case, "照片.jpg", picture())
    hand_in(held_case, "录音.mp3", b"ID3" + b"\0" * 500)
    hand_in(held_case, "坏.pdf", b"%PDF-1.7 nothing else")
    _lock(hand_in(held_case, "锁.pdf", pages(1)))
    hand_in(held_case, "动作.pdf", acting())

    row = made(held_case, district_mediator)

    assert (row.state, row.problem, row.documents) == ("done", "", 7)
    reader = PdfReader(row.file.open("rb"))
    front = row.pages - (1 + 3 + 5)
    said = "".join(page.extract_text() for page in reader.pages[:front])
    assert all(word in said for word in ("卷内目录", "工资条", "2-4", "录音"))
    assert titles(reader.outline) == [
        "封面和目录",
        "当事人提交的材料",
        ["工资条", "考勤表", "照片", "录音", "坏", "锁", "动作"],
    ]
    numbered = [page.extract_text().strip() for page in reader.pages[front:]]
    assert len(numbered) == 9
    assert all(text.endswith(str(number)) for number, text in enumerate(numbered, 1))
    photograph = reader.pages[front + 4]
    assert (int(photograph.mediabox.width), int(photograph.mediabox.height)) == (842, 595)
    assert "录音、录像" in reader.pages[front + 5].extract_text()
    assert "加密、损坏" in reader.pages[front + 6].extract_text()
    assert "/Names" not in reader.trailer["/Root"]
    assert "/OpenAction" not in reader.trailer["/Root"]


def test_what_she_does_not_read_is_not_in_her_file(held_case, district_mediator, regional_head):
    hand_in(held_case, "工资条.pdf", make_pdf(["工资条"]))
    hand_in(held_case, "病历.pdf", make_pdf(["病历"]), level=Level.SENSITIVE)

    def names(user):
        _case, _rows, content = read_case(user, held_case.case_id)
        return [piece.title for piece in assembling.pieces_of(held_case.case, content)]

    assert names(district_mediator) == ["工资条"]
    assert names(regional_head) == ["工资条", "病历"]


def test_the_parts_stand_in_the_order_of_a_file(held_case, district_mediator, monkeypatch):
    monkeypatch.setattr(converting, "PROGRAMS", ())
    typed = {"回避对象": "甲", "回避理由": "同学"}
    told = {"at": MONDAY, "by": district_mediator}
    issue_paper(held_case, "recusal_application", typed=typed, **told)
    hand_in(held_case, "录音.mp3", b"ID3" + bytes(99))
    for kind, name in (("employer", "考勤.pdf"), ("worker", "合同.pdf")):
        hand_in(held_case, name, pages(1), party=held_case.case.parties.get(kind=kind))

    case, rows, content = read_case(district_mediator, held_case.case_id)

    parts = [piece.part for piece in assembling.pieces_of(case, content)]
    assert parts == ["申请人证据", "被申请人证据", "当事人提交的材料", "通知"]
    assert dossiers.kept_back(rows, content) == []


def test_every_kind_of_paper_in_the_order_exists_and_inner_papers_come_last():
    assert set(dossiers.PART_OF) <= set(KINDS)
    assert list(dossiers.ORDER)[-1] == dossiers.PART_OF["closing_report"]


def test_it_says_of_which_office_the_records_are_not_in_it(
    client, held_case, district_mediator, arbitration_clerk
):
    hand_in(held_case, "工资条.pdf", make_pdf(["工资条"]))
    leave_for_arbitration(held_case, at=MONDAY, by=district_mediator)
    case, rows, content = read_case(arbitration_clerk, held_case.case_id)

    assert dossiers.kept_back(rows, content) == [held_case.number]
    client.force_login(arbitration_clerk)
    page = client.get(reverse("case_dossiers", args=[case.pk])).content.decode()
    assert f"{held_case.number}的内部记录" in page


def test_a_wall_that_came_up_in_the_meantime_counts(held_case, district_mediator):
    hand_in(held_case, "工资条.pdf", make_pdf(["工资条"]))
    row = ask(held_case, district_mediator)
    Wall.objects.create(case=held_case.case, user=district_mediator, reason="回避", at=MONDAY)
    sealing.forget_case(held_case.case, user=district_mediator)

    put_file_together(row.pk, "zh-hans")

    row.refresh_from_db()
    assert row.state == "failed"
    assert not row.file


@pytest.mark.usefixtures("held_case")
class TestPages:
    @pytest.fixture
    def page(self, client, held_case, district_mediator):
        client.force_login(district_mediator)
        hand_in(held_case, "工资条.pdf", make_pdf(["工资条"]))
        return client, reverse("case_dossiers", args=[held_case.case_id])

    @pytest.mark.skipif(not converting.has_office(), reason="needs LibreOffice")
    def test_it_is_asked_for_made_and_taken(self, page):
        client, url = page

        assert "工资条" in client.get(url).content.decode()
        sent = client.post(url)
        row = Dossier.objects.get()
        assert sent.url == reverse("dossier", args=[row.pk])
        assert client.post(url).url == sent.url  # one at a time
        waiting = client.get(sent.url).content.decode()
        assert "<progress" in waiting
        assert 'http-equiv="refresh"' in waiting
        assert client.get(reverse("dossier_pdf", args=[row.pk])).status_code == 404
        put_file_together(row.pk, "zh-hans")
        assert "HX-Refresh" in client.get(sent.url, headers={"HX-Request": "true"}).headers
        assert reverse("dossier_pdf", args=[row.pk]) in client.get(sent.url).content.decode()
        taken = client.get(reverse("dossier_pdf", args=[row.pk]))
        assert b"".join(taken.streaming_content).startswith(b"%PDF-")

    def test_without_libreoffice_the_page_says_so(self, page, monkeypatch):
        client, url = page
        monkeypatch.setattr(converting, "PROGRAMS", ())

        assert "LibreOffice" in client.get(url).content.decode()
        refused = client.post(url)
        assert refused.status_code == 422
        assert "LibreOffice" in refused.content.decode()

    def test_an_empty_case_has_no_file(self, client, held_case, district_mediator):
        client.force_login(district_mediator)
        url = reverse("case_dossiers", args=[held_case.case_id])

        assert "还没有可以编入的材料" in client.get(url).content.decode()
        assert client.post(url).status_code == 422

    def test_the_page_asks_few_queries_whatever_is_in_it(
        self, page, held_case, django_assert_max_num_queries
    ):
        client, url = page
        hand_in(held_case, "考勤.pdf", pages(1))
        hand_in(held_case, "合同.pdf", pages(1))

        with django_assert_max_num_queries(15):
            client.get(url)


def test_files_are_cleared_after_some_days(held_case, district_mediator):
    row = Dossier.objects.create(case=held_case.case, asked_by=district_mediator, asked_at=MONDAY)
    row.file.save("x.pdf", ContentFile(b"%PDF-"), save=True)
    path = row.file.path

    assert assembling.clear(before=MONDAY) == 0
    assert assembling.clear(before=MONDAY + timedelta(seconds=1)) == 1
    assert not Path(path).exists()


def test_nobody_else_finds_it(client, held_case, district_mediator, regional_head):
    row = Dossier.objects.create(case=held_case.case, asked_by=district_mediator, asked_at=MONDAY)
    row.file.save("x.pdf", ContentFile(b"%PDF-"), save=True)
    client.force_login(regional_head)

    for name in ("dossier", "dossier_pdf"):
        assert client.get(reverse(name, args=[row.pk])).status_code == 404
