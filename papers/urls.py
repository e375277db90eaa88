"""The doors of the templates. Issued papers have theirs where the case is known."""

from django.urls import path

from papers.views import templates

urlpatterns = [
    path("papers/templates/", templates.paper_templates, name="paper_templates"),
    path("papers/templates/<slug:code>/", templates.paper_template, name="paper_template"),
    path(
        "papers/templates/<slug:code>/<int:version>/",
        templates.template_version,
        name="paper_template_version",
    ),
    path(
        "papers/templates/<slug:code>/<int:version>/word/",
        templates.template_file,
        name="paper_template_file",
    ),
    path(
        "papers/templates/<slug:code>/<int:version>/pages/<int:number>/",
        templates.template_page,
        name="paper_template_page",
    ),
]
