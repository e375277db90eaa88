"""A person who works with the system."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class PeopleManager(UserManager):
    """Finds a person by name of account in capitals as in small letters."""

    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractUser):
    """A person with an account. Never deleted, only made inactive: files keep the name."""

    first_name = None
    last_name = None
    name = models.CharField(_("name"), max_length=50)
    must_change_password = models.BooleanField(_("must change the password"), default=True)
    secured_at = models.DateTimeField(
        _("second factor since"), null=True, blank=True, editable=False
    )
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)

    objects = PeopleManager()

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_once",
                violation_error_message=_("There is already an account of this name."),
            ),
        ]

    def __str__(self):
        return self.name or self.username

    def get_session_auth_hash(self):
        """Return what ties sessions to both factors: a change of either ends the others."""
        return self._with_second_factor(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self):
        """Yield the same for keys that served before."""
        yield from map(self._with_second_factor, super().get_session_auth_fallback_hash())

    def _with_second_factor(self, hashed):
        return f"{hashed}{self.secured_at.timestamp()}" if self.secured_at else hashed

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
