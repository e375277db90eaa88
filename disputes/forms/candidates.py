"""Choosing who takes a file, with what the house knows of everybody who could."""

from django import forms
from django.utils.translation import gettext as _

from disputes.domain.candidates import suggested
from disputes.look.words import speaks_chinese
from offices.models import User


class CandidateField(forms.ModelChoiceField):
    """One of the candidates; whoever may not take the file is named below with the reason."""

    def __init__(self, **options):
        options.setdefault("widget", forms.RadioSelect(attrs={"data-look": "list"}))
        super().__init__(queryset=User.objects.none(), empty_label=None, **options)

    def offer(self, candidates, *, without=None):
        """Offer *candidates* (ranked ``Candidate`` list), *without* a person (id); suggest one."""
        candidates = [row for row in candidates if row.person.pk != without]
        possible = [row for row in candidates if not row.conflict]
        first = suggested(candidates)
        self.queryset = User.objects.filter(pk__in=[row.person.pk for row in possible])
        self.choices = [(row.person.pk, label_of(row, is_first=row is first)) for row in possible]
        self.initial = first.person.pk if first else None
        self.help_text = _say_conflicts(candidates)


def label_of(candidate, *, is_first=False):
    """Return one line about *candidate*: the name, whether suggested, what is known."""
    line = _("%(person)s (suggested): %(why)s") if is_first else _("%(person)s: %(why)s")
    return line % {"person": candidate.person, "why": candidate.why}


def _say_conflicts(candidates):
    against = [row.conflict for row in candidates if row.conflict]
    if not against:
        return ""
    return _("Not offered: %(why)s") % {"why": ("" if speaks_chinese() else " ").join(against)}
