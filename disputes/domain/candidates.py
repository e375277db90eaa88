"""Who could take a file, in the order in which the house suggests them, and why.

Nobody is suggested whom a conflict rule blocks or a wall keeps away, and whoever is away comes
last. Of the others the one with the fewest open files comes first, where knowing the cause or
the industry outweighs some files.
"""

from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import ngettext, pgettext

from disputes.domain.conflicts import conflicts_among
from disputes.domain.timeline import Reach, record
from disputes.look.words import say_day
from disputes.models import Cause, Party, Proceeding, Skill, Tier, Wall
from disputes.permissions import hidden_cases
from offices.domain.people import people_where
from offices.models import Absence, OfficeGroupObjectPermission, Posting

# How many open files one matching skill outweighs.
SKILL_WORTH = 3
WORK = ("mediate", "arbitrate")


@dataclass
class Candidate:
    """One *person* for one file, and what speaks for and against her.

    *open_files* is how many she holds, *skills* which of the file's matters she knows, *away*
    the last day of an absence (date) or None, *substitute* who acts meanwhile, "" for nobody,
    *conflict* the sentence that keeps her from it, or "".
    """

    person: object
    open_files: int
    skills: tuple = ()
    away: object = None
    substitute: str = ""
    conflict: str = ""

    @property
    def rank(self):
        """Return what candidates are ordered by: the smallest is suggested."""
        burden = self.open_files - SKILL_WORTH * len(self.skills)
        return (bool(self.conflict), self.away is not None, burden, self.open_files, self.person.pk)

    @property
    def why(self):
        """What speaks for and against her, as a sentence part in the language of the reader."""
        files = ngettext("%(n)d open file", "%(n)d open files", self.open_files)
        parts = [files % {"n": self.open_files}]
        if self.skills:
            known = pgettext("between names", ", ").join(str(skill) for skill in self.skills)
            parts.append(_("knows %(what)s") % {"what": known})
        if self.away:
            parts.append(self._say_away())
        return pgettext("between facts", "; ").join(parts)

    def _say_away(self):
        if self.substitute:
            sentence = _("away until %(day)s, %(person)s stands in")
            return sentence % {"day": say_day(self.away), "person": self.substitute}
        return _("away until %(day)s, nobody stands in") % {"day": say_day(self.away)}


def duty_at(tier):
    """Return the duty of who handles files at *tier*."""
    return "arbitrate" if tier == Tier.ARBITRATION else "mediate"


def workers(proceeding, *, on):
    """Return who may hold the file of *proceeding* on the date *on*: not walled off, a queryset."""
    people = people_where(duty_at(proceeding.tier), on=on, office=proceeding.desk_id)
    return people.exclude(walls__case=proceeding.case_id)


def candidates_for(proceedings, *, on, seen_by=None):
    """Return {id of the proceeding: its ``Candidate`` list, the suggested one first}.

    For *proceedings* with their cases, on the date *on*. Open files of cases that a wall or a seal
    hides from *seen_by* (``User``, None for nobody) are not counted. Seven queries whatever their
    number.
    """
    postings = _postings({row.desk_id for row in proceedings}, on, seen_by)
    people = {posting.user_id: posting.user for posting in postings}
    conflicts = conflicts_among(proceedings, list(people.values()), on=on)
    walls = set(
        Wall.objects.filter(
            case__in={row.case_id for row in proceedings}, user__in=people
        ).values_list("case", "user")
    )
    return {row.pk: _candidates(row, postings, conflicts, walls) for row in proceedings}


def suggested(candidates):
    """Return the ``Candidate`` to suggest among the ranked *candidates*, or None."""
    first = next(iter(candidates), None)
    return first if first and not first.conflict else None


def distribute(candidates):
    """Return {id of the proceeding: suggested ``Candidate`` or None}, files spread evenly.

    *candidates* is what ``candidates_for`` answers. Each suggestion counts as an open file of
    that person for the next one.
    """
    given, found = {}, {}
    for pk, rows in candidates.items():
        possible = [row for row in rows if not row.conflict]
        chosen = min(possible, key=lambda row: _rank_with(row, given), default=None)
        found[pk] = chosen
        if chosen:
            given[chosen.person.pk] = given.get(chosen.person.pk, 0) + 1
    return found


def _rank_with(row, given):
    conflict, away, burden, files, pk = row.rank
    more = given.get(pk, 0)
    return (conflict, away, burden + more, files + more, pk)


def note_choice(proceeding, person, candidates, *, at, by):
    """Write down for the office who was suggested, who was chosen, and what was known of both.

    *candidates* are those of ``candidates_for`` before the choice.
    """
    chosen = next((row for row in candidates if row.person == person), None)
    first = suggested(candidates)
    if chosen is None or first is None:
        return
    facts = {"person": person, "files": chosen.open_files, "skills": len(chosen.skills)}
    verb = _AS_SUGGESTED
    if first.person != person:
        verb = _OTHERWISE
        facts |= {
            "first": first.person,
            "first_files": first.open_files,
            "first_skills": len(first.skills),
        }
    record(proceeding.case, verb, at=at, by=by, proceeding=proceeding, reach=Reach.OFFICE, **facts)


_AS_SUGGESTED = N_(
    "%(person)s was suggested and chosen: %(files)s open files, %(skills)s matching skills"
)
_OTHERWISE = N_(
    "Suggested %(first)s (%(first_files)s files, %(first_skills)s skills); "
    "chosen %(person)s (%(files)s, %(skills)s)"
)


def _postings(desks, on, seen_by):
    """Return the postings of those who hold files at *desks* (ids), each with what is known."""
    held = OfficeGroupObjectPermission.objects.filter(
        group=OuterRef("group"),
        content_object=OuterRef("office"),
        permission__codename__in=WORK,
    )
    files = Proceeding.objects.filter(handler=OuterRef("user"), closed_at__isnull=True)
    if seen_by is not None:
        files = files.exclude(case__in=hidden_cases(seen_by, on=on))
    skills = Skill.objects.filter(user=OuterRef("user")).order_by("cause", "industry")
    away = Absence.objects.active(on).filter(user=OuterRef("user"))
    absence = JSONObject(until="until", substitute="substitute__name")
    rows = (
        Posting.objects.active(on)
        .filter(Exists(held), office__in=desks, user__is_active=True)
        .select_related("user")
        .annotate(
            files=Coalesce(
                Subquery(files.order_by().values("handler").annotate(n=Count("pk")).values("n")), 0
            ),
            known=ArraySubquery(
                skills.values(skill=JSONObject(cause="cause", industry="industry"))
            ),
            away=Subquery(away.values(away=absence)[:1]),
        )
        .order_by("user__name", "user")
    )
    return list(rows)


def _candidates(proceeding, postings, conflicts, walls):
    found = {}
    for posting in postings:
        if posting.office_id == proceeding.desk_id and posting.user_id not in found:
            found[posting.user_id] = _candidate(proceeding, posting, conflicts, walls)
    return sorted(found.values(), key=lambda row: row.rank)


def _candidate(proceeding, posting, conflicts, walls):
    against = conflicts[proceeding.pk, posting.user_id]
    conflict = next((each.sentence for each in against if each.blocks), "")
    if (proceeding.case_id, posting.user_id) in walls:
        conflict = _("%(person)s keeps away from this case.") % {"person": posting.user}
    away = posting.away or {}
    return Candidate(
        posting.user,
        posting.files,
        _matching(posting.known, proceeding),
        parse_date(away["until"]) if away else None,
        away.get("substitute") or "",
        conflict,
    )


def _matching(known, proceeding):
    """Return the titles of what is known and the case is about."""
    case = proceeding.case
    industries = {
        party.industry for party in case.parties.all() if party.kind == Party.Kind.EMPLOYER
    }
    return tuple(
        Cause(skill["cause"]).label if skill["cause"] else skill["industry"]
        for skill in known
        if skill["cause"] == case.cause or (skill["industry"] and skill["industry"] in industries)
    )
