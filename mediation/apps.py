from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediationConfig(AppConfig):
    name = "mediation"
    verbose_name = _("People meeting about a case")

    def ready(self):
        from mediation import case_panel, papers, session_bookings, signed_pieces
        from mediation.domain.meetings import calendar
        from offices import occasions
        from offices.models import Booking

        occasions.register(Booking.Kind.MEETING, calendar.describe)
        occasions.register(Booking.Kind.SESSION, session_bookings.describe)
        papers.connect()
        case_panel.connect()
        signed_pieces.connect()
