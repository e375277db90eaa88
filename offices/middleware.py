"""What is asked before any page: the language, the age of the session, the state of the account."""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from offices.context import postings_of

BEGUN, SEEN, EXPIRED, SERVED = "begun_at", "seen_at", "expired", "served"
# The moment of the last click is written at most this often, in seconds.
SEEN_EVERY = 60
# Doors that stay open to an account that may enter nothing else.
ALWAYS_OPEN = {"logout", "set_language", "password_change", "second_factor"}


class ChosenLanguageMiddleware:
    """Speak Chinese until a person chooses otherwise.

    Django's own middleware would follow the browser's preference, and a browser in English on
    a clerk's desk must not turn the house English.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        if request.path.startswith("/api/v1/"):
            # A program says what it wants to read.
            chosen = translation.get_language_from_request(request)
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response


class SessionAgeMiddleware:
    """End a session that was idle too long or is too old, and keep the way back.

    The limits are ``SESSION_IDLE_AGE`` and ``SESSION_COOKIE_AGE``, in seconds.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        session = request.session
        if SESSION_KEY not in session:
            return self.get_response(request)
        now = int(time.time())
        begun, seen = session.get(BEGUN, now), session.get(SEEN, now)
        if now - begun >= settings.SESSION_COOKIE_AGE or now - seen >= settings.SESSION_IDLE_AGE:
            logout(request)
            # Read by the login page, which says why it is there.
            request.session[EXPIRED] = True
            return self._ask_again(request)
        if now - seen >= SEEN_EVERY or BEGUN not in session:
            session[BEGUN], session[SEEN] = begun, now
        return self.get_response(request)

    def _ask_again(self, request):
        """Send a page to the login and back; let doors for everybody open as they are."""
        if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
            return self.get_response(request)
        return send(request, redirect_to_login(page_of(request)).url)


class AccountGateMiddleware:
    """Let nobody in who has a password or a second factor to set, or who serves nowhere today.

    And leave nothing behind in the browser: at the desk of a station many sit down, and what was
    on a page is not to come back with the button for the page before.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_view(self, request, view, args, kwargs):
        """Return the page that stands in the way, None when nothing does."""
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        if request.resolver_match.url_name in ALWAYS_OPEN:
            return None
        if must_change_password(request.user):
            return send(request, redirect_to_login(page_of(request), "password_change").url)
        if must_enrol(request.user):
            return send(request, redirect_to_login(page_of(request), "second_factor").url)
        return None if postings_of(request) else self._close(request)

    def _close(self, request):
        """Say that the person serves nowhere; a session that began at work ends with it."""
        if request.session.get(SERVED):
            logout(request)
        return render(request, "offices/no_posting.html", status=403)


def must_change_password(user):
    """Return whether *user* enters nothing before choosing a password of her own."""
    return user.must_change_password and not (settings.DEMO and user.is_demo)


def must_enrol(user):
    """Return whether *user* enters nothing before setting up a second factor."""
    return user.secured_at is None and not (settings.DEMO and user.is_demo)


def page_of(request):
    """Return the address of the page on which the person stands: where to go back to."""
    if request.method in ("GET", "HEAD") and "HX-Request" not in request.headers:
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return page if page and own else resolve_url(settings.LOGIN_REDIRECT_URL)


def send(request, url):
    """Send the whole page to *url*, also when only a part of it was asked for."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)
