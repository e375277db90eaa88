"""Of what people are told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """A kind of news. How each goes out stands in notices/catalogue.py."""

    ASSIGNED = "assigned", _("a case was assigned to me")
    HANDED_OVER = "handed_over", _("a case was handed over to my office")
    DEADLINE = "deadline", _("a deadline is near")
    OVERDUE = "overdue", _("a deadline has passed")
    MOVED = "moved", _("a deadline was counted again")
    HEARING = "hearing", _("a hearing was set or cancelled")
    MEETING = "meeting", _("a meeting")
    INSTALMENT = "instalment", _("an agreement is to be performed")
    AID = "aid", _("a decision on legal aid")
    RESULT = "result", _("the result of a case that I reported")
    COURSE = "course", _("other news of a case")
    FAULT = "fault", _("a fault of the system")
    DIGEST = "digest", _("a digest of the day")
