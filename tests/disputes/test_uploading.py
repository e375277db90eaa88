"""Large files come in by pieces: after a break they go on, nothing is lost, nothing doubled."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from disputes.domain import uploading
from disputes.jobs import clear_uploads
from disputes.models import Evidence, TimelineEntry, Upload, Wall
from disputes.views import uploads
from tests.disputes.hostile_files import HOSTILE, pdf

pytestmark = pytest.mark.django_db
FILM = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 20
HALF = len(FILM) // 2
# What the page of unfinished files asks, however many there are.
UNFINISHED = 5


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(client, district_case, district_mediator):
    """The mediator who holds the case, at her browser."""
    district_case.handler = district_mediator
    district_case.save(update_fields=["handler"])
    client.force_login(district_mediator)
    return Sender(client, district_case.case)


class Sender:
    """What the script of the page does."""

    def __init__(self, client, case):
        self.client, self.case = client, case

    def begin(self, name="录像.mp4", size=len(FILM), **said):
        path = reverse("upload_begin", args=[self.case.pk])
        return self.client.post(path, {"name": name, "size": size, **said})

    def put(self, url, piece, offset, **options):
        kind = "application/offset+octet-stream"
        headers = {"Upload-Offset": str(offset)}
        return self.client.patch(url, piece, content_type=kind, headers=headers, **options)

    def finish(self, url, content):
        return self.client.post(url, {"sha256": sha256(content).hexdigest()})

    def send(self, name, content, **said):
        """Send *content* in one piece and return the last answer."""
        begun = self.begin(name, len(content), **said)
        if begun.status_code != 201:
            return begun
        url = begun.json()["url"]
        put = self.put(url, content, 0)
        return self.finish(url, content) if put.status_code == 204 else put


def stored(folder):
    """Return the files under *folder*."""
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def test_a_file_in_two_pieces_becomes_one_material_with_what_was_said_of_it(desk, settings):
    party = desk.case.parties.first()
    url = desk.begin(party=party.pk, purpose="证明加班", source="手机", is_original="on").json()[
        "url"
    ]

    first = desk.put(url, FILM[:HALF], 0)
    assert (first.status_code, first["Upload-Offset"]) == (204, str(HALF))
    assert not Evidence.objects.exists()
    assert desk.put(url, FILM[HALF:], HALF)["Upload-Offset"] == str(len(FILM))
    answer = desk.finish(url, FILM)

    assert answer.status_code == 201
    row = Evidence.objects.get()
    assert (row.name, row.content_type, row.size) == ("录像.mp4", "video/mp4", len(FILM))
    assert (row.party, row.purpose, row.source, row.is_original) == (
        party,
        "证明加班",
        "手机",
        True,
    )
    assert row.sha256 == sha256(FILM).hexdigest() == answer.json()["sha256"]
    assert row.file.read() == FILM
    assert len(stored(settings.MEDIA_ROOT)) == 1
    assert TimelineEntry.objects.filter(verb="Material received: %(name)s").count() == 1


def test_after_a_break_the_house_says_where_it_stands_and_the_file_goes_on(desk):
    url = desk.begin().json()["url"]
    desk.put(url, FILM[:HALF], 0)

    again = desk.begin().json()
    assert again == {"url": url, "offset": HALF}
    head = desk.client.head(url)
    assert (head.status_code, head["Upload-Offset"], head["Upload-Length"]) == (
        204, str(HALF), str(len(FILM)),
    )  # fmt: skip

    desk.put(url, FILM[HALF:], HALF)
    assert desk.finish(url, FILM).status_code == 201
    assert Evidence.objects.get().file.read() == FILM


def test_a_piece_that_comes_twice_is_written_once(desk):
    url = desk.begin().json()["url"]
    desk.put(url, FILM[:HALF], 0)

    twice = desk.put(url, FILM[:HALF], 0)

    assert (twice.status_code, twice["Upload-Offset"]) == (409, str(HALF))
    assert desk.put(url, FILM, HALF).status_code == 409
    desk.put(url, FILM[HALF:], HALF)
    desk.finish(url, FILM)
    assert Evidence.objects.get().file.read() == FILM


@pytest.mark.parametrize("came", [FILM[:10], b""])
def test_a_piece_that_was_cut_on_the_way_is_not_counted(desk, district_mediator, came):
    desk.begin()
    row = Upload.objects.get()
    request = RequestFactory().patch("/", FILM[:HALF], headers={"Upload-Offset": "0"})
    request.user, request._stream = district_mediator, BytesIO(came)

    cut = uploads.upload(request, row.uid)

    assert (cut.status_code, cut["Upload-Offset"]) == (400, "0")
    row.refresh_from_db()
    assert row.received == 0


def test_a_server_killed_while_it_writes_takes_the_piece_again(desk, monkeypatch):
    url = desk.begin().json()["url"]
    desk.put(url, FILM[:HALF], 0)
    with monkeypatch.context() as broken:
        broken.setattr(uploading.Upload, "save", _die)
        with pytest.raises(RuntimeError):
            desk.put(url, FILM[HALF:], HALF)

    assert desk.client.head(url)["Upload-Offset"] == str(HALF)
    desk.put(url, FILM[HALF:], HALF)
    desk.finish(url, FILM)
    assert Evidence.objects.get().file.read() == FILM


def _die(*_args, **_options):
    raise RuntimeError


def test_the_end_that_is_asked_twice_makes_one_material(desk):
    url = desk.begin().json()["url"]
    assert desk.finish(url, FILM).status_code == 409
    desk.put(url, FILM, 0)
    assert [desk.finish(url, FILM).status_code for _time in range(2)] == [201, 201]
    assert Evidence.objects.count() == 1


def test_what_arrived_otherwise_than_it_was_sent_is_refused(desk, settings):
    url = desk.begin().json()["url"]
    desk.put(url, FILM, 0)

    answer = desk.finish(url, b"other")

    assert answer.status_code == 422
    assert "请重新选择" in answer.json()["errors"]["files"][0]
    assert not Evidence.objects.exists()
    assert not Upload.objects.exists()
    assert not TimelineEntry.objects.filter(verb="Material received: %(name)s").exists()


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "nothing"])
def test_a_hostile_file_is_refused_on_this_way_too(desk, name):
    called, content, _reason = HOSTILE[name]

    answer = desk.send(called, content)

    assert answer.status_code == 422
    assert answer.json()["errors"]["files"][0].endswith("。")
    assert not Evidence.objects.exists()
    assert not Upload.objects.exists()


def test_a_program_is_refused_at_its_first_piece(desk):
    url = desk.begin("录像.mp4").json()["url"]
    answer = desk.put(url, b"MZ\x90\x00" + bytes(100), 0)
    assert answer.status_code == 422
    assert desk.client.head(url).status_code == 404


@pytest.mark.parametrize("size", [0, uploading.MOST_FILM + 1, 2 * 1024**3])
def test_nothing_and_two_gigabytes_are_refused_before_the_first_byte(desk, size):
    answer = desk.begin(size=size)
    assert answer.status_code == 422
    assert answer.json()["errors"]["files"]
    assert not Upload.objects.exists()


def test_only_sound_and_film_may_be_very_long(desk):
    url = desk.begin("扫描.pdf", uploading.MOST_OTHER + 1).json()["url"]
    answer = desk.put(url, pdf(), 0)
    assert "200 MB" in answer.json()["errors"]["files"][0]
    url = desk.begin("录像.mp4", uploading.MOST_OTHER + 1).json()["url"]
    assert desk.put(url, FILM, 0).status_code == 204


def test_what_is_said_wrongly_stands_beside_its_field(desk):
    answer = desk.begin(pages="0")
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["pages"]


def test_nobody_fills_the_disk_with_files_that_she_never_finishes(desk, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_OPEN", 2)
    assert [desk.begin(f"{n}.mp4").status_code for n in range(3)] == [201, 201, 422]
    monkeypatch.setattr(uploading, "RESERVE", 10**18)
    Upload.objects.all().delete()
    assert "管理员" in desk.begin().json()["errors"]["files"][0]


def test_it_is_hers_alone_and_asks_at_each_piece_who_she_is(
    desk, client, regional_head, other_mediator, district_mediator
):
    url = desk.begin().json()["url"]
    for other in (regional_head, other_mediator):
        client.force_login(other)
        assert client.head(url).status_code == 404
        assert desk.put(url, FILM, 0).status_code == 404
        assert client.post(f"{url}discard/").status_code == 404
    client.force_login(district_mediator)
    assert desk.put(url, FILM[:HALF], 0).status_code == 204

    posting = district_mediator.postings.get()
    posting.until = timezone.localdate() - timedelta(days=1)
    posting.save()
    assert desk.put(url, FILM[HALF:], HALF).status_code in (403, 404)
    assert desk.finish(url, FILM).status_code in (302, 403, 404)
    assert not Evidence.objects.exists()


def test_a_colleague_who_does_not_work_on_the_case_begins_nothing(desk, client, other_mediator):
    client.force_login(other_mediator)
    assert desk.begin().status_code == 404


def test_she_may_throw_it_away(desk, settings, django_capture_on_commit_callbacks):
    url = desk.begin().json()["url"]
    desk.put(url, FILM[:HALF], 0)
    with django_capture_on_commit_callbacks(execute=True):
        desk.client.post(f"{url}discard/")
    assert not Upload.objects.exists()
    assert stored(settings.MEDIA_ROOT) == []


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_unfinished_is_listed_to_her_alone_and_thrown_away_from_there(
    desk, client, other_mediator, count, django_assert_num_queries,
    django_capture_on_commit_callbacks
):  # fmt: skip
    urls = [desk.begin(f"录像{n}.mp4").json()["url"] for n in range(count)]
    desk.put(urls[0], FILM[:HALF], 0)
    desk.client.get(reverse("uploads"))
    with django_assert_num_queries(UNFINISHED):
        shown = desk.client.get(reverse("uploads")).content.decode()
    assert all(f"录像{n}.mp4" in shown for n in range(count))
    assert f"{100 * HALF // len(FILM)}%" in shown
    assert (
        reverse("uploads") in desk.client.get(reverse("case", args=[desk.case.pk])).content.decode()
    )
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.client.post(f"{urls[0]}discard/", follow=True)
    assert answer.redirect_chain == [(reverse("uploads"), 302)]
    assert len(answer.context["rows"]) == count - 1
    client.force_login(other_mediator)
    assert "录像" not in client.get(reverse("uploads")).content.decode()


def test_a_wall_hides_what_she_had_begun(desk, district_mediator):
    desk.begin("录像.mp4")
    Wall.objects.create(case=desk.case, user=district_mediator, reason="亲属", at=timezone.now())
    assert "录像" not in desk.client.get(reverse("uploads")).content.decode()


def test_the_worker_clears_what_was_never_finished_and_keeps_what_was(
    desk, settings, django_capture_on_commit_callbacks
):
    desk.send("录音.mp4", FILM)
    desk.put(desk.begin().json()["url"], FILM[:HALF], 0)
    assert clear_uploads() == 0

    Upload.objects.update(touched_at=timezone.now() - uploading.KEPT - timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_uploads() == 2

    assert not Upload.objects.exists()
    assert [path.read_bytes() for path in stored(settings.MEDIA_ROOT)] == [FILM]
    assert Evidence.objects.get().file.read() == FILM
