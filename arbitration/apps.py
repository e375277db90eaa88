from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArbitrationConfig(AppConfig):
    name = "arbitration"
    verbose_name = _("The commission's desk")

    def ready(self):
        from arbitration import case_panel, clocks, hearing_week, papers
        from arbitration.domain import service
        from offices import occasions
        from offices.models import Booking

        case_panel.connect()
        clocks.connect()
        service.connect()
        papers.connect()
        occasions.register(Booking.Kind.HEARING, hearing_week.describe)
