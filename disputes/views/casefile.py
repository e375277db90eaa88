"""Everything that the page of one case shows, each part in one query whatever its length."""

from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from disputes import course, panels
from disputes.domain.advice import advise
from disputes.domain.forecast import limitation_of
from disputes.domain.leading import leading_deadline
from disputes.domain.notes import VERBS
from disputes.look.facts import lines_of, unsealed
from disputes.look.outline import case_title, party_name, tier_steps
from disputes.models import CaseGrant, Measure, Outcome, Source, Tier, TimelineEntry
from disputes.permissions import may_inspect, read_case
from disputes.views.around import around, merged_into
from disputes.views.paging import before_moment, cursor_of
from law.avenues import TITLES

ENTRIES = 20
MATERIALS = 50
NOTICE = "MED_STAT_EXIT"


class CaseFile:
    """One case as one person reads it. Raises ``Http404`` when it does not exist for her."""

    def __init__(self, user, pk):
        self.user, self.today = user, timezone.localdate()
        self.case, self.proceedings, self.content = read_case(user, pk)

    @property
    def current(self):
        """The proceeding in which the case is, or was last."""
        return self.proceedings[-1] if self.proceedings else None

    @property
    def is_open(self):
        return self.case.ended_at is None

    @cached_property
    def parties(self):
        """The parties, each with the name as it is shown."""
        rows = list(self.case.parties.annotate(**self._around()).order_by("pk"))
        for row in rows:
            row.shown_name = party_name(row)
        return rows

    def _around(self):
        found = merged_into(self.user, self.case, on=self.today)
        if self.content.is_outline:
            found |= around(self.user, self.case, on=self.today)
        if self.content.is_full:
            found |= panels.columns_for(self.case)
        return found

    def _beside(self, name, otherwise):
        """Return what ``around`` says under *name*: it stands beside each of the parties."""
        return getattr(self.parties[0], name, otherwise) if self.parties else otherwise

    @property
    def roster_size(self):
        """How many workers stand on the roster now."""
        return self._beside("roster_size", 0)

    @property
    def kindred(self):
        """Open cases of the same employer, cause and month that she sees: dicts, newest first."""
        twins = {row["id"] for row in self.twins}
        return [row for row in self._beside("kindred", []) if row["id"] not in twins]

    @property
    def twins(self):
        """Open cases of the same applicant, employer and month that she may look into: dicts."""
        sources = dict(Source.choices)
        return [
            row | {"source": sources.get(row["source"], "")} for row in self._beside("twins", [])
        ]

    @cached_property
    def advice(self):
        """Who the law wants named, and where each claim can go."""
        return advise(self.case, self.parties, self.claims)

    @property
    def referrals(self):
        """Where the applicant was sent with her claims: dicts, oldest first."""
        titles = {code.value: title for code, title in TITLES.items()}
        return [row | {"where": titles[row["where"]]} for row in self._beside("referrals", [])]

    @property
    def panels(self):
        """What the rooms above show here: (template, rows)."""
        return panels.shown(lambda name: self._beside(name, []), self.content, today=self.today)

    @cached_property
    def fact_lines(self):
        """The facts that have reached her, to read."""
        return lines_of(unsealed(self._beside("stated", []), self.content))

    @property
    def taken_in(self):
        """Second reports of this matter that were merged into it and that she sees: dicts."""
        return self._beside("taken_in", [])

    @property
    def merged(self):
        """The case into which this one was merged, as a dict; None when into none."""
        found = next(iter(self._beside("merged", [])), None)
        outcomes = dict(Outcome.choices)
        return found and found | {"outcome": outcomes.get(found["outcome"], "")}

    @property
    def workers_with_kindred(self):
        """How many workers this case and its kindred have between them."""
        return self.case.worker_count + sum(row["workers"] for row in self.kindred)

    @property
    def may_join(self):
        """Whether she may handle other cases together with this one."""
        return self._may("join")

    @property
    def may_merge(self):
        """Whether she may merge this case into another report of the matter."""
        return self._may("merge")

    @property
    def may_counsel(self):
        """Whether she may name respondents and refer claims: who keeps the file does."""
        return self._may("withdraw")

    def _may(self, way):
        url = reverse(way, args=[self.case.pk])
        return any(action[1] == url for action in self.actions[1])

    @property
    def title(self):
        return case_title(self.parties, worker_count=self.case.worker_count)

    @property
    def steps(self):
        return tier_steps(self.proceedings)

    @cached_property
    def standing(self):
        """The title of the open step and the drawn flow of the tier."""
        return course.standing(self.current) if self.current else ("", "")

    @property
    def step(self):
        """The title of the open step, "" when none is open."""
        return self.standing[0] if self.is_open else ""

    @cached_property
    def actions(self):
        """What the person may do now: (the first, the others)."""
        if not self.content.is_outline:
            return None, []
        found = list(course.actions(self.user, self.case))
        first = next((action for action in found if action[2]), None)
        return first, [action for action in found if action is not first]

    @property
    def chart(self):
        return self.standing[1] if self.content.is_outline else ""

    @cached_property
    def claims(self):
        return list(self.case.claims.order_by("pk"))

    @property
    def amount(self):
        """The sum of the claims in yuan, None where none names an amount."""
        asked = [row for row in self.claims if not (row.counter or row.dropped_on)]
        amounts = [claim.amount for claim in asked if claim.amount is not None]
        return sum(amounts) if amounts else None

    @cached_property
    def deadlines(self):
        """The clocks: running ones first, those that run out first before the others."""
        rows = list(self.case.deadlines.select_related("rule"))
        names = {party.pk: party.shown_name for party in self.parties}
        for row in rows:
            row.whose = names.get(row.party_id, "")
        return sorted(rows, key=lambda row: (row.ended_on is not None, row.alarm_on, row.pk))

    @property
    def open_deadlines(self):
        """Those that still run. The limitation of an open case stands with her right instead."""
        return [row for row in self.deadlines if not row.ended_on and not self._is_pending(row)]

    @property
    def ended_deadlines(self):
        return [row for row in self.deadlines if row.ended_on]

    @property
    def limitation_deadline(self):
        return next((row for row in self.deadlines if self._is_pending(row)), None)

    def _is_pending(self, row):
        return self.is_open and not row.ended_on and row.rule.rule_id.startswith("LIMITATION")

    @property
    def deadline(self):
        """The clock that the office works to."""
        return leading_deadline(self.deadlines)

    @property
    def notice(self):
        """The day after which no settlement opens arbitration by itself: a clock, or None."""
        return next(
            (row for row in self.deadlines if row.rule.rule_id == NOTICE and not row.ended_on), None
        )

    @cached_property
    def limitation(self):
        """Until when the claims live, at least that long while they are handled; None at the end.

        ``left`` are the days to it, ``urgency`` is warn, aid or over, see ``law.limitation``.
        """
        if not self.is_open:
            return None
        found = limitation_of(self.case, self.limitation_deadline, today=self.today)
        if found is None:
            return None
        return {
            "due": found.due,
            "pending": found.pending,
            "late": found.late,
            "left": found.days_left(self.today),
            "urgency": "over" if found.late else found.level(self.today),
        }

    def timeline(self, query):
        """Return (entries, cursor of the older ones or None) as *query* asks: kind and before."""
        rows = TimelineEntry.objects.filter(case=self.case)
        if query.get("kind") in TimelineEntry.Kind.values:
            rows = rows.filter(kind=query["kind"])
        rows = before_moment(self.content.rows(rows), query.get("before"))
        rows = rows.select_related("actor").order_by("-at", "-pk")
        found = list(rows[: ENTRIES + 1])
        older = cursor_of(found[ENTRIES - 1]) if len(found) > ENTRIES else None
        return [self._entry(row) for row in found[:ENTRIES]], older

    def _entry(self, row):
        """Give *row* what its line says beside the title: who, where, and what can be done."""
        offices = {proceeding.pk: proceeding.office for proceeding in self.proceedings}
        office = offices.get(row.proceeding_id) or self.case.reporting_office
        said = [str(row.actor) if row.actor_id else _("the system"), office and office.name]
        if self._is_commissions(row):
            row.secret, row.stays = _("Kept by the panel"), _("It stays with the commission.")
        row.meta = pgettext("between names", ", ").join(part for part in said if part)
        if row.kind in VERBS and row.actor_id == self.user.pk and "corrects" not in row.facts:
            url = f"{reverse('case', args=[self.case.pk])}?correct={row.pk}#note"
            row.links = [(url, _("Correct"))]
        return row

    def _is_commissions(self, row):
        tiers = {proceeding.pk: proceeding.tier for proceeding in self.proceedings}
        return tiers.get(row.proceeding_id) == Tier.ARBITRATION

    @cached_property
    def responses(self):
        """How soon the case was known, met with and answered for, tier by tier, as dicts."""
        now = timezone.now()
        found = []
        for row in self.proceedings:
            mine = row.pk in self.content.worked
            lines = [_response(facts, now, may_record=mine) for facts in row.measured]
            if lines:
                found.append((row, lines))
        return found

    @cached_property
    def materials(self):
        """The materials that she reads, newest first."""
        rows = self.content.rows(self.case.evidence.all())
        rows = list(rows.order_by("-pk")[:MATERIALS])
        parties = {party.pk: party for party in self.parties}
        for row in rows:
            row.of = parties.get(row.party_id)
        return rows

    @property
    def may_inspect(self):
        """Whether she may open the content from above, and has not."""
        return not self.content.is_full and may_inspect(self.user, self.proceedings)

    @cached_property
    def readers(self):
        """Who reads the case besides those above it: (name, what of it)."""
        found = [self._reader(proceeding) for proceeding in self.proceedings[::-1]]
        if self.case.reporting_office:
            found.append((self.case.reporting_office.name, _("only how it stands and its result")))
        kinds = dict(CaseGrant.Kind.choices)
        return found + [(grant["name"], kinds[grant["kind"]]) for grant in self.case.granted]

    def _reader(self, proceeding):
        if proceeding is self.current and not proceeding.closed_at:
            return proceeding.office.name, _("handles it, reads everything")
        return proceeding.office.name, _("only its own tier and the result")


def _response(facts, now, *, may_record):
    """Return what a ``Response`` says, from the *facts* that came with its proceeding."""
    since, due = parse_datetime(facts["since"]), parse_datetime(facts["due"])
    met = parse_datetime(facts["met"]) if facts["met"] else None
    return {
        "pk": facts["id"],
        "title": Measure(facts["measure"]).label,
        "since": since,
        "due": due,
        "met": met,
        "late": (met or now) > due,
        "may_record": may_record and met is None,
    }
