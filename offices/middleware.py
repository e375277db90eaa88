"""Which language a person reads."""

from django.conf import settings
from django.utils import translation


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
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response
