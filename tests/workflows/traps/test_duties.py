"""Traps of permissions: who sees a step, who may do it."""

import contextlib

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from guardian.models import UserObjectPermission
from viewflow.workflow.models import Process, Task

from disputes.permissions import can_view, visible_cases
from offices.models import Office
from tests import factories
from tests.factories import MONDAY
from tests.workflows.engines.engine import OPEN, trap
from tests.workflows.walking import task_of
from workflows.courses import NotTheWork, change_handler
from workflows.worklist import steps_for

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@trap()
def test_a_duty_at_one_office_is_enough_to_see_its_steps(
    engine, process, district_case, district_mediator
):
    if engine.name == "stock":
        grant(district_mediator, district_case.office)
        seen = Task.objects.queue([engine.flow], district_mediator)
    else:
        seen = steps_for(district_mediator, on=TODAY)
    assert seen.exists()


@trap()
def test_a_permission_for_the_whole_model_shows_no_case_of_another_office(
    engine, process, district_case, other_mediator
):
    allow(other_mediator, "view_process", Process)
    if engine.name == "stock":
        seen = Process.objects.filter_available([engine.flow], other_mediator)
    else:
        seen = visible_cases(other_mediator)
    assert not seen.exists()


@trap()
def test_a_permission_for_the_whole_model_opens_no_page_of_another_office(
    engine, process, district_case, other_mediator, client
):
    allow(other_mediator, "view_process", Process)
    client.force_login(other_mediator)
    gate = engine.flow.instance.has_view_permission(other_mediator, obj=process)
    page = client.get(reverse("case", args=[district_case.case_id]))
    assert (gate, page.status_code) == (False, 404)
    assert not can_view(other_mediator, district_case.case)


@trap()
def test_a_duty_for_the_whole_model_is_no_duty_at_any_office(
    engine, process, district_case, other_mediator, client
):
    allow(other_mediator, "mediate", Office)
    task = engine.step(process)
    assert task.flow_task.can_assign(other_mediator, task) is False
    client.force_login(other_mediator)
    assert (
        client.get(reverse("step", args=[task_of(district_case, "examine").pk])).status_code == 404
    )


@trap()
def test_a_stranger_cannot_complete_a_step(engine, process, district_case, other_mediator, client):
    task = engine.step(process)
    if engine.name == "stock":
        engine.complete(task, other_mediator)
    else:
        task = task_of(district_case, "examine")
        client.force_login(other_mediator)
        answers = {"in_scope": "yes", "complete": "yes"}
        assert client.post(reverse("step", args=[task.pk]), answers).status_code == 404
    task.refresh_from_db()
    assert task.status in OPEN


@trap()
def test_a_step_cannot_be_given_to_a_stranger(
    engine, process, district_case, district_mediator, regional_head, other_mediator
):
    if engine.name == "stock":
        task = engine.step(process)
        with task.activation() as activation:
            activation.assign(district_mediator)
            activation.reassign(user=other_mediator)
        assert task.owner == district_mediator
    with pytest.raises(NotTheWork):
        give(district_case, other_mediator, by=regional_head)


@trap()
def test_it_is_on_record_when_a_step_was_given_to_somebody(
    engine, process, district_case, district_mediator, regional_head
):
    if engine.name == "stock":
        task = engine.step(process)
        with task.activation() as activation:
            activation.assign(district_mediator)
        task.refresh_from_db()
        moment = task.assigned
    else:
        give(district_case, district_mediator, by=regional_head)
        moment = district_case.case.timeline.latest("pk").at
    assert moment == MONDAY


def give(proceeding, handler, *, by):
    change_handler(
        proceeding, handler=handler, reason="x", conflict_declared=True, at=MONDAY, by=by
    )


@trap()
def test_a_person_who_did_steps_cannot_be_deleted_with_them(engine, process, district_mediator):
    user = district_mediator if engine.name == "ours" else factories.make_user("frei", "自由")
    engine.complete(engine.step(process), user)
    with contextlib.suppress(models.ProtectedError):
        user.delete()
    assert engine.steps(process, "examine").exists()


@trap()
def test_a_worklist_asks_the_same_number_of_questions_whatever_the_number_of_duties(
    engine, process, register, district_case, district_mediator
):
    def questions():
        user = type(district_mediator).objects.get(pk=district_mediator.pk)
        with CaptureQueriesContext(connection) as asked:
            if engine.name == "stock":
                list(Task.objects.user_queue(user)[:20])
            else:
                list(steps_for(user, on=TODAY)[:20])
        return len(asked)

    offices = [register.guta, register.linghe, register.station, register.enterprise]
    for office in offices[:1]:
        grant(district_mediator, office)
    few = questions()
    for office in offices[1:]:
        grant(district_mediator, office)
    assert questions() == few


def grant(user, office):
    """Let *user* hold the duty to mediate at *office* as the engine looks for it, and by post."""
    kind = ContentType.objects.get_for_model(Office)
    permission = Permission.objects.get(content_type=kind, codename="mediate")
    UserObjectPermission.objects.create(
        user=user, permission=permission, content_type=kind, object_pk=office.pk
    )
    if not user.postings.filter(office=office).exists():
        factories.post(user, office=office, role=factories.Role.MEDIATOR, since=TODAY)


def allow(user, codename, model):
    kind = ContentType.objects.get_for_model(model)
    permission, _made = Permission.objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": codename}
    )
    user.user_permissions.add(permission)
