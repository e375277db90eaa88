from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    """Who: people, the register of organisations, and who serves where as what."""

    name = "offices"
    verbose_name = _("Offices and people")

    def ready(self):
        """Listen to what happens to accounts."""
        from offices import receivers  # noqa: F401
