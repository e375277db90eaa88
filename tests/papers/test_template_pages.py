"""The administrator's pages of the templates."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from papers.domain.converting import has_office
from papers.models import PaperTemplate
from tests.papers.documents import with_text

pytestmark = pytest.mark.django_db
LIST = reverse("paper_templates")
KIND = reverse("paper_template", args=["withdrawal"])


def upload(client, content, name="撤回.docx"):
    return client.post(KIND, {"file": SimpleUploadedFile(name, content), "note": "新版式"})


def test_only_the_administrator_enters(client, district_mediator, clerk):
    version = reverse("paper_template_version", args=["withdrawal", 1])
    for person in (district_mediator, clerk):
        client.force_login(person)
        for path in (LIST, KIND, version, version + "word/", version + "pages/1/"):
            assert client.get(path).status_code == 403


def test_every_kind_is_listed(client, administrator, django_assert_max_num_queries):
    client.force_login(administrator)
    with django_assert_max_num_queries(15):
        page = client.get(LIST)

    assert "调解协议书" in page.content.decode()


def test_a_template_is_replaced_after_its_preview(client, administrator):
    client.force_login(administrator)
    answer = upload(client, with_text("撤回：{{ 申请人 }}"))
    version = reverse("paper_template_version", args=["withdrawal", 2])
    assert answer.url == version
    row = PaperTemplate.objects.get()
    assert row.state == "proposed"

    page = client.get(version).content.decode()
    assert ("/pages/1/" in page) == has_office()
    client.post(version, {"effective_from": timezone.localdate().isoformat()})

    row.refresh_from_db()
    assert row.state == "effective"


def test_a_refused_upload_says_why_beside_the_field(client, administrator):
    client.force_login(administrator)
    answer = upload(client, b"MZ\x90 program", "../../evil.docx")

    assert answer.status_code == 422
    assert "Word" in answer.content.decode()
    assert not PaperTemplate.objects.exists()


def test_a_version_does_not_count_from_the_past(client, administrator):
    client.force_login(administrator)
    upload(client, with_text("撤回：{{ 申请人 }}"))
    answer = client.post(
        reverse("paper_template_version", args=["withdrawal", 2]), {"effective_from": "2020-01-01"}
    )

    assert answer.status_code == 422
    assert PaperTemplate.objects.get().state == "proposed"


def test_the_product_s_own_template_is_handed_out(client, administrator):
    client.force_login(administrator)
    answer = client.get(reverse("paper_template_file", args=["withdrawal", 1]))

    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["papers/templates/nothing/", "papers/templates/withdrawal/9/"])
def test_what_does_not_exist_is_not_found(client, administrator, path):
    client.force_login(administrator)
    assert client.get(f"/{path}").status_code == 404
