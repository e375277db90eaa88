"""What every page of the house shows: name of the federation, places, the person's offices."""

from django.conf import settings
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.domain.standing import keep_standing
from offices.duties import ROLE_DUTIES
from offices.models import Office

# Name of the URL, title, and the duties of which one is needed; none: shown to everybody.
PLACES = [
    ("worklist", _("Worklist"), ()),
    ("cases", _("Cases"), ()),
    ("distribution", _("Case distribution"), ("assign_cases",)),
    ("services", _("Papers to serve"), ("mediate", "docket_cases")),
    ("performances", _("Performance"), ("mediate", "assign_cases")),
    ("law", _("Law"), ()),
    ("docket", _("Docket"), ("docket_cases", "decide_docket", "arbitrate")),
    ("hearings", _("Hearings"), ("schedule_hearings", "decide_docket", "arbitrate")),
    (
        "aid",
        _("Legal aid"),
        (
            "administer_aid", "oversee_aid", "keep_fund", "read_fund", "review_cases",
            "file_cases", "mediate",
        ),
    ),
    ("meetings", pgettext_lazy("place", "Calendar"), ()),
    ("dispatches", _("Between agencies"), ("convene_meetings", "answer_meetings")),
    ("offices", _("Offices and people"), ("administer_offices", "authorise_people")),
    ("paper_templates", _("Templates of papers"), ("administer_offices",)),
    ("stuck", _("Background"), ("administer_offices",)),
    ("handovers", _("Cases handed over"), ("import_ledger",)),
    ("ledger", _("Ledger"), ("import_ledger",)),
    ("audit", _("Audit log"), ("read_audit",)),
]  # fmt: skip
# Pages that belong to a place without lying under its address.
BELONGING = {
    "stuck": ("/outbox/", "/texts/"),
    "offices": ("/people/", "/postings/"),
    "law": ("/calculators/",),
    "docket": ("/agreements/", "/awards/"),
}


def house(request):
    """Return the names that templates/base.html uses."""
    context = {
        "federation_name": federation_name(),
        "demo": settings.DEMO,
        "printed_at": timezone.localtime(),
        "places": [],
        "my_offices": [],
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        postings = postings_of(request)
        context["my_offices"] = [posting.office for posting in postings]
        # Who serves nowhere today is let in nowhere.
        context["places"] = places(request, duties_of(request)) if postings else []
    return context


def federation_name():
    """Return the name of the city federation on whose register this house runs."""
    return cache.get_or_set(
        "federation_name",
        lambda: (
            Office.objects.filter(kind=Office.Kind.CITY_FEDERATION)
            .order_by("pk")
            .values_list("name", flat=True)
            .first()
            or ""
        ),
        60,
    )


def postings_of(request):
    """Return the person's postings of today with their offices, asked once per request."""
    return keep_standing(request.user, on=timezone.localdate()).postings


def duties_of(request):
    """Return the set of duties that the person holds anywhere today."""
    return {duty for posting in postings_of(request) for duty in ROLE_DUTIES[posting.role]}


def places(request, duties):
    """Return the places of the main navigation that the person may enter."""
    found = []
    for name, title, needed in PLACES:
        url = _url(name)
        if url and (not needed or duties.intersection(needed)):
            found.append({"title": title, "url": url, "current": _is_at(request.path, name, url)})
    return found


def _is_at(path, name, url):
    # Every path begins with that of the worklist.
    return path == url if url == "/" else path.startswith((url, *BELONGING.get(name, ())))


def _url(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
