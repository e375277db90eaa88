from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    """The course: which step follows which, who holds it, and when the clock runs out."""

    name = "workflows"
    verbose_name = _("The course")

    def ready(self):
        from workflows import answers, events, receivers

        receivers.connect()
        events.connect()
        answers.connect()
