"""The roster page and its forms, by whoever reads, works on, or does not know the case."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import AuditEntry
from disputes.domain.conflicts import conflicts_of
from disputes.domain.roster import speaking
from disputes.models import Declaration, Reveal, Wall
from tests.disputes.rosters import line, rostered, workbook
from tests.disputes.test_intake_page import PDF
from tests.factories import MONDAY, make_case

pytestmark = pytest.mark.django_db
ACTS = ("alone", "off", "result")


@pytest.fixture
def desk(client, district_mediator, district_case):
    client.force_login(district_mediator)
    return client


def url(name, proceeding, *more):
    return reverse(name, args=[proceeding.case_id, *more])


def doors(proceeding):
    plain = (
        "roster", "roster_template", "roster_rejects", "roster_export", "roster_election",
        "roster_consents",
    )  # fmt: skip
    yield from (url(name, proceeding) for name in plain)
    yield url("member", proceeding, 1)
    yield from (url("member_act", proceeding, 1, act) for act in ACTS)


def test_a_stranger_finds_no_roster(client, other_mediator, auditor, district_case):
    rostered(district_case, 3)
    for user in (other_mediator, auditor):
        client.force_login(user)
        assert {client.get(door).status_code for door in doors(district_case)} == {404}


def test_a_wall_hides_it_from_its_handler(desk, district_mediator, district_case):
    rostered(district_case, 3)
    Wall.objects.create(case=district_case.case, user=district_mediator, reason="亲属", at=MONDAY)
    assert {desk.get(door).status_code for door in doors(district_case)} == {404}


def test_who_reads_only_the_outline_reads_no_roster(client, leader, reporter, register):
    case = make_case(register.guta, by=reporter)
    rostered(case, 3)
    for user in (leader, reporter):
        client.force_login(user)
        assert {client.get(door).status_code for door in doors(case)} == {403}


def test_a_workbook_is_handed_in_and_shown_masked(desk, district_case):
    answer = desk.post(
        url("roster", district_case), {"file": workbook([line(1), line(2, 手机="1")])}
    )
    assert answer["Location"] == url("roster", district_case)
    text = desk.get(url("roster", district_case)).content.decode()
    member = district_case.case.roster.get()
    assert "抹灰工" in text
    for secret in (member.party.name, member.party.id_number, member.party.phone):
        assert secret not in text
    assert "rejects" in text
    rejects = desk.get(url("roster_rejects", district_case))
    assert load_workbook(_file(rejects)).active.max_row == 2


def _file(response):
    return BytesIO(b"".join(response.streaming_content))


@pytest.mark.parametrize("content", [b"", b"x" * 50, b"PK\x03\x04xxxx"])
def test_a_hostile_file_is_answered_with_a_sentence(desk, district_case, content):
    answer = desk.post(
        url("roster", district_case), {"file": SimpleUploadedFile("人员.xlsx", content)}
    )
    assert answer.status_code == 422
    assert "fx-error" in answer.content.decode()


def test_the_empty_form_has_the_titles_that_are_read(desk, district_case):
    answer = desk.get(url("roster_template", district_case))
    book = load_workbook(BytesIO(answer.content))
    assert [cell.value for cell in book.active[1]][:4] == ["姓名*", "证件类型", "证件号*", "手机*"]


@pytest.mark.parametrize("rows", [1, 3, 120])
def test_the_page_asks_the_same_number_of_queries(
    desk, district_case, rows, django_assert_num_queries
):
    rostered(district_case, rows)
    desk.get(url("roster", district_case))
    with django_assert_num_queries(14):
        desk.get(url("roster", district_case))


def test_pages_go_on_and_back(desk, district_case):
    rostered(district_case, 120)
    first = desk.get(url("roster", district_case))
    assert [m.number for m in first.context["members"]] == list(range(1, 51))
    second = desk.get(url("roster", district_case), {"after": first.context["following"]})
    assert second.context["members"][0].number == 51
    back = desk.get(url("roster", district_case), {"before": second.context["previous"]})
    assert [m.number for m in back.context["members"]] == list(range(1, 51))
    assert back.context["previous"] is None
    last = desk.get(url("roster", district_case), {"after": 100})
    assert last.context["following"] is None


def test_a_worker_is_found_by_number_name_document_and_telephone(desk, district_case):
    members = rostered(district_case, 60)
    party = members[54].party
    for text in ("55", party.name, party.id_number, party.phone):
        found = desk.get(url("roster", district_case), {"q": text}).context["members"]
        assert 55 in [member.number for member in found]
    assert not desk.get(url("roster", district_case), {"q": "查无此人"}).context["members"]


def test_the_roster_goes_out_masked_and_in_full_only_for_a_reason(desk, district_case):
    (member, *_others) = rostered(district_case, 3)

    def names(answer):
        return [row[3].value for row in load_workbook(BytesIO(answer.content)).active.iter_rows()]

    masked = desk.get(url("roster_export", district_case))
    assert member.party.id_number not in names(masked)
    assert desk.post(url("roster_export", district_case)).status_code == 302
    assert not Reveal.objects.exists()
    full = desk.post(url("roster_export", district_case), {"reason": "交仲裁委核对"})
    assert member.party.id_number in names(full)
    assert Reveal.objects.filter(reason="交仲裁委核对").count() == 3
    assert AuditEntry.objects.filter(action="export", door="roster_export").count() == 2


def test_representatives_are_recorded_with_their_minutes(desk, district_case):
    rostered(district_case, 12)
    facts = {"numbers": "1、5-6", "held_on": "2026-09-07", "present": 10}
    answer = desk.post(
        url("roster_election", district_case),
        {**facts, "minutes": SimpleUploadedFile("记录.pdf", PDF)},
    )
    assert answer.status_code == 302
    assert speaking.election_of(district_case.case).seats.count() == 3


def test_a_refusal_stands_beside_its_field(desk, district_case):
    rostered(district_case, 12)
    answer = desk.post(
        url("roster_election", district_case),
        {
            "numbers": "1,2",
            "held_on": "2026-09-07",
            "present": 10,
            "minutes": SimpleUploadedFile("记录.pdf", PDF),
        },
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["numbers"]


def test_consents_are_recorded_for_all_or_some(desk, district_case):
    rostered(district_case, 12)
    target = url("roster_consents", district_case)
    desk.post(target, {"given": "no", "numbers": "4", "on": "2026-09-07"})
    desk.post(target, {"given": "yes", "numbers": "", "on": "2026-09-07"})
    assert speaking.consents_of(district_case) == {"given": 11, "refused": 1, "every": 12}


def test_a_worker_goes_on_alone_from_her_page(desk, district_case, register):
    member = rostered(district_case, 12)[3]
    page = desk.get(url("member", district_case, 4)).content.decode()
    assert url("member_act", district_case, 4, "alone") in page
    assert member.party.id_number not in page
    answer = desk.post(
        url("member_act", district_case, 4, "alone"),
        {"office": register.guta.pk, "mediation": "on", "reason": "不同意分期"},
    )
    assert answer.status_code == 302
    member.refresh_from_db()
    own = member.severance.case
    assert own.proceedings.get().office == register.guta
    page = desk.get(url("member", district_case, 4)).content.decode()
    assert own.matter_number in page


def test_the_case_page_leads_to_the_roster(desk, district_case):
    rostered(district_case, 12)
    text = desk.get(reverse("case", args=[district_case.case_id])).content.decode()
    assert url("roster", district_case) in text


def test_cases_of_one_employer_and_cause_suggest_joining(
    desk, register, district_case, district_mediator, other_mediator
):
    near = make_case(register.guta, by=district_mediator)
    hidden = make_case(register.linghe, by=other_mediator)
    insurance = make_case(register.guta, by=district_mediator, cause="insurance")
    text = desk.get(reverse("case", args=[district_case.case_id])).content.decode()
    assert near.case.matter_number in text
    assert hidden.case.matter_number not in text
    assert insurance.case.matter_number not in text


def test_a_worker_is_looked_at_in_full_for_a_reason_only(desk, district_case):
    member = rostered(district_case, 3)[1]
    door = reverse("party_field", args=[member.party_id, "id_number"])
    back = url("member", district_case, 2)
    assert desk.get(door)["Location"] == back
    answer = desk.post(door, {"reason": "核对身份"})
    assert member.party.id_number in answer.content.decode()
    assert Reveal.objects.get().party == member.party


def test_a_relative_on_the_roster_speaks_against_a_mediator(
    district_case, district_mediator, regional_head
):
    member = rostered(district_case, 10)[1]
    Declaration.objects.create(
        user=district_mediator, kind=Declaration.Kind.RELATIVE, name=member.party.name,
        number=member.party.id_number, made_at=MONDAY,
    )  # fmt: skip
    assert conflicts_of(district_case, district_mediator, on=MONDAY.date())
    assert not conflicts_of(district_case, regional_head, on=MONDAY.date())
