"""Hostile files are refused with a sentence beside the field, and nothing is lost."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from disputes.domain.evidence import inspect
from disputes.domain.filetypes import content_type_of, is_shown_in_place
from disputes.domain.refusals import Refusal
from disputes.models import Case
from offices import uploads
from tests.disputes.hostile_files import HONEST, HOSTILE, pdf
from tests.disputes.test_intake_page import desk, written  # noqa: F401

GIGABYTE = 1024**3


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name):
    called, content, reason = HOSTILE[name]

    with pytest.raises(Refusal) as refused:
        content_type_of(ContentFile(content, name=called))

    assert type(refused.value).__name__ == reason
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_known_by_its_content(name):
    content, kind = HONEST[name]

    assert content_type_of(ContentFile(content, name=name)).endswith(kind)


def test_pictures_that_browsers_do_not_know_are_handed_over_for_saving():
    assert is_shown_in_place("image/png")
    assert not is_shown_in_place("image/tiff")
    assert not is_shown_in_place("image/heic")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32\\合同.pdf", "合同.pdf"),
        ("/tmp/合同.pdf", "合同.pdf"),
        ("合同\x00.pdf", "合同.pdf"),
        ("合同\u202efdp.exe", "合同fdp.exe.txt"),
        ("照片.html", "照片.html.txt"),
        (".htaccess", "htaccess"),
        ("\u202e", "file"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_a_name_leads_nowhere_and_runs_nothing(name, kept):
    file = ContentFile(pdf())
    file.name = name

    assert inspect(file).name == kept


@pytest.mark.parametrize("name", ["a program named .pdf", "a bomb", "a locked PDF"])
def test_the_sentence_stands_beside_the_field_and_the_form_is_kept(desk, name):  # noqa: F811
    called, content, _reason = HOSTILE[name]

    answer = desk.post(
        reverse("intake"), written(file="1", files=SimpleUploadedFile(called, content))
    )

    assert answer.context["form"].errors["files"]
    assert "韩玉兰" in answer.content.decode()
    assert not Case.objects.exists()


class Endless:
    """A body of many bytes that nobody stores: it counts how many were read."""

    def __init__(self, head, size):
        self.head, self.left, self.read_so_far = head, size, 0

    def read(self, wanted=64 * 1024):
        wanted = min(wanted if wanted > 0 else 64 * 1024, self.left)
        start, self.head = self.head[:wanted], self.head[wanted:]
        self.left -= wanted
        self.read_so_far += wanted
        return start + b"0" * (wanted - len(start))

    def readline(self, *_limits):
        return self.read()


HEAD = (
    b'--x\r\nContent-Disposition: form-data; name="worker_name"\r\n\r\n\xe9\x9f\xa9\r\n'
    b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.mp4"\r\n'
    b"Content-Type: video/mp4\r\n\r\n"
)


def send(body, size):
    request = RequestFactory().generic(
        "POST", "/", b"x", content_type="multipart/form-data; boundary=x"
    )
    request.META["CONTENT_LENGTH"] = str(size)
    request.environ["CONTENT_LENGTH"] = str(size)
    request._stream, request._read_started = body, False
    uploads.RefusedFilesMiddleware(None).process_view(request, send, (), {})
    return request


def test_two_gigabytes_are_refused_before_they_are_read():
    body = Endless(HEAD, 2 * GIGABYTE)

    request = send(body, 2 * GIGABYTE)

    assert body.read_so_far < 1024 * 1024
    assert request.POST["worker_name"] == "韩"
    file = request.FILES["files"]
    assert file.size == 2 * GIGABYTE
    with pytest.raises(Refusal, match="50 MB"):
        content_type_of(file)


def test_a_file_that_turns_out_too_long_is_not_kept(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_FILE", 1024 * 1024)
    size = 8 * 1024 * 1024
    body = Endless(HEAD, size)

    request = send(body, size)

    assert request.POST["worker_name"] == "韩"
    assert [file.size > 1024 * 1024 for file in request.FILES.getlist("files")] == [True]
    assert request.FILES["files"].read() == b""
