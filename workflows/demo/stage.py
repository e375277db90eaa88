"""The stage of the demo: which offices it plays at, and which invented people serve there."""

from functools import cached_property
from random import Random

from offices.domain.staffing import post
from offices.duties import Role
from offices.models import Office, Posting, User
from workflows.demo import people
from workflows.demo.accounts import SINCE, offices_of

Kind = Office.Kind
# How much is filed in the districts of the city, in the order of the register.
DISTRICTS = (45, 62, 38, 25, 18, 18, 14)
# The first enterprise has people who log in: more happens there.
FIRST_ENTERPRISE = 5


class Stage:
    """Offices by kind, and the demo people who act at them. Real people never act in the demo."""

    def __init__(self, *, on):
        self.on = on
        self._people = {}

    @cached_property
    def federation(self):
        """The city federation."""
        return offices_of(Kind.CITY_FEDERATION).first()

    @cached_property
    def centres(self):
        """The mediation centres of the districts, those that work in this system."""
        return list(offices_of(Kind.COUNTY_CENTRE).filter(handled_here=True))

    @cached_property
    def enterprises(self):
        """The committees of the first enterprises of the register."""
        return list(offices_of(Kind.ENTERPRISE_COMMITTEE).filter(handled_here=True)[:15])

    @cached_property
    def industries(self):
        """The committees of industries."""
        return list(offices_of(Kind.INDUSTRY_COMMITTEE).filter(handled_here=True)[:2])

    @cached_property
    def stations(self):
        """The service stations that report."""
        return list(offices_of(Kind.STATION)[:12])

    @cached_property
    def commissions(self):
        """The arbitration commissions that work in this system."""
        return list(offices_of(Kind.ARBITRATION_COMMISSION).filter(handled_here=True))

    @cached_property
    def beside_outsiders(self):
        """The centres whose cases go to a commission that does not work in this system."""
        outside = offices_of(Kind.ARBITRATION_COMMISSION).filter(handled_here=False)
        counties = set(outside.values_list("county", flat=True))
        return [centre for centre in self.centres if centre.county in counties]

    def office_for(self, place, *, rng, nth=None):
        """Return the office at which a case of *place* is filed: the *nth*, or one drawn.

        None when the register has no such office.
        """
        offices, weights = self._offices_at(place)
        if not offices:
            return None
        if nth is not None:
            return offices[nth % len(offices)]
        return rng.choices(offices, weights)[0]

    def _offices_at(self, place):
        if place == "enterprise":
            rest = [1] * (len(self.enterprises) - 1)
            return self.enterprises, [FIRST_ENTERPRISE, *rest][: len(self.enterprises)]
        if place == "station":
            return self.stations, [1] * len(self.stations)
        if place == "industry":
            return self.industries, [1] * len(self.industries)
        if place == "commission":
            return self.commissions, [1] * len(self.commissions)
        if place == "outside":
            return self.beside_outsiders, [1] * len(self.beside_outsiders)
        more = [DISTRICTS[-1]] * len(self.centres)
        return self.centres, [*DISTRICTS, *more][: len(self.centres)]

    def person(self, office, role, nth=0):
        """Return the *nth* demo person who serves at *office* as *role*, made when missing."""
        serving = self._serving(office, role)
        while len(serving) <= nth:
            serving.append(self._hire(office, role, len(serving)))
        return serving[nth]

    def people(self, office, role):
        """Return every demo person who serves at *office* as *role*, at least one."""
        self.person(office, role)
        return self._serving(office, role)

    def _serving(self, office, role):
        key = office.pk, role
        if key not in self._people:
            postings = Posting.objects.active(self.on).filter(
                office=office, role=role, user__is_demo=True, user__is_active=True
            )
            self._people[key] = [
                posting.user for posting in postings.select_related("user").order_by("user")
            ]
        return self._people[key]

    def _hire(self, office, role, nth):
        """Make somebody who works but never logs in."""
        rng = Random(f"{office.short_name} {role} {nth}")  # noqa: S311
        user = User(
            username=self._free_name(f"{office.short_name}-{role.label}"),
            name=people.draw_staff_name(rng),
            is_demo=True,
        )
        user.set_unusable_password()
        user.save()
        post(user, office=office, role=Role(role), since=SINCE, on=self.on)
        return user

    def _free_name(self, base):
        name, number = base, 1
        while User.objects.filter(username__iexact=name).exists():
            number += 1
            name = f"{base}{number}"
        return name
