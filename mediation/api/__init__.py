"""Sessions, agreements and meetings for programs: the questions and verbs of the pages, as JSON."""

from mediation.api import agreements, meetings, sessions

urlpatterns = [*meetings.urlpatterns, *sessions.urlpatterns, *agreements.urlpatterns]
