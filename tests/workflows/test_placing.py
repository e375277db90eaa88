"""Where cases from a ledger stand in the course, and how a clerk lets them go on."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from viewflow.workflow.models import Process, Task

from disputes import signals
from disputes.models import Case, Deadline, Outcome, Party, Proceeding
from tests import factories
from tests.factories import MONDAY, SHANGHAI
from tests.workflows.test_mediation_flow import accept, meet, sign
from tests.workflows.walking import open_tasks, open_titles, timers
from workflows.confirming import AgreedTooLate, close_imported, confirm, unconfirmed
from workflows.timers import fire_due

pytestmark = pytest.mark.django_db
REGISTERED = datetime(2026, 8, 24, tzinfo=SHANGHAI)


def import_case(office, federation, *, accepted_on=None, closed_at=None, outcome="", handler=None):
    """Write one case as the ledger's import does, and tell the course of it."""
    serial = Case.objects.count() + 1
    case = Case.objects.create(
        matter_number=f"2026-锦-9{serial:05d}", federation=federation, source="hotline",
        cause="wages", received_on=REGISTERED.date(), filed_at=REGISTERED,
        imported_key=f"key-{serial}", ended_at=closed_at,
    )  # fmt: skip
    for kind, role, name in (
        ("worker", "applicant", "唐英伟"),
        ("employer", "respondent", "锦北样例物流033有限公司"),
    ):
        Party.objects.create(case=case, kind=kind, role=role, name=name)
    proceeding = Proceeding.objects.create(
        case=case, office=office, tier={"enterprise": 1, "regional": 2, "arbitration": 3}[office.tier],
        number=f"{office.short_name}〔2026〕第9{serial}号", number_key=f"{serial}",
        opened_at=REGISTERED, accepted_on=accepted_on, closed_at=closed_at, outcome=outcome,
        handler=handler,
    )  # fmt: skip
    signals.cases_imported.send(Case, proceedings=[proceeding], at=MONDAY, by=None)
    return proceeding


def shape_of(proceeding):
    """Return what the engine keeps of a course: steps with state, token depth and predecessors."""
    tasks = Task.objects.filter(process__course__proceeding=proceeding).order_by("pk")
    return sorted(
        (
            task.flow_task.name,
            task.status,
            str(task.token).count("/"),
            task.owner_permission or "",
            sorted(before.flow_task.name for before in task.previous.all()),
        )
        for task in tasks
    )


def test_an_open_row_without_acceptance_waits_to_be_examined_like_a_filed_case(register):
    imported = import_case(register.guta, register.federation)
    filed = factories.make_case(register.guta)
    assert shape_of(imported) == shape_of(filed)


def test_an_accepted_row_stands_in_mediation_as_the_engine_would_have_left_it(
    register, district_mediator, regional_head
):
    imported = import_case(register.guta, register.federation, accepted_on=date(2026, 9, 1))
    filed = factories.make_case(register.guta)
    accept(filed, mediator=district_mediator, head=regional_head)
    middle = {"start", "side_by_side", "mediate", "mediate__timeout"}
    engine = [row for row in shape_of(filed) if row[0] in middle]
    ours = shape_of(imported)
    assert [row[:1] + row[2:4] for row in ours] == [row[:1] + row[2:4] for row in engine]
    assert {row[0]: row[4] for row in ours}["mediate__timeout"] == ["mediate"]


def test_an_accepted_arbitration_waits_for_panel_and_service(register):
    imported = import_case(register.commission, register.federation, accepted_on=date(2026, 9, 1))
    assert open_titles(imported) == ["panel", "serve_copy"]


def test_a_closed_row_has_a_finished_course_and_no_clock(register):
    closed = import_case(
        register.guta, register.federation, closed_at=MONDAY, outcome=Outcome.SETTLED
    )
    assert Process.objects.get(course__proceeding=closed).status == "DONE"
    assert (open_titles(closed), closed.deadlines.count()) == ([], 0)


def test_imported_deadlines_neither_fire_nor_alarm_until_confirmed(register):
    imported = import_case(register.guta, register.federation, accepted_on=date(2026, 9, 1))
    assert not imported.deadlines.filter(armed=True).exists()
    assert timers(imported).get().scheduled is None
    assert fire_due(at=MONDAY + timedelta(days=999)) == 0


def test_the_handler_of_the_ledger_holds_the_open_step(register, district_mediator):
    imported = import_case(
        register.guta, register.federation, accepted_on=date(2026, 9, 1), handler=district_mediator
    )
    assert open_tasks(imported).get().owner == district_mediator


def test_a_confirmed_case_goes_on_to_its_end(register, district_mediator):
    imported = import_case(register.guta, register.federation, accepted_on=date(2026, 9, 1))
    confirm(imported, at=MONDAY, by=district_mediator)
    deadline = Deadline.objects.get(proceeding=imported)
    assert deadline.armed
    assert timezone.localdate(timers(imported).get().scheduled) > deadline.due_legal
    meet(imported, by=district_mediator, at=MONDAY + timedelta(hours=3), result="settled")
    sign(imported, by=district_mediator, at=MONDAY + timedelta(hours=4))
    imported.refresh_from_db()
    assert imported.outcome == Outcome.SETTLED


def test_a_longer_term_must_have_been_agreed_in_time(register, district_mediator):
    imported = import_case(register.guta, register.federation, accepted_on=date(2026, 8, 10))
    with pytest.raises(AgreedTooLate):
        confirm(
            imported, at=MONDAY, by=district_mediator,
            agreed_on=date(2026, 9, 3), extended_to=date(2026, 9, 30),
        )  # fmt: skip
    confirm(
        imported, at=MONDAY, by=district_mediator,
        agreed_on=date(2026, 8, 20), extended_to=date(2026, 9, 30),
    )  # fmt: skip
    assert Deadline.objects.get(proceeding=imported).due_nominal == date(2026, 9, 30)


def test_an_open_row_that_had_ended_is_closed(register, district_mediator):
    imported = import_case(register.guta, register.federation, accepted_on=date(2026, 9, 1))
    close_imported(
        imported, outcome=Outcome.NOT_SETTLED, closed_at=MONDAY, at=MONDAY, by=district_mediator
    )
    imported.refresh_from_db()
    assert (imported.outcome, open_titles(imported)) == (Outcome.NOT_SETTLED, [])
    assert not Deadline.objects.running().filter(proceeding=imported).exists()


def test_the_list_to_confirm_shows_each_person_her_own(
    register, district_mediator, other_mediator, clerk, lawyer
):
    imported = import_case(register.guta, register.federation, accepted_on=date(2026, 9, 1))
    today = MONDAY.date()
    assert list(unconfirmed(district_mediator, on=today)) == [imported]
    assert list(unconfirmed(clerk, on=today)) == [imported]
    assert list(unconfirmed(other_mediator, on=today)) == []
    assert list(unconfirmed(lawyer, on=today)) == []


def test_the_clerk_of_the_federation_confirms_what_a_commission_under_none_handles(
    register, clerk, arbitration_case
):
    Deadline.objects.filter(proceeding=arbitration_case).update(armed=False)
    assert list(unconfirmed(clerk, on=MONDAY.date())) == [arbitration_case]


def test_the_database_refuses_a_proceeding_without_a_course(register):
    case = factories.make_case(register.guta).case
    Proceeding.objects.filter(case=case).update(closed_at=MONDAY, outcome=Outcome.WITHDRAWN)
    with pytest.raises(IntegrityError, match="has no course"):
        write_without_course(case, register.guta)


def write_without_course(case, office):
    with transaction.atomic():
        Proceeding.objects.create(
            case=case, office=office, tier=2, ordinal=2, number="x", number_key="x",
            opened_at=MONDAY,
        )  # fmt: skip
        connection.check_constraints()
