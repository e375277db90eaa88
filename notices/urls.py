"""Doors of the notices."""

from django.urls import path

from notices.views import inbox, outbox, preferences, texts

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox_read"),
    path("inbox/preferences/", preferences.my_notices, name="my_notices"),
    path("inbox/<uuid:uid>/", inbox.notice, name="notice"),
    path("texts/", texts.notice_texts, name="notice_texts"),
    path("texts/<slug:kind>/", texts.notice_text, name="notice_text"),
    path("texts/<slug:kind>/usual/", texts.notice_text_usual, name="notice_text_usual"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/again/", outbox.resend_all, name="outbox_again"),
    path("outbox/<key:pk>/again/", outbox.resend, name="outbox_resend"),
]
