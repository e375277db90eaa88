"""The doors of the joint meeting and its calendar."""

from django.urls import path

from mediation.views import meeting_calendar, meetings

urlpatterns = [
    path("meetings/", meeting_calendar.meetings, name="meetings"),
    path("meetings/new/", meetings.new, name="meeting_new"),
    path("meetings/rooms/", meeting_calendar.rooms, name="meeting_rooms"),
    path("meetings/rooms/<key:pk>/", meeting_calendar.room, name="meeting_room"),
    path("meetings/<key:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<key:pk>/edit/", meetings.edit, name="meeting_edit"),
    path("meetings/<key:pk>/cancel/", meetings.cancel, name="meeting_cancel"),
]
