"""Words that several rows of mediation share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeMethod(models.TextChoices):
    """How a written notice reached somebody."""

    HANDED = "handed", _("handed over")
    MAIL = "mail", _("by mail")
    ELECTRONIC = "electronic", _("electronically")
    LEFT = "left", _("left at the address")


class Signature(models.TextChoices):
    """What a party did when the record was put before it."""

    SIGNED = "signed", _("signed")
    REFUSED = "refused", _("refused to sign")
    ABSENT = "absent", _("was not present")
