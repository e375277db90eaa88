"""Every page for everybody: WCAG 2 A and AA by axe, a telephone's width, and paper."""

import pytest
from django.conf import settings as house

from offices.duties import ROLE_KINDS, Role
from offices.models import Office
from tests.factories import make_office, make_user
from tests.journeys import world
from tests.journeys.crawling import kind_of, walk

AXE = house.NODE_MODULES / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
TELEPHONE = {"width": 360, "height": 740}
CHECK = """async (standards) => {
  const found = await axe.run(document, {runOnly: standards, resultTypes: ["violations"]});
  return found.violations.map(each => each.id + ": " + each.nodes[0].target.join(" "));
}"""
# Parts of the header that reach into another one, and places cut at its edge without scrolling.
CROWDED = """() => {
  const links = [...document.querySelectorAll(".fx-nav a")];
  const parts = [...document.querySelectorAll(".fx-brand, .fx-search, .fx-header-end")];
  const box = each => each.getBoundingClientRect();
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const wide = window.innerWidth > 992;
  const found = links.filter(link => parts.some(part => meet(box(link), box(part)))
    || (wide && box(link).right > window.innerWidth));
  return found.map(link => link.textContent);
}"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def house_of_all(live_server, tmp_path, settings, clock):
    settings.DEMO = True
    world.fill(tmp_path)


def pages_of(client):
    """Yield (person, path) of every kind of page, once for all who may read it."""
    seen, known = set(), set()
    for person in world.cast().values():
        client.force_login(person)
        for path, answer, page in walk(client, seen=seen):
            # What has no words is a file to be kept, not a page.
            if answer.status_code == 200 and page.words and kind_of(path) not in known:
                known.add(kind_of(path))
                yield person, path


def enter(desk, client, person):
    """Let the browser go on with the session that *client* has opened for *person*."""
    client.force_login(person)
    name = house.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": desk.url}
    desk.page.context.add_cookies([cookie])


def faults_of(page):
    """Return what speaks against *page* as it stands: axe's rules, then its width."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(CHECK, STANDARDS)
    page.set_viewport_size(TELEPHONE)
    over = page.evaluate(OVERFLOW)
    if over > 0:
        found.append(f"{over} px wider than a telephone")
    return found


def test_every_page_can_be_read_by_everybody(desk, client, house_of_all):
    faults, pages = {}, list(pages_of(client))
    assert len(pages) > 40
    for person, path in pages:
        enter(desk, client, person)
        desk.page.set_viewport_size({"width": 1366, "height": 768})
        desk.open(path)
        for fault in faults_of(desk.page):
            faults.setdefault(fault, f"{fault} ({person.username}, {path})")
    if faults:
        pytest.fail("\n".join(faults.values()), pytrace=False)


def test_nobodys_places_run_under_what_stands_beside_them(desk, client, clock):
    for role in Role:
        office = make_office(f"某{role}", role[:20], Office.Tier.UNION, ROLE_KINDS[role][0])
        person = make_user(f"a_{role}", "欧阳静怡", office=office, role=role)
        enter(desk, client, person)
        desk.open("/law/")
        for width in (1920, 1366, 1280, 1024, 390):
            desk.page.set_viewport_size({"width": width, "height": 768})
            assert desk.page.evaluate(CROWDED) == [], (role, width)


def test_a_case_is_printed_without_what_only_a_screen_needs(
    desk, clock, district_case, district_mediator
):
    desk.sign_in(district_mediator, path=f"/cases/{district_case.case_id}/")
    desk.page.emulate_media(media="print")
    desk.shoot("f1_printed")
    for hidden in (".fx-header", ".fx-compose", ".fx-head-actions"):
        assert desk.page.locator(hidden).first.is_hidden()
    desk.reads("打印", "张敏", "韩*兰")
