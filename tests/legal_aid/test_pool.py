"""The pool of lawyers, their firms, their leave and their office hours."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from legal_aid.domain import pool, refusals, roster
from legal_aid.models import Client, Duty, Firm, Lawyer, Leave
from offices.duties import Role
from tests.factories import MONDAY, make_lawyer, make_user
from tests.journeys.test_counts import queries_of

TODAY = MONDAY.date()
pytestmark = pytest.mark.django_db
ENTRY = {
    "firm": None,
    "licence_number": "12107201910000001",
    "licence_until": date(2028, 5, 31),
    "specialities": ["wages"],
    "areas": ["古塔区"],
    "since": date(2026, 1, 1),
    "until": None,
    "most_open": 8,
}


@pytest.fixture
def firm(register):
    return pool.add_firm(
        register.aid_centre,
        name="锦北样例律师事务所",
        licence_number="31210000MD0000001X",
        clients=["锦北样例化工030有限公司", " ", "锦北样例化工030有限公司"],
    )


def test_a_firm_keeps_its_clients_once_each(firm):
    assert [client.name for client in firm.clients.all()] == ["锦北样例化工030有限公司"]
    pool.change_firm(firm, name=firm.name, licence_number="31", clients=["锦北样例农机032有限公司"])
    assert Client.objects.get().name == "锦北样例农机032有限公司"


def test_a_firm_is_on_the_list_once(firm, register):
    with pytest.raises(refusals.FirmKnown):
        pool.add_firm(register.aid_centre, name=firm.name, licence_number="x")
    other = pool.add_firm(register.aid_centre, name="锦南样例律师事务所", licence_number="y")
    with pytest.raises(refusals.FirmKnown):
        pool.change_firm(other, name=firm.name, licence_number="y")


def test_a_lawyer_is_in_the_pool_once_and_so_is_her_licence(register, lawyer):
    pool.add_lawyer(register.aid_centre, user=lawyer, **ENTRY)
    with pytest.raises(refusals.InPoolAlready):
        pool.add_lawyer(register.aid_centre, user=lawyer, **ENTRY)
    other = make_user("lvshi2", "魏然", office=register.aid_centre, role=Role.LAWYER)
    with pytest.raises(refusals.LicenceTaken):
        pool.add_lawyer(register.aid_centre, user=other, **ENTRY)


def test_service_does_not_end_before_it_begins(register, lawyer):
    with pytest.raises(refusals.EndsBeforeItBegins):
        pool.add_lawyer(register.aid_centre, user=lawyer, **{**ENTRY, "until": date(2025, 12, 31)})


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"licence_until": TODAY - timedelta(days=1)}, refusals.LicenceExpired),
        ({"since": TODAY + timedelta(days=1)}, refusals.NotServing),
        ({"until": TODAY - timedelta(days=1)}, refusals.NotServing),
    ],
)
def test_who_may_not_practise_or_does_not_serve_is_not_available(lawyer, facts, refused):
    with pytest.raises(refused):
        pool.check_available(make_lawyer(lawyer, **facts), on=TODAY)


def test_the_last_day_of_licence_and_service_counts(lawyer):
    row = make_lawyer(lawyer, licence_until=TODAY, until=TODAY)
    assert pool.check_available(row, on=TODAY) is None
    assert (row.serves_on(TODAY), row.is_licensed_on(TODAY)) == (True, True)
    duty = put(row, row.centre)
    assert duty.lawyer == row
    for kept, refused in (
        ("until", refusals.LicenceExpired),
        ("licence_until", refusals.NotServing),
    ):
        late = Lawyer(
            **{"since": TODAY, "licence_until": TODAY, "until": TODAY, kept: date(2030, 1, 1)}
        )
        with pytest.raises(refused):
            pool.check_available(late, on=TODAY + timedelta(days=1))


def test_a_leave_keeps_her_away_on_both_its_ends(lawyer):
    row = make_lawyer(lawyer)
    pool.take_leave(row, since=TODAY, until=TODAY + timedelta(days=3))
    for days in (0, 3):
        with pytest.raises(refusals.OnLeave):
            pool.check_available(row, on=TODAY + timedelta(days=days))
    pool.check_available(row, on=TODAY + timedelta(days=4))
    with pytest.raises(refusals.LeaveOverlaps):
        pool.take_leave(row, since=TODAY + timedelta(days=3), until=TODAY + timedelta(days=5))
    with pytest.raises(refusals.EndsBeforeItBegins):
        pool.take_leave(row, since=TODAY, until=TODAY - timedelta(days=1))


def put(row, place, *, hour=9, length=2):
    begin = MONDAY.replace(hour=hour)
    return roster.put_on_duty(
        row.centre,
        lawyer=row,
        place=place,
        starts_at=begin,
        ends_at=begin + timedelta(hours=length),
    )


def test_nobody_is_on_duty_at_two_places_nor_two_lawyers_at_one(register, lawyer):
    first = make_lawyer(lawyer)
    other = make_lawyer(make_user("lv2", "魏然", office=register.aid_centre, role=Role.LAWYER))
    put(first, register.station)
    with pytest.raises(refusals.LawyerTaken):
        put(first, register.aid_centre, hour=10)
    with pytest.raises(refusals.PlaceTaken):
        put(other, register.station, hour=10)
    assert put(other, register.station, hour=11).pk


def test_the_database_keeps_the_roster_too(register, lawyer):
    duty = put(make_lawyer(lawyer), register.station)
    same = {"starts_at": duty.starts_at, "ends_at": duty.ends_at, "centre": duty.centre}
    with pytest.raises(IntegrityError, match="duty_lawyer_free"), transaction.atomic():
        Duty.objects.create(lawyer=duty.lawyer, place=register.aid_centre, **same)
    with pytest.raises(IntegrityError, match="leave_goes_forward"), transaction.atomic():
        Leave.objects.create(lawyer=duty.lawyer, since=TODAY, until=TODAY - timedelta(days=1))


def test_a_lawyer_on_leave_is_not_put_on_duty(register, lawyer):
    row = make_lawyer(lawyer)
    pool.take_leave(row, since=TODAY, until=TODAY)
    with pytest.raises(refusals.OnLeave):
        put(row, register.station)


def test_the_administrator_keeps_the_pool(client, clock, register, aid_administrator, lawyer):
    client.force_login(aid_administrator)
    posted = client.post(
        reverse("lawyer_add"),
        {
            "user": lawyer.pk,
            "licence_number": "12107201910000001",
            "licence_until": "2028-05-31",
            "since": "2026-01-01",
            "most_open": "8",
            "areas": ["古塔区"],
            "specialities": ["wages"],
        },
    )
    assert posted.status_code == 302
    row = Lawyer.objects.get()
    assert (row.user, row.areas, row.centre) == (lawyer, ["古塔区"], register.aid_centre)
    page = client.get(reverse("pool")).text
    assert "赵宁" in page
    assert "12107201910000001" in page
    client.post(
        reverse("lawyer_leave", args=[row.pk]), {"since": "2026-09-07", "until": "2026-09-08"}
    )
    assert "休假至" in client.get(reverse("pool")).text


def test_an_expired_licence_is_said_on_the_page(client, clock, aid_administrator, lawyer):
    make_lawyer(lawyer, licence_until=TODAY - timedelta(days=1))
    client.force_login(aid_administrator)
    assert "执业证已过期" in client.get(reverse("pool")).text


def test_others_do_not_change_the_pool(
    client, clock, register, aid_administrator, lawyer, leader, district_mediator, firm
):
    row = make_lawyer(lawyer)
    keyed = [("lawyer_edit", row.pk), ("lawyer_leave", row.pk), ("firm_edit", firm.pk)]
    for user, status in ((leader, 403), (lawyer, 404), (district_mediator, 404)):
        client.force_login(user)
        for name, pk in keyed:
            assert client.get(reverse(name, args=[pk])).status_code == status, (user, name)
        for name in ("lawyer_add", "firm_add", "duty_add"):
            assert client.get(reverse(name)).status_code == 403
    client.force_login(district_mediator)
    assert client.get(reverse("pool")).status_code == 403
    client.force_login(leader)
    assert client.get(reverse("pool")).status_code == 200


def test_the_pool_and_the_roster_ask_the_same_for_one_and_three(
    client, clock, register, aid_administrator, lawyer, firm
):
    put(make_lawyer(lawyer, firm=firm), register.station)
    client.force_login(aid_administrator)
    pages = {name: reverse(name) for name in ("pool", "duty_roster")}
    asked = {name: queries_of(client, url) for name, url in pages.items()}
    for number in range(2):
        user = make_user(f"lv{number}", "魏然", office=register.aid_centre, role=Role.LAWYER)
        put(make_lawyer(user, firm=firm), register.guta, hour=12 + 2 * number)
        pool.add_firm(
            register.aid_centre, name=f"所{number}", licence_number=str(number), clients=["甲"]
        )
    assert {name: queries_of(client, url) for name, url in pages.items()} == asked
    assert asked == {"pool": 9, "duty_roster": 6}
    assert Firm.objects.count() == 3


def test_the_roster_shows_the_week_and_lets_a_duty_go(
    client, clock, register, aid_administrator, lawyer
):
    row = make_lawyer(lawyer)
    client.force_login(aid_administrator)
    sent = {
        "lawyer": row.pk,
        "place": register.station.pk,
        "starts_at": "2026-09-10T09:00",
        "ends_at": "2026-09-10T11:00",
    }
    assert client.post(reverse("duty_add"), sent).status_code == 302
    page = client.get(reverse("duty_roster")).text
    assert "赵宁" in page
    assert "09:00–11:00" in page
    assert client.post(reverse("duty_add"), sent).status_code == 422
    client.post(reverse("duty_remove", args=[Duty.objects.get().pk]))
    assert not Duty.objects.exists()
    assert client.get(reverse("duty_roster"), {"week": "nonsense"}).status_code == 200
