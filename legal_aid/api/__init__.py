"""Legal aid for programs: applications, matters of lawyers, consultations."""

from legal_aid.api import applications, consultations, matters

urlpatterns = [
    *applications.urlpatterns,
    *matters.urlpatterns,
    *consultations.urlpatterns,
]
