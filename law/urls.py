"""The doors of the law: calculators that need no account, as pages and as an API."""

from django.urls import path

from law.views import calculators

urlpatterns = [
    path("calculators/", calculators.calculators, name="calculators"),
    path("calculators/<slug:name>/", calculators.calculator, name="calculator"),
]
