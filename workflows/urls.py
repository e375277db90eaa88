"""Doors that move a case."""

from django.urls import path

from workflows.views import actions, background, confirming, steps, worklist

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("steps/<int:pk>/", steps.step, name="step"),
    path("cases/<int:pk>/withdraw/", actions.withdraw_case, name="withdraw"),
    path("cases/<int:pk>/arbitrate/", actions.arbitrate_case, name="arbitrate"),
    path("cases/<int:pk>/handler/", actions.hand_file_over, name="handler"),
    path("background/", background.stuck, name="stuck"),
    path("background/<int:pk>/retry/", background.retry, name="retry"),
    path("ledger/to-confirm/", confirming.to_confirm, name="to_confirm"),
    path("ledger/to-confirm/<int:pk>/", confirming.confirm, name="confirm"),
]
