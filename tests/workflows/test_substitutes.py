"""Who stands in for somebody away acts on her files, as far as his own duties and ties allow."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from disputes.domain import conflicts, declarations
from disputes.models import Declaration, TimelineEntry, Wall
from disputes.permissions import readable_cases
from offices.domain.absences import enter_absence
from offices.domain.staffing import end_posting
from offices.duties import Role
from tests import factories
from tests.workflows.test_mediation_flow import accept, meet
from tests.workflows.walking import open_titles, task_of
from workflows.courses import StepHeld

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def substitute(register):
    return factories.make_user("guta2", "冯远", office=register.guta, role=Role.MEDIATOR)


@pytest.fixture
def held(register, district_mediator, regional_head, now):
    """A file of 张敏 that waits to be mediated."""
    before = now - timedelta(hours=3)
    proceeding = factories.make_case(register.guta, at=before, by=district_mediator)
    accept(proceeding, mediator=district_mediator, head=regional_head, at=before)
    return proceeding


def go_away(person, *, substitute, now):
    today = timezone.localdate(now)
    return enter_absence(
        person,
        since=today,
        until=today + timedelta(days=5),
        substitute=substitute,
        at=now,
        by=person,
    )


def reads(user, proceeding):
    return readable_cases(user).filter(pk=proceeding.case_id).exists()


def test_a_colleague_does_not_act_on_the_file_of_another(held, substitute, now):
    assert not reads(substitute, held)
    with pytest.raises(StepHeld):
        meet(held, by=substitute, at=now, result="failed")


def test_the_substitute_reads_and_does_what_waits_and_the_file_stays_hers(
    client, held, district_mediator, substitute, now
):
    go_away(district_mediator, substitute=substitute, now=now)
    assert reads(substitute, held)
    client.force_login(substitute)
    page = client.get(reverse("worklist")).content.decode()
    assert held.number in page
    assert "代张敏" in page.replace(" ", "")
    meet(held, by=substitute, at=now - timedelta(hours=1), result="adjourned")
    assert task_of(held, "mediate").owner == district_mediator
    meet(held, by=substitute, at=now, result="failed")
    held.refresh_from_db()
    assert (held.handler, open_titles(held)) == (district_mediator, ["failure"])
    said = [str(entry) for entry in TimelineEntry.objects.filter(case=held.case)]
    assert "冯远代不在岗的张敏办理" in said


def test_the_step_that_he_did_is_his(held, district_mediator, substitute, now):
    go_away(district_mediator, substitute=substitute, now=now)
    task = task_of(held, "mediate")
    meet(held, by=substitute, at=now, result="failed")
    task.refresh_from_db()
    assert task.owner == substitute


def test_when_she_is_back_he_neither_acts_nor_reads(held, district_mediator, substitute, now):
    absence = go_away(district_mediator, substitute=substitute, now=now)
    absence.until = absence.since - timedelta(days=1)
    absence.save()
    assert not reads(substitute, held)
    with pytest.raises(StepHeld):
        meet(held, by=substitute, at=now, result="failed")


def test_a_wall_and_a_declared_tie_keep_the_substitute_away(
    held, district_mediator, substitute, now
):
    go_away(district_mediator, substitute=substitute, now=now)
    declarations.declare(substitute, kind=Declaration.Kind.RELATIVE, name="韩玉兰", at=now)
    with pytest.raises(conflicts.HasConflict):
        meet(held, by=substitute, at=now, result="failed")
    Wall.objects.create(case=held.case, user=substitute, reason="回避", at=now)
    assert not reads(substitute, held)


def test_a_substitute_who_serves_here_no_more_stands_in_no_more(
    held, district_mediator, substitute, now
):
    go_away(district_mediator, substitute=substitute, now=now)
    end_posting(substitute.postings.get(), until=timezone.localdate(now) - timedelta(days=1))
    assert not reads(substitute, held)
