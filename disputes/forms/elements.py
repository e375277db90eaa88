"""The elements of a case as the applicant states them when she files: values alone, all optional.

What the other side says to them is asked later, on the page of the facts.
"""

from django import forms

from disputes.domain.facts import Said
from disputes.elements import ELEMENTS, GROUPS
from disputes.forms.facts import value_field

PREFIX = "el"


class ElementsForm(forms.Form):
    """A field per element, named by its number."""

    def __init__(self, *args, **options):
        super().__init__(*args, prefix=PREFIX, **options)
        self.numbers = {name: f"{number}" for number, name in enumerate(ELEMENTS)}
        for name, number in self.numbers.items():
            self.fields[number] = value_field(ELEMENTS[name])

    def groups(self):
        """Return (title, bound fields) of each group."""
        return [
            (title, [self[self.numbers[element.name]] for element in elements])
            for title, elements in GROUPS
        ]

    @property
    def is_open(self):
        """Whether something is written here, or wrong."""
        return bool(self.errors) or any(self[number].value() for number in self.fields)

    def said(self, voice):
        """Return {element: ``Said``} of what was written; *voice* is the side that states it."""
        written = {name: self.cleaned_data[number] for name, number in self.numbers.items()}
        return {
            name: Said(f"{value}", voice) for name, value in written.items() if value or value == 0
        }


def read_elements(values):
    """Return the form that shows *values*, as a form posts them, without judging them."""
    names = range(len(ELEMENTS))
    return ElementsForm(
        initial={f"{number}": values.get(f"{PREFIX}-{number}", "") for number in names}
    )
