"""The doors of legal aid."""

from django.urls import path

from legal_aid.views import (
    applications,
    caseaid,
    consultations,
    engagements,
    fund,
    home,
    pool,
    reviews,
    roster,
    statistics,
)

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
    path("cases/<key:pk>/aid/", caseaid.case_aid, name="case_aid"),
    path("cases/<key:pk>/aid/ask/", caseaid.case_ask, name="case_ask"),
    path("reviews/<key:pk>/", reviews.review, name="review"),
    path("reviews/<key:pk>/draft/", reviews.review_draft, name="review_draft"),
    path("reviews/<key:pk>/notes/", reviews.review_annotate, name="review_annotate"),
    path("reviews/<key:pk>/opinion/", caseaid.opinion, name="review_opinion"),
    path("reviews/<key:pk>/return/", caseaid.opinion_return, name="review_return"),
    path("reviews/<key:pk>/answer/<slug:name>/", reviews.review_act, name="review_act"),
    path(
        "reviews/<key:pk>/pages/<key:material>/<key:page>/", reviews.review_page, name="review_page"
    ),
    path("aid/fund/", fund.fund, name="fund"),
    path("aid/fund/projects/add/", fund.project_add, name="project_add"),
    path("aid/fund/standards/add/", fund.standard_add, name="standard_add"),
    path("aid/fund/books/", fund.books, name="books"),
    path("aid/fund/sheet/", fund.subsidy_sheet, name="subsidy_sheet"),
    path("aid/fund/payments/", fund.payments, name="payments"),
    path("aid/fund/payments/add/", fund.payment_add, name="payment_add"),
    path("aid/fund/payments/<key:pk>/", fund.payment, name="payment"),
    path("aid/fund/payments/<key:pk>/<slug:name>/", fund.payment_act, name="payment_act"),
    path("aid/statistics/", statistics.statistics, name="aid_statistics"),
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
