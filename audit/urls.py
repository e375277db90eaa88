"""The doors of the log."""

from django.urls import path

from audit.views import log, printing, proof

urlpatterns = [
    path("audit/", log.audit, name="audit"),
    path("audit/export/", log.export, name="audit_export"),
    path("audit/verify/", log.verify, name="audit_verify"),
    path("audit/printed/", printing.printed, name="audit_printed"),
    path("audit/proof/", proof.proof_of, name="audit_proof_of"),
    path("audit/proof/<int:case>/<int:person>/", proof.proof, name="audit_proof"),
    path("audit/<int:pk>/", log.entry, name="audit_entry"),
]
