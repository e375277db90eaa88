"""What a list was asked for, read from the address without trusting it."""

from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from offices.context import duties_of
from offices.permissions import AUTHORISE, KEEP_REGISTER
from offices.validators import narrow

COUNT_CAP = 1000
LONGEST = 100
LARGEST = 2**63 - 1


def sent(request):
    """Return what a form was sent, an empty one too; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def next_of(request):
    """Return the page of this house to which a person goes on, her own account when none is."""
    url = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if url and own else resolve_url("me")


def ask_text(request, name):
    """Return the words asked for as *name*, half-width and of sensible length, or ""."""
    return narrow(request.GET.get(name, ""))[:LONGEST]


def ask_choice(request, name, choices):
    """Return the choice asked for as *name*, "" when it is none of *choices*."""
    asked = request.GET.get(name, "")
    return asked if asked in choices else ""


def ask_number(request, name):
    """Return the number asked for as *name*, None when it is no key of a row."""
    asked = request.GET.get(name, "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 20):
        return None
    return min(int(asked), LARGEST)


def count_to_cap(queryset):
    """Return how many rows *queryset* has, counted to one more than the cap at most."""
    return queryset.order_by()[: COUNT_CAP + 1].count()


def administrator(request):
    """Return what the pages of administrators offer: `keeps` the register, `authorises` people."""
    duties = duties_of(request)
    return {"keeps": KEEP_REGISTER in duties, "authorises": AUTHORISE in duties}
