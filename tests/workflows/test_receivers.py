"""What the course has to say to news from other rooms."""

import pytest
from django.utils import timezone

from disputes.domain.refusals import OfficeHasCases
from offices.domain.offices import close_office
from tests.factories import make_case


def test_an_office_with_open_cases_is_not_closed(register):
    make_case(register.linghe)
    with pytest.raises(OfficeHasCases):
        close_office(register.linghe, on=timezone.localdate())
    register.linghe.refresh_from_db()
    assert register.linghe.is_active


def test_an_office_without_cases_is_closed(register):
    close_office(register.linghe, on=timezone.localdate())
    assert not register.linghe.is_active
