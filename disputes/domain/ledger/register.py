"""The register of offices and people, held in memory while a ledger is imported."""

import re

from django.utils.translation import gettext as _

from disputes.domain.refusals import NoOfficeToGoTo, Refusal
from disputes.validators import narrow
from offices.models import Office, Posting


class Register:
    """Answers from the register without a query per row.

    `on` is the day on which postings are asked for. `within` is the office for which rows are
    imported: itself and what is below it; a city federation, or None, stands for everybody.
    """

    def __init__(self, *, on, within=None):
        self.within = within
        offices = list(Office.objects.all())
        self.by_id = {office.pk: office for office in offices}
        self.by_name = {}
        for office in offices:
            self.by_name[_plain(office.name)] = office
        for office in offices:
            self.by_name.setdefault(_plain(office.short_name), office)
        self.people = _people(on)

    def find_office(self, name):
        """The office called `name`, in full or in short, or None."""
        return self.by_name.get(_plain(name))

    def find_handling_office(self, name):
        """Like `find_office`; raises `Refusal` when rows may not be imported for that office."""
        office, within = self.find_office(name), self.within
        everybody = within is None or within.kind == Office.Kind.CITY_FEDERATION
        if office and not everybody and not office.path.startswith(within.path):
            message = _("Rows are imported here only for “%(office)s” and the offices below it.")
            raise Refusal(message % {"office": within.name})
        return office

    def federation_of(self, office):
        """The city federation above `office`, else the only or first one of the register."""
        above = [int(pk) for pk in office.path.split("/") if pk]
        for pk in (*above, *self.by_id):
            found = self.by_id.get(pk)
            if found and found.kind == Office.Kind.CITY_FEDERATION:
                return found
        raise NoOfficeToGoTo

    def find_person(self, office, name):
        """The id of the one person called `name` who serves at `office`, or None."""
        found = self.people.get((office.pk, name), ())
        return next(iter(found)) if len(found) == 1 else None


def _people(on):
    people = {}
    postings = Posting.objects.active(on).filter(user__is_active=True).order_by()
    for office, user, name in postings.values_list("office_id", "user_id", "user__name"):
        people.setdefault((office, name), set()).add(user)
    return people


def _plain(name):
    return re.sub(r"\s", "", narrow(name)).casefold()
