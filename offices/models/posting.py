"""Who serves where, as what, and for how long."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.duties import Role
from offices.models.office import Office


class PostingQuerySet(models.QuerySet):
    def active(self, on):
        """Return the postings in force on the date *on*, both ends included."""
        return self.filter(
            models.Q(until__isnull=True) | models.Q(until__gte=on), since__lte=on
        )


class Posting(models.Model):
    """A person serves at an office in a role from one day to another, both included."""

    user = models.ForeignKey(
        "offices.User",
        on_delete=models.PROTECT,
        related_name="postings",
        verbose_name=_("person"),
    )
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="postings",
        verbose_name=_("office"),
    )
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    # The group "role @ office", which holds the duties as guardian permissions.
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="postings")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(until__gte=models.F("since")),
                name="posting_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["user", "office", "role"],
                condition=models.Q(until__isnull=True),
                name="posting_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "group", "since", "until"], name="posting_of_user"
            ),
            models.Index(fields=["office", "role"], name="posting_at_office"),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.office.short_name}"
