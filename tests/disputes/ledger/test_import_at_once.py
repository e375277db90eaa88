"""Two imports at once, and one that is killed: no row twice, no row half."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, connections

from disputes.domain.ledger.importing import import_ledger
from disputes.models import Case, Party, Proceeding
from tests.disputes.ledger.workbooks import make_row
from tests.factories import MONDAY, make_identity_number

pytestmark = pytest.mark.django_db(transaction=True)


def workers(count):
    return [make_row(证件号=make_identity_number(n)) for n in range(count)]


def serials():
    numbers = Case.objects.values_list("matter_number", flat=True)
    return sorted(int(number.rsplit("-", 1)[1]) for number in numbers)


def test_two_imports_of_one_file_at_once_make_every_case_once(register, ledger):
    path, reports = ledger(workers(30)), []

    def run():
        try:
            reports.append(import_ledger(path, at=MONDAY, batch=4))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(report.imported for report in reports) == 30
    assert sum(report.unchanged for report in reports) == 30
    assert serials() == list(range(1, 31))


def test_a_killed_import_leaves_whole_batches_and_a_second_goes_on(register, ledger):
    path = ledger(workers(20))
    killed = subprocess.run(
        [sys.executable, "-m", "tests.disputes.ledger.killed_import", path],
        cwd=settings.BASE_DIR,
        env=_environment(),
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert Case.objects.count() == Proceeding.objects.count() == 8
    roles = Counter(Party.objects.values_list("role", flat=True))
    assert roles == {"applicant": 8, "respondent": 8}
    report = import_ledger(path, at=MONDAY)
    assert (report.imported, report.unchanged) == (12, 8)
    assert serials() == list(range(1, 21))


def _environment():
    database = connection.settings_dict
    parts = {"host": database["HOST"], "port": database["PORT"], "password": database["PASSWORD"]}
    known = {name: value for name, value in parts.items() if value}
    query = urlencode({**database["OPTIONS"], **known})
    url = f"postgresql://{database['USER']}@/{database['NAME']}?{query}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
