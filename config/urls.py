"""Every door of the house."""

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("", include("offices.urls")),
    path("", include("audit.urls")),
    path("", include("law.urls")),
    path("", include("disputes.urls")),
    path("", include("papers.urls")),
    path("", include("notices.urls")),
    path("", include("mediation.urls")),
    path("", include("arbitration.urls")),
    path("", include("legal_aid.urls")),
    path("", include("workflows.urls")),
    path("api/v1/", include("law.api")),
    path("api/v1/", include("offices.api")),
    path("api/v1/", include("disputes.api")),
    path("api/v1/", include("mediation.api")),
    path("api/v1/", include("legal_aid.api")),
    path("api/v1/", include("workflows.api")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("logout/", auth_views.LogoutView.as_view(), name="logout"),
    # Who cannot read the login page must be able to change its language.
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
]

handler404 = "offices.rest.nowhere.not_found"
handler500 = "offices.rest.nowhere.broken"
