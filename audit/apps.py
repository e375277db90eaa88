from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The log of who did and who read what: append-only, sealed, read by the auditor alone."""

    name = "audit"
    verbose_name = _("Audit")

    def ready(self):
        """Sign writes with who acts, keep triggers on the tables, listen to log-ins."""
        from audit import receivers

        receivers.connect()
