"""The fields that ask what proves the service of a paper, for forms of every room."""

from django import forms
from django.utils.translation import gettext_lazy as _

LINE = 200
PROOF = ("receipt", "reason", "witnesses")


class ReceiptField(forms.CharField):
    """Who signed, or the number of the consignment."""

    def __init__(self, **options):
        said = {
            "label": _("Proof of service"),
            "max_length": LINE,
            "help_text": _("Who signed, or the number of the consignment."),
        }
        super().__init__(**said | options)


class WayReasonField(forms.CharField):
    """Why a paper was left or published."""

    def __init__(self, **options):
        said = {
            "label": _("Why it was left or published"),
            "max_length": 300,
            "help_text": _("Only when left at the address or published: who refused and why."),
        }
        super().__init__(**said | {"required": False} | options)


class WitnessesField(forms.CharField):
    """Who saw that a paper was left."""

    def __init__(self, **options):
        said = {
            "label": _("Witnesses"),
            "max_length": 100,
            "help_text": _("Two names, when the paper was left because it was refused."),
        }
        super().__init__(**said | {"required": False} | options)


def proof_fields(*, prefix="", suffix="", required=False):
    """Return {name: field} of what proves a service; names begin and end as given."""
    fields = (ReceiptField(required=required), WayReasonField(), WitnessesField())
    names = proof_names(prefix=prefix, suffix=suffix)
    return dict(zip(names, fields, strict=True))


def proof_names(*, prefix="", suffix=""):
    """Return the names of these fields."""
    return [f"{prefix}{name}{suffix}" for name in PROOF]
