"""The demo: the same stories for the same seed, at every step, with people who can log in."""

import json
from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from viewflow.workflow.models import Task

from disputes.models import Case, Deadline, Party, Proceeding
from disputes.validators import (
    birth_date_of,
    validate_credit_code,
    validate_identity_number,
    validate_mobile,
    validate_name,
)
from notices.models import Notice
from offices.duties import Role
from offices.middleware import must_change_password
from offices.models import Office, Posting, User
from tests import factories
from workflows import alarms, timers
from workflows.demo import accounts, multiplying, production, scenarios, stories
from workflows.demo.accounts import PASSWORD, NoFederation, make_accounts
from workflows.demo.kinds import count_kinds
from workflows.demo.production import Production, ThereAlready, put_on
from workflows.steps import STEPS

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 20)
SCENARIOS = 116


def open_steps():
    return Task.objects.filter(flow_task_type="HUMAN", status__in=["NEW", "ASSIGNED"])


def names_of(tasks):
    return {(task.flow_task.flow_class, task.flow_task.name) for task in tasks}


def test_the_demo_has_an_open_case_at_every_step_and_no_clock_left_behind(subtests):
    """One demo for all these questions: making it is what takes the time."""
    run = Production(SCENARIOS, 1, TODAY)
    put_on(run)
    horizon = run.horizon

    with subtests.test("every step of every flow is open somewhere"):
        every = {(flow, step) for flow, steps in STEPS.items() for step in steps}
        assert names_of(open_steps()) == every

    with subtests.test("no case has gone further than its scenario says"):
        for plan in production.make_plans(run):
            case = Case.objects.get(filing_token=run.token(plan.index))
            steps = open_steps().filter(process__course__proceeding__case=case)
            waiting = {task.flow_task.name for task in steps}
            assert {stop.split(".")[1] for stop in plan.stops} <= waiting, plan

    with subtests.test("nothing happened today or later"):
        assert Case.objects.filter(filed_at__gte=horizon).count() == 0
        assert Task.objects.filter(finished__gt=horizon).count() == 0
        assert Proceeding.objects.filter(closed_at__gt=horizon).count() == 0

    with subtests.test("the worker finds nothing to fire and nobody to tell"):
        assert timers.due_timers(at=horizon + timedelta(hours=8)).count() == 0
        assert alarms.alarm_deadlines(at=horizon - timedelta(minutes=1)) == 0
        assert Notice.objects.exists()

    with subtests.test("some open cases are near their term, some over it, some escalated"):
        handling = Deadline.objects.running().filter(proceeding__closed_at=None)
        over = handling.filter(due_legal__lt=TODAY)
        assert set(over.values_list("rule__rule_id", flat=True)) >= {
            "MED_ACCEPT", "ARB_ACCEPT", "ARB_AWARD",
        }  # fmt: skip
        near = handling.filter(due_legal__range=(TODAY, TODAY + timedelta(days=4)))
        assert {"MED_CLOSE", "ARB_AWARD"} <= set(near.values_list("rule__rule_id", flat=True))
        assert Proceeding.objects.filter(outcome="expired", tier=1).exists()

    with subtests.test("the engine tells the time of the story"):
        first = Task.objects.earliest("pk")
        story = Case.objects.get(proceedings__course__process=first.process)
        assert first.created == first.finished == story.filed_at

    with subtests.test("every kind of case is there"):
        assert len(production.make_plans(run)) == SCENARIOS == len(scenarios._all())
        assert [name for name, number in count_kinds().items() if not number] == []

    with subtests.test("each story of practice is told"):
        assert [name for name, is_told in stories.told().items() if not is_told] == []

    with subtests.test("only demo people act"):
        assert not User.objects.filter(is_demo=False).exists()

    with subtests.test("a second run adds nothing"):
        assert put_on(run) == 0
        assert Case.objects.count() == SCENARIOS


def facts_of_all():
    """Return what makes a demo: numbers, people, amounts, moments and outcomes."""
    return [
        (
            case.matter_number,
            case.filed_at,
            case.cause,
            case.facts,
            [(party.name, party.id_number, party.phone) for party in case.parties.all()],
            [(claim.kind, claim.amount) for claim in case.claims.all()],
            [
                (each.number, each.outcome, each.closed_at, each.settled_amount)
                for each in case.proceedings.all()
            ],
            [(row.due_legal, row.state) for row in case.deadlines.order_by("pk")],
            [
                (entry.at, entry.verb, entry.text, str(entry.actor))
                for entry in case.timeline.order_by("pk")
            ],
        )
        for case in Case.objects.order_by("matter_number")
    ]


def told(seed, *, indexes):
    """Return the facts of the cases *indexes* of a demo, which is then taken back."""
    run = Production(120, seed, TODAY)
    with transaction.atomic():
        production.need_register()
        make_accounts(on=TODAY)
        stage, plans = production.Stage(on=TODAY), production.make_plans(run)
        for index in indexes:
            production.play(run, plans, index, stage=stage)
        facts = facts_of_all()
        transaction.set_rollback(True)
    return facts


def test_the_same_seed_on_the_same_day_tells_the_same_stories():
    indexes = [9, 45, *range(100, 104)]
    once = told(3, indexes=indexes)
    assert once == told(3, indexes=indexes)
    assert told(3, indexes=[102]) != told(4, indexes=[102])


def test_what_was_interrupted_is_completed_by_the_same_command(register, monkeypatch):
    run = Production(3, 1, TODAY)
    monkeypatch.setattr(production, "_tell_of_deadlines", interrupt)
    with pytest.raises(KeyboardInterrupt):
        put_on(run)
    Case.objects.get(filing_token=run.token(2))
    monkeypatch.undo()
    assert put_on(run) == 0

    other = Production(4, 2, TODAY)
    with pytest.raises(ThereAlready):
        put_on(other)
    assert put_on(other, more=True) == 4
    assert Case.objects.count() == 7


def interrupt(_horizon):
    raise KeyboardInterrupt


def test_it_plays_at_the_offices_of_the_register_that_is_there(register):
    put_on(Production(2, 1, TODAY))
    used = set(Proceeding.objects.values_list("office__name", flat=True))
    assert used == {register.enterprise.name}
    assert Office.objects.filter(kind="city_federation").count() == 1


def test_real_people_never_act_in_the_demo(register, enterprise_mediator, enterprise_head):
    put_on(Production(8, 1, TODAY))
    assert not Proceeding.objects.filter(handler__is_demo=False).exists()
    assert not Case.objects.filter(filed_by__is_demo=False).exists()


def test_people_and_firms_pass_the_checks_of_the_forms_and_belong_to_nobody(register, monkeypatch):
    monkeypatch.setattr(multiplying, "WALKED", 320)
    told_of = production.make_plans(Production(320, 5, TODAY))
    stage = production.Stage(on=TODAY)
    make_accounts(on=TODAY)
    names = set()
    for plan in told_of[83:]:
        filing = production.make_filing(Production(320, 5, TODAY), plan, stage=stage)
        worker, employer = filing.application.worker, filing.application.employer
        validate_name(worker["name"])
        validate_identity_number(worker["id_number"])
        validate_mobile(worker["phone"])
        assert worker["id_number"].startswith("210799")
        assert worker["phone"].startswith("1540000")
        assert "××街道演示路" in worker["address"]
        assert employer["name"].startswith("锦北样例")
        if employer["credit_code"]:
            validate_credit_code(employer["credit_code"])
        assert len(filing.application.case["facts"]) >= 20
        names.add(worker["name"])
    assert len(names) > 180


def test_names_are_sometimes_long_rare_or_dotted_and_some_were_born_on_a_leap_day():
    put_on(Production(10, 1, TODAY))
    workers = Party.objects.filter(kind="worker")
    names = [worker.name for worker in workers]
    assert any("·" in name for name in names)
    assert any(ord(sign) > 0xFFFF or sign == "㛃" for name in names for sign in name)
    born = [birth_date_of(worker.id_number) for worker in workers]
    assert any((day.month, day.day) == (2, 29) for day in born)
    plans = scenarios.make_plans(TODAY, rng_of=lambda index: Production(1, 1, TODAY).rng(index, ""))
    assert {"dotted", "rare", "long"} <= {plan.name_kind for plan in plans}


def test_accounts_cannot_be_made_without_a_register():
    with pytest.raises(NoFederation):
        make_accounts(on=TODAY)
    with pytest.raises(CommandError, match="import_offices"):
        call_command("demo_accounts")


def test_every_role_of_the_staff_has_an_account_that_can_log_in(register, capsys):
    production.need_register()
    call_command("import_offices", accounts.DATA / "offices.csv")
    capsys.readouterr()
    call_command("demo_accounts", json=True)
    rows = json.loads(capsys.readouterr().out)
    assert {row["role_id"] for row in rows} == set(Role.values)
    assert {"username", "password", "role", "office"} <= set(rows[0])
    for role in (Role.MEDIATOR, Role.HEAD):
        districts = {row["office"] for row in rows if row["role_id"] == role}
        assert len([office for office in districts if "区总工会" in office]) == 3
        assert any("有限公司" in office for office in districts)
    for row in rows:
        user = authenticate(None, username=row["username"], password=row["password"])
        assert user is not None
        posting = Posting.objects.active(timezone.localdate()).get(user=user)
        assert (posting.role, posting.office.name) == (row["role_id"], row["office"])


def test_accounts_are_made_once_and_leave_everybody_elses_alone(register):
    real = factories.make_user("guta", "真实的人", office=register.guta, role=Role.MEDIATOR)
    first = make_accounts(on=TODAY)
    count = User.objects.count()
    assert [login.username for login in make_accounts(on=TODAY)] == [
        login.username for login in first
    ]
    assert User.objects.count() == count
    real.refresh_from_db()
    assert (real.is_demo, real.check_password(PASSWORD)) == (False, False)
    assert "guta2" in {login.username for login in first}


def test_a_password_that_somebody_changed_is_not_listed(register):
    make_accounts(on=TODAY)
    user = User.objects.get(username="lingdao")
    user.set_password("Another-one-7")
    user.save()
    listed = {login.username: login.password for login in make_accounts(on=TODAY)}
    assert (listed["lingdao"], listed["guta"]) == ("", PASSWORD)


def test_demo_accounts_keep_their_password_only_where_the_house_plays(register, client, settings):
    make_accounts(on=TODAY)
    user = User.objects.get(username="guta")
    settings.DEMO = True
    client.force_login(user)
    assert client.get("/").status_code == 200
    assert not must_change_password(user)
    settings.DEMO = False
    assert must_change_password(user)


def test_a_day_for_which_the_law_has_no_answer_is_refused_with_a_sentence():
    with pytest.raises(CommandError):
        call_command("demo", cases=1, today=date(1990, 1, 4))
