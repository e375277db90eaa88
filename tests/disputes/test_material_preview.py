"""A material beside what is known of it: as pictures, played, or honestly not shown."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from audit.models import AuditEntry
from disputes.domain.evidence import add_evidence
from disputes.models import Evidence, Level, TimelineEntry, Wall
from tests.disputes.hostile_files import archive
from tests.factories import MONDAY
from workflows.demo.materials import make_pdf

pytestmark = pytest.mark.django_db
FILM = b"\0\0\0\x18ftypisom" + bytes(1000)


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(client, district_case, district_mediator):
    """The browser of the mediator who holds the case."""
    district_case.handler = district_mediator
    district_case.save(update_fields=["handler"])
    client.force_login(district_mediator)
    return client


def picture(size=(4000, 3000), kind="JPEG", **options):
    kept = BytesIO()
    Image.new("RGB", size, "navy").save(kept, kind, **options)
    return kept.getvalue()


def hand_in(proceeding, name, content, **facts):
    return add_evidence(proceeding, file=ContentFile(content, name=name), at=MONDAY, **facts)


def preview(row):
    return reverse("material_preview", args=[row.pk])


def sheet(row, number=1):
    return reverse("material_page", args=[row.pk, number])


def drawn(answer):
    return Image.open(BytesIO(answer.content))


def test_a_pdf_is_turned_page_by_page_with_keys_that_lead_on(desk, district_case):
    before = hand_in(district_case, "甲.jpg", picture())
    row = hand_in(district_case, "合同.pdf", make_pdf(["一", "二"]))
    pages = Evidence.objects.get(pk=row.pk).pages

    first = desk.get(preview(row))
    assert first.context["pages"] == pages
    assert first.content.decode().count('rel="prev"') == 1
    assert preview(before) in first.content.decode()
    shown = drawn(desk.get(sheet(row)))
    assert (shown.format, shown.width < shown.height) == ("PNG", True)
    assert desk.get(sheet(row, pages + 1)).status_code == 404
    assert desk.get(sheet(row, 0)).status_code == 404


def test_an_image_comes_upright_and_as_large_as_a_screen(desk, district_case):
    exif = Image.Exif()
    exif[0x0112] = 6
    row = hand_in(district_case, "照片.jpg", picture(exif=exif))

    answer = desk.get(sheet(row))

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert drawn(answer).size == (1350, 1800)


def test_a_scan_of_several_images_has_pages(desk, district_case):
    pages = [Image.new("RGB", (600, 800), colour) for colour in ("red", "green", "blue")]
    kept = BytesIO()
    pages[0].save(kept, "TIFF", save_all=True, append_images=pages[1:])
    row = hand_in(district_case, "扫描.tif", kept.getvalue())

    assert desk.get(preview(row)).context["pages"] == 3
    assert drawn(desk.get(sheet(row, 2))).getpixel((5, 5))[1] > 100
    assert desk.get(sheet(row, 4)).status_code == 404


def test_a_page_that_says_it_is_a_square_kilometre_fills_no_memory(desk, district_case):
    from pypdf import PdfWriter

    writer, kept = PdfWriter(), BytesIO()
    writer.add_blank_page(14_000, 14_000)
    writer.write(kept)
    row = hand_in(district_case, "大图.pdf", kept.getvalue())
    assert max(drawn(desk.get(sheet(row))).size) <= 2400


@pytest.mark.parametrize(
    ("name", "content", "tag"),
    [("录音.mp3", b"ID3" + bytes(500), "<audio"), ("录像.mp4", FILM, "<video")],
)
def test_sound_and_film_are_played_in_the_page(desk, district_case, name, content, tag):
    assert tag in desk.get(preview(hand_in(district_case, name, content))).content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("表.xlsx", archive(**{"xl__workbook.xml": "<x/>"})),
        ("版式.ofd", archive(**{"OFD.xml": "<x/>"})),
        ("照片.heic", b"\0\0\0\x18ftypheic" + bytes(90)),
        ("坏.pdf", b"%PDF-1.7 broken"),
    ],
)
def test_what_no_page_shows_is_said_honestly_and_offered(desk, district_case, name, content):
    row = hand_in(district_case, name, content)
    answer = desk.get(preview(row)).content.decode()
    assert "此类文件不在页面中显示" in answer
    assert reverse("material", args=[row.pk]) in answer
    assert desk.get(sheet(row)).status_code == 404


def test_a_telephone_gets_the_part_of_a_film_that_it_asks_for(desk, district_case):
    path = reverse("material", args=[hand_in(district_case, "录像.mp4", FILM).pk])
    for asked, part in {
        "bytes=4-9": FILM[4:10],
        "bytes=1000-": FILM[1000:],
        "bytes=-5": FILM[-5:],
        "bytes=0-99999": FILM,
    }.items():
        answer = desk.get(path, headers={"Range": asked})
        assert (answer.status_code, answer.getvalue()) == (206, part)
        assert answer["Content-Security-Policy"].startswith("sandbox")
    assert desk.get(path, headers={"Range": "bytes=99999-"}).status_code == 416
    for strange in ("bytes=-", "bytes=a-b", "lines=1-2", "bytes=1-2,4-5"):
        whole = desk.get(path, headers={"Range": strange})
        assert (whole.status_code, whole.getvalue()) == (200, FILM)


def test_what_is_missing_is_completed_at_the_desk_that_took_it(desk, district_case):
    row = hand_in(district_case, "工资条.jpg", picture((90, 90)))
    party = district_case.case.parties.first()
    facts = {"party": party.pk, "purpose": "证明工资标准", "source": "公司发放", "pages": "2"}

    assert desk.post(preview(row), facts).status_code == 302

    row.refresh_from_db()
    assert (row.party, row.purpose, row.source, row.pages) == (party, "证明工资标准", "公司发放", 2)
    assert TimelineEntry.objects.filter(verb__startswith="What is known of").count() == 1
    assert desk.post(preview(row), facts | {"pages": "0"}).status_code == 422


def test_each_view_is_logged(desk, district_case, district_mediator, client):
    row = hand_in(district_case, "照片.jpg", picture((90, 90)))
    for path in (preview(row), sheet(row)):
        client.get(path)
    lines = AuditEntry.objects.filter(
        actor_id=district_mediator.pk, object_type="disputes.evidence", object_id=row.pk
    )
    assert lines.filter(action="view").count() == 2


def test_walls_and_what_stays_with_another_refuse(
    desk, client, district_case, other_mediator, regional_head, district_mediator
):
    row = hand_in(district_case, "照片.jpg", picture((90, 90)), level=Level.SENSITIVE)
    assert desk.get(preview(row)).status_code == desk.get(sheet(row)).status_code == 403
    row.level = Level.CASE
    row.reach = TimelineEntry.Reach.OWN
    row.save()
    assert desk.get(preview(row)).status_code == 403

    Wall.objects.create(case=district_case.case, user=district_mediator, reason="回避", at=MONDAY)
    client.force_login(district_mediator)
    assert desk.get(preview(row)).status_code == desk.get(sheet(row)).status_code == 404
    client.force_login(other_mediator)
    assert desk.get(preview(row)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_one_material_as_for_many(
    desk, district_case, count, django_assert_num_queries
):
    rows = [hand_in(district_case, f"{n}.jpg", picture((90, 90))) for n in range(count)]
    desk.get(preview(rows[0]))
    with django_assert_num_queries(14):
        desk.get(preview(rows[0]))
