"""What a password must be, and one-time passwords that are so."""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices.models import UsedPassword

# What the validators of the settings ask for, in the words of the page that asks for it.
RULES = (
    gettext_lazy("At least 10 characters."),
    gettext_lazy("At least three of these: small letters, capital letters, digits, other signs."),
    gettext_lazy("Not like your username or your name."),
    gettext_lazy("Not one of the passwords that many people use."),
    gettext_lazy("Not one of the last five you had."),
)
CLASSES_NEEDED = 3
# A password is not used again before so many others, and is changed after so many days.
REMEMBERED = 5
LONGEST_USE = timedelta(days=90)
# Without the signs that are taken for one another on paper: 0 O 1 l I, 2 Z, 5 S.
SMALL, CAPITAL, DIGITS = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRTUVWXY", "346789"
LENGTH, GROUP = 12, 4


class MixedClassesValidator:
    """Small letters, capitals, digits and other signs: at least three of the four."""

    def validate(self, password, user=None):
        """Raise ValidationError unless *password* mixes enough classes of signs."""
        others = any(not (sign.isascii() and sign.isalnum()) for sign in password)
        classes = [
            any("a" <= sign <= "z" for sign in password),
            any("A" <= sign <= "Z" for sign in password),
            any("0" <= sign <= "9" for sign in password),
            others,
        ]
        if sum(classes) < CLASSES_NEEDED:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self):
        """Say the rule."""
        return _(
            "The password must mix at least three of these: small letters, capital letters, "
            "digits, other signs."
        )


class NotUsedBeforeValidator:
    """None of the passwords that the person had last; what she sets is remembered as a hash."""

    def validate(self, password, user=None):
        """Raise ValidationError when *password* is one of the last that *user* had."""
        if user is None or user.pk is None:
            return
        used = user.used_passwords.values_list("password", flat=True)[:REMEMBERED]
        if any(check_password(password, encoded) for encoded in used):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password, user=None):
        """Remember the password that *user* has set."""
        UsedPassword.objects.create(user=user, password=user.password)

    def get_help_text(self):
        """Say the rule."""
        return _("The password must be another than the last five you had.")


def is_outworn(user, *, at):
    """Return whether the password of *user* is to be changed at the moment *at*."""
    last = user.used_passwords.first()
    return last is not None and at - last.set_at > LONGEST_USE


def make_password_once():
    """Return a random password that is handed over once and then changed."""
    while True:
        signs = "".join(secrets.choice(SMALL + CAPITAL + DIGITS) for _sign in range(LENGTH))
        if all(set(signs) & set(kind) for kind in (SMALL, CAPITAL, DIGITS)):
            return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))
