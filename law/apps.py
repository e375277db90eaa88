from django.apps import AppConfig
from django.core.signals import request_started
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    """The statute: working days, time limits and amounts."""

    name = "law"
    verbose_name = _("Law")

    def ready(self):
        from law import edition, loading

        request_started.connect(edition.recheck, dispatch_uid="law.edition.recheck")
        post_migrate.connect(
            loading.load_when_empty,
            sender=self,
            dispatch_uid="law.loading.load_when_empty",
        )
