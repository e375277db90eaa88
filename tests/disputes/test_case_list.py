"""The list of cases and the search, always inside what a person may see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from disputes.domain.proceedings import close_proceeding, end_case
from disputes.models import Outcome, Party
from tests.factories import MONDAY, make_case, make_identity_number

# Session, person, postings, notices, offices to file at, state of the law, newest cases of her
# desks, her own ones, cases, parties, proceedings, deadlines with their rules, open steps.
QUERIES = 13


@pytest.fixture
def desk(client, district_mediator):
    client.force_login(district_mediator)
    return client


def found(client, **query):
    answer = client.get(reverse("cases"), query)
    assert answer.status_code == 200
    return [row["case"] for row in answer.context["rows"]]


def worker_of(proceeding):
    return proceeding.case.parties.get(role=Party.Role.APPLICANT)


def test_the_list_shows_what_the_office_handles_and_nothing_else(desk, register, district_case):
    make_case(register.linghe)
    assert found(desk) == [district_case.case]


@pytest.mark.parametrize(
    "written",
    [
        "{number}",
        "古塔调(2026)第{serial}号",
        "古塔调[2026]{serial}",
        "古塔调２０２６第０{serial}号",
        "  古塔调〔2026〕第 {serial} 号 ",
        "{matter}",
        "2026-锦-{matter_serial}",
    ],
)
def test_a_case_is_found_by_its_number_in_any_writing(desk, district_case, written):
    serial = district_case.number.split("第")[1].rstrip("号")
    matter = district_case.case.matter_number
    text = written.format(
        number=district_case.number,
        serial=serial,
        matter=matter,
        matter_serial=int(matter.split("-")[2]),
    )
    assert found(desk, q=text) == [district_case.case]


def test_a_case_is_found_by_name_phone_and_identity_number(desk, register, district_case):
    make_case(register.guta, worker={"name": "李玉梅"})
    worker = worker_of(district_case)
    for text in (
        "韩玉兰",
        "玉兰",
        "韩 玉兰",
        worker.phone,
        f"+86 {worker.phone[:3]} {worker.phone[3:]}",
        worker.phone[-4:],
        worker.id_number,
        worker.id_number.lower(),
    ):
        assert found(desk, q=text) == [district_case.case], text


def test_cases_are_found_by_the_employer_s_name_and_code(desk, district_case):
    assert found(desk, q="样例建筑003") == [district_case.case]
    assert found(desk, q="91210799mad003390a") == [district_case.case]


def test_brackets_of_an_employer_s_name_are_typed_in_either_width(desk, register):
    case = make_case(register.guta, employer={"name": "锦北样例（古塔）商贸有限公司"}).case
    assert found(desk, q="样例(古塔)商贸") == [case]
    assert found(desk, q="样例（古塔）商贸") == [case]


def test_what_is_not_there_is_not_found(desk, district_case):
    for text in (
        "王",
        "不存在的名字",
        "古塔调〔2026〕第999号",
        "15499999999",
        "0000",
        "兰玉",
        "210799200001010000",
    ):
        assert found(desk, q=text) == [], text


def test_search_never_leaves_what_the_person_may_see(client, other_mediator, district_case):
    client.force_login(other_mediator)
    worker = worker_of(district_case)
    for text in (
        district_case.number,
        district_case.case.matter_number,
        "韩玉兰",
        worker.phone,
        worker.phone[-4:],
        worker.id_number,
        "91210799MAD003390A",
    ):
        assert found(client, q=text) == []


def test_closed_cases_are_shown_when_asked_for(desk, register, district_case):
    closed = make_case(register.guta)
    close_proceeding(closed, outcome=Outcome.SETTLED, at=MONDAY + timedelta(days=1))
    end_case(closed.case, at=MONDAY + timedelta(days=1), outcome=Outcome.SETTLED, tier=2)
    assert found(desk) == [district_case.case]
    assert found(desk, state="closed") == [closed.case]
    assert found(desk, state="all") == [closed.case, district_case.case]


def test_the_tier_is_that_of_the_last_proceeding(desk, district_case):
    assert found(desk, tier="2") == [district_case.case]
    assert found(desk, tier="1") == []


def test_pages_go_back_and_forth_by_key(desk, register):
    cases = [make_case(register.guta).case for _n in range(30)][::-1]
    first = desk.get(reverse("cases"))
    assert [row["case"] for row in first.context["rows"]] == cases[:25]
    second = desk.get(reverse("cases"), {"before": first.context["older"]})
    assert [row["case"] for row in second.context["rows"]] == cases[25:]
    assert second.context["older"] is None
    back = desk.get(reverse("cases"), {"after": second.context["newer"]})
    assert [row["case"] for row in back.context["rows"]] == cases[:25]
    assert back.context["newer"] is None


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_the_list_asks_the_same_number_of_queries_at_any_size(
    desk, register, django_assert_num_queries, rows
):
    for _n in range(rows):
        make_case(register.guta)
    desk.get(reverse("cases"))
    with django_assert_num_queries(QUERIES):
        desk.get(reverse("cases"))


def test_a_reporter_sees_no_clock_and_no_full_name(client, reporter, register):
    make_case(register.guta, by=reporter)
    client.force_login(reporter)
    answer = client.get(reverse("cases"))
    assert [row["deadline"] for row in answer.context["rows"]] == [None]
    assert "韩玉兰" not in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00"},
        {"q": "😀" * 100},
        {"q": "9" * 500},
        {"q": "%' OR 1=1 --"},
        {"q": "²³"},
        {"q": "〔〕第号"},
        {"q": "2026-锦-" + "9" * 40},
        {"before": "9" * 30},
        {"before": "-1"},
        {"after": "x", "before": "\x00"},
        {"after": "0"},
        {"state": "x", "tier": "9"},
        {"tier": "\x00"},
    ],
)
def test_bad_questions_are_answered_with_a_page(desk, district_case, query):
    assert desk.get(reverse("cases"), query).status_code == 200


def test_an_identity_number_of_nobody_here_finds_nothing(desk, district_case):
    assert found(desk, q=make_identity_number(499)) == []
