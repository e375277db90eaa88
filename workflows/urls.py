"""Doors that move a case."""

from django.urls import path

from workflows.views import actions, background, confirming, steps, worklist

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("steps/<key:pk>/", steps.step, name="step"),
    path("cases/<key:pk>/withdraw/", actions.withdraw_case, name="withdraw"),
    path("cases/<key:pk>/arbitrate/", actions.arbitrate_case, name="arbitrate"),
    path("cases/<key:pk>/handler/", actions.hand_file_over, name="handler"),
    path("background/", background.stuck, name="stuck"),
    path("background/<key:pk>/retry/", background.retry, name="retry"),
    path("ledger/to-confirm/", confirming.to_confirm, name="to_confirm"),
    path("ledger/to-confirm/<key:pk>/", confirming.confirm, name="confirm"),
]
