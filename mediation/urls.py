"""The doors of mediation: agreements and what becomes of them, the joint meeting."""

from django.urls import path

from mediation.views import agreements, meeting_calendar, meetings, performance

urlpatterns = [
    path("performance/", performance.performances, name="performances"),
    path("performance/<key:pk>/", performance.instalment, name="instalment"),
    path("mediation/<key:pk>/terms/", agreements.terms, name="agreement_terms"),
    path("mediation/<key:pk>/sign/", agreements.sign, name="agreement_sign"),
    path("mediation/<key:pk>/sign/back/", agreements.take_back, name="agreement_take_back"),
    path("mediation/<key:pk>/after/", agreements.after, name="agreement_after"),
    path("mediation/<key:pk>/after/apply/", agreements.apply_jointly, name="agreement_apply"),
    path("meetings/", meeting_calendar.meetings, name="meetings"),
    path("meetings/new/", meetings.new, name="meeting_new"),
    path("meetings/rooms/", meeting_calendar.rooms, name="meeting_rooms"),
    path("meetings/rooms/<key:pk>/", meeting_calendar.room, name="meeting_room"),
    path("meetings/<key:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<key:pk>/edit/", meetings.edit, name="meeting_edit"),
    path("meetings/<key:pk>/cancel/", meetings.cancel, name="meeting_cancel"),
]
