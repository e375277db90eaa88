"""The doors of the commission's desk that complete no step of a course."""

from django.urls import path

from arbitration.views import calendar, desk, docket, handovers, remedies, reviews

urlpatterns = [
    path("docket/", docket.docket, name="docket"),
    path("hearings/", calendar.hearings, name="hearings"),
    path("awards/", remedies.remedies, name="remedies"),
    path("handovers/", handovers.handover_list, name="handovers"),
    path("handovers/<key:pk>/package/", handovers.handover_package, name="handover_package"),
    path("handovers/<key:pk>/number/", handovers.handover_number, name="handover_number"),
    path("agreements/", reviews.reviews, name="agreement_reviews"),
    path("agreements/<key:pk>/", reviews.review, name="agreement_review"),
    path("agreements/<key:pk>/papers/", reviews.issue, name="agreement_review_issue"),
    path(
        "agreements/<key:pk>/papers/<key:paper>.docx",
        reviews.paper,
        {"ending": "docx"},
        name="agreement_review_word",
    ),
    path(
        "agreements/<key:pk>/papers/<key:paper>.pdf",
        reviews.paper,
        {"ending": "pdf"},
        name="agreement_review_pdf",
    ),
    path("agreements/<key:pk>/<slug:name>/", reviews.act, name="agreement_review_act"),
    path("arbitration/<key:pk>/", desk.desk, name="desk"),
    path("arbitration/<key:pk>/<slug:name>/", desk.act, name="desk_act"),
]
