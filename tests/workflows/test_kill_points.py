"""Web, worker and database die at named points: nothing acknowledged is lost, nothing is half."""

import logging
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audit.domain.chain import seal_new
from audit.models import AuditEntry, Seal
from disputes.domain.ledger.importing import import_ledger
from disputes.models import Case, Deadline, Evidence, Outcome, Proceeding
from mediation.models import Examination
from notices.models import Notice
from tests import factories
from tests.disputes.ledger.workbooks import make_ledger, make_row
from tests.disputes.test_intake_page import PDF, written
from tests.factories import MONDAY, make_identity_number
from tests.workflows.test_mediation_flow import accept, meet
from tests.workflows.walking import open_titles, task_of, timers
from tests.workflows.walks.deaths import (
    AFTER,
    AT_COMMIT,
    BEFORE,
    COMMITTED,
    Plug,
    kill_connection,
    kill_process,
    run_in_child,
)
from tests.workflows.walks.wholeness import faults
from workflows.alarms import alarm_deadlines
from workflows.timers import fire_due

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Point:
    """A moment of *act* at which *pull* kills; *stays*: what was done is there afterwards."""

    act: str
    name: str
    when: str
    words: tuple
    pull: object = kill_process
    stays: bool = False

    def __str__(self):
        who = "database" if self.pull is kill_connection else ACTS[self.act][0]
        return f"{who}: {self.act}, {self.name}"


def insert(table):
    return (f'INSERT INTO "{table}"',)


def copy(table):
    """Return the words of the statement right before rows are copied into *table*."""
    return ("nextval(", f'"{table}"')


CLOSING = ('UPDATE "disputes_proceeding"', '"closed_at"')
POINTS = [
    Point("filing", "number drawn, no case yet", AFTER, ("INTO disputes_numberseries",)),
    Point("filing", "case without a tier", BEFORE, insert("disputes_proceeding")),
    Point("filing", "tier without a course", BEFORE, insert("workflows_course")),
    Point("filing", "all written, not committed", AT_COMMIT, insert("workflows_course")),
    Point("filing", "committed, nobody told", COMMITTED, insert("workflows_course"), stays=True),
    Point("examining", "decided, course not moved", AFTER, insert("mediation_examination")),
    Point("examining", "not committed", AT_COMMIT, insert("mediation_examination")),
    Point("examining", "committed", COMMITTED, insert("mediation_examination"), stays=True),
    Point("signing", "agreement there, tier open", AFTER, insert("mediation_agreement")),
    Point("signing", "tier closed, case open", AFTER, CLOSING),
    Point("leaving", "one tier closed, no other open", BEFORE, insert("disputes_proceeding")),
    Point("leaving", "committed", COMMITTED, insert("disputes_proceeding"), stays=True),
    Point("storing", "file on disk, no row", BEFORE, insert("disputes_evidence")),
    Point("expiring", "failure recorded, tier open", BEFORE, CLOSING),
    Point("expiring", "next tier without a course", BEFORE, insert("workflows_course")),
    Point("expiring", "committed", COMMITTED, insert("workflows_course"), stays=True),
    Point("alarming", "some told, others not", AFTER, insert("notices_notice")),
    Point("sealing", "sealed, not committed", AT_COMMIT, insert("audit_seal")),
    Point("importing", "rows without their course", BEFORE, copy("workflows_course")),
    Point("filing", "case without parties", AFTER, insert("disputes_case"), kill_connection),
    Point("examining", "at commit", AT_COMMIT, insert("mediation_examination"), kill_connection),
    Point("leaving", "between two tiers", AFTER, CLOSING, kill_connection),
    Point("expiring", "in the middle", AFTER, CLOSING, kill_connection),
    Point("importing", "in the middle", BEFORE, copy("disputes_party"), kill_connection),
]  # fmt: skip


@pytest.fixture
def scene(register, request, time_machine, tmp_path, settings):
    """A desk, its people and a case at each station that an act begins from."""
    settings.MEDIA_ROOT = tmp_path
    logging.disable(logging.CRITICAL)
    for name in ("district_mediator", "regional_head", "enterprise_mediator", "enterprise_head"):
        setattr(register, name, request.getfixturevalue(name))
    register.tmp_path = tmp_path
    time_machine.move_to(MONDAY + timedelta(hours=1), tick=True)
    yield register
    logging.disable(logging.NOTSET)


def browser_of(user):
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


# The acts: each prepares its scene and returns (the act, whether it is done).


def filing(scene):
    browser = browser_of(scene.district_mediator)
    return (
        lambda: browser.post(reverse("intake"), written()).status_code,
        lambda: Case.objects.count() == Proceeding.objects.count() == 1,
    )


def examining(scene):
    case = factories.make_case(scene.guta, by=scene.district_mediator)
    browser, url = browser_of(scene.district_mediator), step_url(case, "examine")
    answers = {"in_scope": "yes", "complete": "yes"}
    return (
        lambda: browser.post(url, answers).status_code,
        lambda: Examination.objects.count() == 1 and open_titles(case) == ["consult"],
    )


def signing(scene):
    case = settled_case(scene)
    browser, url = browser_of(scene.district_mediator), step_url(case, "agreement")
    day = MONDAY.date().isoformat()
    signatures = ("worker_signed_on", "employer_signed_on", "mediator_signed_on", "sealed_on")
    answers = dict.fromkeys(signatures, day) | {
        "terms": "单位一次付清工资14600元。", "amount": "14600", "copies": "3",
        "performance_by": "2026-09-30", "performance_mode": "once", "handed_over": "on",
    }  # fmt: skip
    return (
        lambda: browser.post(url, answers).status_code,
        lambda: Case.objects.filter(
            ended_at__isnull=False, proceedings__outcome="settled"
        ).exists(),
    )


def leaving(scene):
    case = factories.make_case(scene.guta, by=scene.district_mediator)
    browser, url = browser_of(scene.district_mediator), reverse("arbitrate", args=[case.case_id])
    return (
        lambda: browser.post(url, {"confirmed": "on"}).status_code,
        lambda: Proceeding.objects.filter(case=case.case, ordinal=2).count() == 1,
    )


def storing(scene):
    case = factories.make_case(scene.guta, by=scene.district_mediator)
    browser = browser_of(scene.district_mediator)
    url = reverse("case_materials", args=[case.case_id])

    def store():
        file = SimpleUploadedFile("欠条.pdf", PDF, content_type="application/pdf")
        return browser.post(url, {"files": file}).status_code

    return store, lambda: Evidence.objects.count() == 1


def expiring(scene):
    case = factories.make_case(scene.enterprise, consents={"next_tier": True})
    accept(case, mediator=scene.enterprise_mediator, head=scene.enterprise_head)
    at = timers(case).get().scheduled
    return (
        lambda: fire_due(at=at),
        lambda: [*case.case.proceedings.values_list("outcome", flat=True)] == [Outcome.EXPIRED, ""],
    )


def alarming(scene):
    for _n in range(3):
        factories.make_case(scene.guta, by=scene.district_mediator)
    at = MONDAY + timedelta(days=9)
    Notice.objects.all().delete()

    def all_told():
        late = Deadline.objects.filter(rule__rule_id="MED_ACCEPT", overdue_alarmed_at=None)
        told = Notice.objects.filter(kind=Notice.Kind.DEADLINE)
        pairs = list(told.values_list("recipient", "key"))
        return bool(pairs) and not late.exists() and len(pairs) == len(set(pairs))

    return lambda: alarm_deadlines(at=at), all_told


def sealing(scene):
    factories.make_case(scene.guta, by=scene.district_mediator)
    return seal_new, lambda: Seal.objects.count() == AuditEntry.objects.count() > 0


def importing(scene):
    rows = [make_row(证件号=make_identity_number(n)) for n in range(8)]
    path = make_ledger(scene.tmp_path / "台账.xlsx", rows)
    return (
        lambda: import_ledger(path, at=MONDAY, batch=4).imported,
        lambda: Case.objects.count() == Proceeding.objects.count() == 8,
    )


ACTS = {
    "filing": ("web", filing),
    "examining": ("web", examining),
    "signing": ("web", signing),
    "leaving": ("web", leaving),
    "storing": ("web", storing),
    "expiring": ("worker", expiring),
    "alarming": ("worker", alarming),
    "sealing": ("worker", sealing),
    "importing": ("worker", importing),
}


def step_url(case, name):
    return reverse("step", args=[task_of(case, name).pk])


def settled_case(scene):
    case = factories.make_case(scene.guta, by=scene.district_mediator)
    accept(case, mediator=scene.district_mediator, head=scene.regional_head)
    meet(case, by=scene.district_mediator, at=MONDAY, result="settled")
    return case


@pytest.mark.parametrize("point", POINTS, ids=str)
def test_nothing_acknowledged_is_lost_and_nothing_is_half(scene, point):
    act, is_done = ACTS[point.act][1](scene)
    said, pulled = run_in_child(act, Plug(point.when, point.words, point.pull))
    assert pulled, f"the point was not reached: {said}"
    assert said != "302"
    assert is_done() is point.stays
    whole = faults(at=MONDAY + timedelta(hours=2), seal=False)
    assert whole == []
    # The same again, as people and schedules do.
    act()
    assert is_done()
    assert faults(at=MONDAY + timedelta(hours=2), seal=False) == []


def test_twenty_points_are_named():
    assert len({str(point) for point in POINTS}) == len(POINTS) >= 20
    assert {str(point).partition(":")[0] for point in POINTS} == {"web", "worker", "database"}
