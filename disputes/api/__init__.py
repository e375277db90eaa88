"""Cases, deadlines and documents for programs: the questions and verbs of the pages, as JSON."""

from disputes.api import cases, deadlines, documents

urlpatterns = [*cases.urlpatterns, *deadlines.urlpatterns, *documents.urlpatterns]
