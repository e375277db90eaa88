"""Why the house says no. Each refusal is a sentence that a clerk can read."""

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something may not be done. Its text is the reason, in the language of the reader."""

    sentence = _("This cannot be done.")
    # The form field beside which the sentence belongs, if there is one.
    field = None
    # Whether it would have been possible a moment ago: somebody else was quicker.
    is_late = False

    def __init__(self, sentence=None, *, field=None):
        self.sentence = sentence or self.sentence
        self.field = field or self.field
        super().__init__(self.sentence)

    def __str__(self):
        return str(self.sentence)
