"""A house full of cases at every step, with somebody in every role: the demo, and what it lacks."""

from contextlib import contextmanager
from io import StringIO

import time_machine
from django.apps import apps
from django.conf import settings
from django.core.files import File
from django.core.management import call_command
from django.db.models import CharField, JSONField, TextField
from django.utils import timezone
from viewflow.workflow.models import Task

from disputes import jobs
from disputes.domain.ledger.uploads import hand_in
from disputes.look.outline import brief_name
from offices.duties import Role
from offices.models import Office, Posting, User
from tests.disputes.ledger.workbooks import make_ledger, make_row
from tests.factories import MONDAY
from workflows.models import StuckTimer

CASES = 62
ROOMS = ("offices", "law", "notices", "papers", "disputes", "mediation", "arbitration", "legal_aid")


def fill(folder):
    """Fill an empty house; *folder* is for files that are handed in on the way."""
    with time_machine.travel(MONDAY):
        call_command("demo", cases=CASES, stdout=StringIO(), stderr=StringIO())
        User.objects.update(must_change_password=False)
        _import_ledger(folder)
        _stick_a_clock()


@contextmanager
def filled(folder, unblocked):
    """Have a full house inside the block, and an empty one after it.

    Tests inside take back what they change. The house itself is committed: PostgreSQL would be
    slow to read thousands of rows of a transaction that is still open.
    """
    with unblocked():
        fill(folder)
        try:
            yield
        finally:
            call_command("flush", interactive=False, verbosity=0)
            call_command("load_law", verbosity=0)


def _import_ledger(folder):
    """Import a ledger with an open case, a closed one, a warning and a wrong row."""
    centre = Office.objects.filter(kind=Office.Kind.COUNTY_CENTRE).first()
    common = {"受理组织": centre.name, "层级": "区域", "首报站点": None}
    end = {"结案日": None, "结案方式": None, "协议金额": None}
    rows = [
        make_row(**common),
        make_row(**common, **end, 证件号="210799199001010033", 申请人="罗成"),
        make_row(**common, 证件号="210799199001010034", 申请人="杜梅"),
    ]
    path = make_ledger(folder / "台账2025.xlsx", rows)
    clerk = one_with(Role.FEDERATION_CLERK)
    with path.open("rb") as file:
        record = hand_in(
            File(file, name=path.name), office=clerk.posting.office, at=timezone.now(), by=clerk
        )
    jobs.import_handed_in_ledger(record.pk, settings.LANGUAGE_CODE)


def _stick_a_clock():
    now, task = timezone.now(), Task.objects.filter(flow_task_type="TIMER").first()
    StuckTimer.objects.create(
        task=task, error="RuntimeError: boom", first_failed_at=now, last_failed_at=now
    )


def one_with(role, kind=None):
    """Return somebody who serves as *role* (at an office of *kind*), with her ``posting``."""
    postings = Posting.objects.filter(role=role).order_by("pk")
    posting = (postings.filter(office__kind=kind) if kind else postings).first()
    posting.user.posting = posting
    return posting.user


def cast():
    """Return somebody for every role; for those of mediation, at every kind of office."""
    found = {}
    for posting in Posting.objects.select_related("office", "user").order_by("pk"):
        found.setdefault((posting.role, posting.office.kind), posting.user)
    return found


def written():
    """Return everything that people, and not the house, have written into the database."""
    texts = [brief_name(office) for office in Office.objects.all()]
    for model in (each for room in ROOMS for each in apps.get_app_config(room).get_models()):
        names = [
            each.attname
            for each in model._meta.concrete_fields
            if each.name != "title_zh"
            and isinstance(each, CharField | TextField | JSONField)
            and not each.choices
        ]
        if names:
            texts += [str(value) for row in model.objects.values_list(*names) for value in row]
    return "\n".join(texts)
