"""Pages carry no script and no style of their own: the content security policy forbids both."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve, reverse

from offices.domain import second_factor

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
# What a template can hide from a reader of HTML.
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)

LINKS = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')


class Inline(HTMLParser):
    """Collects into *found* what a browser under our policy would refuse."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag == "style" or (tag == "script" and not names.get("src")):
            self.found.append(f"<{tag}>")
        for name, value in names.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.found.append(f"<{tag} {name}>")
            elif str(value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}=javascript:>")


@pytest.mark.parametrize(
    "html",
    [
        "<script>x()</script>",
        "<style>a{}</style>",
        '<p style="color:red">',
        "<p onclick=x()>",
        '<a href=" JavaScript:x()">',
        "<svg><path onload=x() /></svg>",
    ],
)
def test_what_is_inline_is_found(html):
    assert Inline(html).found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_has_anything_inline(path):
    assert Inline(TAGS.sub("x", Path(path).read_text())).found == []


def inline(client, paths):
    """Return {path: what is inline} of the pages at *paths*, as they are rendered."""
    found = {path: Inline(client.get(path).text).found for path in paths}
    return {path: each for path, each in found.items() if each}


def test_pages_before_the_login_have_nothing_inline(client, db):
    assert inline(client, [reverse("login"), "/nowhere/"]) == {}


def pages_of(client):
    """Yield (path, html) of one page behind every door that links lead to from the worklist."""
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        match = door_of(path)
        if match is None or match.url_name in seen:
            continue
        seen.add(match.url_name)
        answer = client.get(path)
        if answer.get("Content-Type", "").startswith("text/html"):
            yield path, answer.text
            waiting += [urljoin(path, unescape(link)) for link in LINKS.findall(answer.text)]


def door_of(path):
    """Return what resolves the address *path* of this house, None when nothing does."""
    parts = urlsplit(path)
    try:
        return None if parts.netloc or parts.scheme else resolve(parts.path)
    except Resolver404:
        return None


@pytest.mark.parametrize(
    "who", ["regional_head", "clerk", "arbitration_clerk", "security_administrator", "auditor"]
)
def test_rendered_pages_have_nothing_inline(request, client, district_case, arbitration_case, who):
    client.force_login(request.getfixturevalue(who))
    found = {path: Inline(html).found for path, html in pages_of(client)}
    assert {path: each for path, each in found.items() if each} == {}
    assert len(found) >= 5


def test_the_square_code_and_the_recovery_codes_have_nothing_inline(client, regional_head):
    second_factor.reset(regional_head, by=None)
    client.force_login(regional_head)
    assert inline(client, [reverse("second_factor")]) == {}


def test_every_page_comes_with_the_policy(client, regional_head):
    client.force_login(regional_head)
    for path in (reverse("login"), reverse("me"), "/nowhere/"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy + ";"
        assert "style-src 'self';" in policy + ";"
        assert "unsafe" not in policy
        assert "object-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
