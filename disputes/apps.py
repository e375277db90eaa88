from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    """The record: what a dispute is, who is in it, and who may see it."""

    name = "disputes"
    verbose_name = _("Disputes")

    def ready(self):
        """Keep out of inboxes, and of what is told, what somebody may not know."""
        from disputes import newsreaders
        from disputes.domain import letters
        from notices.domain import inbox

        letters.connect()
        inbox.keep(newsreaders.KEEPER)
