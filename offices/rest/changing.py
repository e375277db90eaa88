"""Changing something for a program: the version it saw, one form of the pages, one verb."""

from django.db import transaction
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from offices.rest import formdata
from offices.rest.problems import VersionNeeded


def fill(request, make):
    """Return the form that *make*, a function of data and files, builds of what was sent.

    Raises ``ValidationError`` by field when the form finds something wrong.
    """
    data = formdata.data_of(make(None, None), request.data)
    form = make(data, request.FILES or None)
    if not form.is_valid():
        raise ValidationError(formdata.errors_of(form))
    return form


def change(view, request, row, *, read, do, make=None, versioned=False):
    """Do something with *row* and return the answer that tells what it is now.

    *row* is held against others first, then compared with what ``If-Match`` names: nobody comes
    in between. *read* returns what a caller reads of it, *make* builds the form (none: nothing is
    asked), *do* gets the form and does it. *versioned* says that a version must be named, because
    all of it is overwritten. Raises ``Changed``, ``VersionNeeded``, and the refusals of the verb.
    """
    with transaction.atomic():
        type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
        if versioned and not request.headers.get("If-Match"):
            raise VersionNeeded
        view.match(request, read())
        do(fill(request, make) if make else None)
    return Response(read(), headers={"Content-Location": view.place(**view.kwargs)})
