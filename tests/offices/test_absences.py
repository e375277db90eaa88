"""Who is away, who acts meanwhile, and who may enter it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from offices.domain import absences, refusals
from offices.domain.standing import standing_of
from offices.duties import Role
from offices.models import Absence
from tests.factories import MONDAY, make_user

TODAY = date(2026, 9, 7)
FRIDAY = TODAY + timedelta(days=4)
# Session, person, postings; the list; whom she leads; unread notices, federation, law.
LIST_QUERIES = 7


@pytest.fixture
def colleague(register):
    return make_user("guta2", "冯远", office=register.guta, role=Role.MEDIATOR)


def enter(user, *, substitute=None, since=TODAY, until=FRIDAY):
    return absences.enter_absence(
        user, since=since, until=until, substitute=substitute, at=MONDAY, by=user
    )


def stands_for(user, on=TODAY):
    return set(standing_of(user, on=on).stands_for)


def test_a_substitute_stands_in_on_the_days_of_the_absence(district_mediator, colleague):
    enter(district_mediator, substitute=colleague)
    assert stands_for(colleague, TODAY - timedelta(days=1)) == set()
    assert stands_for(colleague) == stands_for(colleague, FRIDAY) == {district_mediator.pk}
    assert stands_for(colleague, FRIDAY + timedelta(days=1)) == set()
    assert stands_for(district_mediator) == set()


def test_a_substitute_who_is_away_himself_stands_in_for_nobody(district_mediator, colleague):
    enter(district_mediator, substitute=colleague)
    enter(colleague, since=TODAY, until=TODAY)
    assert stands_for(colleague) == set()
    assert stands_for(colleague, FRIDAY) == {district_mediator.pk}


def test_the_substitute_does_the_same_work_at_the_same_office(
    district_mediator, other_mediator, lawyer, register
):
    reporter = make_user("gutabs", "邓琳", office=register.guta, role=Role.FEDERATION_CLERK)
    for other in (other_mediator, lawyer, reporter, district_mediator):
        with pytest.raises(refusals.SubstituteElsewhere) as refused:
            enter(district_mediator, substitute=other)
        assert refused.value.field == "substitute"


@pytest.mark.parametrize(
    ("since", "until", "refusal"),
    [
        (FRIDAY, TODAY, refusals.EndsBeforeItBegins),
        (TODAY, TODAY + timedelta(days=367), refusals.AwayTooLong),
        (FRIDAY, FRIDAY + timedelta(days=3), refusals.AlreadyAway),
    ],
)
def test_days_that_cannot_be(district_mediator, since, until, refusal):
    enter(district_mediator)
    with pytest.raises(refusal):
        enter(district_mediator, since=since, until=until)


def test_a_substitute_who_will_be_away_is_refused(district_mediator, colleague):
    enter(colleague, since=FRIDAY, until=FRIDAY)
    with pytest.raises(refusals.SubstituteAway):
        enter(district_mediator, substitute=colleague)


def test_who_comes_back_early_is_back_at_once(district_mediator, colleague):
    absence = enter(district_mediator, substitute=colleague)
    absences.end_absence(absence, on=TODAY)
    assert stands_for(colleague) == set()
    with pytest.raises(refusals.AbsenceOver):
        absences.end_absence(absence, on=TODAY)
    # The days are free again.
    enter(district_mediator)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"until": TODAY - timedelta(days=2)}, "absence_ends_after_it_begins"),
        ({"substitute": "herself"}, "absence_substitute_is_another"),
        ({}, "absence_once_a_day"),
    ],
)
def test_the_database_keeps_the_rules(district_mediator, facts, constraint):
    enter(district_mediator)
    if "substitute" in facts:
        facts = {"substitute": district_mediator, "since": FRIDAY + timedelta(days=9)}
    row = {"user": district_mediator, "since": TODAY, "until": FRIDAY + timedelta(days=20), **facts}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Absence.objects.create(**row, made_at=MONDAY, made_by=district_mediator)


def post_absence(client, user, **facts):
    today = timezone.localdate()
    data = {"user": user.pk, "since": today, "until": today + timedelta(days=3), **facts}
    return client.post(reverse("absence_add"), data)


def test_a_person_enters_her_own_absence_and_comes_back(client, district_mediator, colleague):
    client.force_login(district_mediator)
    assert client.get(reverse("absence_add")).status_code == 200
    assert post_absence(client, district_mediator, substitute=colleague.pk).status_code == 302
    page = client.get(reverse("absences")).content.decode()
    assert "冯远" in page
    absence = Absence.objects.get()
    client.post(reverse("absence_end", args=[absence.pk]))
    absence.refresh_from_db()
    assert absence.until < timezone.localdate()


def test_a_head_enters_absences_of_her_people_and_of_nobody_else(
    client, district_mediator, regional_head, other_mediator
):
    client.force_login(regional_head)
    assert post_absence(client, district_mediator).status_code == 302
    assert post_absence(client, other_mediator).status_code == 422
    assert not Absence.objects.filter(user=other_mediator).exists()


def test_a_colleague_neither_enters_nor_ends_the_absence_of_another(
    client, district_mediator, colleague, other_mediator
):
    client.force_login(colleague)
    assert post_absence(client, district_mediator).status_code == 422
    absence = enter(district_mediator, since=timezone.localdate(), until=timezone.localdate())
    assert client.post(reverse("absence_end", args=[absence.pk])).status_code == 404
    assert "张敏" not in client.get(reverse("absences")).content.decode()


def test_what_is_refused_is_said_beside_its_field(client, district_mediator, lawyer, register):
    client.force_login(district_mediator)
    today = timezone.localdate()
    answer = post_absence(client, district_mediator, until=today - timedelta(days=1))
    assert answer.status_code == 422
    assert "末日不能早于首日" in answer.content.decode() or answer.context["form"].errors["until"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    client, regional_head, district_mediator, django_assert_num_queries, count
):
    today = timezone.localdate()
    for week in range(count):
        day = today + timedelta(days=7 * week)
        enter(district_mediator, since=day, until=day)
    client.force_login(regional_head)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(reverse("absences")).status_code == 200
