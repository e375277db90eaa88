"""Why the law room does not answer. The text of each refusal is a sentence for people."""

from django.utils.translation import gettext as _


class LawRefusal(Exception):
    """The question cannot be answered; `str()` is a translated sentence that says why."""


class NoRuleInForce(LawRefusal):
    """No row of the rule *rule_id* is in force on the `date` *on*."""

    def __init__(self, rule_id, on=None):
        self.rule_id, self.on = rule_id, on
        super().__init__(rule_id, on)

    def __str__(self):
        if self.on is None:
            return _("The time limit %(rule)s is not known.") % {"rule": self.rule_id}
        return _("The time limit %(rule)s was not in force on %(day)s.") % {
            "rule": self.rule_id,
            "day": self.on.isoformat(),
        }


class AmountMissing(LawRefusal):
    """The rule fixes no length of its own and none was handed in."""

    def __init__(self, title):
        self.title = title
        super().__init__(title)

    def __str__(self):
        return _("The law fixes no length for “%(title)s”: enter it.") % {"title": self.title}


class ParameterMissing(LawRefusal):
    """No local parameter *name* is recorded for the `date` *on* and the place."""

    def __init__(self, name, on, place):
        self.name, self.on, self.place = name, on, place
        super().__init__(name, on, place)

    def __str__(self):
        return _("No “%(name)s” of %(place)s is recorded for %(day)s: enter it first.") % {
            "name": self.name,
            "place": self.place,
            "day": self.on.isoformat(),
        }


class WrongInput(LawRefusal):
    """A value handed in is missing, of the wrong kind or out of range; the text says which."""


class ExtensionRefused(LawRefusal):
    """The time limit cannot be extended as asked; the text says why."""
