"""Doors that move a case."""

from django.urls import path

from workflows.leaving import PATHS
from workflows.views import (
    actions,
    background,
    commission,
    confirming,
    counter,
    distribution,
    reviews,
    steps,
    webhooks,
    worklist,
    writeback,
)

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("steps/<key:pk>/", steps.step, name="step"),
    path("reviews/<key:pk>/submit/", reviews.review_submit, name="review_submit"),
    path("course/<key:pk>/<slug:name>/", commission.take, name="commission_way"),
    path("agreements/new/", counter.register, name="agreement_review_new"),
    path("handovers/write-back/", writeback.write_back, name="write_back"),
    path("distribution/", distribution.distribution, name="distribution"),
    path("distribution/leavers/", distribution.leavers, name="leavers"),
    path("distribution/leavers/<key:pk>/", distribution.leaver, name="leaver"),
    path("distribution/people/", distribution.people, name="staff"),
    path("distribution/people/<key:pk>/", distribution.skills, name="staff_skills"),
    path("programs/webhooks/", webhooks.webhooks, name="webhooks"),
    path("programs/webhooks/<key:pk>/", webhooks.webhook, name="webhook"),
    path("programs/webhooks/<key:pk>/key/", webhooks.webhook_rotate, name="webhook_rotate"),
    path("programs/webhooks/<key:pk>/end/", webhooks.webhook_end, name="webhook_end"),
    path("programs/webhooks/<key:pk>/again/", webhooks.webhook_resend, name="webhook_resend"),
    path("background/", background.stuck, name="stuck"),
    path("background/<key:pk>/retry/", background.retry, name="retry"),
    path("ledger/to-confirm/", confirming.to_confirm, name="to_confirm"),
    path("ledger/to-confirm/<key:pk>/", confirming.confirm, name="confirm"),
    *(
        path(f"cases/<key:pk>/{part}/", actions.take, {"name": name}, name=name)
        for name, part in PATHS.items()
    ),
]
