"""People on their pages: opened, posted, ended; what is refused stands beside its field."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from offices.duties import Role
from offices.models import Posting, User
from tests.factories import Kind, Tier, make_office, make_user


@pytest.fixture
def keeper(client, administrator):
    """The system administrator at her desk."""
    client.force_login(administrator)
    return client


@pytest.fixture
def guard(client, security_administrator):
    """The security administrator at his desk."""
    client.force_login(security_administrator)
    return client


@pytest.fixture
def person(register):
    return make_user("lixia", "李霞")


@pytest.fixture
def today(db):
    return timezone.localdate()


def days(today, number):
    return (today + timedelta(days=number)).isoformat()


def test_an_account_is_opened_and_its_password_shown_once(keeper):
    answer = keeper.post(reverse("person_add"), {"name": "李霞", "username": "LiXia"})
    person = User.objects.get(username="lixia")
    password = answer.context["password"]
    assert person.check_password(password)
    assert password in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert password not in keeper.get(reverse("person", args=[person.pk])).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "长" * 51}, "name"),
        ({"username": ""}, "username"),
        ({"username": "李霞"}, "username"),
        ({"username": "li xia"}, "username"),
        ({"username": "1xia"}, "username"),
        ({"username": "x" * 31}, "username"),
        ({"username": "XITONG"}, "username"),
        ({"username": "\0"}, "username"),
    ],
)
def test_what_is_wrong_with_an_account_stands_beside_its_field(keeper, changes, field):
    answer = keeper.post(reverse("person_add"), {"name": "李霞", "username": "lixia"} | changes)
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.filter(name="李霞").exists()


def test_the_list_of_people_asks_the_same_queries_for_few_rows_and_many(
    keeper, register, django_assert_num_queries
):
    url = reverse("people")
    keeper.get(url)
    with django_assert_num_queries(9):
        assert len(keeper.get(url).context["page"].rows) == 1
    for number in range(60):
        make_user(f"ren{number:02}", f"人{number}", office=register.guta, role=Role.MEDIATOR)
        if number in (1, 59):
            with django_assert_num_queries(9):
                keeper.get(url)
    first = keeper.get(url).context["page"]
    second = keeper.get(url, {"after": first.after}).context["page"]
    assert [len(first.rows), len(second.rows)] == [50, 11]
    assert keeper.get(url, {"before": second.before}).context["page"].rows == first.rows


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "李霞"}, ["lixia"]),
        ({"q": "LIX"}, ["lixia"]),
        ({"state": "idle"}, ["lixia"]),
        ({"role": "mediator"}, ["guta"]),
        ({"state": "off"}, ["laowang"]),
        ({"q": "无"}, []),
    ],
)
def test_people_are_searched(keeper, person, district_mediator, query, found):
    User.objects.filter(pk=make_user("laowang", "王旧").pk).update(is_active=False)
    rows = keeper.get(reverse("people"), query).context["page"].rows
    assert [row.username for row in rows] == found


def test_the_people_of_an_office_are_listed(keeper, register, person, district_mediator):
    rows = keeper.get(reverse("people"), {"office": register.guta.pk}).context["page"].rows
    assert rows == [district_mediator]


def test_somebody_who_serves_under_another_federation_does_not_exist_for_her(keeper, register):
    other = make_office("盘锦样例总工会", "盘工", Tier.UNION, Kind.CITY_FEDERATION)
    stranger = make_user("panjin", "潘进", office=other, role=Role.LEADER)
    assert keeper.get(reverse("person", args=[stranger.pk])).status_code == 404


def test_a_person_is_posted(guard, register, person, today):
    answer = guard.post(
        reverse("posting_add"),
        {"person": "LIXIA", "office": "古塔调", "role": "mediator", "since": today, "until": ""},
    )
    posting = person.postings.get()
    assert answer.url == reverse("person", args=[person.pk])
    assert (posting.office, posting.role, posting.until) == (register.guta, Role.MEDIATOR, None)


def test_a_person_is_found_by_a_name_that_only_she_has(guard, register, person, today):
    sent = {"person": "李霞", "office": register.guta.name, "role": "head", "since": today}
    guard.post(reverse("posting_add"), sent)
    assert person.postings.get().role == Role.HEAD


def test_two_of_one_name_are_told_apart_by_username(guard, register, person, today):
    make_user("lixia2", "李霞")
    sent = {"person": "李霞", "office": "古塔调", "role": "head", "since": today}
    answer = guard.post(reverse("posting_add"), sent)
    assert "lixia" not in str(answer.context["form"].errors["person"])
    guard.post(reverse("posting_add"), sent | {"person": "lixia"})
    assert person.postings.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person": "nobody"}, "person"),
        ({"person": ""}, "person"),
        ({"person": "长" * 200}, "person"),
        ({"office": "没有"}, "office"),
        ({"office": "\0"}, "office"),
        ({"role": "arbitrator"}, "role"),
        ({"role": "king"}, "role"),
        ({"role": ""}, "role"),
        ({"since": "yesterday"}, "since"),
        ({"since": ""}, "since"),
        ({"since": "0001-01-01"}, "since"),
        ({"since": "2026-02-30"}, "since"),
        ({"until": "9999-12-31"}, "until"),
        ({"until": "2000-01-01"}, "until"),
        ({"person": "anquan", "office": "锦工", "role": "leader"}, "__all__"),
        ({"person": "xitong", "role": "mediator"}, "role"),
    ],
)
def test_what_is_wrong_with_a_posting_stands_beside_its_field(
    guard, administrator, person, today, changes, field
):
    sent = {"person": "lixia", "office": "古塔调", "role": "mediator", "since": today, "until": ""}
    answer = guard.post(reverse("posting_add"), sent | changes)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not person.postings.exists()


def test_who_serves_there_already_is_not_posted_again(guard, district_mediator, today):
    sent = {"person": "guta", "office": "古塔调", "role": "mediator", "since": today}
    answer = guard.post(reverse("posting_add"), sent)
    assert list(answer.context["form"].errors) == ["since"]


def test_the_page_for_an_office_offers_only_its_roles(guard, register):
    url = reverse("posting_add")
    answer = guard.get(url, {"office": register.commission.pk})
    offered = [value for value, _label in answer.context["form"].fields["role"].choices[1:]]
    assert offered == ["arbitration_clerk", "commission_head", "arbitrator"]
    assert guard.get(url, {"office": "x", "person": "9" * 30}).status_code == 200


def test_a_posting_ends_with_a_day(guard, district_mediator, today):
    posting = district_mediator.postings.get()
    guard.post(reverse("posting_end", args=[posting.pk]), {"until": days(today, 7)})
    posting.refresh_from_db()
    assert posting.until == today + timedelta(days=7)


def test_a_posting_ended_at_once_closes_every_door(client, guard, district_mediator, today):
    posting = district_mediator.postings.get()
    guard.post(reverse("posting_end", args=[posting.pk]), {"at_once": "1", "until": ""})
    client.force_login(district_mediator)
    answer = client.get(reverse("me"))
    assert answer.status_code == 403
    assert "offices/no_posting.html" in [template.name for template in answer.templates]


@pytest.mark.parametrize("until", ["", "x", "2000-01-01", "9999-12-31"])
def test_a_wrong_last_day_is_refused_beside_its_field(guard, district_mediator, until):
    posting = district_mediator.postings.get()
    answer = guard.post(reverse("posting_end", args=[posting.pk]), {"until": until})
    assert list(answer.context["form"].errors) == ["until"]
    posting.refresh_from_db()
    assert posting.until is None


def test_a_posting_under_another_federation_does_not_exist_for_him(guard, register):
    other = make_office("盘锦样例总工会", "盘工", Tier.UNION, Kind.CITY_FEDERATION)
    posting = make_user("panjin", "潘进", office=other, role=Role.LEADER).postings.get()
    assert guard.post(reverse("posting_end", args=[posting.pk]), {}).status_code == 404


def test_he_does_not_end_his_own_posting(guard, security_administrator, today):
    posting = security_administrator.postings.get()
    guard.post(reverse("posting_end", args=[posting.pk]), {"until": today})
    assert Posting.objects.get(pk=posting.pk).until is None


ACTS_OF_KEEPER = ["person_password", "person_on"]
ACTS_OF_GUARD = ["person_unlock"]


@pytest.mark.parametrize("name", ACTS_OF_KEEPER)
def test_the_security_administrator_gives_no_passwords(guard, person, name):
    assert guard.post(reverse(name, args=[person.pk])).status_code == 403


@pytest.mark.parametrize("name", ACTS_OF_GUARD)
def test_the_system_administrator_unlocks_nobody(keeper, person, name):
    assert keeper.post(reverse(name, args=[person.pk])).status_code == 403


def test_the_system_administrator_posts_nobody(keeper, district_mediator):
    posting = district_mediator.postings.get()
    for url in (reverse("posting_add"), reverse("posting_end", args=[posting.pk])):
        assert {keeper.get(url).status_code, keeper.post(url).status_code} == {403}


@pytest.mark.parametrize("name", [*ACTS_OF_KEEPER, *ACTS_OF_GUARD, "person_off", "person_edit"])
def test_a_colleague_does_none_of_it(client, clerk, person, name):
    client.force_login(clerk)
    assert client.post(reverse(name, args=[person.pk])).status_code == 403


def test_a_new_password_is_shown_and_logs_her_out(client, keeper, person, register):
    answer = keeper.post(reverse("person_password", args=[person.pk]))
    person.refresh_from_db()
    assert person.check_password(answer.context["password"])
    assert person.must_change_password


def test_nobody_gives_herself_a_password(keeper, administrator):
    answer = keeper.post(reverse("person_password", args=[administrator.pk]), follow=True)
    assert "fx-note-danger" in answer.content.decode()
    administrator.refresh_from_db()
    assert not administrator.must_change_password


def test_an_account_is_switched_off_and_on(keeper, person):
    keeper.post(reverse("person_off", args=[person.pk]))
    assert not User.objects.get(pk=person.pk).is_active
    keeper.post(reverse("person_on", args=[person.pk]))
    assert User.objects.get(pk=person.pk).is_active


def test_a_name_is_corrected(keeper, person):
    keeper.post(reverse("person_edit", args=[person.pk]), {"name": "李侠"})
    assert User.objects.get(pk=person.pk).name == "李侠"


def test_the_page_of_a_person_shows_where_she_served(
    keeper, register, today, django_assert_num_queries
):
    person = make_user("lixia", "李霞", office=register.guta, role=Role.MEDIATOR)
    url = reverse("person", args=[person.pk])
    keeper.get(url)
    with django_assert_num_queries(11):
        keeper.get(url)
    gone = today - timedelta(days=30)
    for office in (register.linghe, register.enterprise, register.station):
        Posting.objects.create(
            user=person,
            office=office,
            role=Role.MEDIATOR,
            since=gone,
            until=gone,
            group=person.postings.first().group,
        )
    with django_assert_num_queries(11):
        page = keeper.get(url).content.decode()
    assert register.linghe.name in page
