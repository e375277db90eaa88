"""The doors of the commission's desk that complete no step of a course."""

from django.urls import path

from arbitration.views import calendar, docket

urlpatterns = [
    path("docket/", docket.docket, name="docket"),
    path("hearings/", calendar.hearings, name="hearings"),
]
