"""Doors of legal aid that name something else than a case: each has its tests in this folder."""

# Doors of a case, as in tests/journeys/test_doors.py.
DOORS = {
    "case_aid": lambda case: [case.pk],
    "case_ask": lambda case: [case.pk],
    "aid_apply": lambda case: [case.pk],
}
OTHERS = {
    "application",
    "application_act",
    "consultation",
    "consultation_act",
    "duty_remove",
    "enclosure",
    "aid_paper",
    "aid_paper_void",
    "engagement",
    "engagement_act",
    "firm_edit",
    "lawyer_edit",
    "lawyer_leave",
    "payment",
    "payment_act",
    "review",
    "review_act",
    "review_annotate",
    "review_draft",
    "review_opinion",
    "review_page",
    "review_return",
    "review_submit",
}
