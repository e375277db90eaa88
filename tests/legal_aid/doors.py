"""Doors of legal aid that name something else than a case: each has its tests in this folder."""

OTHERS = {
    "aid_apply",
    "application",
    "application_act",
    "consultation",
    "consultation_act",
    "duty_remove",
    "engagement",
    "engagement_act",
    "firm_edit",
    "lawyer_edit",
    "lawyer_leave",
}
