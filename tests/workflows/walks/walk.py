"""A random walk: random people do random things to many cases, through the doors of the house."""

from collections import Counter
from datetime import timedelta
from random import Random

from django.conf import settings
from django.contrib.auth.password_validation import password_changed
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from disputes.models import Case, Proceeding
from law.calendar import load_calendar
from offices.duties import ROLE_DUTIES
from offices.models import Office, Posting
from offices.passwords import is_outworn
from tests import factories
from tests.workflows.walks.filling import fill, mend
from tests.workflows.walks.offers import draw_offer
from workflows.alarms import alarm_deadlines
from workflows.timers import fire_due

SHOWN, SHUT = {200, 302, 409, 422}, {403, 404}
# How often somebody comes who has no business there, looks at the page first, sends rubbish.
STRANGERS, READERS, CARELESS = 0.08, 0.08, 0.05
TRIES = 4
CLOSING = 18
IDLE = timedelta(minutes=10)
# Where people are sent who may not go on as they are.
GATES = (resolve_url(settings.LOGIN_URL), reverse("password_change"), reverse("second_factor"))


class RandomWalk:
    """*people* do things to always as many open *cases*, filed at *offices*, as the *seed* has it.

    *offices* are pairs of an office and who files there. *travel* moves the clock of the house to
    a moment. What was done is counted in *done*, what was turned down in *refused*; *faults* are
    sentences about what must never happen.
    """

    def __init__(self, *, seed, cases, offices, people, travel):
        self.rng, self.cases, self.offices = Random(seed), cases, offices  # noqa: S311
        self.people = {user.pk: user for user in people}
        self.travel, self.now = travel, factories.MONDAY
        self.done, self.refused, self.faults = Counter(), Counter(), []
        self.open, self.browsers, self.duties = [], {}, _duties()
        self.above = dict(Office.objects.values_list("pk", "parent"))

    @property
    def actions(self):
        """How many actions were taken: those that changed something."""
        return sum(self.done.values())

    def go(self, actions):
        """Go on until that many *actions* have been taken since the beginning."""
        self.travel(self.now)
        while self.actions < actions:
            while len(self.open) < self.cases:
                self._file()
            self._pass_time()
            self._act()

    def _file(self):
        office, by = self.rng.choice(self.offices)
        consents = {"next_tier": self.rng.random() < 0.6}
        row = factories.make_case(office, at=timezone.now(), by=by, consents=consents)
        self.open.append(row.case_id)
        self.done["file"] += 1

    def _pass_time(self):
        self.now += timedelta(minutes=self.rng.randint(1, 10))
        if self.now.hour >= CLOSING:
            self._end_day()
        self.travel(self.now)

    def _end_day(self):
        calendar, day = load_calendar(), self.now + timedelta(days=1)
        while not calendar.is_workday(day.date()):
            day += timedelta(days=1)
        self.now = day.replace(hour=8, minute=self.rng.randint(0, 40))
        self.travel(self.now)
        fire_due(at=self.now)
        alarm_deadlines(at=self.now)
        ended = Case.objects.filter(pk__in=self.open, ended_at__isnull=False).order_by("pk")
        # Some stay, to be reopened or taken to court.
        gone = {pk for pk in ended.values_list("pk", flat=True) if self.rng.random() < 0.7}
        self.open = [pk for pk in self.open if pk not in gone]

    def _act(self):
        rows = Proceeding.objects.filter(case=self.rng.choice(self.open))
        proceeding = rows.select_related("case", "office", "desk", "handler").latest("ordinal")
        offer = draw_offer(proceeding, self.rng)
        if offer is not None:
            self._take(offer, self._somebody(offer, proceeding), proceeding)

    def _somebody(self, offer, proceeding):
        if self.rng.random() < STRANGERS:
            return self.rng.choice(list(self.people.values()))
        if offer.owner:
            return self.people[offer.owner]
        able = [user for user in self.people.values() if self.may(user, offer, proceeding)]
        return self.rng.choice(able or list(self.people.values()))

    def may(self, user, offer, proceeding):
        """Return whether *user* has the duty for *offer*, told from the postings alone."""
        if offer.owner and offer.owner != user.pk:
            return False
        held = self.duties.get(user.pk, {})
        if offer.duties & held.get(proceeding.desk_id, set()) - {"supervise"}:
            return True
        # A lawyer does her review at the desk of another office; whoever decides sits above.
        above = "supervise" in offer.duties and self._is_above(held, proceeding.desk_id)
        return above or offer.owner == user.pk

    def _is_above(self, held, office):
        office = self.above.get(office)
        while office:
            if "supervise" in held.get(office, set()):
                return True
            office = self.above.get(office)
        return False

    def _take(self, offer, user, proceeding):
        form = self._form(offer, user)
        answers = fill(form, self.rng) if form is not None else {"reason": "x"}
        if form is not None and offer.form and self.rng.random() > CARELESS:
            answers = self._careful(offer, user, answers)
        answer = self._ask(user, "post", offer.url, answers)
        for _try in range(TRIES):
            if answer.status_code != 422:
                break
            answers = mend(answer.context["form"], answers, self.rng)
            answer = self._ask(user, "post", offer.url, answers)
        self._count(offer, user, proceeding, answer)

    def _form(self, offer, user):
        """Return the form behind the door, None where the door is shut."""
        if offer.form and self.rng.random() > READERS:
            return offer.form(None, user)
        page = self._ask(user, "get", offer.url)
        return page.context["form"] if page.status_code == 200 else None

    def _careful(self, offer, user, answers):
        """Return *answers*, mended as long as the form complains."""
        for _try in range(TRIES):
            form = offer.form(answers, user)
            if form.is_valid():
                return answers
            answers = mend(form, answers, self.rng)
        return answers

    def _count(self, offer, user, proceeding, answer):
        if answer.status_code != 302:
            self.refused[offer.name if answer.status_code not in SHUT else "shut"] += 1
            return
        self.done[offer.name] += 1
        if not self.may(user, offer, proceeding):
            self.faults.append(f"{user} does {offer.name} of {proceeding} without the duty")

    def _ask(self, user, method, url, answers=None):
        browser, seen = self.browsers.get(user.pk, (Client(), None))
        if seen is None or self.now - seen > IDLE:
            self._keep_password_new(user)
            browser.force_login(user)
        self.browsers[user.pk] = browser, self.now
        answer = getattr(browser, method)(url, answers)
        if answer.status_code == 302 and answer["Location"].startswith(GATES):
            self.faults.append(f"{user} is sent to {answer['Location']} from {url}")
        if answer.status_code not in SHOWN | SHUT:
            self.faults.append(f"{answer.status_code} {method} {url}")
        return answer

    def _keep_password_new(self, user):
        """Let *user* choose another password when the one she has is too old to go on with."""
        if is_outworn(user, at=self.now):
            words = f"{factories.PASSWORD}-{self.now:%Y%m%d}"
            user.set_password(words)
            user.save(update_fields=["password"])
            password_changed(words, user)


def _duties():
    """Return {user: {office: duties}} of all postings."""
    found = {}
    for row in Posting.objects.all():
        held = found.setdefault(row.user_id, {}).setdefault(row.office_id, set())
        held |= ROLE_DUTIES[row.role]
    return found
