"""The pages of legal aid that a person may enter, as tabs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from legal_aid.permissions import ADMINISTER, BOOKING, KEEP, OVERSEE, READ

# Name of the URL, title, duties of which one is needed.
TABS = [
    ("matters", _("My assignments"), ("review_cases",)),
    ("applications", _("Applications"), (ADMINISTER, OVERSEE)),
    ("consultations", _("Consultations"), (ADMINISTER, "review_cases", *BOOKING)),
    ("duty_roster", _("Duty roster"), (ADMINISTER, OVERSEE, "review_cases", *BOOKING)),
    ("pool", _("Lawyers"), (ADMINISTER, OVERSEE)),
    ("fund", _("Fund"), (ADMINISTER, OVERSEE, KEEP, READ)),
    ("aid_statistics", _("Statistics"), (ADMINISTER, OVERSEE)),
]


def tabs_for(duties, *, current=""):
    """Return the tabs that a holder of *duties* may enter: title, url, whether it is *current*."""
    return [
        {"title": title, "url": reverse(name), "current": name == current}
        for name, title, needed in TABS
        if duties.intersection(needed)
    ]
