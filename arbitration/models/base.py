"""What every row of the desk says of itself."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Recorded(models.Model):
    """Something that somebody wrote down at a moment."""

    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True


def case_row(name, *, to="disputes.Proceeding"):
    """Return the field by which a row hangs on its proceeding under *name*."""
    return models.ForeignKey(to, on_delete=models.PROTECT, related_name=name)


def to_person(words, **options):
    """Return a field that names somebody of the house."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=words,
        **options,
    )


def to_party(words, **options):
    """Return a field that names a party of the case."""
    return models.ForeignKey(
        "disputes.Party", on_delete=models.PROTECT, related_name="+", verbose_name=words, **options
    )
