"""What a password must be, and one-time passwords that are so."""

import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What the validators of the settings ask for, in the words of the page that asks for it.
RULES = (
    gettext_lazy("At least 10 characters."),
    gettext_lazy("At least three of these: small letters, capital letters, digits, other signs."),
    gettext_lazy("Not like your username or your name."),
    gettext_lazy("Not one of the passwords that many people use."),
    gettext_lazy("Another than before."),
)
CLASSES_NEEDED = 3
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


def make_password_once():
    """Return a random password that is handed over once and then changed."""
    while True:
        signs = "".join(secrets.choice(SMALL + CAPITAL + DIGITS) for _sign in range(LENGTH))
        if all(set(signs) & set(kind) for kind in (SMALL, CAPITAL, DIGITS)):
            return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))
