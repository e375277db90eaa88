"""Doors of the notices."""

from django.urls import path

from notices.views import inbox, outbox

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox_read"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/again/", outbox.resend_all, name="outbox_again"),
    path("outbox/<key:pk>/again/", outbox.resend, name="outbox_resend"),
]
