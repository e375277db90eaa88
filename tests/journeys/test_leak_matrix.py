"""Every role at every door of the house, in every situation: strangers refused, the entitled served.

The doors stand in tests/journeys/leaks.py, the people in tests/journeys/leak_cast.py.
"""

from collections import Counter
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from config import urls
from disputes.models.choices import Grade
from offices.duties import Role
from papers.domain import converting
from tests.factories import MONDAY
from tests.journeys import leak_cast as cast
from tests.journeys import leak_hung, leak_table
from tests.journeys import leak_levels as levels
from tests.journeys.doorways import doorways
from tests.journeys.leaks import CONTENT, DOORS, NOTHING, OUTLINE, REACHES, every

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
# Situations that are there from the beginning: what lists say of them, they say at once.
UNCHANGED = (cast.BESIDE, cast.TIER, cast.SENT)
HUNG = ("hung", "told", "owned")
FULL = ("anonymous", "mediator", "colleague", "auditor")
# Served, gone on, or told what is missing.
ENTERED = {200, 204, 302, 400, 409, 415, 422, 428}


def names():
    """Return the name of every door, or its route when it has none or shares it."""
    found = list(doorways(get_resolver()))
    many = Counter(name for _route, name, _view in found)
    return [name if name and many[name] == 1 else route for route, name, _view in found]


def test_every_door_of_the_house_stands_in_the_table():
    found = set(names())
    assert found - set(DOORS) == set(), "A new door: give it a line in tests/journeys/leaks.py"
    assert set(DOORS) - found == set(), "These doors are gone"


@pytest.mark.parametrize("name", [name for name in DOORS if DOORS[name].kind == "elsewhere"])
def test_the_test_of_a_door_apart_exists(name):
    path, test = DOORS[name].test.split("::")
    assert f"def {test}(" in (ROOT / path).read_text()


def test_every_role_stands_in_the_matrix():
    assert {person.role for person in cast.PEOPLE} - {None} == set(Role)


@contextmanager
def taken_back():
    """Take back whatever happens inside the block."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """The offices, people and cases, made once for all of this file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(converting, "PROGRAMS", ())
        patch.setattr(settings, "MEDIA_ROOT", str(tmp_path_factory.mktemp("media")))
        afternoon = time_machine.travel(MONDAY.replace(hour=15))
        with django_db_blocker.unblock(), afternoon, taken_back():
            made = cast.make_world()
            made.marks = {case.pk: marks_of(case) for case in made.cases.values()}
            hung = [made.marks[case.pk] for case in (made.hung.case, made.hung.settled.case)]
            made.hung_marks = Marks([*hung[0], *hung[1], leak_hung.SAID[1:]])
            yield made


@pytest.fixture(scope="module", params=cast.PEOPLE, ids=lambda person: person.key)
def person(request):
    return request.param


@pytest.fixture
def knocking(world, person):
    """A client at which *person* has just logged in: no session is too old for a long walk."""
    client = Client(raise_request_exception=True)
    if person.key in world.users:
        client.force_login(world.users[person.key])
    return client


@pytest.mark.parametrize("situation", cast.SITUATIONS)
def test_everybody_gets_as_far_as_she_may_and_no_further(
    world, person, knocking, situation, monkeypatch
):
    if person.role is None and situation != cast.OWN:
        return  # There is no own case, no office and no posting to end.
    if situation != cast.OWN or person.key not in FULL:
        # The page of a refusal is the same for everybody and knows no case: a few read it.
        for code in (403, 404):
            monkeypatch.setattr(urls, f"handler{code}", partial(refuse, code), raising=False)
    with taken_back():
        case = cast.arrange(world, person, situation)
        visit = Visit(knocking, world, person, situation, case)
        for name, door in DOORS.items():
            if door.kind not in HUNG:
                getattr(visit, f"knock_{door.kind}")(door.name_of(name), door)
        assert not visit.faults, "\n".join(map(str, visit.faults))


def test_every_role_reads_up_to_its_level_and_no_further(world):
    with taken_back():
        for case in world.cases.values():
            levels.write_rows(case)
        found = {
            person.key: levels.read_by(world.users[person.key], world.cases[person.case])
            for person in cast.PEOPLE[1:]
        }
        assert found == {key: levels.READS.get(key, ("", "")) for key in found}
        case = world.cases["regional"]
        type(case).objects.filter(pk=case.pk).update(grade=Grade.MAJOR)
        assert levels.read_by(world.users["inspector"], case) == ("", "L3")


@pytest.mark.parametrize("situation", [cast.OWN, cast.WALLED, cast.SEALED, cast.ENDED])
def test_what_hangs_on_a_case_opens_to_its_own_readers_alone(
    world, person, knocking, situation, monkeypatch
):
    doors = [(name, door) for name, door in DOORS.items() if door.kind in HUNG]
    if situation != cast.OWN:
        # What is shut to her is not shut a second time.
        doors = [(name, door) for name, door in doors if person.key in door.served]
    for code in (403, 404):
        monkeypatch.setattr(urls, f"handler{code}", partial(refuse, code), raising=False)
    with taken_back():
        case = cast.arrange(world, person, situation)
        visit = Visit(knocking, world, person, situation, case)
        for name, door in doors:
            getattr(visit, f"knock_{door.kind}")(door.name_of(name), door)
        assert not visit.faults, "\n".join(map(str, visit.faults))


def refuse(code, request, exception):
    """Answer a refusal without a page around it."""
    return HttpResponse(status=code)


class Visit:
    """One person in one situation, going from door to door; *faults* are what was wrong."""

    def __init__(self, client, world, person, situation, case):
        self.client, self.world, self.person = client, world, person
        self.situation, self.case, self.faults = situation, case, []
        self.reach = person.reaches(situation)
        self.marks = world.marks[case.pk]

    def knock_case(self, name, door):
        """Read something of the case."""
        may = _rank(self.reach) >= _rank(door.least) or self._is_above(door)
        for path in self._paths(name, door.keys(self.case), all_of_them=may):
            answer = self._ask(path, post=door.post)
            self._judge(name, path, answer, self._expected(may, door))
            if self.reach in (NOTHING, OUTLINE):
                self._find_nothing(name, answer, self.marks.said_by(self.reach))

    def knock_act(self, name, door):
        """Do something in the case: with GET whoever may, with POST only whoever may not."""
        named, works = self._works(door)
        seen = set()
        for path in self._paths(name, door.keys(self.case), all_of_them=named):
            if not (door.post and works):
                answer = self._ask(path, post=door.post)
                seen.add(answer.status_code)
                self._judge(name, path, answer, self._expected(works, door))
            if not works and not door.post and self._is_own:
                answer = self._ask(path, post=True)
                self._judge(name, f"POST {path}", answer, self._expected(False, door))
        if self._is_own and named and seen and not seen & {200, 302}:
            self.faults.append((name, "not served", seen))

    def _works(self, door):
        """Return whether the person is named at *door*, and whether she works behind it."""
        at_home = self.situation in (cast.OWN, cast.SEALED) and self.reach != NOTHING
        named = at_home and self.person.key in door.served
        lasting = door.lasting and self.situation == cast.SENT and self.reach == CONTENT
        above = self._is_above(door)
        return named, named or above or lasting or self.person.works_in(self.situation)

    def knock_list(self, name, door):
        """Look for the case where many are listed; where nothing changed, once for all cases."""
        asks = door.asks(self.case)
        if self.situation in UNCHANGED:
            asks = asks[-1:] if len(asks) > 1 else []
        shown = False
        for query in asks if self.situation in (cast.OWN, cast.WALLED) else asks[-2:]:
            answer = self._ask(reverse(name), query, post=door.post)
            if answer.status_code == 200:
                rest = self.marks.without(query)
                shown |= rest.link in answer.said or rest.number in answer.said
                self._find_nothing(name, answer, rest.said_by(self.reach))
                self._find_no_others(name, query, answer)
            elif not self._is_turned_away(answer) and answer.status_code not in (
                302,
                403,
                415,
                422,
            ):
                self.faults.append((name, query, answer.status_code))
        if self._is_own and self.person.key in door.served and not shown:
            self.faults.append((name, "own case is not listed"))

    def _find_no_others(self, name, query, answer):
        """Find nothing of the cases of other situations, when these are arranged already."""
        for situation in UNCHANGED if self._is_own else ():
            other = cast.case_for(self.world, self.person, situation)
            marks = self.world.marks[other.pk].without(query)
            self._find_nothing(name, answer, marks.said_by(self.person.reaches(situation)))

    def knock_staff(self, name, door):
        """Enter a door of a duty."""
        ended = self.situation == cast.ENDED and self.person.role in door.served
        if not (self._is_own or ended):
            return
        may = self.person.role in door.served and self._is_own
        for path in self._paths(name, door.keys(self.world) if door.keys else [()]):
            answer = self._ask(path, post=door.post)
            right = ENTERED | {404, 405} if may else {403}
            if self.situation == cast.ENDED and self.person.role:
                # At her new office she may hold the same duty.
                right = ENTERED | {403, 404}
            self._judge(name, path, answer, right)
            if not may:
                self._find_nothing(name, answer, self.marks.said_by(self.reach))

    def knock_mine(self, name, door):
        """Look after one's own affairs."""
        if not self._is_own or name == "logout":
            return
        for path in self._paths(name, door.keys(self.world) if door.keys else [()]):
            answer = self._ask(path, post=door.post)
            if self.person.role:
                self._judge(name, path, answer, ENTERED)
            self._find_nothing(name, answer, self.marks)

    def knock_public(self, name, door):
        """Pass an open door: it says the same to everybody."""
        if not self._is_own or self.person.key not in ("anonymous", "mediator"):
            return
        for path in self._paths(name, door.keys(self.world) if door.keys else [()]):
            answer = self._ask(path, post=door.post)
            if answer.status_code >= 500:
                self.faults.append((name, path, answer.status_code))
            self._find_nothing(name, answer, self.marks)

    def knock_hung(self, name, door):
        """Open a thing on a case: the people named do, and nobody through a wall or a seal."""
        may = self.person.key in door.served and self._is_hung_open
        for path in self._hung(name, door):
            answer = self._ask(path, post=door.post)
            right = ENTERED | {403, 405} if may and not self._is_own else ENTERED
            self._judge(name, path, answer, right if may else {403, 404, 405})
            if not may:
                self._find_nothing(name, answer, self.world.hung_marks)

    def knock_told(self, name, door):
        """Open a page on which a case may be named: it names none that is hidden."""
        may = self.person.key in door.served
        for path in self._hung(name, door):
            answer = self._ask(path, post=door.post)
            right = ENTERED if may and self._is_own else ENTERED | {403, 404, 405}
            self._judge(name, path, answer, right if may else {403, 404, 405})
            if not (may and self._is_hung_open):
                self._find_nothing(name, answer, self.world.hung_marks)

    def knock_owned(self, name, door):
        """Open what one person keeps for herself: nobody else does."""
        may = self.person.key in door.served
        for path in self._hung(name, door):
            answer = self._ask(path, post=door.post)
            if may or name == "notice" and answer.headers.get("Location") == reverse("inbox"):
                continue
            self._judge(name, path, answer, {403, 404, 405})
            self._find_nothing(name, answer, self.world.hung_marks)

    @property
    def _is_hung_open(self):
        """Whether neither wall nor seal nor the end of a posting closes what hangs to her."""
        hers = self.reach == CONTENT and self.person.case == "regional"
        return self._is_own or self.situation == cast.SEALED and hers

    def _hung(self, name, door):
        keys = door.keys
        if isinstance(keys, str):
            keys = every(keys)
        return [reverse(name, args=key) for key in keys(self.world.hung)]

    def knock_elsewhere(self, name, door):
        """Leave it to the test that is named."""

    @property
    def _is_own(self):
        return self.situation == cast.OWN

    def _is_above(self, door):
        return self.person.is_above_in(self.situation, door.above)

    def _paths(self, name, keys, *, all_of_them=True):
        found = [reverse(name, args=key if isinstance(key, tuple) else (key,)) for key in keys]
        return found if all_of_them and self._is_own else found[:1]

    def _ask(self, path, query=None, *, post=False):
        answer = (self.client.post if post else self.client.get)(path, query or {})
        answer.said = b"".join(answer).decode(errors="replace")
        return answer

    def _expected(self, may, door):
        act = door.kind == "act"
        if may:
            return ENTERED | ({403, 405} if act else set())
        if self.reach == NOTHING:
            return {404} if door.post else {404, 405}
        return {403, 405, 409} if act else {403}

    def _judge(self, name, path, answer, right):
        if self._is_turned_away(answer):
            return
        if answer.status_code not in right:
            self.faults.append((name, path, answer.status_code))

    def _is_turned_away(self, answer):
        """Return whether somebody without any posting was turned away, as she has to be."""
        sent = answer.status_code == 302 and answer.url.startswith("/login/")
        if self.person.role is None or self.situation == cast.ENDED:
            return sent or answer.status_code in (401, 403)
        return False

    def _find_nothing(self, name, answer, marks):
        found = [mark for mark in marks if mark in answer.said]
        if found:
            self.faults.append((name, "says", found, answer.status_code))


class Marks(tuple):
    """Words by which a case is known: the link to it, its number, and what is personal in it."""

    __slots__ = ()

    @property
    def link(self):
        return self[0]

    @property
    def number(self):
        return self[1]

    def said_by(self, reach):
        """Return those that nobody of this *reach* may read."""
        if reach == NOTHING:
            return self
        return Marks(self[-3:]) if reach == OUTLINE else Marks()

    def without(self, query):
        """Return them without what was asked for: a page may say what one searched."""
        asked = query.get("q", "")
        return Marks(mark if mark not in asked else f"<<{mark}>>" for mark in self)


def marks_of(case):
    """Return the ``Marks`` of *case*."""
    worker = case.parties.get(role="applicant")
    numbers = list(case.proceedings.values_list("number", flat=True))
    link = f'href="{reverse("case", args=[case.pk])}"'
    return Marks([link, *numbers, case.matter_number, worker.name, worker.phone, worker.id_number])


def _rank(reach):
    return REACHES.index(reach)


def test_the_printed_table_is_current():
    printed = (ROOT / "docs/leak_matrix.md").read_text()
    assert printed == "\n".join(leak_table.lines()) + "\n", (
        "Print it again: python -m tests.journeys.leak_table > docs/leak_matrix.md"
    )
