"""Who serves where, as what, and for how long."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Value, When
from django.utils.translation import gettext_lazy as _

from offices.duties import ADMINISTRATORS, Role
from offices.models.office import Office


class Period(Func):
    """The days from *since* to *until*, both included, as a range of PostgreSQL."""

    function = "daterange"
    template = "%(function)s(%(expressions)s + 1, '[)')"
    output_field = DateRangeField()


# Each administrator is a side of its own, everybody else is one side together.
SIDE = Case(
    *(When(role=role, then=Value(side)) for side, role in enumerate(ADMINISTRATORS, 1)),
    default=Value(0),
)


class PostingQuerySet(models.QuerySet):
    def active(self, on):
        """Return the postings in force on the date *on*, both ends included."""
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gte=on), since__lte=on)

    def overlapping(self, since, until=None):
        """Return the postings that share a day with *since* to *until* (``None``: no end)."""
        shared = self.filter(
            models.Q(until__isnull=True)
            | models.Q(until__gte=since) & models.Q(until__gte=F("since"))
        )
        return shared.filter(since__lte=until) if until else shared


class Posting(models.Model):
    """A person serves at an office in a role from one day to another, both included.

    A posting withdrawn on its first day ends on the day before: it counted on no day.
    """

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
                | models.Q(until__gte=F("since") - timedelta(days=1)),
                name="posting_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["user", "office", "role"],
                condition=models.Q(until__isnull=True),
                name="posting_open_once",
            ),
            ExclusionConstraint(
                name="posting_once_a_day",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Period("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="posting_administrators_apart",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (SIDE, RangeOperators.NOT_EQUAL),
                    (Period("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["user", "group", "since", "until"], name="posting_of_user"),
            models.Index(fields=["office", "role"], name="posting_at_office"),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.office.short_name}"
