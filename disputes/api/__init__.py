"""Cases, deadlines and documents for programs: the questions and verbs of the pages, as JSON."""

from disputes.api import cases, deadlines, documents, papers, services

urlpatterns = [
    *cases.urlpatterns,
    *deadlines.urlpatterns,
    *documents.urlpatterns,
    *papers.urlpatterns,
    *services.urlpatterns,
]
