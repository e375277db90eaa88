"""The doors of the commission's desk that complete no step of a course."""

from django.urls import path

from arbitration.views import calendar, desk, docket, handovers, remedies

urlpatterns = [
    path("docket/", docket.docket, name="docket"),
    path("hearings/", calendar.hearings, name="hearings"),
    path("awards/", remedies.remedies, name="remedies"),
    path("handovers/", handovers.handover_list, name="handovers"),
    path("handovers/<key:pk>/package/", handovers.handover_package, name="handover_package"),
    path("handovers/<key:pk>/number/", handovers.handover_number, name="handover_number"),
    path("arbitration/<key:pk>/", desk.desk, name="desk"),
    path("arbitration/<key:pk>/<slug:name>/", desk.act, name="desk_act"),
]
