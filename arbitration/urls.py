"""The doors of the commission's desk that complete no step of a course."""

from django.urls import path

from arbitration.views import calendar, desk, docket, remedies

urlpatterns = [
    path("docket/", docket.docket, name="docket"),
    path("hearings/", calendar.hearings, name="hearings"),
    path("awards/", remedies.remedies, name="remedies"),
    path("arbitration/<key:pk>/", desk.desk, name="desk"),
    path("arbitration/<key:pk>/<slug:name>/", desk.act, name="desk_act"),
]
