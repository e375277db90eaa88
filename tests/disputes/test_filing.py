"""Filing once, even when a form arrives twice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from disputes.domain.filing import file_once
from disputes.models import Case, Proceeding
from tests.factories import MONDAY, make_application


def file_in_thread(application, token, office, by):
    try:
        return file_once(application, token=token, office=office, at=MONDAY, by=by)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_form_that_arrives_many_times_at_once_files_one_case(register, district_mediator):
    token, application = uuid4(), make_application()
    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(
                lambda _n: file_in_thread(application, token, register.guta, district_mediator),
                range(8),
            )
        )
    assert Case.objects.count() == 1
    assert {proceeding for proceeding, _new in found} == {Proceeding.objects.get()}
    assert sum(new for _proceeding, new in found) == 1


def test_the_token_of_another_person_counts_for_nothing(register, district_mediator, regional_head):
    token = uuid4()
    for by in (regional_head, district_mediator):
        file_once(make_application(), token=token, office=register.guta, at=MONDAY, by=by)
    assert Case.objects.filter(filing_token=token).get().filed_by == regional_head
    assert Case.objects.count() == 2
