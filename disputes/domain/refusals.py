"""Why the record says no. Each refusal is a sentence that a clerk can read."""

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something may not be done. Its text is the reason, in the language of the reader."""

    sentence = _("This cannot be done.")

    def __init__(self, sentence=None, *, field=None):
        self.sentence = sentence or self.sentence
        # The form field beside which the sentence belongs, if there is one.
        self.field = field
        super().__init__(self.sentence)

    def __str__(self):
        return str(self.sentence)


class AlreadyClosed(Refusal):
    """The proceeding has ended."""

    sentence = _("This proceeding is already closed.")


class NoOfficeToGoTo(Refusal):
    """The register names no office of the next tier."""

    sentence = _(
        "The register has no office of the next tier for this case. Enter one first."
    )


class NotAtThisTier(Refusal):
    """The office does not handle cases of this tier."""

    sentence = _("This office does not handle disputes.")
