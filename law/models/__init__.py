from law.models.calendar import CalendarDay, HolidayNotice
from law.models.parameters import LocalParameter
from law.models.rules import DeadlineRule

__all__ = ["CalendarDay", "DeadlineRule", "HolidayNotice", "LocalParameter"]
