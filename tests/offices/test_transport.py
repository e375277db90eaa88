"""With HTTPS=1 nothing travels in the clear: redirects, HSTS, cookies that stay with TLS."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

ASK = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
# A door that needs neither the database nor collected files.
page = Client().get("/i18n/setlang/", secure=True)
plain = Client().get("/login/?x=1")
names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
         "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE"]
print(json.dumps({"page": dict(page.headers), "plain": [plain.status_code, plain.get("Location")],
                  "settings": {name: getattr(settings, name) for name in names}}))
"""


def ask(**environment):
    """Return what a house of its own answers under this *environment*."""
    mine = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ALLOWED_HOSTS": "testserver",
        "SECRET_KEY": "tests-only-" + "x" * 50,
        "FIELD_KEYS": settings.FIELD_KEYS[0],
        "INDEX_KEY": "tests-only",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env={**os.environ, **mine, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def secure():
    return ask(HTTPS="1")


def test_a_plain_request_is_sent_to_tls(secure):
    assert secure["plain"] == [301, "https://testserver/login/?x=1"]


def test_browsers_are_told_to_stay_with_tls_for_a_year(secure):
    told = secure["page"]["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains; preload"


def test_cookies_are_secure_and_out_of_reach_of_scripts(secure):
    assert secure["settings"] == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
    }


def test_pages_are_not_framed_sniffed_or_told_of_elsewhere(secure):
    assert secure["page"]["X-Frame-Options"] == "DENY"
    assert secure["page"]["X-Content-Type-Options"] == "nosniff"
    assert secure["page"]["Referrer-Policy"] == "same-origin"
