"""The page for those who write programs speaks Chinese, shows examples, and loads nothing."""

import pytest
from django.urls import reverse

from tests.journeys.pages import Page
from tests.journeys.test_language import LATIN, NAMES

pytestmark = pytest.mark.django_db


def test_the_description_is_told_in_chinese_with_examples(client, district_mediator):
    client.force_login(district_mediator)
    said = client.get(reverse("interface")).content.decode()
    words = {word for sentence in Page(said).words for word in LATIN.findall(sentence)}
    assert words - NAMES == set()
    assert said.count("请求示例") > 20
    assert "https://" not in said.replace("https://example.org", "")
    assert said.index("group-cases") < said.index("group-calculators")
