"""Who may be posted where, and when access begins and ends."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from offices.domain import refusals, staffing
from offices.duties import ADMINISTRATORS, ROLE_DUTIES, ROLE_KINDS, Role, roles_at
from offices.models import Office, OfficeGroupObjectPermission, Posting
from tests.factories import make_user

TODAY = date(2026, 9, 7)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def person(register):
    return make_user("lixia", "李霞")


def post(person, office, role, since=TODAY, until=None):
    return staffing.post(person, office=office, role=role, since=since, until=until, on=TODAY)


def test_every_role_has_duties_and_kinds_of_office_that_exist():
    assert set(ROLE_KINDS) == set(ROLE_DUTIES) == set(Role)
    assert {kind for kinds in ROLE_KINDS.values() for kind in kinds} <= set(Office.Kind)
    assert all(roles_at(kind) for kind in Office.Kind)


def test_a_posting_counts_on_its_first_and_its_last_day(register, person):
    post(person, register.guta, Role.MEDIATOR, since=TODAY, until=TODAY)
    served = [
        staffing.offices_where(person, "mediate", on=TODAY + timedelta(days=days)).exists()
        for days in (-1, 0, 1)
    ]
    assert served == [False, True, False]


@pytest.mark.parametrize(
    ("place", "role"),
    [
        ("guta", Role.ARBITRATOR),
        ("commission", Role.MEDIATOR),
        ("federation", Role.STATION_REPORTER),
        ("court", Role.LABOUR_LIAISON),
        ("enterprise", Role.LAWYER),
        ("guta", Role.SYSTEM_ADMINISTRATOR),
    ],
)
def test_a_role_is_served_only_at_the_kinds_of_office_that_know_it(register, person, place, role):
    with pytest.raises(refusals.RoleDoesNotFit):
        post(person, getattr(register, place), role)
    assert not person.postings.exists()


@pytest.mark.parametrize("other", [*ADMINISTRATORS[1:], Role.FEDERATION_CLERK, Role.LEADER])
def test_an_administrator_serves_as_nothing_else(register, person, other):
    post(person, register.federation, Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(refusals.AdministratorsApart):
        post(person, register.federation, other)


def test_who_works_on_cases_becomes_no_administrator(register, person):
    post(person, register.guta, Role.MEDIATOR)
    with pytest.raises(refusals.AdministratorsApart):
        post(person, register.federation, Role.SECURITY_ADMINISTRATOR)


def test_who_was_an_administrator_until_yesterday_may_work_on_cases_today(register, person):
    post(person, register.federation, Role.SYSTEM_ADMINISTRATOR, date(2026, 1, 1), YESTERDAY)
    assert post(person, register.guta, Role.MEDIATOR).pk


def test_the_database_too_keeps_administrators_apart(register, person):
    post(person, register.federation, Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(
            user=person,
            office=register.guta,
            role=Role.MEDIATOR,
            since=TODAY,
            group=staffing.group_of(register.guta, Role.MEDIATOR),
        )


def test_posting_again_returns_the_open_posting(register, person):
    first = post(person, register.guta, Role.MEDIATOR, since=date(2026, 1, 1))
    assert post(person, register.guta, Role.MEDIATOR) == first


def test_nobody_serves_twice_in_one_role_on_one_day(register, person):
    post(person, register.guta, Role.MEDIATOR, since=YESTERDAY)
    with pytest.raises(refusals.AlreadyServing):
        post(person, register.guta, Role.MEDIATOR, until=TODAY)


def test_nobody_is_posted_to_an_office_that_is_closed(register, person):
    register.guta.is_active = False
    register.guta.save()
    with pytest.raises(refusals.OfficeNotActive):
        post(person, register.guta, Role.MEDIATOR)


def test_nobody_is_posted_whose_account_is_off(register, person):
    person.is_active = False
    person.save()
    with pytest.raises(refusals.AccountNotActive):
        post(person, register.guta, Role.MEDIATOR)


def test_the_last_day_is_not_before_the_first(register, person):
    with pytest.raises(refusals.EndsBeforeItBegins):
        post(person, register.guta, Role.MEDIATOR, until=YESTERDAY)


def test_ended_with_yesterday_access_ends_at_once(register, person):
    posting = post(person, register.guta, Role.MEDIATOR, since=date(2026, 1, 1))
    staffing.end_posting(posting, until=YESTERDAY, on=TODAY)
    assert not staffing.offices_where(person, "mediate", on=TODAY).exists()
    assert not person.groups.exists()


def test_ended_with_today_access_lasts_until_midnight(register, person):
    posting = post(person, register.guta, Role.MEDIATOR, since=date(2026, 1, 1))
    staffing.end_posting(posting, until=TODAY, on=TODAY)
    assert staffing.offices_where(person, "mediate", on=TODAY).exists()
    assert person.groups.exists()


def test_a_posting_made_by_mistake_is_withdrawn_on_its_first_day(register, person):
    posting = post(person, register.guta, Role.MEDIATOR)
    staffing.end_posting(posting, until=YESTERDAY, on=TODAY)
    assert not person.postings.active(TODAY).exists()
    assert post(person, register.guta, Role.MEDIATOR) != posting


def test_a_posting_that_is_over_stays_as_it_is(register, person):
    posting = post(person, register.guta, Role.MEDIATOR, date(2026, 1, 1), date(2026, 2, 1))
    with pytest.raises(refusals.AlreadyEnded):
        staffing.end_posting(posting, until=TODAY, on=TODAY)


def test_a_posting_does_not_end_long_before_it_began(register, person):
    posting = post(person, register.guta, Role.MEDIATOR)
    with pytest.raises(refusals.EndsBeforeItBegins):
        staffing.end_posting(posting, until=YESTERDAY - timedelta(days=1), on=TODAY)


def test_groups_follow_the_calendar_without_harm_when_done_twice(register, person):
    post(person, register.guta, Role.MEDIATOR, since=TODAY + timedelta(days=1))
    assert not person.groups.exists()
    for _again in range(2):
        staffing.synchronise_all_groups(on=TODAY + timedelta(days=1))
        assert list(person.groups.values_list("name", flat=True)) == [
            f"mediator@{register.guta.pk}"
        ]


def test_groups_follow_the_table_of_roles(register, person):
    post(person, register.guta, Role.MEDIATOR)
    held = OfficeGroupObjectPermission.objects.filter(content_object=register.guta)
    lost = held.get(permission__codename="mediate")
    held.filter(permission__codename="view_cases").update(
        permission=type(lost.permission).objects.get(codename="arbitrate")
    )
    lost.delete()
    staffing.synchronise_all_groups(on=TODAY)
    assert set(held.values_list("permission__codename", flat=True)) == ROLE_DUTIES[Role.MEDIATOR]
