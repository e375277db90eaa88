"""The doors of legal aid."""

from django.urls import path

from legal_aid.views import applications, consultations, engagements, home, pool, roster

urlpatterns = [
    path("aid/", home.aid, name="aid"),
    path("aid/applications/", applications.applications, name="applications"),
    path("aid/applications/<key:pk>/", applications.application, name="application"),
    path(
        "aid/applications/<key:pk>/<slug:name>/",
        applications.application_act,
        name="application_act",
    ),
    path("aid/apply/<key:pk>/", applications.apply, name="aid_apply"),
    path("aid/matters/", engagements.matters, name="matters"),
    path("aid/matters/<key:pk>/", engagements.engagement, name="engagement"),
    path("aid/matters/<key:pk>/<slug:name>/", engagements.engagement_act, name="engagement_act"),
    path("aid/pool/", pool.pool, name="pool"),
    path("aid/pool/add/", pool.lawyer_add, name="lawyer_add"),
    path("aid/pool/<key:pk>/", pool.lawyer_edit, name="lawyer_edit"),
    path("aid/pool/<key:pk>/leave/", pool.lawyer_leave, name="lawyer_leave"),
    path("aid/firms/add/", pool.firm_add, name="firm_add"),
    path("aid/firms/<key:pk>/", pool.firm_edit, name="firm_edit"),
    path("aid/roster/", roster.roster, name="duty_roster"),
    path("aid/roster/add/", roster.duty_add, name="duty_add"),
    path("aid/roster/<key:pk>/remove/", roster.duty_remove, name="duty_remove"),
    path("aid/consultations/", consultations.consultations, name="consultations"),
    path("aid/consultations/add/", consultations.consultation_add, name="consultation_add"),
    path("aid/consultations/<key:pk>/", consultations.consultation, name="consultation"),
    path(
        "aid/consultations/<key:pk>/<slug:name>/",
        consultations.consultation_act,
        name="consultation_act",
    ),
]
