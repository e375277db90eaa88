"""A house that begins empty: its register, its people, its ledger, and a case from the ledger."""

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_q.models import OrmQ

from disputes import jobs
from disputes.models import Case
from offices.duties import Role
from offices.models import Office
from tests.factories import SHANGHAI
from tests.journeys import acts

DATA = Path(__file__).parents[1] / "data" / "ledger"
REGISTER, LEDGER = DATA / "offices.csv", DATA / "ledger_sample.xlsx"
MONDAY = datetime(2026, 2, 2, 9, tzinfo=SHANGHAI)
CENTRE = "古塔区总工会劳动争议调解中心"
# A case that the ledger leaves open at that centre, accepted there on 2025-11-28.
EMPLOYER = "锦北样例物业076有限公司"


@pytest.fixture
def passwords(clock):
    """The first passwords of the administrators of a house whose register came by command."""
    clock.move_to(MONDAY)
    call_command("import_offices", REGISTER, stdout=StringIO())
    told = StringIO()
    call_command("create_administrators", stdout=told)
    lines = [line.split("\t") for line in told.getvalue().splitlines() if "\t" in line]
    return {username: password for _role, username, password in lines}


def open_account(desk, username, name):
    """Open an account on the page of the administrator; return the password it shows."""
    desk.open("/people/add/")
    desk.write(name=name, username=username)
    desk.send()
    return desk.page.locator("dd[translate=no]").nth(1).inner_text()


def post(desk, username, office, role):
    desk.open("/postings/add/")
    desk.write(person=username, office=office, role=role.value)
    desk.send()


def import_ledger(desk):
    """Hand the ledger in on its page, and do what the worker in the background does."""
    desk.open("/ledger/")
    desk.write(file=LEDGER)
    desk.send()
    desk.shoot("e3_ledger_at_work")
    job = OrmQ.objects.get()
    jobs.import_handed_in_ledger(*job.task["args"])
    job.delete()
    desk.page.reload()


def confirm(desk):
    """Say that both parties agreed in time to go on with the open case."""
    with desk.page.expect_navigation():
        desk.page.locator("tr", has_text=EMPLOYER).locator("a.btn-go").click()
    desk.write(state="extended", agreed_on="2025-12-05", extended_to="2026-02-27")
    desk.shoot("e6_confirming")
    desk.send()


def test_a_house_begins_with_its_registers_and_ends_a_case_from_its_ledger(desk, clock, passwords):
    assert Office.objects.count() == 50
    desk.begin("xitong", passwords["xitong"], path="/offices/import/")
    desk.write(file=REGISTER)
    desk.send()
    assert Office.objects.count() == 50
    desk.shoot("e1_register_again")
    clerk = open_account(desk, "baixue", "白雪")
    mediator = open_account(desk, "zhangmin", "张敏")

    desk.begin("anquan", passwords["anquan"], path="/people/")
    post(desk, "baixue", "锦州市总工会", Role.FEDERATION_CLERK)
    post(desk, "zhangmin", CENTRE, Role.MEDIATOR)
    desk.shoot("e2_posted")

    desk.begin("baixue", clerk)
    import_ledger(desk)
    desk.reads("551", "49")
    desk.shoot("e4_ledger_report")
    assert Case.objects.count() == 551
    import_ledger(desk)
    assert Case.objects.count() == 551

    desk.begin("zhangmin", mediator, path="/ledger/to-confirm/")
    desk.shoot("e5_to_confirm")
    confirm(desk)
    desk.open("/")
    desk.shoot("e7_worklist")
    clock.shift(timedelta(minutes=10))
    acts.settle(desk, until=timezone.localtime())
    today = timezone.localdate()
    acts.sign(desk, on=today, performed_by=today + timedelta(days=10))
    desk.reads("已结案", "达成协议", EMPLOYER)
    desk.shoot("e8_closed")
